//! How long a call goes on: retries, deadlines, and calls that nobody waits for any more.

use std::time::Duration;

use mongodbatlas::RetryPolicy;
use serde_json::json;

use crate::raw_server::{RawServer, Step, answer, cluster, refusal, says};
use crate::support::builder_with;

#[tokio::test]
async fn a_connection_that_is_refused_was_not_used() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let policy = RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO);
    let builder = builder_with(&[
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
    let builder = builder_with(&[
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
    let server = RawServer::start(vec![says(busy), vec![Step::Silence]]).await;
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
