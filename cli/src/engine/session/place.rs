//! Looks up projects and organizations by name.

use mongodbatlas::Document;

use crate::{config::Sourced, engine::names::suggest::nearest, error::CliError, exit::Exit};

/// A project or an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) id: String,
    /// The name, if it was read.
    pub(crate) name: Option<String>,
    /// The source of the choice, such as `--project`.
    pub(crate) source: String,
    /// The id of the organization of a project, if it was read.
    pub(crate) organization: Option<String>,
    /// The number of clusters of a project, if it was read.
    pub(crate) clusters: Option<u64>,
}

impl Place {
    /// Creates a place that was not read.
    pub(crate) fn of_id(id: &str, source: &str) -> Self {
        Self {
            id: id.to_ascii_lowercase(),
            name: None,
            source: source.to_owned(),
            organization: None,
            clusters: None,
        }
    }

    /// Returns the name if it was read, otherwise the id.
    pub(crate) fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// Returns the items of a list as places.
pub(super) async fn places(call: mongodbatlas::Call, action: &str) -> Result<Vec<Place>, CliError> {
    let failed = |error: mongodbatlas::Error| CliError::from_request_error(&error, action);
    let items = call
        .items()
        .map_err(failed)?
        .collect()
        .await
        .map_err(failed)?;
    Ok(items.iter().filter_map(place).collect())
}

fn place(document: &Document) -> Option<Place> {
    let value = document.to_value();
    let text = |name: &str| {
        value
            .get(name)
            .and_then(|field| field.as_str())
            .map(str::to_owned)
    };
    Some(Place {
        id: text("id")?,
        name: text("name"),
        source: "the only one".to_owned(),
        organization: text("orgId"),
        clusters: value
            .get("clusterCount")
            .and_then(serde_json::Value::as_u64),
    })
}

/// Returns the place with the name of a setting.
pub(crate) fn pick(places: &[Place], setting: &Sourced, noun: &str) -> Result<Place, CliError> {
    let matcher = crate::engine::names::Matcher::new(&setting.value)?;
    let found: Vec<_> = places
        .iter()
        .filter(|place| matcher.matches(place.label()) || place.id == setting.value)
        .collect();
    let name = &setting.value;
    match found[..] {
        [only] => Ok(Place {
            source: setting.source.clone(),
            ..only.clone()
        }),
        [] => {
            let error =
                CliError::failure(format!("{noun} `{name}` not found")).with_exit(Exit::NotFound);
            Err(match nearest(name, places.iter().map(Place::label)) {
                Some(known) => error.with_hint(format!("did you mean `{known}`?")),
                None => error.with_hint(format!("{noun}s: {}", listed(places))),
            })
        }
        _ => {
            let several: Vec<_> = found.into_iter().cloned().collect();
            Err(CliError::usage(format!("`{name}` matches several {noun}s"))
                .with_hint(format!("use an id: {}", listed(&several))))
        }
    }
}

/// Returns `true` for 24 hexadecimal digits.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The number of candidates in a hint.
const LISTED: usize = 10;

pub(super) fn listed(places: &[Place]) -> String {
    let names = places.iter().take(LISTED);
    let mut names: Vec<_> = names
        .map(|place| format!("`{}` ({})", place.label(), place.id))
        .collect();
    if places.len() > LISTED {
        names.push(format!("{} more", places.len() - LISTED));
    }
    names.join(", ")
}
