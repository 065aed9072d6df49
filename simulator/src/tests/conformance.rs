//! Sends a request to every operation of the OpenAPI document and validates the responses.

mod bodies;
mod calls;
mod collections;
mod corrections;
mod empty_parameters;
mod filters;
mod identifiers;
mod lifecycle;
mod pages;
mod placeholders;
mod rejections;
mod round_trip;

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::schema::document::{Document, Operation};
use crate::schema::{Mode, check};

use bodies::minimal_body;
use calls::RESPONSES;

#[test]
fn all_operations_are_served() {
    let responses = &*RESPONSES;

    let failures: Vec<_> = responses
        .iter()
        .filter_map(|(operation, response)| Some((operation, response.as_ref().err()?)))
        .filter(|(_, error)| {
            error.code() == "RESOURCE_NOT_FOUND" || error.status().is_server_error()
        })
        .map(|(operation, error)| format!("{}: {error:?}", operation.id))
        .collect();

    assert_eq!(failures, Vec::<String>::new());
    assert_eq!(responses.len(), 514);
}

/// Operations that Atlas rejects even for existing resources, with the error codes.
const REJECTED_OPERATIONS: [(&str, &str); 12] = [
    // A migration is ready for the cutover a few minutes after its creation.
    (
        "cutoverGroupLiveMigration",
        "LIVE_MIGRATION_NOT_READY_FOR_CUTOVER",
    ),
    // Serverless instances can no longer be created.
    ("getGroupServerlessInstance", "SERVERLESS_NOT_FOUND"),
    // Snapshots of legacy backups, which clusters no longer support.
    ("getGroupClusterSnapshot", "SNAPSHOT_NOT_FOUND"),
    ("updateGroupClusterSnapshot", "SNAPSHOT_NOT_FOUND"),
    ("deleteGroupClusterSnapshot", "SNAPSHOT_NOT_FOUND"),
    // Only the cloud provider requests these connections.
    (
        "deleteGroupStreamVpcPeeringConnection",
        "VPC_PEERING_CONNECTION_NOT_FOUND",
    ),
    // An earlier request enabled a backup compliance policy.
    (
        "deleteGroupClusterBackupSnapshot",
        "CANNOT_DELETE_SNAPSHOT_WITH_BACKUP_COMPLIANCE_POLICY",
    ),
    // Only Atlas's support can delete a policy that is not `deletable`.
    (
        "disableGroupBackupCompliancePolicy",
        "BACKUP_COMPLIANCE_POLICY_NOT_DELETABLE",
    ),
    (
        "updateGroupClusterBackupSnapshot",
        "CANNOT_DECREASE_SNAPSHOT_RETENTION_WITH_BACKUP_COMPLIANCE_POLICY",
    ),
    // The last container belongs to a region in which a cluster runs.
    ("deleteGroupContainer", "CONTAINERS_IN_USE"),
    // Projects with clusters and organizations with projects cannot be deleted.
    ("deleteGroup", "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS"),
    ("deleteOrg", "CANNOT_DELETE_ORG_ACTIVE_GROUPS"),
];

#[test]
fn operations_succeed_for_existing_resources() {
    let rejected: BTreeMap<_, _> = RESPONSES
        .iter()
        .filter_map(|(operation, response)| {
            Some((operation.id.as_str(), response.as_ref().err()?.code()))
        })
        .collect();

    assert_eq!(rejected, BTreeMap::from(REJECTED_OPERATIONS));
}

#[test]
fn successes_have_the_status_of_the_document() {
    for (operation, response) in RESPONSES.iter() {
        let Ok(reply) = response else { continue };
        assert_eq!(
            reply.status.as_u16(),
            operation.success.status,
            "{}",
            operation.id
        );
    }
}

#[test]
fn responses_match_the_corrected_document() {
    let document = corrections::document();
    let mut invalid = Vec::new();
    for (operation, response) in RESPONSES.iter() {
        let Some(body) = response
            .as_ref()
            .ok()
            .and_then(|reply| reply.document.as_ref())
        else {
            continue;
        };
        let Some(validator) = validator(&document, &operation.id) else {
            continue;
        };
        invalid.extend(validator.iter_errors(body).map(|error| {
            let path = error.instance_path();
            format!("{} at {path}: {error}", operation.id)
        }));
    }

    assert!(invalid.is_empty(), "{} {invalid:#?}", invalid.len());
}

