//! Recorded responses of Atlas decode without loss.
//!
//! `ATLAS_RECORDINGS` is the path of a JSON-lines file with recordings, which are not part of the project.
//! Without the file the tests print a message and pass.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, Write},
    path::PathBuf,
};

use mongodbatlas::{ErrorKind, api, operations::Operation};
use serde_json::{Value, value::RawValue};

/// A recorded response.
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

/// Reads the recordings, or returns `None` if there is no file.
pub(crate) fn recordings() -> Option<Vec<Recording>> {
    let path = env::var_os("ATLAS_RECORDINGS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/recordings/atlas.jsonl"),
        PathBuf::from,
    );
    let Ok(text) = fs::read_to_string(&path) else {
        // the test harness captures `println!`, but a skipped test must be visible
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

/// Numbers of recordings by outcome.
#[derive(Debug, Default)]
struct Tally {
    responses: usize,
    errors: usize,
    /// Responses of operations that have no type in this build.
    untyped: usize,
    /// Recordings without JSON, or with the path of another operation.
    skipped: usize,
    failures: BTreeMap<String, usize>,
}

impl Tally {
    fn count(&mut self, recording: &Recording) {
        let json = recording.content_type.as_deref();
        let is_json = json.is_some_and(|kind| kind.contains("json"));
        let Some(body) = recording.body.as_deref().filter(|_| is_json) else {
            self.skipped += 1;
            return;
        };
        let id = recording.operation_id.as_deref().unwrap_or_default();
        let outcome = if recording.status >= 400 {
            self.errors += 1;
            check_error(body.get())
        } else if Operation::by_id(id).is_none_or(|operation| !matches_path(operation, recording)) {
            self.skipped += 1;
            return;
        } else {
            match api::decode(id, body.get().as_bytes()) {
                Err(error) if error.kind() == ErrorKind::InvalidInput => {
                    self.untyped += 1;
                    return;
                }
                decoded => {
                    self.responses += 1;
                    check_round_trip(decoded, body.get())
                }
            }
        };
        if let Err(cause) = outcome {
            *self.failures.entry(format!("{id}: {cause}")).or_default() += 1;
        }
    }
}

#[test]
fn recorded_responses_decode_without_loss() {
    let Some(recordings) = recordings() else {
        return;
    };
    let mut tally = Tally::default();

    for recording in &recordings {
        tally.count(recording);
    }

    println!("{tally:?} of {}", recordings.len());
    let Tally {
        responses,
        errors,
        untyped,
        skipped,
        failures,
    } = tally;
    assert!(failures.is_empty(), "{failures:#?}");
    assert_eq!(responses + errors + untyped + skipped, recordings.len());
    // most recordings must be checked
    assert!(
        responses > 20 && errors > 20,
        "{responses} responses, {errors} errors"
    );
    assert!(skipped * 4 < recordings.len(), "{skipped}");
}

/// Returns `true` if the recorded path is a path of the operation.
///
/// A few recordings of nested paths have `_` instead of `/` and the id of the shorter path's operation. Cluster names
/// have no underscore.
fn matches_path(operation: &Operation, recording: &Recording) -> bool {
    let path = recording.path.split('?').next().unwrap_or_default();
    let pairs = operation.path.split('/').zip(path.split('/'));
    let matches = pairs
        .into_iter()
        .all(|(template, part)| template != "{clusterName}" || !part.contains('_'));
    if !matches {
        println!(
            "not a path of {}: {} {path}",
            operation.id, recording.method
        );
    }
    matches
}

/// Checks that an error document decodes without loss and has an error code.
fn check_error(body: &str) -> Result<(), String> {
    let decoded = serde_json::from_str::<api::types::ApiError>(body);
    let decoded = decoded.map_err(|error| error.to_string())?;
    if decoded.error_code.is_none() {
        return Err("no error code".to_owned());
    }
    let again = serde_json::to_value(decoded).map_err(|error| error.to_string());
    check_round_trip(again, body)
}

/// Checks that a body equals its decoded and encoded form.
fn check_round_trip<E: ToString>(decoded: Result<Value, E>, body: &str) -> Result<(), String> {
    let again = decoded.map_err(|error| error.to_string())?;
    let received: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
    match difference(&received, &again, "") {
        Some(path) => Err(format!("lost or changed at {path}")),
        None => Ok(()),
    }
}

/// Returns the path of the first difference of two documents. Null equals absent, and numbers are compared by value.
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
fn difference_returns_the_path() {
    let document: Value =
        serde_json::from_str(r#"{"a": [{"b": 1.0, "c": null}], "d": "x"}"#).unwrap();
    let same: Value = serde_json::from_str(r#"{"a": [{"b": 1}], "d": "x"}"#).unwrap();
    let other: Value = serde_json::from_str(r#"{"a": [{"b": 2}], "d": "x"}"#).unwrap();

    assert_eq!(difference(&document, &same, ""), None);
    assert_eq!(difference(&document, &other, ""), Some("/a/0/b".to_owned()));
}
