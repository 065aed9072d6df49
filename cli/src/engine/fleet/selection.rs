//! Selects clusters by fields: `tier=M10,tag:env=dev,state=running`.

use super::{ClusterTarget, Kind};
use crate::{
    engine::{Invocation, names::Matcher, value},
    error::CliError,
};

/// The fields of a selection.
const FIELDS: [&str; 8] = [
    "tier", "state", "region", "provider", "kind", "name", "project", "version",
];
/// The prefix of a field that is a tag.
const TAG: &str = "tag:";

/// A selection: clusters that match one of the alternatives, and none of the exclusions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    selected: Vec<Vec<Condition>>,
    excluded: Vec<Vec<Condition>>,
    filters: Vec<Condition>,
}

#[derive(Clone, Debug)]
struct Condition {
    field: String,
    matcher: Matcher,
}

impl Selection {
    /// Reads `--select`, `--exclude`, `--kind` and, if the command has them, the short filters.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if a field is unknown.
    pub(crate) fn read(invocation: &Invocation<'_>, has_filters: bool) -> Result<Self, CliError> {
        let alternatives = |flag: &str| {
            let texts = invocation.texts(flag).iter();
            texts
                .map(|text| conditions(text))
                .collect::<Result<Vec<_>, _>>()
        };
        let mut selection = Self {
            selected: alternatives("select")?,
            excluded: alternatives("exclude")?,
            filters: Vec::new(),
        };
        if has_filters {
            for name in ["tier", "region", "provider", "state"] {
                if let Some(text) = invocation.text(name) {
                    selection.filters.push(Condition::new(name, text)?);
                }
            }
            for tag in invocation.texts("tag") {
                let (key, text) = value::split_pair(tag)?;
                selection
                    .filters
                    .push(Condition::new(&format!("{TAG}{key}"), text)?);
            }
        }
        if let Some(kind) = invocation
            .text("kind")
            .filter(|kind| !kind.eq_ignore_ascii_case("all"))
        {
            selection
                .filters
                .push(Condition::new("kind", &kind.to_lowercase())?);
        }
        Ok(selection)
    }

    /// Returns `true` if the selection can exclude a cluster.
    pub(crate) fn is_narrow(&self) -> bool {
        !self.selected.is_empty() || !self.excluded.is_empty() || !self.filters.is_empty()
    }

    /// Returns `true` if a cluster is selected.
    pub(crate) fn matches(&self, cluster: &ClusterTarget) -> bool {
        let all = |conditions: &Vec<Condition>| {
            conditions
                .iter()
                .all(|condition| condition.matches(cluster))
        };
        (self.selected.is_empty() || self.selected.iter().any(all))
            && !self.excluded.iter().any(all)
            && all(&self.filters)
    }
}

impl Condition {
    fn new(field: &str, text: &str) -> Result<Self, CliError> {
        if !FIELDS.contains(&field) && !field.starts_with(TAG) {
            return Err(
                CliError::usage(format!("unknown field `{field}` in a selection"))
                    .with_hint(format!("fields: {}, tag:KEY", FIELDS.join(", "))),
            );
        }
        let text = match field {
            "tier" | "region" | "provider" => text.to_uppercase(),
            "state" | "kind" => text.to_lowercase(),
            _ => text.to_owned(),
        };
        Ok(Self {
            field: field.to_owned(),
            matcher: Matcher::new(&text)?,
        })
    }

    fn matches(&self, cluster: &ClusterTarget) -> bool {
        let values = match self.field.as_str() {
            "tier" => cluster.tiers(),
            "region" => cluster.regions(),
            "provider" => cluster.providers(),
            "state" => vec![cluster.state().to_string()],
            "kind" => vec![cluster.kind.map_or("", Kind::name).to_owned()],
            "name" => vec![cluster.name.clone()],
            "project" => vec![
                cluster.project.label().to_owned(),
                cluster.project.id.clone(),
            ],
            "version" => {
                let version = cluster
                    .value()
                    .get("mongoDBVersion")
                    .map(crate::output::render::text);
                version.into_iter().collect()
            }
            tag => cluster.tags(tag.strip_prefix(TAG).unwrap_or(tag)),
        };
        values.iter().any(|value| self.matcher.matches(value))
    }
}

/// Parses conditions that are separated by commas.
fn conditions(text: &str) -> Result<Vec<Condition>, CliError> {
    let pairs = value::split_list(text)?;
    let conditions = pairs.iter().map(|pair| {
        let (field, value) = value::split_pair(pair)?;
        Condition::new(field.trim(), value)
    });
    conditions.collect()
}
