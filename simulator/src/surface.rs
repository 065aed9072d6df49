//! Every operation of the document, asked once: it answers, and by its own schema.

mod asking;
mod strict;

use serde_json::json;

use crate::document::Document;
use crate::schema::{Mode, check};

use asking::{ask_all, sample};
use strict::{forget_nulls, json_schemas, strict};

/// Operations whose bodies may be looser than their answers.
const LOOSE: [&str; 4] = [
    "createGroupPrivateEndpointServerlessInstanceEndpoint",
    "listGroupPrivateEndpointServerlessInstanceEndpoint",
    "getGroupPrivateEndpointServerlessInstanceEndpoint",
    "updateGroupPrivateEndpointServerlessInstanceEndpoint",
];

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
