//! Every operation of the document, asked once: it answers, and by its own schema.

mod bodies;
mod calls;
mod corrections;
mod filters;
mod identifiers;
mod lifecycle;
mod pages;
mod rejections;

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::schema::document::{Document, Operation};
use crate::schema::{Mode, check};

use bodies::sample;
use calls::ANSWERS;

#[test]
fn no_operation_is_left_without_an_answer() {
    let answers = &*ANSWERS;

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

/// Operations that are refused even when asked for something that is there, by a rule of Atlas.
const REFUSED: [(&str, &str); 11] = [
    // No serverless instance can be created any more.
    ("getGroupServerlessInstance", "SERVERLESS_NOT_FOUND"),
    // Snapshots of legacy backups, which no cluster has that there is today.
    ("getGroupClusterSnapshot", "SNAPSHOT_NOT_FOUND"),
    ("updateGroupClusterSnapshot", "SNAPSHOT_NOT_FOUND"),
    ("deleteGroupClusterSnapshot", "SNAPSHOT_NOT_FOUND"),
    // Requested from the side of the cloud provider alone.
    (
        "deleteGroupStreamVpcPeeringConnection",
        "VPC_PEERING_CONNECTION_NOT_FOUND",
    ),
    // A compliance policy, which was asked for before, keeps what it is about.
    (
        "deleteGroupClusterBackupSnapshot",
        "CANNOT_DELETE_SNAPSHOT_WITH_BACKUP_COMPLIANCE_POLICY",
    ),
    // Only the support of Atlas takes one back that says that it cannot be deleted.
    (
        "disableGroupBackupCompliancePolicy",
        "BACKUP_COMPLIANCE_POLICY_NOT_DELETABLE",
    ),
    (
        "updateGroupClusterBackupSnapshot",
        "CANNOT_DECREASE_SNAPSHOT_RETENTION_WITH_BACKUP_COMPLIANCE_POLICY",
    ),
    // The last container is that of a cluster's region.
    ("deleteGroupContainer", "CONTAINERS_IN_USE"),
    // A project with clusters stays, and an organization with projects.
    ("deleteGroup", "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS"),
    ("deleteOrg", "CANNOT_DELETE_ORG_ACTIVE_GROUPS"),
];

#[test]
fn every_operation_succeeds_when_asked_for_something_that_is_there() {
    let refused: BTreeMap<_, _> = ANSWERS
        .iter()
        .filter_map(|(operation, answer)| {
            Some((operation.id.as_str(), answer.as_ref().err()?.code()))
        })
        .collect();

    assert_eq!(refused, BTreeMap::from(REFUSED));
}

#[test]
fn successes_have_the_status_of_the_corrected_document() {
    for (operation, answer) in ANSWERS.iter() {
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
fn answers_are_valid_by_the_corrected_document() {
    let document = corrections::document();
    let mut wrong = Vec::new();
    for (operation, answer) in ANSWERS.iter() {
        let Some(answered) = answer.as_ref().ok().and_then(|it| it.document.as_ref()) else {
            continue;
        };
        let Some(validator) = validator(&document, &operation.id) else {
            continue;
        };
        wrong.extend(validator.iter_errors(answered).map(|error| {
            let place = error.instance_path();
            format!("{} at {place}: {error}", operation.id)
        }));
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

/// What holds answers of an operation against the corrected document; none without a JSON answer.
fn validator(document: &Value, operation: &str) -> Option<Validator> {
    let mut operations = document["paths"].as_object()?.values().flat_map(methods);
    let operation = operations.find(|it| it["operationId"] == operation)?;
    let responses = operation["responses"].as_object()?.iter();
    let mut media = responses
        .filter(|(status, _)| status.starts_with('2'))
        .filter_map(|(_, response)| response["content"].as_object())
        .flatten();
    let (_, json_media) = media.rfind(|(name, _)| name.ends_with("json"))?;
    let mut schema = json_media.get("schema")?.clone();
    schema["components"] = reached(document, &schema);
    hide_what_is_only_written(&mut schema);
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    Some(options.build(&schema).unwrap())
}

/// Nothing that is only written is ever answered.
fn hide_what_is_only_written(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            for property in object
                .get_mut("properties")
                .into_iter()
                .filter_map(Value::as_object_mut)
                .flatten()
            {
                if property.1["writeOnly"] == true {
                    *property.1 = json!(false);
                }
            }
            object.values_mut().for_each(hide_what_is_only_written);
        }
        Value::Array(items) => items.iter_mut().for_each(hide_what_is_only_written),
        _ => {}
    }
}

/// The named schemas that a schema leads to; a validator of all of them takes its time.
fn reached(document: &Value, schema: &Value) -> Value {
    let all = &document["components"]["schemas"];
    let mut found = Map::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        open.extend(value.as_array().into_iter().flatten());
        for (keyword, value) in value.as_object().into_iter().flatten() {
            open.push(value);
            let Some(("", name)) = value
                .as_str()
                .filter(|_| keyword == "$ref")
                .and_then(|it| it.split_once("#/components/schemas/"))
            else {
                continue;
            };
            if !found.contains_key(name) {
                found.insert(name.to_owned(), all[name].clone());
                open.push(&all[name]);
            }
        }
    }
    json!({ "schemas": found })
}

fn methods(path: &Value) -> impl Iterator<Item = &Value> {
    path.as_object().into_iter().flat_map(Map::values)
}

/// A recording, as far as its body goes.
#[derive(Deserialize)]
struct Recording {
    #[serde(rename = "operationId")]
    operation: Option<String>,
    status: u16,
    content_type: Option<String>,
    body: Option<Value>,
}

/// Whether a recording answers what the document describes: the newest version, as JSON.
fn is_of_the_document(recording: &Recording, operation: &Operation) -> bool {
    let version = &operation.versions.last().unwrap().version;
    let kind = recording.content_type.as_deref().unwrap_or_default();
    (200..300).contains(&recording.status) && kind.contains(&format!("{version}+json"))
}

#[test]
fn recorded_answers_are_valid_by_the_corrected_document() {
    let Some(recordings) = recordings() else {
        return;
    };
    let corrected = corrections::document();
    let mut validators = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in recordings.lines() {
        let recording: Recording = serde_json::from_str(line).unwrap();
        let operations = Document::vendored().unwrap().operations().iter();
        let found = operations
            .filter(|it| recording.operation.as_ref() == Some(&it.id))
            .find(|it| is_of_the_document(&recording, it));
        let (Some(operation), Some(body)) = (found, &recording.body) else {
            continue;
        };
        let validator = validators
            .entry(&operation.id)
            .or_insert_with(|| validator(&corrected, &operation.id));
        let errors = validator.iter().flat_map(|it| it.iter_errors(body));
        wrong.extend(errors.map(|error| format!("{} at {error}", operation.id)));
    }

    assert!(validators.len() > 50, "{}", validators.len());
    assert!(wrong.is_empty(), "{} {wrong:#?}", wrong.len());
}

fn recordings() -> Option<String> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/recordings/atlas.jsonl"
    );
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: no recordings at {path}");
    }
    text
}
