//! Every operation of the document, asked once: it answers, and by its own schema.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::call::{Call, Query, Reply};
use crate::document::{Document, Operation};
use crate::error::ApiError;
use crate::faults::PageFaults;
use crate::resources;
use crate::schema::{Mode, Schemas, check};
use crate::seed::Seed;
use crate::state::State;

/// Operations whose bodies may be looser than their answers.
const LOOSE: [&str; 4] = [
    "createGroupPrivateEndpointServerlessInstanceEndpoint",
    "listGroupPrivateEndpointServerlessInstanceEndpoint",
    "getGroupPrivateEndpointServerlessInstanceEndpoint",
    "updateGroupPrivateEndpointServerlessInstanceEndpoint",
];

/// Fields with words of the service that its document does not have: `ondemand`, preferences in
/// lower case, and `RAW`.
const OTHER_WORDS: [&str; 3] = ["frequencyType", "readPreference", "units"];

/// A demo project with clusters of both kinds.
const PROJECT: &str = "Älvsjö: sensors, edge";

/// Asks every operation, what adds first and what removes last.
fn ask_all() -> Vec<(&'static Operation, Result<Reply, ApiError>)> {
    let document = Document::vendored().unwrap();
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut state = Seed::demo().grow(now);
    let rank = |operation: &&Operation| match operation.method {
        "POST" if operation.path.contains(':') => 2,
        "POST" => 0,
        "GET" => 1,
        "DELETE" => 4,
        _ => 3,
    };
    let mut operations: Vec<_> = document.operations().iter().collect();
    operations.sort_by_key(|operation| {
        let length = operation.path.len();
        let is_removal = operation.method == "DELETE";
        // What lies deeper is added later and removed earlier.
        (
            rank(operation),
            if is_removal {
                usize::MAX - length
            } else {
                length
            },
        )
    });
    // Removing the organization or the project would leave nothing to ask about.
    operations.sort_by_key(|operation| {
        matches!(
            operation.id.as_str(),
            "deleteGroup" | "deleteOrg" | "deleteGroupCluster"
        )
    });
    operations
        .into_iter()
        .map(|operation| {
            let call = call(&mut state, document, operation, now);
            let served = resources::served(operation);
            resources::settle(&mut state, now);
            (operation, served(&mut state, &call))
        })
        .collect()
}

fn call(
    state: &mut State,
    document: &'static Document,
    operation: &'static Operation,
    now: jiff::Timestamp,
) -> Call {
    let mut path = operation.path.clone();
    let mut parameters = Vec::new();
    for name in operation.path_names() {
        let value = value_of(state, &path, operation, name);
        path = path.replace(&format!("{{{name}}}"), &value);
        parameters.push(value);
    }
    let body = operation
        .request
        .as_ref()
        .map(|schema| sample(document.schemas(), schema, "", 0));
    let queries = operation
        .parameters
        .iter()
        .filter(|it| it.is_query && it.is_required);
    let query = queries.map(|it| {
        let sample = sample(document.schemas(), &it.schema, &it.name, 0);
        let text = sample
            .as_str()
            .map_or_else(|| sample.to_string(), str::to_owned);
        (
            it.name.clone(),
            text.trim_matches(['[', ']', '"']).to_owned(),
        )
    });
    Call {
        operation: Some(operation),
        query: Query::new(query.collect()),
        path,
        parameters,
        body: body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string())),
        origin: "http://127.0.0.1".to_owned(),
        version: operation.versions.last().unwrap().version.clone(),
        suffix: operation
            .answer
            .suffixes
            .last()
            .cloned()
            .unwrap_or_else(|| "json".to_owned()),
        now,
        public_key: "simulate".to_owned(),
        page_faults: PageFaults::default(),
    }
}

