//! Replays recorded requests against a simulator in the recorded situation and compares the responses.
//!
//! Compares the status, selected headers and the set of fields, but not the values.
//! `recorded_exchanges.txt` lists the accepted differences by operation and field. The test fails
//! on a difference that is not listed and on a listed difference that no longer occurs. Without
//! recordings, the test is skipped.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "failures in tests panic, and skipped tests print the reason"
)]

#[path = "it/support.rs"]
#[expect(dead_code, reason = "shared with the test program `it`")]
mod support;

#[path = "recorded_exchanges/setup.rs"]
mod setup;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use setup::Replay;

/// Compared response headers.
const COMPARED_HEADERS: [&str; 5] = [
    "Content-Type",
    "Deprecation",
    "Ratelimit-Limit",
    "Sunset",
    "X-Error-Code",
];

const ACCEPTED_DIFFERENCES: &str = include_str!("recorded_exchanges.txt");

fn recordings() -> Option<String> {
    let default =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/recordings/atlas.jsonl");
    let path = std::env::var_os("ATLAS_RECORDINGS").map_or(default, PathBuf::from);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            eprintln!("skipped: no recordings at {}: {error}", path.display());
            None
        }
    }
}

/// Adds the paths of all fields below `value`, without list positions.
fn collect_fields(value: &Value, path: &str, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let path = format!("{path}.{name}");
                collect_fields(value, &path, fields);
                fields.insert(path);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_fields(item, path, fields)),
        _ => {}
    }
}

fn fields_of(value: &Value) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    collect_fields(value, "", &mut fields);
    fields
}

/// Returns the differences between a recording and a response, each as `operation difference`.
fn differences(recording: &Value, response: &support::Response) -> Vec<String> {
    let operation = recording["operationId"].as_str().unwrap_or("unknown");
    let status = recording["status"].as_u64().unwrap();
    if u64::from(response.status) != status {
        return vec![format!("{operation} status {status}")];
    }
    let mut differences = Vec::new();
    for name in COMPARED_HEADERS {
        let recorded = recording["headers"][name].as_str();
        if recorded.is_some_and(|recorded| recorded != response.header(name)) {
            differences.push(format!("{operation} header {name}"));
        }
    }
    let body: Value = serde_json::from_str(&response.text).unwrap_or_default();
    if recording["body"].is_object() || recording["body"].is_array() {
        let (recorded, simulated) = (fields_of(&recording["body"]), fields_of(&body));
        let missing = recorded.difference(&simulated);
        differences.extend(missing.map(|field| format!("{operation} without {field}")));
        let added = simulated.difference(&recorded);
        differences.extend(added.map(|field| format!("{operation} with {field}")));
    }
    differences
}

#[tokio::test]
async fn responses_match_the_recordings() {
    let Some(text) = recordings() else { return };
    let mut actual = BTreeSet::new();
    let mut matching = 0;
    let mut total = 0;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let recording: Value = serde_json::from_str(line).unwrap();
        let response = Replay::prepare(&recording).await.send().await;
        let new_differences = differences(&recording, &response);
        if std::env::var("RECORDED_EXCHANGES_VERBOSE").is_ok() && !new_differences.is_empty() {
            eprintln!(
                "{} {}: {new_differences:?}\n{}",
                recording["method"], recording["path"], response.text
            );
        }
        matching += usize::from(new_differences.is_empty());
        total += 1;
        actual.extend(new_differences);
    }
    eprintln!("{matching} of {total} recordings match");
    if let Some(path) = std::env::var_os("RECORDED_EXCHANGES_WRITE") {
        let lines: Vec<_> = actual.iter().cloned().collect();
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
        return;
    }
    let accepted: BTreeSet<String> = ACCEPTED_DIFFERENCES.lines().map(str::to_owned).collect();
    let new: Vec<_> = actual.difference(&accepted).collect();
    let outdated: Vec<_> = accepted.difference(&actual).collect();
    assert!(
        new.is_empty(),
        "differences missing from recorded_exchanges.txt: {new:#?}"
    );
    // A different set of recordings need not show every listed difference.
    if std::env::var_os("ATLAS_RECORDINGS").is_none() {
        assert!(
            outdated.is_empty(),
            "remove these lines from recorded_exchanges.txt: {outdated:#?}"
        );
    }
}
