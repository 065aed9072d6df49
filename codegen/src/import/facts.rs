//! Reduces every node of a document to the keys that are facts.
//!
//! What is kept is listed, so that nothing new of the upstream document slips in.

use serde_json::{Map, Value, json};

use crate::{
    document::Document,
    error::{Error, Result},
};

const OPERATION: [&str; 8] = [
    "deprecated",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "tags",
    "x-atlas-versions",
    "x-rolesRequirements",
];
const PARAMETER: [&str; 8] = [
    "$ref",
    "deprecated",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];
const BODY: [&str; 4] = ["$ref", "content", "headers", "required"];
const MEDIA: [&str; 3] = ["schema", "x-sunset", "x-xgen-version"];
const SCHEMA: [&str; 31] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "type",
    "uniqueItems",
    "writeOnly",
];

/// The document without anything but facts.
pub(super) fn reduce(upstream: &Document) -> Result<Document> {
    let source = upstream.as_value();
    let info = &source["info"];
    let paths = each(&source["paths"], |item| each_operation(item, operation));
    Document::from_value(json!({
        "openapi": source.get("openapi").ok_or_else(|| Error::Missing("openapi".to_owned()))?,
        "info": { "title": info["title"], "version": info["version"] },
        "servers": [{ "url": "https://cloud.mongodb.com" }],
        "tags": list(source.get("tags"), |tag| json!({ "name": tag["name"] })),
        "paths": paths,
        "components": components(&source["components"]),
    }))
}

/// The shared parts.
fn components(source: &Value) -> Value {
    json!({
        "headers": each(&source["headers"], header),
        "parameters": each(&source["parameters"], parameter),
        "responses": each(&source["responses"], body),
        "schemas": each(&source["schemas"], schema),
    })
}

/// The operations of a path item.
fn each_operation(item: &Value, change: fn(&Value) -> Value) -> Value {
    each(
        &pick(item, &["delete", "get", "patch", "post", "put"]),
        change,
    )
}

fn operation(node: &Value) -> Value {
    let mut kept = pick(node, &OPERATION);
    replace(&mut kept, "parameters", |value| {
        list(Some(value), parameter)
    });
    replace(&mut kept, "requestBody", body);
    replace(&mut kept, "responses", |value| each(value, body));
    kept
}

fn parameter(node: &Value) -> Value {
    let mut kept = pick(node, &PARAMETER);
    replace(&mut kept, "schema", schema);
    kept
}

/// A request body or a response.
fn body(node: &Value) -> Value {
    let mut kept = pick(node, &BODY);
    replace(&mut kept, "headers", |value| each(value, header));
    replace(&mut kept, "content", |value| each(value, media));
    kept
}

fn header(node: &Value) -> Value {
    let mut kept = pick(node, &["$ref", "schema"]);
    replace(&mut kept, "schema", schema);
    kept
}

fn media(node: &Value) -> Value {
    let mut kept = pick(node, &MEDIA);
    replace(&mut kept, "schema", schema);
    kept
}

fn schema(node: &Value) -> Value {
    let mut kept = pick(node, &SCHEMA);
    replace(&mut kept, "properties", |value| each(value, schema));
    replace(&mut kept, "discriminator", |value| {
        pick(value, &["mapping", "propertyName"])
    });
    for key in ["items", "not"] {
        replace(&mut kept, key, schema);
    }
    replace(&mut kept, "additionalProperties", |value| {
        if value.is_object() {
            schema(value)
        } else {
            value.clone()
        }
    });
    for key in ["allOf", "oneOf", "anyOf"] {
        replace(&mut kept, key, |value| list(Some(value), schema));
    }
    kept
}

/// The object with these keys only.
fn pick(node: &Value, keys: &[&str]) -> Value {
    let entries = keys
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), node.get(key)?.clone())));
    Value::Object(entries.collect())
}

/// Every value of an object, changed.
fn each(node: &Value, change: impl Fn(&Value) -> Value) -> Value {
    let entries = node.as_object().into_iter().flatten();
    Value::Object(
        entries
            .map(|(key, value)| (key.clone(), change(value)))
            .collect::<Map<_, _>>(),
    )
}

/// Every item of an array, changed.
fn list(node: Option<&Value>, change: impl Fn(&Value) -> Value) -> Value {
    node.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(change)
        .collect()
}

/// Changes the value of a key where there is one.
fn replace(node: &mut Value, key: &str, change: impl Fn(&Value) -> Value) {
    if let Some(value) = node.get_mut(key) {
        *value = change(value);
    }
}
