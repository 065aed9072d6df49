//! The whole way with its retries, on a socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Method;

use super::server::{Server, answer, document};
use super::*;

/// Retries without waiting.
fn at_once() -> Options {
    Options {
        retries: RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO),
        ..Options::default()
    }
}

fn eager(server: &Server, options: Options) -> Transport {
    let key = ApiKey::new(PUBLIC, PRIVATE).unwrap();
    Transport::new(server.base_url.clone(), key.into(), None, options).unwrap()
}

/// Fails this often with this status, then answers.
async fn failing(status: u16, times: usize) -> Server {
    let left = Arc::new(AtomicUsize::new(times));
    Server::start(move |_| {
        let failed = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
            left.checked_sub(1)
        });
        Some(if failed.is_ok() {
            answer(status, "", "")
        } else {
            document()
        })
    })
    .await
}

async fn send(transport: &Transport, method: Method) -> Result<Received> {
    let mut request = request(transport.base_url(), method);
    *request.body_mut() = Some("{}".into());
    execute(transport, request, Answer::Json).await
}

#[tokio::test]
async fn put_and_delete_are_repeated_and_post_and_patch_are_not() {
    for (method, expected, requests) in [
        (Method::GET, 200, 3),
        (Method::PUT, 200, 3),
        (Method::DELETE, 200, 3),
        (Method::POST, 503, 1),
        (Method::PATCH, 503, 1),
    ] {
        let server = failing(503, 2).await;

        let answer = send(&eager(&server, at_once()), method.clone()).await;

        assert_eq!(status(&answer), expected, "{method}");
        assert_eq!(server.seen().len(), requests, "{method}");
    }
}

#[tokio::test]
async fn a_client_without_retries_tries_once() {
    let server = failing(503, 1).await;

    let answer = send(&eager(&server, once()), Method::GET).await;

    assert_eq!(status(&answer), 503);
}

#[tokio::test]
async fn clones_share_a_budget() {
    let server = failing(503, usize::MAX).await;
    let options = Options {
        retries: at_once().retries.with_budget(5),
        ..Options::default()
    };
    let transport = eager(&server, options);

    for _ in 0..10 {
        let answer = send(&transport.clone(), Method::GET).await;
        assert_eq!(status(&answer), 503);
    }

    // ten first tries and five retries
    assert_eq!(server.seen().len(), 15);
}

#[tokio::test]
async fn a_streamed_body_is_sent_once() {
    let server = failing(503, 1).await;
    let mut request = request(&server.base_url, Method::PUT);
    let chunk = Ok::<_, std::io::Error>("{}");
    let body = futures_util::stream::once(std::future::ready(chunk));
    *request.body_mut() = Some(reqwest::Body::wrap_stream(body));

    let transport = eager(&server, at_once());
    let answer = execute(&transport, request, Answer::Json).await;

    assert_eq!(answer.unwrap_err().status(), Some(503));
}

#[tokio::test]
async fn a_version_that_is_gone_is_asked_for_in_the_newest() {
    let server = Server::start(|seen| {
        let is_old = seen.header("accept").unwrap().contains("2023-01-01");
        let gone = r#"{"error":410,"errorCode":"VERSION_GONE","detail":"Gone."}"#;
        Some(if is_old {
            answer(410, "", gone)
        } else {
            document()
        })
    })
    .await;
    let newest = crate::operation::UPDATE_GROUP_CLUSTER;
    let operation = Operation {
        accept: "application/vnd.atlas.2023-01-01+json",
        versions: newest.versions,
        ..operation(Answer::Json)
    };
    let transport = eager(&server, once());
    let request = request(&server.base_url, Method::POST);

    let answer = Box::pin(transport.execute(request, &operation, false))
        .await
        .unwrap();

    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.fallback.unwrap().dates(),
        ("2023-01-01", newest.version())
    );
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn requests_at_once_are_limited() {
    let server = Server::start(|_| None).await;
    let options = Options {
        concurrent_requests: 3,
        ..once()
    };
    let transport = eager(&server, options);

    let calls = (0..10).map(|_| get(&transport));
    let calls = futures_util::future::join_all(calls);
    let waited = tokio::time::timeout(Duration::from_millis(300), calls).await;

    assert!(waited.is_err());
    // the first of them holds the others back until it knows what the server wants
    assert!(server.seen().len() <= 3, "{}", server.seen().len());
}
