//! Real answers of Atlas, where they are at hand: every one must decode and lose nothing.
//!
//! The recordings are a JSON-lines file that `ATLAS_RECORDINGS` names; they are not part of the
//! project. Without them these tests say so and pass.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, Write},
    path::PathBuf,
};

use mongodbatlas::{api, operations::Operation};
use serde_json::{Value, value::RawValue};

/// An answer that was recorded.
#[derive(serde::Deserialize)]
pub(crate) struct Recording {
    #[serde(rename = "operationId")]
    pub(crate) operation_id: Option<String>,
    pub(crate) status: u16,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Option<Box<RawValue>>,
}

/// The recordings, or nothing if there are none on this machine.
pub(crate) fn recordings() -> Option<Vec<Recording>> {
    let path = env::var_os("ATLAS_RECORDINGS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/recordings/atlas.jsonl"),
        PathBuf::from,
    );
    let Ok(text) = fs::read_to_string(&path) else {
        // Not captured as `println!` is: a skipped test must be seen.
        writeln!(io::stderr(), "skipped: no recordings at {}", path.display()).expect("stderr");
        return None;
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Some(
        lines
            .map(|line| serde_json::from_str(line).expect("a recording"))
            .collect(),
    )
}

#[test]
fn every_recorded_answer_decodes_and_loses_nothing() {
    let Some(recordings) = recordings() else {
        return;
    };
    let mut failures: BTreeMap<String, usize> = BTreeMap::new();
    let mut checked = 0;
    for recording in &recordings {
        if !is_typed_json(recording) {
            continue;
        }
        let (Some(id), Some(body)) = (&recording.operation_id, &recording.body) else {
            continue;
        };
        checked += 1;
        if let Err(cause) = survives(id, body.get()) {
            *failures.entry(format!("{id}: {cause}")).or_default() += 1;
        }
    }
    println!("{checked} of {} recordings checked", recordings.len());
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(
        checked > 0,
        "the recordings hold no answer that this build types"
    );
}

/// Whether this build has a type for the recorded answer: a success in JSON of an enabled tag.
fn is_typed_json(recording: &Recording) -> bool {
    let json = recording
        .content_type
        .as_deref()
        .is_some_and(|kind| kind.contains("json"));
    let operation = recording.operation_id.as_deref().and_then(Operation::by_id);
    json && (200..300).contains(&recording.status)
        && operation.is_some_and(|operation| {
            api::decode(operation.id, b"{}").is_ok() && fits(operation, recording)
        })
}

/// Whether the recorded path can be one of the operation.
///
/// A few recordings of nested paths had their slashes replaced and are labelled with the operation
/// of the shorter path. No cluster's name holds an underscore, so these can be told.
fn fits(operation: &Operation, recording: &Recording) -> bool {
    let path = recording.path.split('?').next().unwrap_or_default();
    let pairs = operation.path.split('/').zip(path.split('/'));
    let fits = pairs
        .into_iter()
        .all(|(template, part)| template != "{clusterName}" || !part.contains('_'));
    if !fits {
        println!(
            "not a path of {}: {} {path}",
            operation.id, recording.method
        );
    }
    fits
}

/// Whether the body comes back from its types as it went in.
fn survives(id: &str, body: &str) -> Result<(), String> {
    let again = api::decode(id, body.as_bytes()).map_err(|error| error.to_string())?;
    let sent: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
    match difference(&sent, &again, "") {
        Some(path) => Err(format!("lost or changed at {path}")),
        None => Ok(()),
    }
}

/// The path of the first place where two documents differ; null is absent, numbers go by value.
pub(crate) fn difference(sent: &Value, again: &Value, path: &str) -> Option<String> {
    match (sent, again) {
        (Value::Object(sent), Value::Object(again)) => {
            let keys = sent.keys().chain(again.keys());
            keys.into_iter().find_map(|key| {
                let null = Value::Null;
                let (a, b) = (
                    sent.get(key).unwrap_or(&null),
                    again.get(key).unwrap_or(&null),
                );
                difference(a, b, &format!("{path}/{key}"))
            })
        }
        (Value::Array(sent), Value::Array(again)) if sent.len() == again.len() => sent
            .iter()
            .zip(again)
            .enumerate()
            .find_map(|(index, (a, b))| difference(a, b, &format!("{path}/{index}"))),
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        (a, b) if a == b => None,
        _ => Some(path.to_owned()),
    }
}

#[test]
fn a_difference_is_found_where_it_is() {
    let document: Value =
        serde_json::from_str(r#"{"a": [{"b": 1.0, "c": null}], "d": "x"}"#).unwrap();
    let same: Value = serde_json::from_str(r#"{"a": [{"b": 1}], "d": "x"}"#).unwrap();
    let other: Value = serde_json::from_str(r#"{"a": [{"b": 2}], "d": "x"}"#).unwrap();

    assert_eq!(difference(&document, &same, ""), None);
    assert_eq!(difference(&document, &other, ""), Some("/a/0/b".to_owned()));
}
