//! One field for two that members of a family declare differently.

use serde_json::{Map, Value, json};

use super::{Trail, shape::Family};
use crate::document::Schemas;

/// The keys in which two declarations may differ and still mean the same.
const REMARKS: [&str; 2] = ["readOnly", "deprecated"];

/// How deep objects are united before their field becomes any value.
const DEPTH: usize = 6;

/// A declaration that every value of both fields fits.
pub(super) fn union(schemas: &Schemas, a: &Value, b: &Value) -> Value {
    union_at(schemas, a, b, DEPTH)
}

fn union_at(schemas: &Schemas, a: &Value, b: &Value, depth: usize) -> Value {
    let mut united = declaration(schemas, a, b, depth);
    // What one member may send, a request may hold.
    if let Some(node) = united.as_object_mut() {
        node.remove("readOnly");
        if a["readOnly"] == true && b["readOnly"] == true {
            node.insert("readOnly".to_owned(), json!(true));
        }
    }
    united
}

fn declaration(schemas: &Schemas, a: &Value, b: &Value, depth: usize) -> Value {
    if a == b || without_remarks(a) == without_remarks(b) {
        return a.clone();
    }
    let family = Family { schemas };
    strings(&family, a, b)
        .or_else(|| objects(&family, a, b, depth))
        .or_else(|| scalars(a, b))
        .or_else(|| arrays(schemas, a, b, depth))
        .unwrap_or_else(|| json!({}))
}

fn without_remarks(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(node) = schema.as_object_mut() {
        node.retain(|key, _| !REMARKS.contains(&key.as_str()));
    }
    schema
}

/// Two strings: the values of both, or any string if either can be any.
fn strings(family: &Family<'_>, a: &Value, b: &Value) -> Option<Value> {
    let united = family.strings(a)?.union(family.strings(b)?);
    Some(match united.into_values() {
        Some(values) => json!({ "type": "string", "enum": values }),
        None => json!({ "type": "string" }),
    })
}

/// Two objects: the fields of both, those required that both require.
fn objects(family: &Family<'_>, a: &Value, b: &Value, depth: usize) -> Option<Value> {
    let trail = Trail::new();
    if depth == 0 || !family.is_object(a, &trail) || !family.is_object(b, &trail) {
        return None;
    }
    let (a, b) = (
        family.flatten(a, &trail, true),
        family.flatten(b, &trail, true),
    );
    if a.properties.is_empty() && b.properties.is_empty() {
        return None;
    }
    let mut properties: Map<String, Value> = a.properties;
    for (name, property) in b.properties {
        let united = match properties.get(&name) {
            Some(known) => union_at(family.schemas, known, &property, depth - 1),
            None => property,
        };
        properties.insert(name, united);
    }
    let required: Vec<_> = a.required.intersection(&b.required).collect();
    let mut united = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        united["required"] = json!(required);
    }
    Some(united)
}

/// Two scalars: what they agree on; an integer and a number make a number.
fn scalars(a: &Value, b: &Value) -> Option<Value> {
    let (kind_a, kind_b) = (a["type"].as_str()?, b["type"].as_str()?);
    if kind_a == kind_b && ["string", "integer", "number", "boolean"].contains(&kind_a) {
        let shared = a
            .as_object()?
            .iter()
            .filter(|(key, value)| b.get(key.as_str()) == Some(*value));
        return Some(Value::Object(
            shared.map(|(k, v)| (k.clone(), v.clone())).collect(),
        ));
    }
    let kinds = [kind_a, kind_b];
    (kinds.contains(&"integer") && kinds.contains(&"number")).then(|| json!({"type": "number"}))
}

/// Two arrays: items that both fit.
fn arrays(schemas: &Schemas, a: &Value, b: &Value, depth: usize) -> Option<Value> {
    if a["type"] != "array" || b["type"] != "array" || depth == 0 {
        return None;
    }
    let mut united = a.clone();
    united["items"] = union_at(schemas, a.get("items")?, b.get("items")?, depth - 1);
    Some(united)
}
