//! Wrong requests, over every operation: each is refused, and the refusal names what is wrong.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::bodies::{completed, sample};
use super::calls::{answer, asked_for, called, populated};
use super::identifiers::value_of;
use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::schema::document::{Document, Operation};
use crate::state::State;

pub(super) struct World {
    pub(super) state: State,
    pub(super) now: Timestamp,
    wrong: Vec<String>,
    asked: usize,
}

impl World {
    pub(super) fn new() -> Self {
        let now = "2026-09-01T08:00:00Z".parse().unwrap();
        Self {
            state: populated(now),
            now,
            wrong: Vec::new(),
            asked: 0,
        }
    }

    /// The right request for something that is there.
    pub(super) fn right(&mut self, operation: &'static Operation) -> (Vec<String>, Value) {
        let mut parameters = Vec::new();
        for name in operation.path_names() {
            let value = value_of(&mut self.state, operation, name, &parameters, self.now);
            parameters.push(value);
        }
        let schemas = Document::vendored().unwrap().schemas();
        let body = operation.request.as_ref().map_or(Value::Null, |schema| {
            completed(&self.state, operation, sample(schemas, schema, "", 0))
        });
        (parameters, body)
    }

    /// Expects a refusal that names a field or a parameter.
    fn expect(&mut self, call: &Call, name: &str, what: &str) {
        self.asked += 1;
        let operation = call.operation.unwrap();
        let answer: Result<Reply, ApiError> = answer(&mut self.state, call);
        let said = match answer {
            Ok(_) => "accepted".to_owned(),
            Err(error) => {
                let document = error.document();
                let named = document["parameters"].to_string();
                if error.status() == 400 && named.contains(name) {
                    return;
                }
                format!("{} {}", error.status(), document["detail"])
            }
        };
        self.wrong
            .push(format!("{} {what} {name}: {said}", operation.id));
    }

    fn body(&mut self, operation: &'static Operation, parameters: &[String], body: &Value) -> Call {
        let body = Bytes::from(body.to_string());
        let query = asked_for(operation);
        called(operation, parameters.to_vec(), query, body, self.now)
    }
}

/// How many wrong requests each table has at least.
const LEAST: usize = 490;

/// Required fields that the service knows from the path or has a default for.
const KNOWN: [&str; 2] = ["databaseName", "groupId"];

/// A body, or the first of its list.
fn first(body: &mut Value) -> &mut Value {
    if body.is_array() { &mut body[0] } else { body }
}

#[test]
fn a_wrong_body_is_refused_and_the_field_is_named() {
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
        let (parameters, right) = world.right(operation);
        let given = first(&mut right.clone()).clone();
        let fields = schemas.fields(schema, Some(&given));
        let own: Vec<_> = fields
            .properties
            .iter()
            .map(|(name, property)| (*name, schemas.resolve(property)))
            .filter(|(_, property)| property["readOnly"] != true)
            .collect();
        let mut tries = Vec::new();
        if let Some((name, _)) = own
            .iter()
            .find(|(_, property)| property["type"] == "string")
        {
            tries.push((*name, json!(7), "a number in"));
        }
        if let Some((name, _)) = own
            .iter()
            .find(|(_, property)| property["type"] == "boolean")
        {
            tries.push((*name, json!("perhaps"), "a text in"));
        }
        if let Some((name, _)) = own
            .iter()
            .find(|(_, property)| property["type"] == "integer")
        {
            tries.push((*name, json!("many"), "a text in"));
        }
        if let Some((name, _)) = own.iter().find(|(_, property)| property["enum"].is_array()) {
            tries.push((*name, json!("NOBODY_KNOWS"), "an unknown word in"));
        }
        if !fields.is_open && !own.is_empty() {
            tries.push(("nobodyKnowsIt", json!(1), "an unknown field"));
        }
        for (name, value, what) in tries {
            let mut body = right.clone();
            first(&mut body)[name] = value;
            let call = world.body(operation, &parameters, &body);
            world.expect(&call, name, what);
        }
        let needed = fields.required.iter().find(|name| {
            operation.method == "POST"
                && !KNOWN.contains(*name)
                && given.get(**name).is_some_and(|value| !value.is_null())
        });
        if let Some(name) = needed {
            let mut body = right.clone();
            first(&mut body).as_object_mut().unwrap().remove(*name);
            let call = world.body(operation, &parameters, &body);
            world.expect(&call, name, "without");
        }
    }

    assert!(
        world.wrong.is_empty(),
        "{} of {} {:#?}",
        world.wrong.len(),
        world.asked,
        world.wrong
    );
    assert!(world.asked > LEAST, "{}", world.asked);
}

#[test]
fn a_wrong_query_is_refused_and_the_parameter_is_named() {
    let schemas = Document::vendored().unwrap().schemas();
    let mut world = World::new();
    for operation in Document::vendored().unwrap().operations() {
        let (parameters, right) = world.right(operation);
        let mut tries = Vec::new();
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.is_query)
        {
            let schema = schemas.resolve(&parameter.schema);
            let name = parameter.name.as_str();
            let wrong: &[&str] = match (name, schema["type"].as_str()) {
                // What only lays an answer out is read as it comes.
                ("envelope" | "pretty" | "includeCount", _) => &[],
                ("pageNum", _) => &["-1", "one"],
                ("itemsPerPage", _) => &["0", "501", "many"],
                (_, Some("integer" | "number")) => &["many"],
                (_, Some("boolean")) => &["perhaps"],
                _ if schema["enum"].is_array() => &["NOBODY_KNOWS"],
                _ => &[],
            };
            tries.extend(wrong.iter().map(|value| (name, *value)));
        }
        for (name, value) in tries {
            let body = Bytes::from(right.to_string());
            let mut query = asked_for(operation);
            query.retain(|(given, _)| given != name);
            query.push((name.to_owned(), value.to_owned()));
            let call = called(operation, parameters.clone(), query, body, world.now);
            world.expect(&call, name, value);
        }
    }

    assert!(
        world.wrong.is_empty(),
        "{} of {} {:#?}",
        world.wrong.len(),
        world.asked,
        world.wrong
    );
    assert!(world.asked > LEAST, "{}", world.asked);
}

#[test]
fn a_project_or_an_organization_that_is_not_there_is_named() {
    let mut world = World::new();
    let ids = [
        ("groupId", "not-an-id", "INVALID_GROUP_ID"),
        ("groupId", "0123456789abcdef01234567", "GROUP_NOT_FOUND"),
        ("orgId", "not-an-id", "INVALID_ORG_ID"),
        ("orgId", "0123456789abcdef01234567", "ORG_NOT_FOUND"),
    ];
    let mut wrong = Vec::new();
    let mut asked = 0;
    for operation in Document::vendored().unwrap().operations() {
        // The organization of a federation is one of its own.
        if operation.path.contains("/federationSettings") {
            continue;
        }
        let (parameters, right) = world.right(operation);
        for (name, value, code) in ids {
            let mut parameters = parameters.clone();
            let Some(position) = operation
                .path_names()
                .position(|parameter| parameter == name)
            else {
                continue;
            };
            value.clone_into(&mut parameters[position]);
            asked += 1;
            let call = world.body(operation, &parameters, &right);
            let error = answer(&mut world.state, &call).err();
            let said = error
                .as_ref()
                .map(|error| (error.status().as_u16(), error.code()));
            if said != Some((404, code)) {
                wrong.push(format!("{} {value}: {said:?}", operation.id));
            }
        }
    }

    assert!(wrong.is_empty(), "{} of {asked} {wrong:#?}", wrong.len());
    assert!(asked > 800, "{asked}");
}
