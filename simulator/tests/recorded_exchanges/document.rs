//! Looks up recorded requests in the OpenAPI document.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

pub(super) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/atlas-admin-v2.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// Returns the path of the recorded request. Some recorded paths have different separators.
pub(super) fn request_path(recording: &Value) -> String {
    let recorded = recording["path"].as_str().unwrap_or_default();
    let own = self_link(recording).map(|link| link.split('?').next().unwrap_or_default());
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

/// Returns the path and query of the response's `self` link.
fn self_link(recording: &Value) -> Option<&str> {
    let links = recording["body"]["links"].as_array()?;
    let own = links.iter().find(|link| link["rel"] == "self")?;
    let href = own["href"].as_str()?;
    Some(&href[href.find("/api/")?..])
}

/// Returns the query of the `self` link. Recorded paths of measurements and filtered lists lack the
/// query.
pub(super) fn request_query(recording: &Value) -> String {
    let is_measurement = recording["body"]["measurements"].is_array();
    let is_filtered = recording["operationId"] == "listFederationSettingIdentityProviders";
    let own = self_link(recording).filter(|_| is_measurement || is_filtered);
    let query = own.and_then(|own| own.split_once('?'));
    query.map_or_else(String::new, |(_, query)| format!("?{query}"))
}

/// Returns the path template of the request, or the path itself if no template matches.
pub(super) fn template(recording: &Value, path: &str) -> String {
    let operation = &recording["operationId"];
    let method = recording["method"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase();
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let by_operation = paths.iter().find(|(template, item)| {
        let operations = item.as_object().unwrap().values();
        let mut operations = operations.filter(|entry| entry["operationId"] == *operation);
        operations.next().is_some() && operation.is_string() && matches(template, path)
    });
    let matching = || {
        let matching = paths
            .iter()
            .filter(|(template, item)| item.get(&method).is_some() && matches(template, path));
        matching.min_by_key(|(template, _)| template.matches('{').count())
    };
    let template = by_operation.or_else(matching);
    template.map_or_else(|| path.to_owned(), |(template, _)| template.clone())
}

/// Returns the names and values of the path parameters.
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
    let operation_document = items.find(|entry| entry["operationId"] == operation)?;
    let content = operation_document["requestBody"]["content"].as_object()?;
    content.values().next()?.get("schema").cloned()
}

pub(super) fn resolve(schema: &Value) -> &Value {
    match schema["$ref"].as_str() {
        Some(reference) => resolve(DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap()),
        None => schema,
    }
}

/// Returns the properties of a schema. In a union, the discriminator of `recorded` selects the
/// variant; without a discriminator, returns the properties of all variants.
pub(super) fn properties_of(schema: &Value, recorded: &Value, depth: usize) -> Map<String, Value> {
    let schema = resolve(schema);
    let mut properties = Map::new();
    if depth > 6 {
        return properties;
    }
    let discriminator = &schema["discriminator"];
    let tag = recorded[discriminator["propertyName"].as_str().unwrap_or("")]
        .as_str()
        .unwrap_or("");
    if let Some(target) = discriminator["mapping"][tag].as_str() {
        properties.extend(properties_of(
            &json!({ "$ref": target }),
            &Value::Null,
            depth + 1,
        ));
    } else {
        for keyword in ["oneOf", "anyOf"] {
            for variant in schema[keyword].as_array().into_iter().flatten() {
                properties.extend(properties_of(variant, &Value::Null, depth + 1));
            }
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        properties.extend(properties_of(part, &Value::Null, depth + 3));
    }
    properties.extend(
        schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default(),
    );
    properties
}