#[test]
fn minimal_bodies_pass_validation() {
    let document = Document::vendored().unwrap();
    for operation in document.operations() {
        let Some(schema) = &operation.request else {
            continue;
        };
        let body = minimal_body(document.schemas(), schema, "", 0);
        let result = check(document.schemas(), schema, &body, Mode::Part);
        assert_eq!(result, Ok(()), "{}", operation.id);
    }
}

/// Returns the validator of an operation's responses, or `None` if the responses are not JSON.
fn validator(document: &Value, id: &str) -> Option<Validator> {
    let mut operations = document["paths"].as_object()?.values().flat_map(methods);
    let operation = operations.find(|operation| operation["operationId"] == id)?;
    let responses = operation["responses"].as_object()?.iter();
    let mut media = responses
        .filter(|(status, _)| status.starts_with('2'))
        .filter_map(|(_, response)| response["content"].as_object())
        .flatten();
    let (_, json_media) = media.rfind(|(name, _)| name.ends_with("json"))?;
    let mut schema = json_media.get("schema")?.clone();
    schema["components"] = reachable_schemas(document, &schema);
    forbid_write_only(&mut schema);
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    Some(options.build(&schema).unwrap())
}

/// Forbids write-only properties, which must not be in responses.
fn forbid_write_only(schema: &mut Value) {
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
            object.values_mut().for_each(forbid_write_only);
        }
        Value::Array(items) => items.iter_mut().for_each(forbid_write_only),
        _ => {}
    }
}

/// Returns the named schemas that a schema refers to, since compiling all schemas is slow.
fn reachable_schemas(document: &Value, schema: &Value) -> Value {
    let schemas = &document["components"]["schemas"];
    let mut reachable = Map::new();
    let mut pending = vec![schema];
    while let Some(value) = pending.pop() {
        pending.extend(value.as_array().into_iter().flatten());
        for (keyword, value) in value.as_object().into_iter().flatten() {
            pending.push(value);
            let Some(("", name)) = value
                .as_str()
                .filter(|_| keyword == "$ref")
                .and_then(|reference| reference.split_once("#/components/schemas/"))
            else {
                continue;
            };
            if !reachable.contains_key(name) {
                reachable.insert(name.to_owned(), schemas[name].clone());
                pending.push(&schemas[name]);
            }
        }
    }
    json!({ "schemas": reachable })
}

fn methods(path: &Value) -> impl Iterator<Item = &Value> {
    path.as_object().into_iter().flat_map(Map::values)
}

/// A recorded response.
#[derive(Deserialize)]
struct Recording {
    #[serde(rename = "operationId")]
    operation: Option<String>,
    status: u16,
    content_type: Option<String>,
    body: Option<Value>,
}

/// Returns `true` if a recording is a JSON response in the newest version of an operation.
fn is_current_json(recording: &Recording, operation: &Operation) -> bool {
    let version = &operation.versions.last().unwrap().version;
    let kind = recording.content_type.as_deref().unwrap_or_default();
    (200..300).contains(&recording.status) && kind.contains(&format!("{version}+json"))
}

#[test]
fn recorded_responses_match_the_corrected_document() {
    let Some(recordings) = recordings() else {
        return;
    };
    let corrected = corrections::document();
    let mut validators = BTreeMap::new();
    let mut invalid = Vec::new();
    for line in recordings.lines() {
        let recording: Recording = serde_json::from_str(line).unwrap();
        let operations = Document::vendored().unwrap().operations().iter();
        let operation = operations
            .filter(|operation| recording.operation.as_ref() == Some(&operation.id))
            .find(|operation| is_current_json(&recording, operation));
        let (Some(operation), Some(body)) = (operation, &recording.body) else {
            continue;
        };
        let validator = validators
            .entry(&operation.id)
            .or_insert_with(|| validator(&corrected, &operation.id));
        let errors = validator
            .iter()
            .flat_map(|validator| validator.iter_errors(body));
        invalid.extend(errors.map(|error| format!("{} at {error}", operation.id)));
    }

    assert!(validators.len() > 50, "{}", validators.len());
    assert!(invalid.is_empty(), "{} {invalid:#?}", invalid.len());
}

fn recordings() -> Option<String> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/recordings/atlas.jsonl"
    );
    let lines = std::fs::read_to_string(path).ok();
    if lines.is_none() {
        eprintln!("skipped: no recordings at {path}");
    }
    lines
}
