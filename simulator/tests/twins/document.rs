//! What the API document says of a recorded request.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

pub(super) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/atlas-admin-v2.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// The path that was asked for: some were written down with other characters between their parts.
pub(super) fn asked_path(recording: &Value) -> String {
    let recorded = recording["path"].as_str().unwrap_or_default();
    let own = own_address(recording).map(|it| it.split('?').next().unwrap_or_default());
    let plain = |path: &str| path.replace(['/', ':', '_'], "");
    if let Some(own) = own.filter(|own| plain(own) == plain(recorded)) {
        return own.to_owned();
    }
    let index = &recording["body"][0];
    match (
        recorded.split_once("_fts_indexes_"),
        index["database"].as_str(),
    ) {
        (Some((cluster, _)), Some(database)) => {
            let collection = index["collectionName"].as_str().unwrap_or_default();
            format!("{cluster}/fts/indexes/{database}/{collection}")
        }
        _ => recorded.to_owned(),
    }
}

/// What an answer says its own address is, without its host.
fn own_address(recording: &Value) -> Option<&str> {
    let links = recording["body"]["links"].as_array()?;
    let own = links.iter().find(|it| it["rel"] == "self")?;
    let address = own["href"].as_str()?;
    Some(&address[address.find("/api/")?..])
}

/// The query that an answer says it was asked with and that its path was written down without:
/// of measurements, and of lists that show only some of what there is.
pub(super) fn asked_query(recording: &Value) -> String {
    let is_measured = recording["body"]["measurements"].is_array();
    let is_narrowed = recording["operationId"] == "listFederationSettingIdentityProviders";
    let own = own_address(recording).filter(|_| is_measured || is_narrowed);
    let query = own.and_then(|own| own.split_once('?'));
    query.map_or_else(String::new, |(_, query)| format!("?{query}"))
}

/// The template of the path that was asked for; the path itself where none is known.
pub(super) fn template(recording: &Value, path: &str) -> String {
    let operation = &recording["operationId"];
    let method = recording["method"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase();
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let named = paths.iter().find(|(template, item)| {
        let operations = item.as_object().unwrap().values();
        let mut operations = operations.filter(|it| it["operationId"] == *operation);
        operations.next().is_some() && operation.is_string() && matches(template, path)
    });
    let fitting = || {
        let fitting = paths
            .iter()
            .filter(|(template, item)| item.get(&method).is_some() && matches(template, path));
        fitting.min_by_key(|(template, _)| template.matches('{').count())
    };
    let found = named.or_else(fitting);
    found.map_or_else(|| path.to_owned(), |(template, _)| template.clone())
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
