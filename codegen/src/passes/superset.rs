//! Merges families of schemas into one struct with the fields of all members.
//!
//! The document describes families with `allOf`, `oneOf`, `anyOf` and discriminators, in which parents
//! and children reference each other. Progenitor overflows its stack on these cycles, and its untagged
//! enums lose fields that the first matching variant does not declare. A struct with all fields loses
//! none.

mod family;
mod shape;

use serde_json::{Map, Value, json};

use self::{family::Family, shape::collect_members};
use crate::{document::Document, error::Result};

/// Keys of a schema that belongs to a family.
const FAMILY_KEYS: [&str; 4] = ["allOf", "oneOf", "anyOf", "discriminator"];

/// Names of the schemas on the current path, to detect cycles.
type Trail = Vec<String>;

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let originals = document.schemas()?.clone();
    let family = Family {
        schemas: &originals,
    };
    let mut changes = 0;
    for (name, schema) in document.schemas_mut()? {
        *schema = convert(&family, schema, &vec![name.clone()], &mut changes);
    }
    document.operations_mut(|_, _, operation| {
        let bodies = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
            .into_iter();
        let bodies = bodies.flatten().map(|(_, response)| response);
        for body in bodies {
            convert_content(&family, body, &mut changes);
        }
        if let Some(body) = operation.get_mut("requestBody") {
            convert_content(&family, body, &mut changes);
        }
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            if let Some(schema) = parameter.get_mut("schema") {
                *schema = convert(&family, schema, &Trail::new(), &mut changes);
            }
        }
    });
    Ok(changes)
}

fn convert_content(family: &Family<'_>, body: &mut Value, changes: &mut usize) {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    for (_, media) in content.into_iter().flatten() {
        if let Some(schema) = media.get_mut("schema") {
            *schema = convert(family, schema, &Trail::new(), changes);
        }
    }
}

/// Returns the schema without families at any depth.
fn convert(family: &Family<'_>, schema: &Value, trail: &Trail, changes: &mut usize) -> Value {
    let Some(node) = schema.as_object() else {
        return schema.clone();
    };
    if FAMILY_KEYS.iter().all(|key| node.get(*key).is_none()) {
        return convert_children(family, node, trail, changes);
    }
    *changes += 1;
    let other_keys = node.iter().filter(|(key, _)| {
        !FAMILY_KEYS.contains(&key.as_str())
            && !["properties", "required", "type"].contains(&key.as_str())
    });
    let mut united: Map<String, Value> = other_keys
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let members = collect_members(schema);
    if members
        .iter()
        .all(|member| family.is_object(member, &Trail::new()))
    {
        let shape = family.flatten(schema, trail, true);
        let properties = shape
            .properties
            .iter()
            .map(|(name, property)| (name.clone(), convert(family, property, trail, changes)));
        united.insert("type".to_owned(), json!("object"));
        united.insert("properties".to_owned(), Value::Object(properties.collect()));
        if !shape.required.is_empty() {
            united.insert("required".to_owned(), json!(shape.required));
        }
    } else if let Some(strings) = family.string_values(schema) {
        united.insert("type".to_owned(), json!("string"));
        if let Some(values) = strings.into_values() {
            united.insert("enum".to_owned(), json!(values));
        }
    }
    // Mixed members: a schema without a type accepts any JSON value.
    Value::Object(united)
}

/// Converts the nested schemas.
fn convert_children(
    family: &Family<'_>,
    node: &Map<String, Value>,
    trail: &Trail,
    changes: &mut usize,
) -> Value {
    let mut converted = node.clone();
    for key in ["items", "additionalProperties", "not"] {
        if let Some(child) = converted.get_mut(key) {
            *child = convert(family, child, trail, changes);
        }
    }
    if let Some(properties) = converted
        .get_mut("properties")
        .and_then(Value::as_object_mut)
    {
        for (_, property) in properties {
            *property = convert(family, property, trail, changes);
        }
    }
    Value::Object(converted)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};

    /// Returns the named schema after the pass.
    fn unite_schemas(schemas: Value, name: &str) -> Value {
        let mut document = with_schemas(schemas);
        assert!(apply(&mut document).unwrap() > 0);
        document.schemas().unwrap()[name].clone()
    }

    fn reference(name: &str) -> Value {
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    #[test]
    fn parent_has_fields_of_its_children() {
        let parent = json!({
            "type": "object",
            "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"A": "#/components/schemas/A", "B": "#/components/schemas/B"}},
            "oneOf": [reference("A"), reference("B")]});
        let child = |field: &str| {
            json!({
            "type": "object", "allOf": [reference("Parent")],
            "properties": {field: {"type": "integer"}}})
        };

        let parent = unite_schemas(
            json!({"Parent": parent, "A": child("a"), "B": child("b")}),
            "Parent",
        );

        let names: Vec<_> = parent["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(FAMILY_KEYS.iter().all(|key| parent.get(key).is_none()));
    }

    #[test]
    fn child_has_fields_of_its_parent_only() {
        let parent = json!({
            "type": "object", "required": ["kind"],
            "properties": {"kind": {"type": "string"}}, "oneOf": [reference("A"), reference("B")]});
        let child = |field: &str| {
            json!({
            "type": "object", "allOf": [reference("Parent")],
            "properties": {field: {"type": "integer"}}})
        };

        let a = unite_schemas(
            json!({"Parent": parent, "A": child("a"), "B": child("b")}),
            "A",
        );

        assert_eq!(
            a["properties"],
            json!({"kind": {"type": "string"}, "a": {"type": "integer"}})
        );
        assert_eq!(a["required"], json!(["kind"]));
    }

    #[test]
    fn unites_enums_of_the_same_field() {
        let child = |value: &str| {
            json!({"type": "object", "properties": {
            "unit": {"type": "string", "enum": [value]}}})
        };

        let one = unite_schemas(
            json!({"One": {"oneOf": [child("DAYS"), child("HOURS")]}}),
            "One",
        );

        assert_eq!(one["properties"]["unit"]["enum"], json!(["DAYS", "HOURS"]));
    }

    #[test]
    fn string_alternatives_become_one_enum() {
        let alternatives = json!({"oneOf": [
            {"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}]});

        let united = unite_schemas(json!({ "One": alternatives }), "One");

        assert_eq!(united, json!({"type": "string", "enum": ["a", "b"]}));
    }

    #[test]
    fn mixed_alternatives_become_any_value() {
        let mixed = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});

        assert_eq!(unite_schemas(json!({ "One": mixed }), "One"), json!({}));
    }
}
