//! Flattens a family of schemas, and unites different declarations of the same field.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    Trail,
    shape::{Shape, Strings, collect_children, collect_members},
};
use crate::document::{Schemas, schema_name};

/// Keys that are ignored when two declarations are compared.
const ANNOTATION_KEYS: [&str; 2] = ["readOnly", "deprecated"];

/// Maximum depth of merged objects. Deeper fields accept any value.
const MAX_DEPTH: usize = 6;

/// The schemas of the document before the pass.
pub(super) struct Family<'a> {
    pub(super) schemas: &'a Schemas,
}

impl<'a> Family<'a> {
    /// Returns the schema that a reference names, or the schema itself.
    pub(super) fn resolve(&self, schema: &'a Value) -> &'a Value {
        match schema_name(schema) {
            Some(name) => self.schemas.get(name).unwrap_or(&Value::Null),
            None => schema,
        }
    }

    /// Returns `true` if the schema describes an object.
    pub(super) fn is_object(&self, schema: &'a Value, trail: &Trail) -> bool {
        if let Some(name) = schema_name(schema) {
            // Only objects reference themselves.
            return trail.iter().any(|seen| seen == name)
                || self.is_object(self.resolve(schema), &extend_trail(trail, name));
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        schema["type"] == "object" && schema.get("enum").is_none()
            || schema.get("properties").is_some()
            || parts.is_some_and(|parts| parts.iter().all(|part| self.is_object(part, trail)))
    }

    /// Returns the values of a schema whose members are all strings. `None` for other schemas.
    pub(super) fn string_values(&self, schema: &'a Value) -> Option<Strings> {
        if schema_name(schema).is_some() {
            return self.string_values(self.resolve(schema));
        }
        let members = collect_members(schema);
        if members.is_empty() || schema.get("properties").is_some() {
            let values = schema.get("enum").and_then(Value::as_array).cloned();
            let strings = values.map_or(Strings::Any, Strings::Among);
            return (schema["type"] == "string").then_some(strings);
        }
        let mut members = members.into_iter().map(|member| self.string_values(member));
        let first = members.next()??;
        members.try_fold(first, |united, member| Some(united.union(member?)))
    }

    /// Returns the fields of a schema, of its parents and, if `children` is `true`, of its children.
    ///
    /// Omits the fields of its siblings.
    pub(super) fn flatten(&self, schema: &'a Value, trail: &Trail, children: bool) -> Shape {
        if let Some(name) = schema_name(schema) {
            if trail.iter().any(|seen| seen == name) {
                return Shape::default();
            }
            return self.flatten(self.resolve(schema), &extend_trail(trail, name), children);
        }
        let mut shape = Shape::default();
        for parent in schema
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let inherited = self.flatten(parent, trail, false);
            shape.properties.extend(inherited.properties);
            shape.required.extend(inherited.required);
        }
        let own_properties = schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        shape
            .properties
            .extend(own_properties.map(|(name, property)| (name.clone(), property.clone())));
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        shape
            .required
            .extend(required.filter_map(|name| name.as_str().map(str::to_owned)));
        if children {
            self.add_children(schema, trail, &mut shape);
        }
        let Shape {
            properties,
            required,
        } = &mut shape;
        required.retain(|name| properties.contains_key(name));
        shape
    }

    /// Adds the fields of the alternatives. A field is required if all alternatives require it.
    fn add_children(&self, schema: &'a Value, trail: &Trail, shape: &mut Shape) {
        let mut required_by_all: Option<BTreeSet<String>> = None;
        let mut seen = BTreeSet::new();
        for child in collect_children(schema) {
            if let Some(name) = schema_name(&child)
                && (trail.iter().any(|on_trail| on_trail == name) || !seen.insert(name.to_owned()))
            {
                continue;
            }
            let fields = self.flatten_copy(&child, trail);
            required_by_all = Some(match required_by_all {
                None => fields.required,
                Some(all) => all.intersection(&fields.required).cloned().collect(),
            });
            for (name, property) in fields.properties {
                let united = match shape.properties.get(&name) {
                    Some(known) => unite(self.schemas, known, &property),
                    None => property,
                };
                shape.properties.insert(name, united);
            }
        }
        shape.required.extend(required_by_all.unwrap_or_default());
    }

    /// Flattens a schema with another lifetime than the document's.
    fn flatten_copy(&self, schema: &Value, trail: &Trail) -> Shape {
        let family = Family {
            schemas: self.schemas,
        };
        family.flatten(schema, trail, true)
    }
}

/// Returns the trail with another name.
fn extend_trail(trail: &Trail, name: &str) -> Trail {
    let mut longer = trail.clone();
    longer.push(name.to_owned());
    longer
}

/// Returns a declaration that accepts all values of both.
fn unite(schemas: &Schemas, a: &Value, b: &Value) -> Value {
    unite_to_depth(schemas, a, b, MAX_DEPTH)
}

fn unite_to_depth(schemas: &Schemas, a: &Value, b: &Value, depth: usize) -> Value {
    let mut united = unite_declarations(schemas, a, b, depth);
    // Read-only only if all members agree, since a request may set the field of one member.
    if let Some(node) = united.as_object_mut() {
        node.remove("readOnly");
        if a["readOnly"] == true && b["readOnly"] == true {
            node.insert("readOnly".to_owned(), json!(true));
        }
    }
    united
}

fn unite_declarations(schemas: &Schemas, a: &Value, b: &Value, depth: usize) -> Value {
    if a == b || remove_annotations(a) == remove_annotations(b) {
        return a.clone();
    }
    let family = Family { schemas };
    unite_strings(&family, a, b)
        .or_else(|| unite_objects(&family, a, b, depth))
        .or_else(|| unite_scalars(a, b))
        .or_else(|| unite_arrays(schemas, a, b, depth))
        .unwrap_or_else(|| json!({}))
}

fn remove_annotations(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(node) = schema.as_object_mut() {
        node.retain(|key, _| !ANNOTATION_KEYS.contains(&key.as_str()));
    }
    schema
}

/// Unites two strings: the values of both, or any string if one of them has no enum.
fn unite_strings(family: &Family<'_>, a: &Value, b: &Value) -> Option<Value> {
    let united = family.string_values(a)?.union(family.string_values(b)?);
    Some(match united.into_values() {
        Some(values) => json!({ "type": "string", "enum": values }),
        None => json!({ "type": "string" }),
    })
}

/// Unites two objects: the fields of both. A field is required if both require it.
fn unite_objects(family: &Family<'_>, a: &Value, b: &Value, depth: usize) -> Option<Value> {
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
            Some(known) => unite_to_depth(family.schemas, known, &property, depth - 1),
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

/// Unites two scalars: the keys that they share. An integer and a number become a number.
fn unite_scalars(a: &Value, b: &Value) -> Option<Value> {
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

/// Unites two arrays and their items.
fn unite_arrays(schemas: &Schemas, a: &Value, b: &Value, depth: usize) -> Option<Value> {
    if a["type"] != "array" || b["type"] != "array" || depth == 0 {
        return None;
    }
    let mut united = a.clone();
    united["items"] = unite_to_depth(schemas, a.get("items")?, b.get("items")?, depth - 1);
    Some(united)
}
