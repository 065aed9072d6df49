//! What the API document says of a recorded request.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

pub(super) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/atlas-admin-v2.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// The path template of the recorded operation; the path itself where it is not known.
pub(super) fn template(recording: &Value) -> String {
    let operation = &recording["operationId"];
    let mut paths = DOCUMENT["paths"].as_object().unwrap().iter();
    let found = paths.find(|(_, item)| {
        item.as_object()
            .unwrap()
            .values()
            .any(|it| it["operationId"] == *operation && operation.is_string())
    });
    found.map_or_else(
        || recording["path"].as_str().unwrap_or_default().to_owned(),
        |(path, _)| path.clone(),
    )
}

/// The names and values of the path parameters.
pub(super) fn parameters(template: &str, path: &str) -> Vec<(String, String)> {
    let path = path.split('?').next().unwrap_or_default();
    template
        .split('/')
        .zip(path.split('/'))
        .filter_map(|(segment, value)| {
            let (name, suffix) = segment.strip_prefix('{')?.split_once('}')?;
            let value = value.strip_suffix(suffix)?.replace("%2F", "/");
            Some((name.to_owned(), value))
        })
        .collect()
}

pub(super) fn matches(template: &str, path: &str) -> bool {
    let mut pairs = template.split('/').zip(path.split('/'));
    template.split('/').count() == path.split('/').count()
        && pairs.all(|(segment, value)| segment == value || segment.starts_with('{'))
}

pub(super) fn request_schema(operation: &str) -> Option<Value> {
    let paths = DOCUMENT["paths"].as_object()?;
    let mut items = paths
        .values()
        .filter_map(Value::as_object)
        .flat_map(Map::values);
    let found = items.find(|it| it["operationId"] == operation)?;
    let content = found["requestBody"]["content"].as_object()?;
    content.values().next()?.get("schema").cloned()
}

pub(super) fn resolved(schema: &Value) -> &Value {
    match schema["$ref"].as_str() {
        Some(reference) => resolved(DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap()),
        None => schema,
    }
}

/// All fields a body may have, whatever form it has.
pub(super) fn known(schema: &Value, shown: &Value, depth: usize) -> Map<String, Value> {
    let schema = resolved(schema);
    let mut found = Map::new();
    if depth > 6 {
        return found;
    }
    let discriminator = &schema["discriminator"];
    let word = shown[discriminator["propertyName"].as_str().unwrap_or("")]
        .as_str()
        .unwrap_or("");
    if let Some(target) = discriminator["mapping"][word].as_str() {
        found.extend(known(&json!({ "$ref": target }), &Value::Null, depth + 1));
    } else {
        for keyword in ["oneOf", "anyOf"] {
            for form in schema[keyword].as_array().into_iter().flatten() {
                found.extend(known(form, &Value::Null, depth + 1));
            }
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(known(part, &Value::Null, depth + 3));
    }
    found.extend(
        schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default(),
    );
    found
}
