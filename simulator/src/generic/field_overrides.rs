//! Response fields that differ from the OpenAPI document: `behaviour/fields.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::schema::behaviour::{behaviour, parse};

static OVERRIDES: LazyLock<Vec<FieldOverride>> =
    LazyLock::new(|| parse::<Overrides>(behaviour!("fields.toml")).overrides);

#[derive(Default, Deserialize)]
struct Overrides {
    #[serde(rename = "override")]
    overrides: Vec<FieldOverride>,
}

/// Fields that the documents of a collection have or lack. `a.b` is the field `b` of the object `a`.
#[derive(Deserialize)]
struct FieldOverride {
    /// The operation that the override applies to; `None` for all operations of the collection.
    operation: Option<String>,
    /// The end of the path template of the collection.
    collection: String,
    /// Fields to remove.
    #[serde(default)]
    hidden: Vec<String>,
    /// Values of the fields to add if they are absent.
    #[serde(default, deserialize_with = "json_values")]
    shown: BTreeMap<String, Value>,
    /// Fields to remove unless a request has set them.
    #[serde(default)]
    only_sent: Vec<String>,
    /// Fields to remove if they are null.
    #[serde(default)]
    not_null: Vec<String>,
}

/// Parses values from JSON strings, since TOML has no null.
fn json_values<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Value>, D::Error> {
    let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
    let parse = |(name, text): (String, String)| {
        let value = serde_json::from_str(&text).map_err(D::Error::custom)?;
        Ok((name, value))
    };
    texts.into_iter().map(parse).collect()
}

impl FieldOverride {
    fn applies_to(&self, operation: &str, collection: &str) -> bool {
        let is_of_operation = self.operation.as_ref().is_none_or(|id| id == operation);
        is_of_operation && collection.ends_with(&self.collection)
    }
}

/// Applies the first matching override to a document; `stored` is the document without generated fields.
pub(super) fn apply(operation: &str, collection: &str, stored: &Value, document: &mut Value) {
    let mut overrides = OVERRIDES.iter();
    let Some(found) = overrides.find(|entry| entry.applies_to(operation, collection)) else {
        return;
    };
    for name in &found.hidden {
        if let Some((object, field)) = locate(document, name) {
            object.remove(field);
        }
    }
    for name in &found.only_sent {
        if !has_value(stored, name)
            && let Some((object, field)) = locate(document, name)
        {
            object.remove(field);
        }
    }
    for (name, value) in &found.shown {
        if let Some((object, field)) = locate(document, name) {
            object.entry(field).or_insert_with(|| value.clone());
        }
    }
    for name in &found.not_null {
        if let Some((object, field)) = locate(document, name)
            && object.get(field).is_some_and(Value::is_null)
        {
            object.remove(field);
        }
    }
}

/// Removes from a new record the generated fields that only a request can set.
pub(super) fn remove_unsent(
    operation: &str,
    collection: &str,
    draft: &Value,
    document: &mut Value,
) {
    let mut overrides = OVERRIDES.iter();
    let Some(found) = overrides.find(|entry| entry.applies_to(operation, collection)) else {
        return;
    };
    for name in &found.only_sent {
        if !has_value(draft, name)
            && let Some((object, field)) = locate(document, name)
        {
            object.remove(field);
        }
    }
}

/// Returns `true` if a document has a field; `a.b` is the field `b` of the object `a`.
fn has_value(document: &Value, name: &str) -> bool {
    let mut parts = name.split('.');
    let value = parts.try_fold(document, |value, part| value.get(part));
    value.is_some()
}

/// Returns the object that contains a field, and the name of the field in it.
fn locate<'a, 'n>(
    document: &'a mut Value,
    name: &'n str,
) -> Option<(&'a mut Map<String, Value>, &'n str)> {
    let (object, field) = match name.split_once('.') {
        Some((outer, field)) => (document.get_mut(outer)?, field),
        None => (document, name),
    };
    Some((object.as_object_mut()?, field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generic::shape::Plan;
    use crate::schema::document::{Document, Operation};

    /// Returns `true` if any variant of an operation's response has a field.
    fn has_field(document: &Document, operation: &Operation, name: &str) -> bool {
        let schemas = document.schemas();
        let Some(response) = &operation.success.schema else {
            return false;
        };
        let mut schemas_to_search = vec![schemas.items(response).unwrap_or(response)];
        let field = name.split('.').next().unwrap();
        while let Some(schema) = schemas_to_search.pop() {
            let schema = schemas.resolve(schema);
            if schemas.fields(schema, None).properties.contains_key(field) {
                return true;
            }
            schemas_to_search.extend(schema["oneOf"].as_array().into_iter().flatten());
        }
        false
    }

    #[test]
    fn overrides_apply_to_operations_and_fields_of_the_document() {
        let document = Document::vendored().unwrap();
        let mut idle = Vec::new();
        for (index, entry) in OVERRIDES.iter().enumerate() {
            let operations: Vec<_> = document
                .operations()
                .iter()
                .filter(|operation| {
                    let collection = Plan::of(document, operation).collection;
                    let matches =
                        |entry: &FieldOverride| entry.applies_to(&operation.id, &collection);
                    OVERRIDES.iter().position(matches) == Some(index)
                })
                .collect();
            if operations.is_empty() {
                idle.push(entry.collection.clone());
            }
            let known = |name: &str| {
                operations
                    .iter()
                    .any(|operation| has_field(document, operation, name))
            };
            let hidden = entry.hidden.iter().chain(&entry.not_null);
            let hidden = hidden.chain(&entry.only_sent);
            let unknown = hidden.filter(|name| !known(name));
            idle.extend(unknown.map(|name| format!("{} {name}", entry.collection)));
        }

        assert_eq!(idle, Vec::<String>::new());
    }
}
