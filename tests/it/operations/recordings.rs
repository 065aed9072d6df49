//! Recorded responses of Atlas decode without loss.
//!
//! The recordings are a JSON-lines file that `ATLAS_RECORDINGS` names; they are not part of the
//! project. Without them these tests say so and pass.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, Write},
    path::PathBuf,
};

use mongodbatlas::{ErrorKind, api, operations::Operation};
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

/// What becomes of the recordings.
#[derive(Debug, Default)]
struct Tally {
    answers: usize,
    errors: usize,
    /// Answers of operations whose types this build leaves out.
    untyped: usize,
    /// Those without JSON, and those whose path is not their operation's.
    passed_over: usize,
    failures: BTreeMap<String, usize>,
}

impl Tally {
    fn count(&mut self, recording: &Recording) {
        let json = recording.content_type.as_deref();
        let is_json = json.is_some_and(|kind| kind.contains("json"));
        let Some(body) = recording.body.as_deref().filter(|_| is_json) else {
            self.passed_over += 1;
            return;
        };
        let id = recording.operation_id.as_deref().unwrap_or_default();
        let outcome = if recording.status >= 400 {
            self.errors += 1;
            survives_as_error(body.get())
        } else if Operation::by_id(id).is_none_or(|operation| !fits(operation, recording)) {
            self.passed_over += 1;
            return;
        } else {
            match api::decode(id, body.get().as_bytes()) {
                Err(error) if error.kind() == ErrorKind::InvalidInput => {
                    self.untyped += 1;
                    return;
                }
                decoded => {
                    self.answers += 1;
                    survives(decoded, body.get())
                }
            }
        };
        if let Err(cause) = outcome {
            *self.failures.entry(format!("{id}: {cause}")).or_default() += 1;
        }
    }
}

#[test]
fn every_recorded_answer_decodes_and_loses_nothing() {
    let Some(recordings) = recordings() else {
        return;
    };
    let mut tally = Tally::default();

    for recording in &recordings {
        tally.count(recording);
    }

    println!("{tally:?} of {}", recordings.len());
    let Tally {
        answers,
        errors,
        untyped,
        passed_over,
        failures,
    } = tally;
    assert!(failures.is_empty(), "{failures:#?}");
    assert_eq!(answers + errors + untyped + passed_over, recordings.len());
    // a filter that lets nothing through would show nothing
    assert!(
        answers > 20 && errors > 20,
        "{answers} answers, {errors} errors"
    );
    assert!(passed_over * 4 < recordings.len(), "{passed_over}");
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

/// Whether an error document is one to the generated layer and loses nothing there.
fn survives_as_error(body: &str) -> Result<(), String> {
    let decoded = serde_json::from_str::<api::types::ApiError>(body);
    let decoded = decoded.map_err(|error| error.to_string())?;
    if decoded.error_code.is_none() {
        return Err("no error code".to_owned());
    }
    let again = serde_json::to_value(decoded).map_err(|error| error.to_string());
    survives(again, body)
}

/// Whether the body comes back from its types as it went in.
fn survives<E: ToString>(decoded: Result<Value, E>, body: &str) -> Result<(), String> {
    let again = decoded.map_err(|error| error.to_string())?;
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
