//! Twins: the same request to a simulator in the same situation answers like the recorded one.
//!
//! Status, headers of interest and the set of fields are compared, values are not. What still
//! differs is in `twins.txt`, by operation and field; a line that no longer holds fails the test,
//! so that the list only shrinks. Without recordings there is nothing to compare, and it says so.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and one that cannot start says why"
)]

#[path = "it/support.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod support;

#[path = "twins/situation.rs"]
mod situation;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use situation::Twin;

/// Headers a client goes by.
const HEADERS: [&str; 5] = [
    "Content-Type",
    "Deprecation",
    "Ratelimit-Limit",
    "Sunset",
    "X-Error-Code",
];

/// The committed differences.
const KNOWN: &str = include_str!("twins.txt");

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

/// The paths of all fields, list positions left out.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let path = format!("{path}.{name}");
                fields(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, path, found)),
        _ => {}
    }
}

fn fields_of(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    fields(value, "", &mut found);
    found
}

/// What differs, each as `operation difference`.
fn differences(recording: &Value, answer: &support::Answer) -> Vec<String> {
    let operation = recording["operationId"].as_str().unwrap_or("unknown");
    let status = recording["status"].as_u64().unwrap();
    if u64::from(answer.status) != status {
        return vec![format!("{operation} status {status}")];
    }
    let mut found = Vec::new();
    for name in HEADERS {
        let recorded = recording["headers"][name].as_str();
        if recorded.is_some_and(|recorded| recorded != answer.header(name)) {
            found.push(format!("{operation} header {name}"));
        }
    }
    let body: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    if recording["body"].is_object() || recording["body"].is_array() {
        let (recorded, ours) = (fields_of(&recording["body"]), fields_of(&body));
        found.extend(
            recorded
                .difference(&ours)
                .map(|it| format!("{operation} without {it}")),
        );
        found.extend(
            ours.difference(&recorded)
                .map(|it| format!("{operation} with {it}")),
        );
    }
    found
}

#[tokio::test]
async fn answers_have_the_form_of_the_recorded_ones() {
    let Some(text) = recordings() else { return };
    let mut actual = BTreeSet::new();
    let mut matching = 0;
    let mut total = 0;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let recording: Value = serde_json::from_str(line).unwrap();
        let answer = Twin::of(&recording).await.ask().await;
        let found = differences(&recording, &answer);
        if std::env::var("TWINS_VERBOSE").is_ok() && !found.is_empty() {
            eprintln!(
                "{} {}: {found:?}\n{}",
                recording["method"], recording["path"], answer.text
            );
        }
        matching += usize::from(found.is_empty());
        total += 1;
        actual.extend(found);
    }
    eprintln!("{matching} of {total} recordings have a twin that matches in everything");
    if let Some(path) = std::env::var_os("TWINS_WRITE") {
        let lines: Vec<_> = actual.iter().cloned().collect();
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
        return;
    }
    let known: BTreeSet<String> = KNOWN.lines().map(str::to_owned).collect();
    let new: Vec<_> = actual.difference(&known).collect();
    let gone: Vec<_> = known.difference(&actual).collect();
    assert!(
        new.is_empty(),
        "answers differ in more than twins.txt says: {new:#?}"
    );
    // Another set of recordings need not show every difference.
    if std::env::var_os("ATLAS_RECORDINGS").is_none() {
        assert!(
            gone.is_empty(),
            "take these lines out of twins.txt: {gone:#?}"
        );
    }
}
