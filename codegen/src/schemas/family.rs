//! Resolves references, `allOf`, and the alternatives of `oneOf`, `anyOf` and discriminators.

use serde_json::Value;

use crate::document::{Schemas, schema_name};

/// Maximum number of references and parts that are followed from one schema. A longer chain is a cycle,
/// which only objects have.
const MAX_DEPTH: usize = 16;

/// The schemas of the document.
#[derive(Clone, Copy)]
pub(super) struct Family<'a>(pub(super) &'a Schemas);

/// The schemas that declare an object.
#[derive(Clone, Debug)]
pub(super) struct Declaration<'a> {
    /// Schemas with properties, base schemas first. A later part overrides an earlier one.
    pub(super) parts: Vec<&'a Value>,
    /// Schema whose alternatives are the variants.
    pub(super) alternatives: Option<&'a Value>,
    pub(super) name: Option<&'a str>,
}

/// Addresses of a declaration's schemas, which identify it.
pub(super) type Key = (Vec<usize>, Option<usize>);

impl Declaration<'_> {
    pub(super) fn key(&self) -> Key {
        let parts = self.parts.iter().map(|part| address(part));
        (parts.collect(), self.alternatives.map(address))
    }
}

/// The kind of a schema.
pub(super) enum Kind<'a> {
    Any,
    Text,
    Integer,
    Number,
    Boolean,
    Array(Option<&'a Value>),
    Map(Option<&'a Value>),
    Object,
}

impl<'a> Family<'a> {
    /// Returns the schema that a reference names, or the schema itself.
    pub(super) fn resolve(self, schema: &'a Value) -> &'a Value {
        match schema_name(schema) {
            Some(name) => self
                .0
                .get(name)
                .map_or(&Value::Null, |found| self.resolve(found)),
            None => schema,
        }
    }

    /// Returns the declaration of a schema.
    pub(super) fn declaration(self, schema: &'a Value) -> Declaration<'a> {
        let name = schema_name(schema);
        let schema = self.resolve(schema);
        let mut parts = Vec::new();
        self.add_parts(schema, &mut parts);
        let alternatives = (!self.alternatives(schema).is_empty()).then_some(schema);
        Declaration {
            parts,
            alternatives,
            name,
        }
    }

    /// Adds a schema after the schemas that it extends, each of them once.
    fn add_parts(self, schema: &'a Value, parts: &mut Vec<&'a Value>) {
        let bases = schema.get("allOf").and_then(Value::as_array);
        for base in bases.into_iter().flatten() {
            let base = self.resolve(base);
            if !has(parts, base) {
                self.add_parts(base, parts);
            }
        }
        if !has(parts, schema) {
            parts.push(schema);
        }
    }

    /// Returns the alternatives of a schema, each with the discriminator's values that select it.
    pub(super) fn alternatives(self, schema: &'a Value) -> Vec<(Vec<String>, &'a Value)> {
        let mut alternatives: Vec<(Vec<String>, &'a Value)> = Vec::new();
        for key in ["oneOf", "anyOf"] {
            let listed = schema.get(key).and_then(Value::as_array);
            let listed = listed.into_iter().flatten();
            alternatives.extend(listed.map(|schema| (Vec::new(), schema)));
        }
        let mapping = schema
            .pointer("/discriminator/mapping")
            .and_then(Value::as_object);
        for (value, target) in mapping.into_iter().flatten() {
            let Some(name) = target.as_str().and_then(|path| path.rsplit('/').next()) else {
                continue;
            };
            let alternative = alternatives.iter_mut().find(|(_, schema)| {
                schema_name(schema).or_else(|| self.name_of(schema)) == Some(name)
            });
            match (alternative, self.0.get(name)) {
                (Some((values, _)), _) => values.push(value.clone()),
                (None, Some(schema)) => alternatives.push((vec![value.clone()], schema)),
                (None, None) => {}
            }
        }
        alternatives
    }

    /// Returns the name of a top-level schema.
    pub(super) fn name_of(self, schema: &'a Value) -> Option<&'a str> {
        let mut schemas = self.0.iter();
        let named_schema = schemas.find(|(_, known)| address(known) == address(schema));
        named_schema.map(|(name, _)| name.as_str())
    }

    /// Returns the kind of a schema.
    pub(super) fn kind(self, schema: &'a Value) -> Kind<'a> {
        self.kind_at(schema, MAX_DEPTH)
    }

    fn kind_at(self, schema: &'a Value, depth: usize) -> Kind<'a> {
        let schema = self.resolve(schema);
        if depth == 0 || schema.get("properties").is_some() {
            return Kind::Object;
        }
        let members = collect_members(schema);
        if !members.is_empty() {
            let kinds = members.iter().map(|member| self.kind_at(member, depth - 1));
            return shared_kind(kinds);
        }
        if schema.get("discriminator").is_some() {
            return Kind::Object;
        }
        let values = schema.get("additionalProperties");
        match (schema["type"].as_str(), values) {
            (_, Some(values)) if values.is_object() => Kind::Map(Some(values)),
            // An object without properties accepts any field.
            (Some("object"), _) => Kind::Map(None),
            (Some("array"), _) => Kind::Array(schema.get("items")),
            (Some("string"), _) => Kind::Text,
            (Some("integer"), _) => Kind::Integer,
            (Some("number"), _) => Kind::Number,
            (Some("boolean"), _) => Kind::Boolean,
            _ => Kind::Any,
        }
    }

    /// Returns the values of an enum and of all alternatives. `None` if one of them accepts any value.
    pub(super) fn values(self, schema: &'a Value) -> Option<Vec<String>> {
        let schema = self.resolve(schema);
        let mut values = Vec::new();
        let members = collect_members(schema);
        if members.is_empty() {
            let listed = schema.get("enum")?.as_array()?.iter();
            values.extend(listed.filter(|value| !value.is_null()).map(value_to_string));
        }
        for member in members {
            values.extend(self.values(member)?);
        }
        let mut seen = std::collections::HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
        Some(values)
    }
}

/// Returns the kind of alternatives that are all objects or all strings, and `Any` for others.
fn shared_kind<'a>(mut kinds: impl Iterator<Item = Kind<'a>>) -> Kind<'a> {
    match kinds.next() {
        Some(Kind::Object) if kinds.all(|kind| matches!(kind, Kind::Object)) => Kind::Object,
        Some(Kind::Text) if kinds.all(|kind| matches!(kind, Kind::Text)) => Kind::Text,
        _ => Kind::Any,
    }
}

fn collect_members(schema: &Value) -> Vec<&Value> {
    let lists = ["oneOf", "anyOf", "allOf"].iter();
    lists
        .filter_map(|key| schema.get(*key)?.as_array())
        .flatten()
        .collect()
}

/// Formats a JSON value, strings without quotes.
pub(super) fn value_to_string(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn has(parts: &[&Value], schema: &Value) -> bool {
    parts.iter().any(|part| address(part) == address(schema))
}

pub(super) fn address(schema: &Value) -> usize {
    std::ptr::from_ref(schema).addr()
}
