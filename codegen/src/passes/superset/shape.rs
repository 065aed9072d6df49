//! The parts of a schema: fields, string values and alternatives.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value, json};

/// Fields, and the names of the required ones.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) properties: Map<String, Value>,
    pub(super) required: BTreeSet<String>,
}

/// The values of a string schema.
pub(super) enum Strings {
    /// Any string.
    Any,
    /// The values of an enum.
    Among(Vec<Value>),
}

impl Strings {
    /// Returns the values of both.
    pub(super) fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::Among(a), Self::Among(b)) => Self::Among(distinct(a.into_iter().chain(b))),
            _ => Self::Any,
        }
    }

    /// Returns the values of the enum. `None` for any string.
    pub(super) fn into_values(self) -> Option<Vec<Value>> {
        match self {
            Self::Any => None,
            Self::Among(values) => Some(values),
        }
    }
}

/// Returns the alternatives and parts of a schema.
pub(super) fn collect_members(schema: &Value) -> Vec<&Value> {
    let lists = ["oneOf", "anyOf", "allOf"].iter();
    lists
        .filter_map(|key| schema.get(*key)?.as_array())
        .flatten()
        .collect()
}

/// Returns the alternatives of a schema, from its lists and from its discriminator's mapping.
pub(super) fn collect_children(schema: &Value) -> Vec<Value> {
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

/// Returns the distinct values in order.
fn distinct(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    values.filter(|value| seen.insert(value.clone())).collect()
}
