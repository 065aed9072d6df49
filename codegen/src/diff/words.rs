//! Types and values in words.

use serde_json::Value;

/// The type of a schema in words; what is inside it is compared for itself.
pub(super) fn kind_of(schema: &Value) -> String {
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

/// The values of the first list that the second lacks.
pub(super) fn listed(values: &[String], others: &[String]) -> String {
    let mut missing: Vec<_> = values
        .iter()
        .filter(|value| !others.contains(value))
        .map(|value| format!("`{value}`"))
        .collect();
    missing.sort();
    missing.join(", ")
}
