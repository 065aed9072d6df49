//! Reduces each node of a document to the keys that are facts.
//!
//! The kept keys are listed explicitly, so that new keys of the upstream document are dropped.

use serde_json::{Map, Value, json};

use crate::{
    document::Document,
    error::{Error, Result},
};

const OPERATION_KEYS: [&str; 8] = [
    "deprecated",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "tags",
    "x-atlas-versions",
    "x-rolesRequirements",
];
const PARAMETER_KEYS: [&str; 8] = [
    "$ref",
    "deprecated",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];
const BODY_KEYS: [&str; 4] = ["$ref", "content", "headers", "required"];
const MEDIA_TYPE_KEYS: [&str; 3] = ["schema", "x-sunset", "x-xgen-version"];
const SCHEMA_KEYS: [&str; 31] = [
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

/// Returns the document with facts only.
pub(super) fn reduce(upstream: &Document) -> Result<Document> {
    let source = upstream.as_value();
    let info = &source["info"];
    let paths = map_values(&source["paths"], reduce_operations);
    Document::from_value(json!({
        "openapi": source.get("openapi").ok_or_else(|| Error::Missing("openapi".to_owned()))?,
        "info": { "title": info["title"], "version": info["version"] },
        "servers": [{ "url": "https://cloud.mongodb.com" }],
        "tags": map_items(source.get("tags"), |tag| json!({ "name": tag["name"] })),
        "paths": paths,
        "components": reduce_components(&source["components"]),
    }))
}

fn reduce_components(source: &Value) -> Value {
    json!({
        "headers": map_values(&source["headers"], reduce_header),
        "parameters": map_values(&source["parameters"], reduce_parameter),
        "responses": map_values(&source["responses"], reduce_body),
        "schemas": map_values(&source["schemas"], reduce_schema),
    })
}

/// Returns the operations of a path item.
fn reduce_operations(item: &Value) -> Value {
    let operations = pick(item, &["delete", "get", "patch", "post", "put"]);
    map_values(&operations, reduce_operation)
}

fn reduce_operation(node: &Value) -> Value {
    let mut facts = pick(node, &OPERATION_KEYS);
    replace(&mut facts, "parameters", |value| {
        map_items(Some(value), reduce_parameter)
    });
    replace(&mut facts, "requestBody", reduce_body);
    replace(&mut facts, "responses", |value| {
        map_values(value, reduce_body)
    });
    facts
}

fn reduce_parameter(node: &Value) -> Value {
    let mut facts = pick(node, &PARAMETER_KEYS);
    replace(&mut facts, "schema", reduce_schema);
    facts
}

/// Reduces a request body or a response.
fn reduce_body(node: &Value) -> Value {
    let mut facts = pick(node, &BODY_KEYS);
    replace(&mut facts, "headers", |value| {
        map_values(value, reduce_header)
    });
    replace(&mut facts, "content", |value| {
        map_values(value, reduce_media_type)
    });
    facts
}

fn reduce_header(node: &Value) -> Value {
    let mut facts = pick(node, &["$ref", "schema"]);
    replace(&mut facts, "schema", reduce_schema);
    facts
}

fn reduce_media_type(node: &Value) -> Value {
    let mut facts = pick(node, &MEDIA_TYPE_KEYS);
    replace(&mut facts, "schema", reduce_schema);
    facts
}

fn reduce_schema(node: &Value) -> Value {
    let mut facts = pick(node, &SCHEMA_KEYS);
    replace(&mut facts, "properties", |value| {
        map_values(value, reduce_schema)
    });
    replace(&mut facts, "discriminator", |value| {
        pick(value, &["mapping", "propertyName"])
    });
    for key in ["items", "not"] {
        replace(&mut facts, key, reduce_schema);
    }
    replace(&mut facts, "additionalProperties", |value| {
        if value.is_object() {
            reduce_schema(value)
        } else {
            value.clone()
        }
    });
    for key in ["allOf", "oneOf", "anyOf"] {
        replace(&mut facts, key, |value| {
            map_items(Some(value), reduce_schema)
        });
    }
    facts
}

/// Returns an object with these keys only.
fn pick(node: &Value, keys: &[&str]) -> Value {
    let entries = keys
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), node.get(key)?.clone())));
    Value::Object(entries.collect())
}

/// Changes each value of an object.
fn map_values(node: &Value, change: impl Fn(&Value) -> Value) -> Value {
    let entries = node.as_object().into_iter().flatten();
    Value::Object(
        entries
            .map(|(key, value)| (key.clone(), change(value)))
            .collect::<Map<_, _>>(),
    )
}

/// Changes each item of an array.
fn map_items(node: Option<&Value>, change: impl Fn(&Value) -> Value) -> Value {
    node.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(change)
        .collect()
}

/// Changes the value of a key if it exists.
fn replace(node: &mut Value, key: &str, change: impl Fn(&Value) -> Value) {
    if let Some(value) = node.get_mut(key) {
        *value = change(value);
    }
}
