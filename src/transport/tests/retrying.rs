//! Retries of the whole pipeline on a socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Method;

use super::server::{Server, document, response};
use super::*;

/// Returns options with retries without delays.
fn immediate_retries() -> Options {
    Options {
        retries: RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO),
        ..Options::default()
    }
}

fn transport_with(server: &Server, options: Options) -> Transport {
    let key = ApiKey::new(PUBLIC_KEY, PRIVATE_KEY).unwrap();
    Transport::new(server.base_url.clone(), key.into(), None, options).unwrap()
}

/// Starts a server that fails `times` times with a status and then succeeds.
async fn failing_server(status: u16, times: usize) -> Server {
    let remaining = Arc::new(AtomicUsize::new(times));
    Server::start(move |_| {
        let failed = remaining.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |remaining| {
            remaining.checked_sub(1)
        });
        Some(if failed.is_ok() {
            response(status, "", "")
        } else {
            document()
        })
    })
    .await
}

async fn send(transport: &Transport, method: Method) -> Result<Received> {
    let mut request = new_request(transport.base_url(), method);
    *request.body_mut() = Some("{}".into());
    execute(transport, request, ResponseKind::Json).await
}

#[tokio::test]
async fn retries_get_put_and_delete_after_503() {
    for (method, expected, requests) in [
        (Method::GET, 200, 3),
        (Method::PUT, 200, 3),
        (Method::DELETE, 200, 3),
        (Method::POST, 503, 1),
        (Method::PATCH, 503, 1),
    ] {
        let server = failing_server(503, 2).await;

        let result = send(
            &transport_with(&server, immediate_retries()),
            method.clone(),
        )
        .await;

        assert_eq!(status(&result), expected, "{method}");
        assert_eq!(server.requests().len(), requests, "{method}");
    }
}

#[tokio::test]
async fn client_without_retries_sends_once() {
    let server = failing_server(503, 1).await;

    let result = send(&transport_with(&server, no_retries()), Method::GET).await;

    assert_eq!(status(&result), 503);
}

#[tokio::test]
async fn clones_share_the_retry_budget() {
    let server = failing_server(503, usize::MAX).await;
    let options = Options {
        retries: immediate_retries().retries.with_budget(5),
        ..Options::default()
    };
    let transport = transport_with(&server, options);

    for _ in 0..10 {
        let result = send(&transport.clone(), Method::GET).await;
        assert_eq!(status(&result), 503);
    }

    // ten first attempts and five retries
    assert_eq!(server.requests().len(), 15);
}

#[tokio::test]
async fn streamed_body_is_not_retried() {
    let server = failing_server(503, 1).await;
    let mut request = new_request(&server.base_url, Method::PUT);
    let chunk = Ok::<_, std::io::Error>("{}");
    let body = futures_util::stream::once(std::future::ready(chunk));
    *request.body_mut() = Some(reqwest::Body::wrap_stream(body));

    let transport = transport_with(&server, immediate_retries());
    let result = execute(&transport, request, ResponseKind::Json).await;

    assert_eq!(result.unwrap_err().status(), Some(503));
}

#[tokio::test]
async fn version_gone_falls_back_to_newest_version() {
    let server = Server::start(|request| {
        let is_old = request.header("accept").unwrap().contains("2023-01-01");
        let gone_body = r#"{"error":410,"errorCode":"VERSION_GONE","detail":"Gone."}"#;
        Some(if is_old {
            response(410, "", gone_body)
        } else {
            document()
        })
    })
    .await;
    let newest = crate::operation::UPDATE_GROUP_CLUSTER;
    let operation = Operation {
        accept: "application/vnd.atlas.2023-01-01+json",
        versions: newest.versions,
        ..operation(ResponseKind::Json)
    };
    let transport = transport_with(&server, no_retries());
    let request = new_request(&server.base_url, Method::POST);

    let result = Box::pin(transport.execute(request, &operation, false))
        .await
        .unwrap();

    assert_eq!(result.status, 200);
    assert_eq!(
        result.fallback.unwrap().dates(),
        ("2023-01-01", newest.version())
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn concurrent_requests_are_limited() {
    let server = Server::start(|_| None).await;
    let options = Options {
        concurrent_requests: 3,
        ..no_retries()
    };
    let transport = transport_with(&server, options);

    let calls = (0..10).map(|_| get(&transport));
    let calls = futures_util::future::join_all(calls);
    let waited = tokio::time::timeout(Duration::from_millis(300), calls).await;

    assert!(waited.is_err());
    // the other requests wait until the first one has fetched a challenge
    assert!(server.requests().len() <= 3, "{}", server.requests().len());
}
