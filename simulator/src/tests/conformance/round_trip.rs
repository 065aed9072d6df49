//! Writes with every operation, reads the resource, and expects the values that were sent.

mod comparison;
mod exceptions;

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use comparison::{contains, find_shown, readable};
use exceptions::{NOT_READABLE, NOT_SENT, NOT_SHOWN};

use super::bodies::{complete, minimal_body, minimal_value};
use super::calls::{answer, new_call, prepare, rank, required_query};
use super::identifiers::value_of;
use crate::generic::naming;
use crate::resources;
use crate::schema::Schemas;
use crate::schema::document::{Document, Operation};
use crate::state::State;
use crate::state::clock::after;

struct World {
    state: State,
    now: Timestamp,
    /// Each field that a later GET does not show, as `operation.field`, and the value that the GET
    /// shows instead.
    hidden: BTreeMap<String, String>,
    /// The operations whose values were read again.
    verified: Vec<&'static str>,
    /// The operations without a GET, or whose request was rejected.
    skipped: BTreeMap<&'static str, String>,
}

impl World {
    fn send(
        &mut self,
        operation: &'static Operation,
        parameters: Vec<String>,
        body: &Value,
    ) -> Result<Value, String> {
        resources::advance_to(&mut self.state, self.now);
        let body = match operation.request {
            Some(_) => Bytes::from(body.to_string()),
            None => Bytes::new(),
        };
        let query = required_query(operation);
        let call = new_call(operation, parameters, query, body, self.now);
        let reply = answer(&mut self.state, &call);
        let reply = reply.map_err(|error| error.document()["detail"].to_string())?;
        Ok(reply.document.unwrap_or_default())
    }

    fn parameters(&mut self, operation: &'static Operation) -> Vec<String> {
        let mut parameters = Vec::new();
        for name in operation.path_names() {
            let value = value_of(&mut self.state, operation, name, &parameters, self.now);
            parameters.push(value);
        }
        parameters
    }

    /// Sends the optional fields, or only the required fields if the optional fields are rejected.
    /// Compares a later GET with the body.
    fn check(&mut self, operation: &'static Operation, schema: &Value) {
        resources::advance_to(&mut self.state, self.now);
        let schemas = Document::vendored().unwrap().schemas();
        let parameters = self.parameters(operation);
        let minimal = complete(&self.state, operation, minimal_body(schemas, schema, "", 0));
        let (sent, response) = self.write(operation, schema, &parameters, &minimal);
        let response = match response {
            Ok(response) => response,
            Err(error) => {
                self.skipped.insert(&operation.id, error);
                return;
            }
        };
        self.now = after(self.now, Duration::from_hours(1));
        let Some((get, parameters)) = reader(operation, &parameters, &response) else {
            self.skipped.insert(&operation.id, "no GET".to_owned());
            return;
        };
        match self.send(get, parameters, &Value::Null) {
            Ok(shown) => self.compare(operation, schema, &sent, &shown),
            Err(error) => {
                self.skipped.insert(&operation.id, error);
            }
        }
    }

    /// Sends as many optional fields as the operation accepts, and returns the accepted body.
    fn write(
        &mut self,
        operation: &'static Operation,
        schema: &Value,
        parameters: &[String],
        minimal: &Value,
    ) -> (Value, Result<Value, String>) {
        let schemas = Document::vendored().unwrap().schemas();
        let scalars = with_optional_fields(&operation.id, schemas, schema, minimal, false);
        let full = with_optional_fields(&operation.id, schemas, schema, minimal, true);
        let mut response = Err(String::new());
        for body in [&full, &scalars, minimal] {
            response = self.send(operation, parameters.to_vec(), body);
            if response.is_ok() && (body != minimal || operation.method != "PATCH") {
                return (body.clone(), response);
            }
        }
        // An update sends each optional field in a separate request.
        let mut sent = minimal.clone();
        for (name, value) in full.as_object().into_iter().flatten() {
            let mut body = minimal.clone();
            body[name] = value.clone();
            self.now = after(self.now, Duration::from_hours(1));
            if self.send(operation, parameters.to_vec(), &body).is_ok() {
                sent[name] = value.clone();
            }
        }
        (sent, response)
    }

    /// Records the values that a response does not show.
    fn compare(
        &mut self,
        operation: &'static Operation,
        schema: &Value,
        sent: &Value,
        shown: &Value,
    ) {
        let schemas = Document::vendored().unwrap().schemas();
        let fields = schemas.fields(schema, Some(sent)).properties;
        let shown = find_shown(sent, shown);
        let object = sent.as_object().into_iter().flatten();
        for (name, value) in object {
            let property = fields.get(name.as_str()).copied().unwrap_or(&Value::Null);
            let Some(value) = readable(schemas, property, value) else {
                continue;
            };
            if !contains(&shown[name], &value) {
                let key = format!("{}.{name}", operation.id);
                let shown = shown[name].to_string();
                self.hidden.insert(key, format!("{value} is {shown}"));
            }
        }
        self.verified.push(&operation.id);
    }
}

