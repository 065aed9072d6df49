//! Client-side rate limits.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::{join_all, try_join_all};
use serde_json::json;
use tokio::time::Instant;

use crate::support::Local;
use crate::support::clock::{StoppedClock, advance, advance_forever};
use crate::support::raw_server::{RawServer, cluster, error_response, respond_with, response};

/// Tokens of a full bucket.
const CAPACITY: f64 = 100.0;
/// Tokens that are added each second.
const TOKENS_PER_SECOND: f64 = 10.0;

#[tokio::test]
async fn learn_rate_limits_reads_all_limits() {
    let local = Local::demo();

    let limits = local.atlas.learn_rate_limits().await.unwrap();

    assert!(limits.len() > 3, "{limits:?}");
    for limit in &limits {
        assert!(
            !limit.id.is_empty() && limit.capacity > 0 && limit.refill > 0,
            "{limit:?}"
        );
        assert!(
            !limit.endpoints.is_empty() && !limit.refill_time.is_zero(),
            "{limit:?}"
        );
        assert!(
            ["GROUP", "ORGANIZATION", "IP", "USER"].contains(&&*limit.scope),
            "{limit:?}"
        );
    }
    let projects = local.atlas.projects().collect().await.unwrap();
    assert!(!projects.is_empty());
}

#[tokio::test]
async fn concurrent_calls_all_succeed() {
    let local = Local::sized(40, 1);

    let calls = local.simulator.projects().into_iter().map(|(id, _)| {
        let project = local.atlas.project(&id.parse().unwrap());
        async move { project.clusters().collect().await.unwrap().len() }
    });
    let counts = join_all(calls).await;

    assert_eq!(counts, vec![1; 40]);
}

/// A bucket of Atlas: its tokens at a time.
struct Bucket(f64, Instant);

impl Bucket {
    /// Returns the response to a request: a cluster, or a rejection.
    fn respond(&mut self) -> String {
        let Self(tokens, at) = self;
        *tokens = (*tokens + at.elapsed().as_secs_f64() * TOKENS_PER_SECOND).min(CAPACITY);
        *at = Instant::now();
        let (status, headers, body) = if *tokens >= 1.0 {
            *tokens -= 1.0;
            (200, "", r#"{"name":"demo"}"#)
        } else {
            let rejection = r#"{"error":429,"errorCode":"RATE_LIMITED"}"#;
            (429, "retry-after: 1\r\n", rejection)
        };
        format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nratelimit-limit: {CAPACITY}\r\n\
             ratelimit-remaining: {}\r\n{headers}\r\n{body}",
            body.len(),
            tokens.floor()
        )
    }
}

#[tokio::test]
async fn thousand_calls_take_close_to_the_ideal_time() {
    let _clock = StoppedClock::new();
    let bucket = Mutex::new(Bucket(CAPACITY, Instant::now()));
    let server = RawServer::responding(move |_| bucket.lock().unwrap().respond()).await;
    let (cluster, left) = (server.cluster(), AtomicU32::new(1000));
    let (cluster, left) = (&cluster, &left);
    let started = Instant::now();

    let tasks = (0..32).map(|_| async move {
        let decrement = |left: u32| left.checked_sub(1);
        while left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, decrement)
            .is_ok()
        {
            cluster.get().await?;
        }
        Ok::<_, mongodbatlas::Error>(())
    });
    tokio::select! {
        done = try_join_all(tasks) => drop(done.unwrap()),
        () = advance_forever(Duration::from_millis(50)) => {}
    }

    let (time, ideal) = (started.elapsed().as_secs_f64(), 900.0 / TOKENS_PER_SECOND);
    let requests = server.requests().len();
    println!("{:.3} of the ideal time, {requests} requests", time / ideal);
    assert!(time <= 1.2 * ideal, "{time} s instead of {ideal} s");
    assert!((1000..1100).contains(&requests), "{requests}");
}

const SECOND: Duration = Duration::from_secs(1);

/// Sends a POST in a task.
fn spawn_post(server: &RawServer) -> tokio::task::JoinHandle<mongodbatlas::Result<()>> {
    let atlas = server.atlas();
    let call = atlas.call("createGroupCluster").unwrap();
    let call = call
        .with("groupId", "32b6e34b3d91647abb20e7b8")
        .with_body(json!({}));
    tokio::spawn(async move { call.send().await.map(drop) })
}

#[tokio::test]
async fn rate_limit_with_status_400_waits_for_its_window() {
    let document = json!({
        "error": 400, "errorCode": "INVITATIONS_RATE_LIMITED_IP", "parameters": [20, 2],
    });
    let limited = response(400, "", &document.to_string());
    let _clock = StoppedClock::new();
    let server = RawServer::start(vec![respond_with(limited), respond_with(cluster(false))]).await;
    let call = spawn_post(&server);

    advance(SECOND * 119).await;
    assert_eq!((server.requests().len(), call.is_finished()), (1, false));
    advance(SECOND * 2).await;

    call.await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn rate_limit_without_a_wait_is_retried_after_ten_seconds() {
    for (status, code) in [
        (429, "RATE_LIMITED"),
        (400, "RATE_LIMITED_IP"),
        (503, "X_RATE_LIMIT"),
    ] {
        let _clock = StoppedClock::new();
        let limited = error_response(status, "", code);
        let server =
            RawServer::start(vec![respond_with(limited), respond_with(cluster(false))]).await;
        let call = spawn_post(&server);

        advance(SECOND * 9).await;
        assert_eq!((server.requests().len(), call.is_finished()), (1, false));
        // the jitter is at most 5 seconds
        advance(SECOND * 7).await;

        call.await.unwrap().unwrap();
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn hint_of_a_rate_limit_names_the_wait() {
    let document = json!({
        "error": 400, "errorCode": "INVITATIONS_RATE_LIMITED_IP", "parameters": [10, 1],
    });
    let limited = response(400, "", &document.to_string());
    let server = RawServer::start(vec![respond_with(limited)]).await;
    let atlas = server.builder().without_retries().build().unwrap();

    let error = atlas.this_organization().await.unwrap_err();

    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(SECOND * 60));
    assert!(
        error.hint().unwrap().starts_with("wait 60 seconds"),
        "{error:?}"
    );
}
