//! Retries, timeouts and cancelled calls.

use std::time::Duration;

use mongodbatlas::{ClusterHandle, RetryPolicy, with_timeout};
use serde_json::json;

use crate::support::Reserved;
use crate::support::clock::{StoppedClock, advance, deliver};
use crate::support::raw_server::{
    RawServer, Step, cluster, error_response, respond_with, response,
};
use crate::transport::faults::{JSON_RESPONSE_HEAD, log_file};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn refused_connection_is_retryable() {
    let policy = RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO);
    let reserved = Reserved::new();
    let atlas = reserved.builder().with_retries(policy).build().unwrap();
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();

    let error = atlas
        .project(&project)
        .create_cluster(&json!({}))
        .await
        .unwrap_err();

    assert!(error.is_connection() && error.is_retryable(), "{error:?}");
}

#[tokio::test]
async fn post_is_retried_until_the_server_listens() {
    let _clock = StoppedClock::new();
    let reserved = Reserved::new();
    // the jitter makes each delay shorter than a second
    let policy = RetryPolicy::default().with_delays(SECOND, SECOND);
    let atlas = reserved.builder().with_retries(policy).build().unwrap();
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let created = tokio::spawn(async move {
        atlas
            .project(&project)
            .create_cluster(&json!({ "name": "demo" }))
            .await
    });

    deliver().await;
    let server = RawServer::listen(reserved.listen(), vec![respond_with(cluster(false))]);
    assert!(!created.is_finished());
    advance(SECOND).await;

    assert_eq!(created.await.unwrap().unwrap().name(), "demo");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn deadline_ends_a_call() {
    let _clock = StoppedClock::new();
    let busy = error_response(429, "retry-after: 60\r\n", "RATE_LIMITED");
    let server = RawServer::start(vec![respond_with(busy), vec![Step::Silence]]).await;
    let started = tokio::time::Instant::now();

    let call = server.cluster();
    let limited = with_timeout(SECOND * 30, call.get()).await.unwrap_err();
    // the request is not retried, because the delay ends after the deadline
    assert!(limited.is_rate_limited(), "{limited:?}");
    assert_eq!(started.elapsed(), Duration::ZERO);

    // a client without a recorded rate limit
    let call = server.cluster();
    let silent = with_timeout(SECOND * 30, call.get()).await.unwrap_err();
    assert!(silent.is_timeout(), "{silent:?}");
    assert!(started.elapsed() <= SECOND * 32, "{:?}", started.elapsed());
}

#[tokio::test]
async fn deadline_covers_a_download() {
    let _clock = StoppedClock::new();
    let mut steps = vec![Step::Read, Step::Write(JSON_RESPONSE_HEAD.into())];
    for _ in 0..9 {
        steps.extend([Step::Write(b"piece".into()), Step::Wait(SECOND * 40)]);
    }
    let server = RawServer::start(vec![steps]).await;
    let (call, mut received) = (log_file(&server.atlas()).unwrap(), Vec::new());

    let download = read_into(&call, &mut received);
    let error = with_timeout(SECOND * 100, download).await.unwrap_err();

    assert!(error.is_timeout(), "{error:?}");
    assert!(
        error.to_string().ends_with("(after 15 of 99 bytes)"),
        "{error}"
    );
    assert_eq!(received, b"piece".repeat(3));
}

#[tokio::test]
async fn truncated_download_error_names_the_byte_count() {
    let steps = vec![
        Step::Read,
        Step::Write(format!("{JSON_RESPONSE_HEAD}half").into()),
        Step::Deliver,
        Step::Reset,
    ];
    let server = RawServer::start(vec![steps]).await;
    let (call, mut received) = (log_file(&server.atlas()).unwrap(), Vec::new());

    let error = read_into(&call, &mut received).await.unwrap_err();

    assert!(error.is_connection() && error.hint().is_some(), "{error:?}");
    assert!(
        error
            .to_string()
            .ends_with("was truncated (after 4 of 99 bytes)"),
        "{error}"
    );
    assert!(
        error
            .path()
            .is_some_and(|path| path.ends_with("/mongodb.gz")),
        "{error}"
    );
    assert_eq!(received, b"half");
    assert_eq!(server.requests().len(), 1);
}

/// Appends the chunks of a download.
async fn read_into(call: &mongodbatlas::Call, received: &mut Vec<u8>) -> mongodbatlas::Result<()> {
    let mut download = call.download().await?;
    while let Some(chunk) = download.try_next().await? {
        received.extend_from_slice(&chunk);
    }
    Ok(())
}

/// Fetches a cluster in a new task.
fn spawn_get(handle: ClusterHandle) -> tokio::task::JoinHandle<mongodbatlas::Result<()>> {
    tokio::spawn(async move { handle.get().await.map(drop) })
}

#[tokio::test]
async fn waits_for_retry_after() {
    let _clock = StoppedClock::new();
    let busy = error_response(429, "retry-after: 10\r\n", "RATE_LIMITED");
    let server = RawServer::start(vec![respond_with(busy), respond_with(cluster(false))]).await;
    let call = spawn_get(server.cluster());

    advance(SECOND * 9).await;
    assert_eq!((server.requests().len(), call.is_finished()), (1, false));
    // the limiter polls a millisecond after the delay
    advance(SECOND * 2).await;

    call.await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn dropped_call_sends_no_retry() {
    let _clock = StoppedClock::new();
    let busy = error_response(503, "retry-after: 1\r\n", "X");
    let server = RawServer::start(vec![respond_with(busy)]).await;
    let call = spawn_get(server.cluster());

    deliver().await;
    assert_eq!((server.requests().len(), call.is_finished()), (1, false));
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    advance(SECOND * 2).await;

    assert_eq!(server.requests().len(), 1);
}

/// Starts a server that rejects the preferred version and returns an invalid cluster in an older one.
async fn server_with_invalid_older_version() -> RawServer {
    let rejection = error_response(406, "", "INVALID_VERSION_DATE");
    let invalid = response(
        200,
        "content-type: application/json\r\n",
        r#"{"name": ["hunter2"]}"#,
    );
    RawServer::start(vec![respond_with(rejection), respond_with(invalid)]).await
}

fn assert_names_versions(error: &mongodbatlas::Error) {
    let message = error.to_string();
    assert!(
        message.contains("requested version 20") && message.contains("response in version 20"),
        "{message}"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[tokio::test]
async fn invalid_response_in_another_version_names_both_versions() {
    let server = server_with_invalid_older_version().await;

    let error = server.cluster().get().await.unwrap_err();

    assert_names_versions(&error);
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_ne!(accept(&requests[0].head), accept(&requests[1].head));
}

#[tokio::test]
async fn call_by_id_checks_a_response_in_another_version() {
    let server = server_with_invalid_older_version().await;
    let call = server
        .atlas()
        .operation(mongodbatlas::operation::GET_GROUP_CLUSTER);
    let call = call
        .with("groupId", "32b6e34b3d91647abb20e7b8")
        .with("clusterName", "demo");

    let error = call.send().await.unwrap_err();

    assert_names_versions(&error);
}

#[tokio::test]
async fn generated_call_checks_a_response_in_another_version() {
    let server = server_with_invalid_older_version().await;
    let atlas = server.atlas();
    let call = atlas.api().get_group_cluster();
    let call = call
        .group_id("32b6e34b3d91647abb20e7b8")
        .cluster_name("demo");

    let error = call.send().await.unwrap_err();

    assert_names_versions(&error);
}

fn accept(head: &str) -> Option<&str> {
    head.lines().find(|line| line.starts_with("accept:"))
}