/// A value for a path parameter: something that is there, if anything is.
fn value_of(state: &State, path: &str, operation: &Operation, name: &str) -> String {
    let project = state.project_by_name(PROJECT).unwrap();
    match name {
        "groupId" => return project.id.clone(),
        "orgId" => return state.organization.id.clone(),
        "processId" | "hostName" => {
            let cluster = project.cluster("telemetry").unwrap();
            let (host, port) = resources::clusters::hosts(cluster).remove(0);
            return format!("{host}:{port}");
        }
        "userId" => return crate::state::derived_id("user owner"),
        "userName" => return "simulator@example.com".to_owned(),
        "endpointSetId" => return "flexClusters".to_owned(),
        "groupName" => return PROJECT.to_owned(),
        "clusterName" if path.contains("/clusters/") => return "telemetry".to_owned(),
        "name" if path.contains("flexClusters") => {
            return project
                .flex_clusters
                .last()
                .map_or_else(String::new, |it| it.name.clone());
        }
        _ => {}
    }
    let parameter = operation.parameters.iter().find(|it| it.name == name);
    if let Some(word) = parameter.and_then(|it| it.schema["enum"][0].as_str()) {
        return word.to_owned();
    }
    let start = path.split('{').next().unwrap_or_default();
    let collection = start
        .trim_start_matches("/api/atlas/v2")
        .trim_end_matches('/');
    let fields = crate::generic::naming::fields(name);
    let record = state.store.list(collection).last();
    let found = record.and_then(|record| {
        let values = fields.iter().map(|field| record.text(field));
        values
            .into_iter()
            .find(|it| !it.is_empty())
            .map(str::to_owned)
            .or(Some(record.key.clone()))
    });
    found.unwrap_or_else(|| "6a6f78e0cab84da5c4476b25".to_owned())
}

/// The smallest body of a schema that is accepted.
fn sample(schemas: &Schemas, schema: &Value, name: &str, depth: usize) -> Value {
    let schema = schemas.resolve(schema);
    if schema["type"] == "array" {
        return json!([sample(schemas, &schema["items"], name, depth + 1)]);
    }
    let mut object = Map::new();
    let words = schema["discriminator"]["mapping"].as_object();
    if let (Some(property), Some(word)) = (
        schema["discriminator"]["propertyName"].as_str(),
        words.and_then(|it| it.keys().next()),
    ) {
        object.insert(property.to_owned(), json!(word));
    }
    let fields = schemas.fields(schema, Some(&Value::Object(object.clone())));
    if fields.properties.is_empty()
        && let Some(form) = schemas.form(schema, None)
    {
        return sample(schemas, form, name, depth + 1);
    }
    if fields.properties.is_empty() && schema["type"] != "object" {
        return sample_value(schemas, schema, name);
    }
    for field in &fields.required {
        let Some(property) = fields.properties.get(field) else {
            continue;
        };
        let is_read_only = schemas.resolve(property)["readOnly"] == true;
        if !is_read_only && depth < 8 && !object.contains_key(*field) {
            object.insert(
                (*field).to_owned(),
                sample(schemas, property, field, depth + 1),
            );
        }
    }
    Value::Object(object)
}

fn sample_value(schemas: &Schemas, schema: &Value, name: &str) -> Value {
    let known = crate::schema::Known {
        fields: Map::new(),
        seed: name.to_owned(),
        now: "2026-09-01T08:00:00Z".to_owned(),
    };
    let mut schema = schema.clone();
    schema["writeOnly"] = json!(false);
    let wrapped = json!({ "properties": { "value": schema }, "required": ["value"] });
    crate::schema::fill(schemas, &wrapped, &json!({}), &known)["value"].clone()
}

#[test]
fn no_operation_is_left_without_an_answer() {
    let answers = ask_all();

    let unanswered: Vec<_> = answers
        .iter()
        .filter_map(|(operation, answer)| Some((operation, answer.as_ref().err()?)))
        .filter(|(_, error)| {
            error.code() == "RESOURCE_NOT_FOUND" || error.status().is_server_error()
        })
        .map(|(operation, error)| format!("{}: {error:?}", operation.id))
        .collect();

    assert_eq!(unanswered, Vec::<String>::new());
    assert_eq!(answers.len(), 514);
}

/// Required by the document, and never sent by the service.
const NEVER_SENT: [&str; 2] = ["mobileNumber", "password"];

/// Operations that have nothing to show or refuse the smallest body: the list only shrinks.
const REFUSED_AT_MOST: usize = 60;

#[test]
fn nearly_every_operation_succeeds_when_asked_for_something_that_is_there() {
    let refused: Vec<_> = ask_all()
        .into_iter()
        .filter_map(|(operation, answer)| {
            let error = answer.err()?;
            Some(format!(
                "{} {}: {} {}",
                operation.method,
                operation.id,
                error.code(),
                error.document()["detail"]
            ))
        })
        .collect();

    assert!(
        refused.len() <= REFUSED_AT_MOST,
        "{} {refused:#?}",
        refused.len()
    );
}

#[test]
fn successes_have_the_status_of_the_corrected_document() {
    for (operation, answer) in ask_all() {
        let Ok(reply) = answer else { continue };
        assert_eq!(
            reply.status.as_u16(),
            operation.answer.status,
            "{}",
            operation.id
        );
    }
}

