//! Sends invalid requests to all operations and expects errors that name the invalid field.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::bodies::{complete, minimal_body};
use super::calls::{answer, new_call, populate, required_query};
use super::identifiers::value_of;
use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::schema::document::{Document, Operation};
use crate::state::State;

pub(super) struct World {
    pub(super) state: State,
    pub(super) now: Timestamp,
    failures: Vec<String>,
    requests: usize,
}

impl World {
    pub(super) fn new() -> Self {
        let now = "2026-09-01T08:00:00Z".parse().unwrap();
        Self {
            state: populate(now),
            now,
            failures: Vec::new(),
            requests: 0,
        }
    }

    /// Returns the path parameters and the body of a valid request.
    pub(super) fn valid_request(&mut self, operation: &'static Operation) -> (Vec<String>, Value) {
        let mut parameters = Vec::new();
        for name in operation.path_names() {
            let value = value_of(&mut self.state, operation, name, &parameters, self.now);
            parameters.push(value);
        }
        let schemas = Document::vendored().unwrap().schemas();
        let body = operation.request.as_ref().map_or(Value::Null, |schema| {
            complete(&self.state, operation, minimal_body(schemas, schema, "", 0))
        });
        (parameters, body)
    }

    /// Records a failure unless the error of a call names a field or a parameter.
    fn expect_rejection(&mut self, call: &Call, name: &str, mistake: &str) {
        self.requests += 1;
        let operation = call.operation.unwrap();
        let response: Result<ApiResponse, ApiError> = answer(&mut self.state, call);
        let outcome = match response {
            Ok(_) => "accepted".to_owned(),
            Err(error) => {
                let document = error.document();
                let fields = document["badRequestDetail"].to_string();
                let names = document["parameters"].to_string() + &fields;
                if error.status() == 400 && names.contains(name) {
                    return;
                }
                format!("{} {}", error.status(), document["detail"])
            }
        };
        self.failures
            .push(format!("{} {mistake} {name}: {outcome}", operation.id));
    }

    fn call_with_body(
        &mut self,
        operation: &'static Operation,
        parameters: &[String],
        body: &Value,
    ) -> Call {
        let body = Bytes::from(body.to_string());
        let query = required_query(operation);
        new_call(operation, parameters.to_vec(), query, body, self.now)
    }
}

/// Minimum number of requests of each test.
const MIN_REQUESTS: usize = 490;

/// Required fields that the path contains or that have a default.
const OPTIONAL_FIELDS: [&str; 2] = ["databaseName", "groupId"];

/// Returns a body, or the first item of an array.
fn first(body: &mut Value) -> &mut Value {
    if body.is_array() { &mut body[0] } else { body }
}

#[test]
fn invalid_bodies_are_rejected_by_field() {
    let schemas = Document::vendored().unwrap().schemas();
    let mut world = World::new();
    for operation in Document::vendored().unwrap().operations() {
        let Some(schema) = &operation.request else {
            continue;
        };
        let schema = schemas.resolve(schema);
        let schema = if schema["type"] == "array" {
            &schema["items"]
        } else {
            schema
        };
        let (parameters, valid) = world.valid_request(operation);
        let body = first(&mut valid.clone()).clone();
        let fields = schemas.fields(schema, Some(&body));
        let own: Vec<_> = fields
            .properties
            .iter()
            .map(|(name, property)| (*name, schemas.resolve(property)))
            .filter(|(_, property)| property["readOnly"] != true)
            .collect();
        let mut mistakes = Vec::new();
        if let Some((name, _)) = own
            .iter()
            .find(|(_, property)| property["type"] == "string")
        {
            mistakes.push((*name, json!(7), "a number in"));
        }
        if let Some((name, _)) = own
            .iter()
            .find(|(_, property)| property["type"] == "boolean")
        {
            mistakes.push((*name, json!("perhaps"), "a text in"));
        }
        if let Some((name, _)) = own
            .iter()
            .find(|(_, property)| property["type"] == "integer")
        {
            mistakes.push((*name, json!("many"), "a text in"));
        }
        if let Some((name, _)) = own.iter().find(|(_, property)| property["enum"].is_array()) {
            mistakes.push((*name, json!("UNKNOWN_VALUE"), "an unknown value in"));
        }
        if !fields.is_open && !own.is_empty() {
            mistakes.push(("unknownField", json!(1), "an unknown field"));
        }
        for (name, value, mistake) in mistakes {
            let mut body = valid.clone();
            first(&mut body)[name] = value;
            let call = world.call_with_body(operation, &parameters, &body);
            world.expect_rejection(&call, name, mistake);
        }
        let required = fields.required.iter().find(|name| {
            operation.method == "POST"
                && !OPTIONAL_FIELDS.contains(*name)
                && body.get(**name).is_some_and(|value| !value.is_null())
        });
        if let Some(name) = required {
            let mut body = valid.clone();
            first(&mut body).as_object_mut().unwrap().remove(*name);
            let call = world.call_with_body(operation, &parameters, &body);
            world.expect_rejection(&call, name, "without");
        }
    }

    assert!(
        world.failures.is_empty(),
        "{} of {} {:#?}",
        world.failures.len(),
        world.requests,
        world.failures
    );
    assert!(world.requests > MIN_REQUESTS, "{}", world.requests);
}

