//! Compares what operations send and receive, walking both documents side by side.
//!
//! The walk starts at the operations that both documents have and follows references in pairs, so a
//! type that has a new name is compared with its predecessor. A pair is compared once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Change, Kind, Subject,
    words::{kind_of, listed},
};
use crate::{
    document::{Document, content_schemas, is_success, schema_name},
    error::Result,
    passes::enum_values,
};

type Changes = BTreeSet<Change>;

/// Notes which types, fields and values came, went and changed.
pub(super) fn compare(old: &Document, new: &Document, changes: &mut Changes) -> Result<()> {
    let before: BTreeMap<&str, &Value> = by_id(old).collect();
    for side in [Side::Request, Side::Answer] {
        let mut walk = Walk {
            old,
            new,
            side,
            met: BTreeSet::new(),
            changes,
        };
        for (id, after) in by_id(new) {
            if let Some(before) = before.get(id) {
                walk.operation(id, before, after)?;
            }
        }
    }
    Ok(())
}

/// The operations by id.
fn by_id(document: &Document) -> impl Iterator<Item = (&str, &Value)> {
    document
        .operations()
        .filter_map(|(_, _, operation)| Some((operation["operationId"].as_str()?, operation)))
}

/// Whether what is walked is sent or received.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Answer,
}

/// A walk through both documents at once.
struct Walk<'a> {
    old: &'a Document,
    new: &'a Document,
    side: Side,
    /// The pairs of type names that were compared.
    met: BTreeSet<(&'a str, &'a str)>,
    changes: &'a mut Changes,
}

impl<'a> Walk<'a> {
    /// Compares an operation's parameters and request, or its answer.
    fn operation(&mut self, id: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let (name, bodies) = match self.side {
            Side::Request => {
                self.parameters(id, old, new)?;
                let body = |node: &'a Value| node.get("requestBody");
                (format!("{id} request"), (body(old), body(new)))
            }
            Side::Answer => (format!("{id} answer"), (answer(old), answer(new))),
        };
        let schema = |body: Option<&'a Value>| body.and_then(|body| content_schemas(body).next());
        match (schema(bodies.0), schema(bodies.1)) {
            (Some(old), Some(new)) => self.schemas(&name, old, new)?,
            (Some(_), None) => self.note(Subject::Type, Kind::Removed, &name, "a body", ""),
            (None, Some(_)) => self.note(Subject::Type, Kind::Added, &name, "", "a body"),
            (None, None) => {}
        }
        Ok(())
    }

    /// Compares the types of the parameters that both operations have.
    fn parameters(&mut self, id: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let before = parameters(self.old, old)?;
        for (parameter, after) in parameters(self.new, new)? {
            if let Some(before) = before.get(parameter) {
                self.schemas(&format!("{id}({parameter})"), before, after)?;
            }
        }
        Ok(())
    }

    /// Compares two schemas of the same place, and what is inside them.
    fn schemas(&mut self, name: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let names = (schema_name(old), schema_name(new));
        let (old, new) = (self.old.resolve(old)?, self.new.resolve(new)?);
        let (Some(was), Some(is)) = names else {
            return self.resolved(names.1.unwrap_or(name), old, new);
        };
        if !self.met.insert((was, is)) {
            return Ok(());
        }
        if was != is {
            let is_gone = !self.new.schemas()?.contains_key(was);
            let kind = if is_gone {
                Kind::Renamed
            } else {
                Kind::Changed
            };
            self.note(
                Subject::Type,
                kind,
                if is_gone { was } else { name },
                was,
                is,
            );
        }
        self.resolved(is, old, new)
    }

    /// Compares two schemas that are not references.
    fn resolved(&mut self, name: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let (was, is) = (kind_of(old), kind_of(new));
        if was != is {
            self.note(Subject::Type, Kind::Changed, name, &was, &is);
            return Ok(());
        }
        self.values(name, old, new);
        for (key, suffix) in [("items", "[]"), ("additionalProperties", "{}")] {
            if let (Some(old), Some(new)) = (inner(old, key), inner(new, key)) {
                self.schemas(&format!("{name}{suffix}"), old, new)?;
            }
        }
        self.fields(name, old, new)
    }

    /// Compares the fields of two objects.
    fn fields(&mut self, name: &str, old: &'a Value, new: &'a Value) -> Result<()> {
        let (before, after) = (self.own_fields(old), self.own_fields(new));
        let fields: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        for field in fields {
            let full_name = format!("{name}.{field}");
            let (was, is) = (before.get(field), after.get(field));
            let described = |document: &Document, owner, node: Option<&&Value>| {
                let text = |node: &&Value| self.describe(document, owner, field, node);
                node.map(text).transpose().map(Option::unwrap_or_default)
            };
            let texts = (
                described(self.old, old, was)?,
                described(self.new, new, is)?,
            );
            let kind = match (was, is) {
                (Some(_), None) => Kind::Removed,
                (None, Some(_)) => Kind::Added,
                (Some(old), Some(new)) if texts.0 == texts.1 => {
                    self.schemas(&full_name, old, new)?;
                    continue;
                }
                _ => Kind::Changed,
            };
            self.note(self.field_subject(), kind, &full_name, &texts.0, &texts.1);
        }
        Ok(())
    }

    /// The fields of an object on this side: what only the server sets is not sent.
    fn own_fields(&self, schema: &'a Value) -> BTreeMap<&'a str, &'a Value> {
        let fields = schema.get("properties").and_then(Value::as_object);
        let fields = fields.into_iter().flat_map(Map::iter);
        fields
            .filter(|(_, field)| self.side == Side::Answer || field["readOnly"] != true)
            .map(|(name, field)| (name.as_str(), field))
            .collect()
    }

    /// A field's type in words, and whether it must be sent.
    fn describe(
        &self,
        document: &Document,
        owner: &Value,
        field: &str,
        node: &Value,
    ) -> Result<String> {
        let mut required = owner["required"].as_array().into_iter().flatten();
        let must = self.side == Side::Request && required.any(|name| name == field);
        let kind = kind_of(document.resolve(node)?);
        Ok(if must {
            format!("{kind}, required")
        } else {
            kind
        })
    }

    fn field_subject(&self) -> Subject {
        match self.side {
            Side::Request => Subject::RequestField,
            Side::Answer => Subject::AnswerField,
        }
    }

    /// Compares the values of two enums.
    fn values(&mut self, name: &str, old: &Value, new: &Value) {
        let (Some(before), Some(after)) = (enum_values(old), enum_values(new)) else {
            return;
        };
        let gone = listed(&before, &after);
        if !gone.is_empty() {
            self.note(Subject::Values, Kind::Removed, name, &gone, "");
        }
        let came = listed(&after, &before);
        if !came.is_empty() {
            self.note(Subject::Values, Kind::Added, name, "", &came);
        }
    }

    fn note(&mut self, subject: Subject, kind: Kind, name: &str, was: &str, is: &str) {
        self.changes.insert(Change {
            subject,
            kind,
            name: name.to_owned(),
            was: was.to_owned(),
            is: is.to_owned(),
        });
    }
}

/// The successful answer of an operation.
fn answer(operation: &Value) -> Option<&Value> {
    let responses = operation.get("responses")?.as_object()?;
    responses
        .iter()
        .find(|(status, _)| is_success(status))
        .map(|(_, body)| body)
}

/// The schemas of an operation's parameters by name.
fn parameters<'a>(
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

/// The schema under the key, if there is one rather than a yes or no.
fn inner<'a>(schema: &'a Value, key: &str) -> Option<&'a Value> {
    schema.get(key).filter(|inner| inner.is_object())
}
