//! Faults of servers and networks: the result for the caller, and the number of requests.
//!
//! The clock is paused, and advances while a server is silent or slow. Each case is a line of the table in
//! `faults/table.rs`; this file runs them.

mod scripts;
mod table;

use std::time::Duration;

use mongodbatlas::{Atlas, Error, ErrorKind, RetryPolicy};
use serde_json::json;

use crate::support::clock::{self, StoppedClock};
use crate::support::raw_server::{
    RawServer, Script, cluster, error_response, respond_with, response,
};
use table::FAULT_CASES;
pub(crate) use table::JSON_RESPONSE_HEAD;

/// The call of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Get,
    List,
    Post,
    Patch,
    Pause,
    Resume,
    Delete,
    Put,
    Download,
}

/// The expected result of a call.
#[derive(Clone, Copy, Debug)]
enum Expected {
    Success,
    Error(ErrorKind),
    /// An error with this code.
    Code(&'static str),
}

/// A fault: name, call, behaviour of the server, result, and number of complete requests.
struct Case(&'static str, Call, fn() -> Script, Expected, usize);

async fn call(server: &RawServer, call: Call) -> Result<(), Error> {
    let policy = RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO);
    let atlas = server.builder().with_retries(policy).build()?;
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
            .update(&json!({ "backupEnabled": true }))
            .await
            .map(drop),
        Call::Pause => handle.pause().await.map(drop),
        Call::Resume => handle.resume().await.map(drop),
        Call::Delete => handle.delete().await,
        Call::Put => {
            let call = atlas.call("updateGroupUserRoles")?.with("groupId", project);
            let call = call.with("userId", "32b6e34b3d91647abb20e7b9");
            let body = json!({ "groupRoles": ["GROUP_OWNER"] });
            call.with_body(body).send().await.map(drop)
        }
        Call::Download => log_file(&atlas)?
            .download()
            .await?
            .into_bytes()
            .await
            .map(drop),
    }
}

/// Creates a call that downloads a log.
pub(crate) fn log_file(atlas: &Atlas) -> Result<mongodbatlas::Call, Error> {
    let call = atlas.call("downloadGroupClusterLog")?;
    let call = call.with("groupId", "32b6e34b3d91647abb20e7b8");
    Ok(call
        .with("hostName", "host-00.example")
        .with("logName", "mongodb"))
}

/// Makes the call of a case to its server with a paused clock. Returns `None` if it never ends.
async fn run(Case(_, kind, script, ..): &Case) -> (Option<Result<(), Error>>, RawServer) {
    let _clock = StoppedClock::new();
    let server = RawServer::start(script()).await;
    // an immediate retry waits for the next tick of the clock, and a silent server for minutes
    let result = tokio::select! {
        result = tokio::time::timeout(Duration::from_hours(1), call(&server, *kind)) => result,
        () = clock::advance_forever(Duration::from_millis(1)) => unreachable!(),
    };
    (result.ok(), server)
}

/// Runs a case. Returns a description of the failure.
async fn check(case: &Case) -> Option<String> {
    let Case(name, _, _, expected, requests) = case;

    let (result, server) = run(case).await;

    let Some(result) = result else {
        return Some(format!("{name}: never ends"));
    };
    let is_expected = match (&result, expected) {
        (Ok(()), Expected::Success) => true,
        (Err(error), Expected::Error(kind)) => error.kind() == *kind,
        (Err(error), Expected::Code(code)) => error.error_code() == Some(code),
        _ => false,
    };
    let received = server.requests();
    if !is_expected || received.len() != *requests {
        let lines = received.iter().map(|request| request.head.lines().next());
        let lines: Vec<_> = lines.collect();
        return Some(format!(
            "{name}: {result:?} after {lines:?}, not {expected:?} after {requests}"
        ));
    }
    result
        .err()
        .and_then(|error| problem(&error))
        .map(|problem| format!("{name}: {problem}"))
}

/// Returns the missing part of an error, or `None` if it has a request and a hint and no secret.
fn problem(error: &Error) -> Option<String> {
    let output = format!("{error} {error:?}");
    let names_request = error
        .path()
        .is_some_and(|path| path.starts_with("/api/atlas/v2/groups/"));
    if !names_request {
        return Some(format!("the request is not named: {output}"));
    }
    if error.hint().is_none() && error.error_code().is_none() {
        return Some(format!("no hint: {output}"));
    }
    let has_secret =
        output.contains(crate::support::raw_server::PRIVATE_KEY) || output.contains("response=");
    has_secret.then(|| format!("a secret is shown: {output}"))
}

#[tokio::test]
async fn every_fault_has_its_expected_result() {
    let mut failures = Vec::new();
    for case in FAULT_CASES {
        failures.extend(check(case).await);
    }

    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        FAULT_CASES.len(),
        failures.join("\n")
    );
    assert!(FAULT_CASES.len() >= 60, "{}", FAULT_CASES.len());
}

/// Runs all cases on this thread. Returns the errors.
pub(crate) async fn run_all() -> Vec<Error> {
    let mut errors = Vec::new();
    // large responses take long to log
    let is_large = |name: &str| name.contains("bomb") || name.contains("huge");
    for case in FAULT_CASES.iter().filter(|case| !is_large(case.0)) {
        let (result, _) = run(case).await;
        errors.extend(result.and_then(Result::err));
    }
    errors
}

#[test]
fn changes_are_never_sent_twice() {
    // a second request is allowed after a rejection only
    let is_rejected = |name: &str| {
        ["rejected with", "challenge", "stale"]
            .iter()
            .any(|word| name.contains(word))
    };
    let changes = FAULT_CASES
        .iter()
        .filter(|case| matches!(case.1, Call::Post | Call::Patch));
    for Case(name, _, _, _, requests) in changes {
        assert!(*requests <= 1 || is_rejected(name), "{name}");
    }
}
