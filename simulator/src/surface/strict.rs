//! The document's schemas as the service keeps them, in the words of JSON Schema.

use serde_json::{Map, Value, json};

/// Fields with words of the service that its document does not have: `ondemand`, preferences in
/// lower case, and `RAW`.
const OTHER_WORDS: [&str; 3] = ["frequencyType", "readPreference", "units"];

/// Required by the document, and never sent by the service.
const NEVER_SENT: [&str; 2] = ["mobileNumber", "password"];

/// Takes out what the service answers null to, against its document.
pub(super) fn forget_nulls(document: &mut Value) {
    match document {
        Value::Object(object) => {
            object.retain(|name, value| !value.is_null() || !is_sent_as_null(name));
            object.values_mut().for_each(forget_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_nulls),
        _ => {}
    }
}

/// Whether a field was seen to be null: by a habit, or in the answer of a resource of its own.
fn is_sent_as_null(name: &str) -> bool {
    const SEEN: [&str; 12] = [
        // What a cluster does not have.
        "adaptiveCapacity",
        // The moment a restore goes back to.
        "date",
        "increment",
        "time",
        // Private endpoint services that are being set up.
        "endpointServiceName",
        "privateLinkServiceName",
        "privateLinkServiceResourceId",
        "supportedRemoteRegions",
        // Integrations with nothing special about them.
        "bodyTemplate",
        "customEndpoint",
        "headersTemplate",
        // Users whom nobody asked for a number.
        "mobileNumber",
    ];
    SEEN.contains(&name) || crate::generic::is_shown_as_null(name)
}

/// The document's schemas in the words of JSON Schema.
pub(super) fn json_schemas() -> Value {
    let text = include_str!("../../openapi/atlas-admin-v2.json");
    let document: Value = serde_json::from_str(text).unwrap();
    strict(&document["components"]["schemas"])
}

/// Nulls as types, forms as alternatives, and no patterns for what names look like.
pub(super) fn strict(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let mut strict_object: Map<String, Value> = object
                .iter()
                .map(|(name, value)| (name.clone(), strict(value)))
                .collect();
            if object.get("nullable") == Some(&json!(true))
                && object.get("type").is_some_and(Value::is_string)
            {
                strict_object.insert("type".to_owned(), json!([object["type"], "null"]));
            }
            if let Some(Value::Object(properties)) = strict_object.get_mut("properties") {
                for name in OTHER_WORDS {
                    if let Some(property) = properties.get_mut(name) {
                        *property = json!({});
                    }
                }
            }
            if let Some(forms) = strict_object.remove("oneOf") {
                strict_object.insert("anyOf".to_owned(), forms);
            }
            if strict_object.contains_key("anyOf") {
                strict_object.remove("type");
            }
            let is_odd = |it: &str| {
                it.contains("\\\\") || it.contains("\\p{L}") || it.contains("exported_snapshots")
            };
            if object
                .get("pattern")
                .and_then(Value::as_str)
                .is_some_and(is_odd)
            {
                strict_object.remove("pattern");
            }
            if let Some(Value::Array(required)) = strict_object.get_mut("required") {
                required.retain(|name| {
                    let name = name.as_str().unwrap();
                    !NEVER_SENT.contains(&name)
                        && object
                            .get("properties")
                            .is_none_or(|it| it[name]["writeOnly"] != true)
                });
            }
            if object
                .get("discriminator")
                .is_some_and(|it| it.get("propertyName").is_some())
            {
                strict_object.remove("discriminator");
            }
            Value::Object(strict_object)
        }
        Value::Array(items) => items.iter().map(strict).collect(),
        other => other.clone(),
    }
}
