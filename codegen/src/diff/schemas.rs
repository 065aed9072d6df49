//! Compares the schemas of requests and responses.
//!
//! Walks both documents in parallel from the operations that they share, and follows references in
//! pairs, so that a renamed type is compared with its predecessor. Compares each pair once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Change, Kind, Subject,
    labels::{missing_values, type_label},
};
use crate::{
    document::{Document, content_schemas, is_success, schema_name},
    error::Result,
    passes::enum_values,
};

type Changes = BTreeSet<Change>;

/// Adds the changes of types, fields and values.
pub(super) fn compare(old: &Document, new: &Document, changes: &mut Changes) -> Result<()> {
    let before: BTreeMap<&str, &Value> = operations_by_id(old).collect();
    for side in [Side::Request, Side::Response] {
        let mut walk = Walk {
            old,
            new,
            side,
            compared: BTreeSet::new(),
            changes,
        };
        for (id, after) in operations_by_id(new) {
            if let Some(before) = before.get(id) {
                walk.compare_operation(id, before, after)?;
            }
        }
    }
    Ok(())
}

/// Returns the operations by id.
fn operations_by_id(document: &Document) -> impl Iterator<Item = (&str, &Value)> {
    document
        .operations()
        .filter_map(|(_, _, operation)| Some((operation["operationId"].as_str()?, operation)))
}

/// The side of an exchange that is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Response,
}

/// A parallel walk through both documents.
struct Walk<'a> {
    old: &'a Document,
    new: &'a Document,
    side: Side,
    /// The compared pairs of type names.
    compared: BTreeSet<(&'a str, &'a str)>,
    changes: &'a mut Changes,
}

impl<'a> Walk<'a> {
    /// Compares an operation's parameters and request body, or its response.
    fn compare_operation(&mut self, id: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let (name, bodies) = match self.side {
            Side::Request => {
                self.compare_parameters(id, old, new)?;
                let body = |node: &'a Value| node.get("requestBody");
                (format!("{id} request"), (body(old), body(new)))
            }
            Side::Response => (
                format!("{id} response"),
                (successful_response(old), successful_response(new)),
            ),
        };
        let schema = |body: Option<&'a Value>| body.and_then(|body| content_schemas(body).next());
        match (schema(bodies.0), schema(bodies.1)) {
            (Some(old), Some(new)) => self.compare_schemas(&name, old, new)?,
            (Some(_), None) => self.add(Subject::Type, Kind::Removed, &name, "a body", ""),
            (None, Some(_)) => self.add(Subject::Type, Kind::Added, &name, "", "a body"),
            (None, None) => {}
        }
        Ok(())
    }

    /// Compares the types of the parameters that both documents contain.
    fn compare_parameters(&mut self, id: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let before = parameter_schemas(self.old, old)?;
        for (parameter, after) in parameter_schemas(self.new, new)? {
            if let Some(before) = before.get(parameter) {
                self.compare_schemas(&format!("{id}({parameter})"), before, after)?;
            }
        }
        Ok(())
    }

    /// Compares two schemas and their nested schemas.
    fn compare_schemas(&mut self, name: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let names = (schema_name(old), schema_name(new));
        let (old, new) = (self.old.resolve(old)?, self.new.resolve(new)?);
        let (Some(old_value), Some(new_value)) = names else {
            return self.compare_resolved(names.1.unwrap_or(name), old, new);
        };
        if !self.compared.insert((old_value, new_value)) {
            return Ok(());
        }
        if old_value != new_value {
            let is_removed = !self.new.schemas()?.contains_key(old_value);
            let kind = if is_removed {
                Kind::Renamed
            } else {
                Kind::Changed
            };
            self.add(
                Subject::Type,
                kind,
                if is_removed { old_value } else { name },
                old_value,
                new_value,
            );
        }
        self.compare_resolved(new_value, old, new)
    }

    /// Compares two schemas that are not references.
    fn compare_resolved(&mut self, name: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let (old_value, new_value) = (type_label(old), type_label(new));
        if old_value != new_value {
            self.add(Subject::Type, Kind::Changed, name, &old_value, &new_value);
            return Ok(());
        }
        self.compare_values(name, old, new);
        for (key, suffix) in [("items", "[]"), ("additionalProperties", "{}")] {
            if let (Some(old), Some(new)) = (inner_schema(old, key), inner_schema(new, key)) {
                self.compare_schemas(&format!("{name}{suffix}"), old, new)?;
            }
        }
        self.compare_fields(name, old, new)
    }

