//! Errors with the status and the message that Atlas publishes for a code: `behaviour/errors.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::ApiRejection;

static ERRORS: LazyLock<HashMap<String, Entry>> = LazyLock::new(|| {
    let entries = parse::<Errors>(behaviour!("errors.toml")).errors;
    entries
        .into_iter()
        .map(|entry| (entry.code.clone(), entry))
        .collect()
});

#[derive(Default, Deserialize)]
struct Errors {
    #[serde(rename = "error")]
    errors: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    status: u16,
    /// The message, with `%s` for each parameter.
    message: String,
}

impl ApiError {
    /// Returns the error with a code of `behaviour/errors.toml`; `parameters` fill its message in order.
    pub(crate) fn from_code<V: Into<Value>>(
        code: &'static str,
        parameters: impl IntoIterator<Item = V>,
    ) -> Self {
        let parameters: Vec<Value> = parameters.into_iter().map(Into::into).collect();
        let entry = ERRORS.get(code);
        debug_assert!(entry.is_some(), "`{code}` has no entry");
        let (status, message) =
            entry.map_or((400, ""), |entry| (entry.status, entry.message.as_str()));
        Self::rejected(status, code, fill(message, &parameters), parameters)
    }

    /// Returns the error `<noun>_NOT_FOUND` if `behaviour/errors.toml` contains it. The message
    /// contains the name of the item, and possibly the name of the item's parent.
    pub(crate) fn published_not_found(noun: &str, [name, parent]: [&str; 2]) -> Option<Self> {
        let entry = ERRORS.get(&format!("{noun}_NOT_FOUND"))?;
        let count = entry.message.matches("%s").count();
        let parameters = [name, parent].into_iter().take(count);
        Some(Self::from_code(&entry.code, parameters))
    }

    /// Returns the error with a code of `behaviour/errors.toml` whose message has no parameters.
    pub(crate) fn from_code_without_parameters(code: &'static str) -> Self {
        Self::from_code(code, std::iter::empty::<Value>())
    }
}

impl From<ApiRejection> for ApiError {
    fn from(rejection: ApiRejection) -> Self {
        if let ApiRejection::ProjectHasResources { code } = rejection {
            return Self::from_code_without_parameters(code);
        }
        let (status, code) = (rejection.status(), rejection.code());
        Self::rejected(status, code, rejection.detail(), rejection.parameters())
    }
}

/// Replaces each `%s` of a message with a parameter.
fn fill(message: &str, parameters: &[Value]) -> String {
    let mut parts = message.split("%s");
    let first = parts.next().unwrap_or_default().to_owned();
    let values = parameters.iter().map(format_parameter);
    parts
        .zip(values.chain(std::iter::repeat(String::new())))
        .fold(first, |filled, (part, value)| filled + &value + part)
}

fn format_parameter(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn published_error_has_status_message_and_parameters() {
        let error = ApiError::from_code("INVALID_REGION", ["US_EAST_1", "GCP"]);

        assert_eq!(error.status(), 400);
        let document = error.document();
        assert_eq!(
            document["detail"],
            "No region US_EAST_1 exists for provider GCP."
        );
        assert_eq!(document["parameters"], json!(["US_EAST_1", "GCP"]));
    }

    #[test]
    fn codes_are_unique_and_used() {
        let entries = parse::<Errors>(behaviour!("errors.toml")).errors;
        let sources = sources(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));

        assert_eq!(entries.len(), ERRORS.len());
        let unused: Vec<_> = entries
            .iter()
            .filter(|entry| !sources.contains(&format!("\"{}\"", entry.code)))
            .filter(|entry| !entry.code.ends_with("_NOT_FOUND"))
            .map(|entry| &entry.code)
            .collect();
        assert_eq!(unused, Vec::<&String>::new());
    }

    /// Returns all source files in a folder as one string.
    fn sources(folder: std::path::PathBuf) -> String {
        let entries = std::fs::read_dir(folder).unwrap();
        entries
            .map(|entry| {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    sources(path)
                } else {
                    std::fs::read_to_string(path).unwrap()
                }
            })
            .collect()
    }
}
