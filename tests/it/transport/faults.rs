//! Faults of servers and networks: the result for the caller, and the number of requests.
//!
//! Nobody waits in here: the clock stands still, and goes on where a server is silent or slow. Each case
//! is a line of a table; `faults/table.rs` has the cases, this file plays them.

mod scripts;
mod table;

use std::time::Duration;

use mongodbatlas::{Atlas, Error, ErrorKind, RetryPolicy};
use serde_json::json;

use crate::support::clock::{self, StoppedClock};
use crate::support::raw_server::{RawServer, Script, answer, cluster, refusal, says};
use table::CASES;
pub(crate) use table::HEAD;

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
    Put,
    Download,
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

/// A call that downloads a log.
pub(crate) fn log_file(atlas: &Atlas) -> Result<mongodbatlas::Call, Error> {
    let call = atlas.call("downloadGroupClusterLog")?;
    let call = call.with("groupId", "32b6e34b3d91647abb20e7b8");
    Ok(call
        .with("hostName", "host-00.example")
        .with("logName", "mongodb"))
}

/// Makes the call of a case to its server, on a clock that stands still.
async fn meet(Case(_, kind, script, ..): &Case) -> (Option<Result<(), Error>>, RawServer) {
    let _clock = StoppedClock::new();
    let server = RawServer::start(script()).await;
    // a retry at once still waits for the clock's next tick; a silent server takes minutes, not hours
    let played = tokio::select! {
        played = tokio::time::timeout(Duration::from_hours(1), call(&server, *kind)) => played,
        () = clock::advance_on(Duration::from_millis(1)) => unreachable!(),
    };
    (played.ok(), server)
}

/// Plays a case; gives what is wrong.
async fn play(case: &Case) -> Option<String> {
    let Case(name, _, _, sees, requests) = case;

    let (played, server) = meet(case).await;

    let Some(result) = played else {
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
    let tells =
        text.contains(crate::support::raw_server::PRIVATE_KEY) || text.contains("response=");
    tells.then(|| format!("a secret is shown: {text}"))
}

#[tokio::test]
async fn every_fault_is_survived_as_promised() {
    let mut wrong = Vec::new();
    for case in CASES {
        wrong.extend(play(case).await);
    }

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
    // large answers are slow to be watched and tell nothing new
    let is_large = |name: &str| name.contains("bomb") || name.contains("huge");
    for case in CASES.iter().filter(|case| !is_large(case.0)) {
        let (played, _) = meet(case).await;
        errors.extend(played.and_then(Result::err));
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