#[test]
fn invalid_queries_are_rejected_by_parameter() {
    let schemas = Document::vendored().unwrap().schemas();
    let mut world = World::new();
    for operation in Document::vendored().unwrap().operations() {
        let (parameters, valid) = world.valid_request(operation);
        let mut mistakes = Vec::new();
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.is_query)
        {
            let schema = schemas.resolve(&parameter.schema);
            let name = parameter.name.as_str();
            let invalid: &[&str] = match (name, schema["type"].as_str()) {
                // Atlas does not validate these parameters.
                ("envelope" | "pretty" | "includeCount", _) => &[],
                ("pageNum", _) => &["-1", "one"],
                ("itemsPerPage", _) => &["0", "501", "many"],
                (_, Some("integer" | "number")) => &["many"],
                (_, Some("boolean")) => &["perhaps"],
                _ if schema["enum"].is_array() => &["UNKNOWN_VALUE"],
                _ => &[],
            };
            mistakes.extend(invalid.iter().map(|value| (name, *value)));
        }
        for (name, value) in mistakes {
            let body = Bytes::from(valid.to_string());
            let mut query = required_query(operation);
            query.retain(|(parameter, _)| parameter != name);
            query.push((name.to_owned(), value.to_owned()));
            let call = new_call(operation, parameters.clone(), query, body, world.now);
            world.expect_rejection(&call, name, value);
        }
    }

    assert!(
        world.failures.is_empty(),
        "{} of {} {:#?}",
        world.failures.len(),
        world.requests,
        world.failures
    );
    assert!(world.requests > MIN_REQUESTS, "{}", world.requests);
}

#[test]
fn unknown_projects_and_organizations_are_rejected_by_id() {
    let mut world = World::new();
    let ids = [
        ("groupId", "not-an-id", "INVALID_GROUP_ID"),
        ("groupId", "0123456789abcdef01234567", "GROUP_NOT_FOUND"),
        ("orgId", "not-an-id", "INVALID_ORG_ID"),
        ("orgId", "0123456789abcdef01234567", "ORG_NOT_FOUND"),
    ];
    let mut failures = Vec::new();
    let mut requests = 0;
    for operation in Document::vendored().unwrap().operations() {
        // Federations have no organization in their paths.
        if operation.path.contains("/federationSettings") {
            continue;
        }
        let (parameters, valid) = world.valid_request(operation);
        for (name, value, code) in ids {
            let mut parameters = parameters.clone();
            let Some(position) = operation
                .path_names()
                .position(|parameter| parameter == name)
            else {
                continue;
            };
            value.clone_into(&mut parameters[position]);
            requests += 1;
            let call = world.call_with_body(operation, &parameters, &valid);
            let error = answer(&mut world.state, &call).err();
            let outcome = error
                .as_ref()
                .map(|error| (error.status().as_u16(), error.code()));
            if outcome != Some((404, code)) {
                failures.push(format!("{} {value}: {outcome:?}", operation.id));
            }
        }
    }

    assert!(
        failures.is_empty(),
        "{} of {requests} {failures:#?}",
        failures.len()
    );
    assert!(requests > 800, "{requests}");
}