    /// Compares the fields of two objects.
    fn compare_fields(&mut self, name: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let (before, after) = (self.own_fields(old), self.own_fields(new));
        let fields: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        for field in fields {
            let full_name = format!("{name}.{field}");
            let (old_value, new_value) = (before.get(field), after.get(field));
            let label = |document: &Document, owner, node: Option<&&Value>| {
                let label = |node: &&Value| self.field_label(document, owner, field, node);
                node.map(label).transpose().map(Option::unwrap_or_default)
            };
            let labels = (
                label(self.old, old, old_value)?,
                label(self.new, new, new_value)?,
            );
            let kind = match (old_value, new_value) {
                (Some(_), None) => Kind::Removed,
                (None, Some(_)) => Kind::Added,
                (Some(old), Some(new)) if labels.0 == labels.1 => {
                    self.compare_schemas(&full_name, old, new)?;
                    continue;
                }
                _ => Kind::Changed,
            };
            self.add(self.field_subject(), kind, &full_name, &labels.0, &labels.1);
        }
        Ok(())
    }

    /// Returns the fields of an object on this side. Requests have no read-only fields.
    fn own_fields(&self, schema: &'a Value) -> BTreeMap<&'a str, &'a Value> {
        let fields = schema.get("properties").and_then(Value::as_object);
        let fields = fields.into_iter().flat_map(Map::iter);
        fields
            .filter(|(_, field)| self.side == Side::Response || field["readOnly"] != true)
            .map(|(name, field)| (name.as_str(), field))
            .collect()
    }

    /// Returns the label of a field's type and of its requirement.
    fn field_label(
        &self,
        document: &Document,
        owner: &Value,
        field: &str,
        node: &Value,
    ) -> Result<String> {
        let mut required = owner["required"].as_array().into_iter().flatten();
        let is_required = self.side == Side::Request && required.any(|name| name == field);
        let label = type_label(document.resolve(node)?);
        Ok(if is_required {
            format!("{label}, required")
        } else {
            label
        })
    }

    fn field_subject(&self) -> Subject {
        match self.side {
            Side::Request => Subject::RequestField,
            Side::Response => Subject::ResponseField,
        }
    }

    /// Compares the values of two enums.
    fn compare_values(&mut self, name: &str, old: &Value, new: &Value) {
        let (Some(before), Some(after)) = (enum_values(old), enum_values(new)) else {
            return;
        };
        let removed = missing_values(&before, &after);
        if !removed.is_empty() {
            self.add(Subject::Values, Kind::Removed, name, &removed, "");
        }
        let added = missing_values(&after, &before);
        if !added.is_empty() {
            self.add(Subject::Values, Kind::Added, name, "", &added);
        }
    }

    fn add(&mut self, subject: Subject, kind: Kind, name: &str, old_value: &str, new_value: &str) {
        self.changes.insert(Change {
            subject,
            kind,
            name: name.to_owned(),
            old_value: old_value.to_owned(),
            new_value: new_value.to_owned(),
        });
    }
}

/// Returns the successful response of an operation.
fn successful_response(operation: &Value) -> Option<&Value> {
    let responses = operation.get("responses")?.as_object()?;
    responses
        .iter()
        .find(|(status, _)| is_success(status))
        .map(|(_, body)| body)
}

/// Returns the schemas of an operation's parameters, by name.
fn parameter_schemas<'a>(
    document: &'a Document,
    operation: &'a Value,
) -> Result<BTreeMap<&'a str, &'a Value>> {
    let mut schemas = BTreeMap::new();
    for node in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = document.resolve(node)?;
        if let (Some(name), Some(schema)) = (parameter["name"].as_str(), parameter.get("schema")) {
            schemas.insert(name, schema);
        }
    }
    Ok(schemas)
}

/// Returns the schema of a key that can also have a boolean value.
fn inner_schema<'a>(schema: &'a Value, key: &str) -> Option<&'a Value> {
    schema.get(key).filter(|inner| inner.is_object())
}