/// Adds a value to each optional top-level field that a client can write.
fn with_optional_fields(
    operation: &str,
    schemas: &Schemas,
    schema: &Value,
    body: &Value,
    with_objects: bool,
) -> Value {
    let Some(object) = body.as_object() else {
        return body.clone();
    };
    let mut object: Map<String, Value> = object.clone();
    for (name, property) in schemas.fields(schema, Some(body)).properties {
        let resolved = schemas.resolve(property);
        let is_writable = resolved["readOnly"] != true && property["readOnly"] != true;
        let is_sent = !NOT_SENT.contains(&(operation, name));
        if !is_writable || !is_sent || object.contains_key(name) {
            continue;
        }
        let kind = resolved["type"].as_str().unwrap_or_default();
        if ["string", "boolean", "integer", "number"].contains(&kind) {
            object.insert(name.to_owned(), other_value(schemas, resolved, name));
        } else if with_objects {
            let value = minimal_body(schemas, property, name, 1);
            let value = with_optional_fields(operation, schemas, property, &value, false);
            object.insert(name.to_owned(), value);
        }
    }
    Value::Object(object)
}

/// Returns a valid value that differs from the default.
fn other_value(schemas: &Schemas, schema: &Value, name: &str) -> Value {
    let enum_values = schema["enum"].as_array();
    if let Some(word) = enum_values.and_then(|enum_values| enum_values.last()) {
        return word.clone();
    }
    match schema["type"].as_str() {
        Some("boolean") => json!(schema["default"] != true),
        Some("integer" | "number") => {
            let minimum = schema["minimum"].as_f64().unwrap_or(1.0);
            let maximum = schema["maximum"].as_f64().unwrap_or(f64::MAX);
            json!((minimum + 1.0).min(maximum))
        }
        _ if schema["format"] == "date-time" => json!("2026-12-31T00:00:00Z"),
        _ => minimal_value(schemas, schema, name),
    }
}

/// Returns the GET of the written resource, with its path parameters.
fn reader(
    operation: &'static Operation,
    parameters: &[String],
    response: &Value,
) -> Option<(&'static Operation, Vec<String>)> {
    let document = Document::vendored().unwrap();
    let item = document.operations().iter().find(|get| {
        let name = get.path.strip_prefix(&operation.path);
        let name = name.and_then(|rest| rest.strip_prefix("/{")?.strip_suffix('}'));
        get.method == "GET" && name.is_some_and(|name| !name.contains('/'))
    });
    if let Some(item) = item.filter(|_| operation.method == "POST") {
        let name = item.path_names().last()?;
        let created = match response.get("results").unwrap_or(response) {
            Value::Array(items) => items.last()?,
            created => created.get("organization").unwrap_or(created),
        };
        let fields = naming::fields(name).into_iter().chain(["id", "_id"]);
        let mut fields = fields;
        let key = fields.find_map(|field| created[field].as_str())?;
        return Some((item, [parameters, &[key.to_owned()]].concat()));
    }
    let get = document.at("GET", &operation.path)?;
    Some((get, parameters.to_vec()))
}

#[test]
fn writes_are_shown_by_a_later_get() {
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut world = World {
        state: prepare(now),
        now,
        hidden: BTreeMap::new(),
        verified: Vec::new(),
        skipped: BTreeMap::new(),
    };
    let operations = Document::vendored().unwrap().operations().iter();
    let mut writes: Vec<_> = operations
        .filter(|operation| ["POST", "PUT", "PATCH"].contains(&operation.method))
        .filter_map(|operation| Some((operation, operation.request.as_ref()?)))
        .collect();
    // A backup compliance policy rejects some of the other updates.
    let is_policy = |id: &str| id == "updateGroupBackupCompliancePolicy";
    writes.sort_by_key(|(operation, _)| (is_policy(&operation.id), rank(operation)));
    for (operation, schema) in writes {
        world.check(operation, schema);
    }

    println!("{} operations verified", world.verified.len());
    let mut stale = Vec::new();
    for (field, _) in NOT_SHOWN {
        if world.hidden.remove(*field).is_none() {
            stale.push(*field);
        }
    }
    assert!(world.hidden.is_empty(), "{:#?}", world.hidden);
    assert!(stale.is_empty(), "shown: {stale:#?}");
    world.skipped.retain(|id, _| !NOT_READABLE.contains(id));
    assert!(world.skipped.is_empty(), "{:#?}", world.skipped);
    assert!(world.verified.len() >= 135, "{}", world.verified.len());
}