#[test]
fn answers_are_valid_by_their_schemas() {
    let schemas = json!(json_schemas());
    let mut wrong = Vec::new();
    for (operation, answer) in ask_all() {
        let Ok(reply) = answer else { continue };
        let (Some(mut document), Some(schema)) = (reply.document, &operation.answer.schema) else {
            continue;
        };
        if LOOSE.contains(&operation.id.as_str()) {
            continue;
        }
        forget_nulls(&mut document);
        let mut schema = strict(schema);
        schema["components"] = json!({ "schemas": schemas });
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let first = validator.iter_errors(&document).next();
        if let Some(error) = first {
            wrong.push(format!(
                "{} at {}: {error}",
                operation.id,
                error.instance_path()
            ));
        }
    }

    assert!(wrong.is_empty(), "{} {wrong:#?}", wrong.len());
}

#[test]
fn the_smallest_bodies_pass_the_simulators_own_check() {
    let document = Document::vendored().unwrap();
    for operation in document.operations() {
        let Some(schema) = &operation.request else {
            continue;
        };
        let body = sample(document.schemas(), schema, "", 0);
        let checked = check(document.schemas(), schema, &body, Mode::Part);
        assert_eq!(checked, Ok(()), "{}", operation.id);
    }
}

/// Takes out what the service answers null to, against its document.
fn forget_nulls(document: &mut Value) {
    match document {
        Value::Object(object) => {
            object.retain(|name, value| !value.is_null() || !is_sent_as_null(name));
            object.values_mut().for_each(forget_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_nulls),
        _ => {}
    }
}

/// Whether a field was seen to be null: by a habit, or in the answer of a resource of its own.
fn is_sent_as_null(name: &str) -> bool {
    const SEEN: [&str; 12] = [
        // What a cluster does not have.
        "adaptiveCapacity",
        // The moment a restore goes back to.
        "date",
        "increment",
        "time",
        // Private endpoint services that are being set up.
        "endpointServiceName",
        "privateLinkServiceName",
        "privateLinkServiceResourceId",
        "supportedRemoteRegions",
        // Integrations with nothing special about them.
        "bodyTemplate",
        "customEndpoint",
        "headersTemplate",
        // Users whom nobody asked for a number.
        "mobileNumber",
    ];
    SEEN.contains(&name) || crate::generic::is_shown_as_null(name)
}

/// The document's schemas in the words of JSON Schema.
fn json_schemas() -> Value {
    let text = include_str!("../openapi/atlas-admin-v2.json");
    let document: Value = serde_json::from_str(text).unwrap();
    strict(&document["components"]["schemas"])
}

/// Nulls as types, forms as alternatives, and no patterns for what names look like.
fn strict(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let mut strict_object: Map<String, Value> = object
                .iter()
                .map(|(name, value)| (name.clone(), strict(value)))
                .collect();
            if object.get("nullable") == Some(&json!(true))
                && object.get("type").is_some_and(Value::is_string)
            {
                strict_object.insert("type".to_owned(), json!([object["type"], "null"]));
            }
            if let Some(Value::Object(properties)) = strict_object.get_mut("properties") {
                for name in OTHER_WORDS {
                    if let Some(property) = properties.get_mut(name) {
                        *property = json!({});
                    }
                }
            }
            if let Some(forms) = strict_object.remove("oneOf") {
                strict_object.insert("anyOf".to_owned(), forms);
            }
            if strict_object.contains_key("anyOf") {
                strict_object.remove("type");
            }
            let is_odd = |it: &str| {
                it.contains("\\\\") || it.contains("\\p{L}") || it.contains("exported_snapshots")
            };
            if object
                .get("pattern")
                .and_then(Value::as_str)
                .is_some_and(is_odd)
            {
                strict_object.remove("pattern");
            }
            if let Some(Value::Array(required)) = strict_object.get_mut("required") {
                required.retain(|name| {
                    let name = name.as_str().unwrap();
                    !NEVER_SENT.contains(&name)
                        && object
                            .get("properties")
                            .is_none_or(|it| it[name]["writeOnly"] != true)
                });
            }
            if object
                .get("discriminator")
                .is_some_and(|it| it.get("propertyName").is_some())
            {
                strict_object.remove("discriminator");
            }
            Value::Object(strict_object)
        }
        Value::Array(items) => items.iter().map(strict).collect(),
        other => other.clone(),
    }
}
