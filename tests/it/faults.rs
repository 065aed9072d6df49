//! Everything that can go wrong on the wire: what the caller sees, and how often a request is sent.
//!
//! The waits in here are those that a client cannot be spared, and a few milliseconds each. Each case
//! is a line of a table; `faults/table.rs` has the cases, this file plays them.

mod scripts;
mod table;

use std::time::Duration;

use futures_util::{StreamExt, future, stream};
use mongodbatlas::{Error, ErrorKind, RetryPolicy};
use serde_json::json;

use crate::raw_server::{RawServer, Script, answer, cluster, refusal, says};
use table::CASES;

/// What a case calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Get,
    List,
    Post,
    Patch,
    Pause,
    Resume,
    Delete,
}

/// What the caller sees.
#[derive(Clone, Copy, Debug)]
enum Sees {
    Success,
    Error(ErrorKind),
    /// An error with this code.
    Code(&'static str),
}

/// A fault: its name, the call, what the server does, what the caller sees, and how many whole
/// requests the server got.
struct Case(&'static str, Call, fn() -> Script, Sees, usize);

async fn call(server: &RawServer, call: Call, patience: Duration) -> Result<(), Error> {
    let policy = RetryPolicy::default()
        .with_delays(Duration::from_millis(2), Duration::from_millis(4))
        .with_seed(1);
    let builder = server.builder().with_retries(policy);
    let atlas = builder.with_idle_timeout(patience).build()?;
    let project = "32b6e34b3d91647abb20e7b8".parse()?;
    let handle = atlas.cluster(&project, "demo");
    match call {
        Call::Get => handle.get().await.map(drop),
        Call::List => atlas.project(&project).clusters().collect().await.map(drop),
        Call::Post => {
            let document = json!({ "name": "demo" });
            atlas
                .project(&project)
                .create_cluster(&document)
                .await
                .map(drop)
        }
        Call::Patch => handle
            .modify(&json!({ "backupEnabled": true }))
            .await
            .map(drop),
        Call::Pause => handle.pause().await.map(drop),
        Call::Resume => handle.resume().await.map(drop),
        Call::Delete => handle.delete().await,
    }
}

/// Plays a case; gives what is wrong.
async fn play(case: &Case) -> Option<String> {
    let Case(name, kind, script, sees, requests) = case;
    let server = RawServer::start(script()).await;

    // only silence is waited for, so that a busy machine does not look like it
    let patience = if name.contains("silence") {
        300
    } else {
        20_000
    };
    let played = call(&server, *kind, Duration::from_millis(patience));
    let played = tokio::time::timeout(Duration::from_mins(1), played).await;

    let Ok(result) = played else {
        return Some(format!("{name}: never ends"));
    };
    let as_expected = match (&result, sees) {
        (Ok(()), Sees::Success) => true,
        (Err(error), Sees::Error(kind)) => error.kind() == *kind,
        (Err(error), Sees::Code(code)) => error.error_code() == Some(code),
        _ => false,
    };
    let requests_seen = server.requests();
    if !as_expected || requests_seen.len() != *requests {
        let lines = requests_seen
            .iter()
            .map(|request| request.head.lines().next());
        let lines: Vec<_> = lines.collect();
        return Some(format!(
            "{name}: {result:?} after {lines:?}, not {sees:?} after {requests}"
        ));
    }
    result
        .err()
        .and_then(|error| flaw(&error))
        .map(|flaw| format!("{name}: {flaw}"))
}

/// What every error owes its reader.
fn flaw(error: &Error) -> Option<String> {
    let text = format!("{error} {error:?}");
    let names_request = error
        .path()
        .is_some_and(|path| path.starts_with("/api/atlas/v2/groups/"));
    if !names_request {
        return Some(format!("the request is not named: {text}"));
    }
    if error.hint().is_none() && error.error_code().is_none() {
        return Some(format!("no hint: {text}"));
    }
    let tells = text.contains(crate::raw_server::PRIVATE_KEY) || text.contains("response=");
    tells.then(|| format!("a secret is shown: {text}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_survived_as_promised() {
    let played = stream::iter(CASES).map(play).buffered(8);

    let wrong: Vec<_> = played.filter_map(future::ready).collect().await;

    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        CASES.len(),
        wrong.join("\n")
    );
    assert!(CASES.len() >= 60, "{}", CASES.len());
}

/// Plays all cases one after the other, on this thread; gives the errors that callers saw.
pub(crate) async fn play_all() -> Vec<Error> {
    let mut errors = Vec::new();
    for Case(name, kind, script, ..) in CASES {
        // large answers are slow to be watched and tell nothing new
        if name.contains("bomb") || name.contains("huge") {
            continue;
        }
        let server = RawServer::start(script()).await;
        errors.extend(call(&server, *kind, Duration::from_millis(200)).await.err());
    }
    errors
}

#[test]
fn no_change_is_sent_twice_in_any_case() {
    // what may have been carried out is sent once; a second request follows a refusal
    let refused = |name: &str| {
        ["refused with", "a challenge", "stale"]
            .iter()
            .any(|word| name.contains(word))
    };
    let changes = CASES
        .iter()
        .filter(|case| matches!(case.1, Call::Post | Call::Patch));
    for Case(name, _, _, _, requests) in changes {
        assert!(*requests <= 1 || refused(name), "{name}");
    }
}
