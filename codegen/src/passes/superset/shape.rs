//! The fields of a family, gathered from its parents and children.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value, json};

use super::{Trail, union::union};
use crate::document::{Schemas, schema_name};

/// The schemas among which families are looked up, as they were before the pass.
pub(super) struct Family<'a> {
    pub(super) schemas: &'a Schemas,
}

/// Fields, and the names of those that are always there.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) properties: Map<String, Value>,
    pub(super) required: BTreeSet<String>,
}

/// The values of a string.
pub(super) enum Strings {
    /// Any text.
    Any,
    /// One of these.
    Among(Vec<Value>),
}

impl Strings {
    /// The values of either.
    pub(super) fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::Among(a), Self::Among(b)) => Self::Among(distinct(a.into_iter().chain(b))),
            _ => Self::Any,
        }
    }

    /// The values as a schema's `enum`, unless any will do.
    pub(super) fn into_values(self) -> Option<Vec<Value>> {
        match self {
            Self::Any => None,
            Self::Among(values) => Some(values),
        }
    }
}

impl<'a> Family<'a> {
    /// The schema behind a reference, or the schema itself; any value for a reference to nothing.
    pub(super) fn resolve(&self, schema: &'a Value) -> &'a Value {
        match schema_name(schema) {
            Some(name) => self.schemas.get(name).unwrap_or(&Value::Null),
            None => schema,
        }
    }

    /// Whether the schema describes an object.
    pub(super) fn is_object(&self, schema: &'a Value, trail: &Trail) -> bool {
        if let Some(name) = schema_name(schema) {
            // A circle is taken for an object: only objects refer back to themselves.
            return trail.iter().any(|seen| seen == name)
                || self.is_object(self.resolve(schema), &extended(trail, name));
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        schema["type"] == "object" && schema.get("enum").is_none()
            || schema.get("properties").is_some()
            || parts.is_some_and(|parts| parts.iter().all(|part| self.is_object(part, trail)))
    }

    /// The values of a schema that is a string throughout; none for other schemas.
    pub(super) fn strings(&self, schema: &'a Value) -> Option<Strings> {
        if schema_name(schema).is_some() {
            return self.strings(self.resolve(schema));
        }
        let members = members(schema);
        if members.is_empty() || schema.get("properties").is_some() {
            let values = schema.get("enum").and_then(Value::as_array).cloned();
            let strings = values.map_or(Strings::Any, Strings::Among);
            return (schema["type"] == "string").then_some(strings);
        }
        let mut members = members.into_iter().map(|member| self.strings(member));
        let first = members.next()??;
        members.try_fold(first, |united, member| Some(united.union(member?)))
    }

    /// All fields of a schema: its own, its parents' and, when asked for, its children's.
    ///
    /// A parent's other children are never among them.
    pub(super) fn flatten(&self, schema: &'a Value, trail: &Trail, children: bool) -> Shape {
        if let Some(name) = schema_name(schema) {
            if trail.iter().any(|seen| seen == name) {
                return Shape::default();
            }
            return self.flatten(self.resolve(schema), &extended(trail, name), children);
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
        let own = schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        shape
            .properties
            .extend(own.map(|(name, property)| (name.clone(), property.clone())));
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

    /// Adds the fields of the alternatives; one is required if all alternatives require it.
    fn add_children(&self, schema: &'a Value, trail: &Trail, shape: &mut Shape) {
        let mut required_by_all: Option<BTreeSet<String>> = None;
        let mut seen = BTreeSet::new();
        for child in children_of(schema) {
            if let Some(name) = schema_name(&child)
                && (trail.iter().any(|on_trail| on_trail == name) || !seen.insert(name.to_owned()))
            {
                continue;
            }
            let of_child = self.detached(&child, trail);
            required_by_all = Some(match required_by_all {
                None => of_child.required,
                Some(all) => all.intersection(&of_child.required).cloned().collect(),
            });
            for (name, property) in of_child.properties {
                let united = match shape.properties.get(&name) {
                    Some(known) => union(self.schemas, known, &property),
                    None => property,
                };
                shape.properties.insert(name, united);
            }
        }
        shape.required.extend(required_by_all.unwrap_or_default());
    }

    /// The fields of a schema that does not live among the document's.
    fn detached(&self, schema: &Value, trail: &Trail) -> Shape {
        let family = Family {
            schemas: self.schemas,
        };
        family.flatten(schema, trail, true)
    }
}

/// The alternatives and parts of a schema.
pub(super) fn members(schema: &Value) -> Vec<&Value> {
    let lists = ["oneOf", "anyOf", "allOf"].iter();
    lists
        .filter_map(|key| schema.get(*key)?.as_array())
        .flatten()
        .collect()
}

/// The alternatives of a schema, listed or mapped by its discriminator.
fn children_of(schema: &Value) -> Vec<Value> {
    let listed = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|key| schema.get(*key)?.as_array())
        .flatten();
    let mapping = schema
        .pointer("/discriminator/mapping")
        .and_then(Value::as_object);
    let mapped = mapping
        .into_iter()
        .flatten()
        .map(|(_, target)| json!({ "$ref": target }));
    listed.cloned().chain(mapped).collect()
}

/// The trail with one more name.
fn extended(trail: &Trail, name: &str) -> Trail {
    let mut longer = trail.clone();
    longer.push(name.to_owned());
    longer
}

/// The values without repetitions, in order.
fn distinct(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    values.filter(|value| seen.insert(value.clone())).collect()
}
