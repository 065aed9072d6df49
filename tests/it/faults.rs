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

#[tokio::test]
async fn a_connection_that_is_refused_was_not_used() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let policy = RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO);
    let builder = crate::support::builder_with(&[
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
        ("ATLAS_BASE_URL", &url),
    ]);
    let atlas = builder.with_retries(policy).build().unwrap();
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();

    let error = atlas
        .project(&project)
        .create_cluster(&json!({}))
        .await
        .unwrap_err();

    assert!(error.is_connection() && error.is_retryable(), "{error:?}");
}

#[tokio::test]
async fn a_post_is_sent_when_the_server_comes_up() {
    let reserved = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = reserved.local_addr().unwrap();
    drop(reserved);
    let builder = crate::support::builder_with(&[
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
        ("ATLAS_BASE_URL", &format!("http://{address}")),
    ]);
    let (wait, policy) = (
        Duration::from_millis(50),
        RetryPolicy::default().with_attempts(50),
    );
    let atlas = builder
        .with_retries(policy.with_delays(wait, wait))
        .build()
        .unwrap();
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let created = tokio::spawn(async move {
        atlas
            .project(&project)
            .create_cluster(&json!({ "name": "demo" }))
            .await
    });

    tokio::time::sleep(wait).await;
    let server = RawServer::start_at(address, vec![says(cluster(false))]).await;

    assert_eq!(created.await.unwrap().unwrap().name(), "demo");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_deadline_ends_a_call_whatever_the_server_does() {
    let busy = refusal(429, "retry-after: 60\r\n", "RATE_LIMITED");
    let server = RawServer::start(vec![says(busy), vec![crate::raw_server::Step::Silence]]).await;
    let atlas = server.atlas();
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let (handle, moment) = (atlas.project(&project), Duration::from_millis(150));
    let started = std::time::Instant::now();

    let refused = mongodbatlas::with_deadline(moment, handle.get())
        .await
        .unwrap_err();
    let silent = mongodbatlas::with_deadline(moment, handle.get())
        .await
        .unwrap_err();

    // no use waiting for what comes after the deadline
    assert!(refused.is_rate_limited(), "{refused:?}");
    assert!(silent.is_timeout(), "{silent:?}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let busy = refusal(429, "retry-after: 1\r\n", "RATE_LIMITED");
    let server = RawServer::start(vec![says(busy), says(cluster(false))]).await;
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let started = std::time::Instant::now();

    server
        .atlas()
        .cluster(&project, "demo")
        .get()
        .await
        .unwrap();

    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn dropping_a_call_ends_it_at_once() {
    let busy = refusal(503, "retry-after: 1\r\n", "X");
    let server = RawServer::start(vec![says(busy)]).await;
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let handle = server.atlas().cluster(&project, "demo");

    let call = tokio::time::timeout(Duration::from_millis(300), handle.get()).await;

    assert!(call.is_err());
    tokio::time::sleep(Duration::from_millis(900)).await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_version_that_does_not_fit_is_named() {
    let gone = refusal(406, "", "INVALID_VERSION_DATE");
    let old = answer(
        200,
        "content-type: application/json\r\n",
        r#"{"name": ["hunter2"]}"#,
    );
    let server = RawServer::start(vec![says(gone), says(old)]).await;
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();

    let error = server
        .atlas()
        .cluster(&project, "demo")
        .get()
        .await
        .unwrap_err();

    let text = error.to_string();
    assert!(
        text.contains("asked for version 20") && text.contains("answered in version 20"),
        "{text}"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_ne!(accept(&requests[0].head), accept(&requests[1].head));
}

fn accept(head: &str) -> Option<&str> {
    head.lines().find(|line| line.starts_with("accept:"))
}
