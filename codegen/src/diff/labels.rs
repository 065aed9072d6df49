//! Labels of types and values.

use serde_json::Value;

/// Returns the label of a schema's type, without nested types.
pub(super) fn type_label(schema: &Value) -> String {
    let format = schema["format"].as_str();
    match schema["type"].as_str() {
        Some("array") => "list".to_owned(),
        Some("string") if schema.get("enum").is_some() => "string of known values".to_owned(),
        Some(kind) => match format {
            Some(format) => format!("{kind} ({format})"),
            None => kind.to_owned(),
        },
        None if schema.get("properties").is_some() => "object".to_owned(),
        None => "any value".to_owned(),
    }
}

/// Lists the values that the other list lacks.
pub(super) fn missing_values(values: &[String], others: &[String]) -> String {
    let mut missing: Vec<_> = values
        .iter()
        .filter(|value| !others.contains(value))
        .map(|value| format!("`{value}`"))
        .collect();
    missing.sort();
    missing.join(", ")
}
