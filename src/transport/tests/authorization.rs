//! Challenges, and the hosts that receive credentials.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;
use reqwest::Method;
use tokio::sync::Notify;

use super::server::{DigestGuard, Recorded, Server, digest_server, document, response};
use super::{execute, get, new_request, new_transport, no_retries, status};
use crate::auth::ApiKey;
use crate::base_url::BaseUrl;
use crate::operations::ResponseKind;
use crate::transport::Transport;

fn nonce_counts(requests: &[Recorded]) -> Vec<Option<u32>> {
    requests.iter().map(Recorded::count).collect()
}

#[tokio::test]
async fn sequential_calls_share_a_challenge() {
    let server = digest_server(0).await;
    let transport = new_transport(&server.base_url);

    for _ in 0..5 {
        assert_eq!(get(&transport).await.unwrap().status, 200);
    }

    let expected = [None, Some(1), Some(2), Some(3), Some(4), Some(5)];
    assert_eq!(nonce_counts(&server.requests()), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_calls_share_a_challenge() {
    let server = digest_server(0).await;
    let transport = new_transport(&server.base_url);

    let calls = (0..200).map(|_| {
        let transport = transport.clone();
        tokio::spawn(async move { get(&transport).await })
    });
    let results = join_all(calls).await;

    assert!(
        results
            .into_iter()
            .all(|result| result.unwrap().unwrap().status == 200)
    );
    let mut counts = nonce_counts(&server.requests());
    counts.sort_unstable();
    let expected: Vec<_> = std::iter::once(None).chain((1..=200).map(Some)).collect();
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn retries_repeat_the_body() {
    let server = digest_server(0).await;
    let transport = new_transport(&server.base_url);

    for method in [Method::POST, Method::PATCH, Method::POST] {
        let mut request = new_request(&server.base_url, method);
        *request.body_mut() = Some("{\"paused\":true}".into());
        let received = execute(&transport, request, ResponseKind::Json)
            .await
            .unwrap();
        assert_eq!(received.status, 200);
    }

    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert!(
        requests
            .iter()
            .all(|request| request.body == "{\"paused\":true}")
    );
}

#[tokio::test]
async fn new_challenge_costs_one_retry() {
    let server = digest_server(2).await;
    let transport = new_transport(&server.base_url);

    for _ in 0..5 {
        assert_eq!(get(&transport).await.unwrap().status, 200);
    }

    // the third and the fifth call get a new challenge
    let expected = [
        None,
        Some(1),
        Some(2),
        Some(3),
        Some(1),
        Some(2),
        Some(3),
        Some(1),
    ];
    assert_eq!(nonce_counts(&server.requests()), expected);
}

#[tokio::test]
async fn concurrent_calls_survive_an_expired_challenge() {
    let server = digest_server(20).await;
    let transport = new_transport(&server.base_url);
    for _ in 0..20 {
        get(&transport).await.unwrap();
    }

    let results = join_all((0..20).map(|_| get(&transport))).await;

    assert!(results.iter().all(|result| status(result) == 200));
}

#[tokio::test]
async fn wrong_key_is_not_retried() {
    let server = digest_server(0).await;
    let key = ApiKey::new("zmmrboas", "wrong").unwrap();
    let transport =
        Transport::new(server.base_url.clone(), key.into(), None, no_retries()).unwrap();

    assert_eq!(status(&get(&transport).await), 401);
    assert_eq!(server.requests().len(), 2);
    assert_eq!(status(&get(&transport).await), 401);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn wrong_key_with_changing_nonces_is_not_retried() {
    let number = std::sync::atomic::AtomicU32::new(0);
    let server = Server::start(move |_| {
        let nonce = number.fetch_add(1, Ordering::Relaxed);
        let header = format!("www-authenticate: Digest realm=r, nonce={nonce}, qop=auth\r\n");
        Some(response(401, &header, ""))
    })
    .await;

    assert_eq!(status(&get(&new_transport(&server.base_url)).await), 401);

    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn requests_without_a_challenge_are_unsigned() {
    let server = Server::always(document()).await;
    let transport = new_transport(&server.base_url);

    join_all((0..5).map(|_| get(&transport))).await;

    assert_eq!(nonce_counts(&server.requests()), [None; 5]);
}

#[tokio::test]
async fn cancelled_first_call_does_not_block_the_next() {
    let (silent, arrived) = (AtomicBool::new(true), Arc::new(Notify::new()));
    let (signal, guard) = (
        Arc::clone(&arrived),
        std::sync::Mutex::new(DigestGuard::default()),
    );
    let server = Server::start(move |request| {
        if silent.swap(false, Ordering::Relaxed) {
            signal.notify_one();
            return None;
        }
        Some(
            guard
                .lock()
                .unwrap()
                .check(request)
                .unwrap_or_else(document),
        )
    })
    .await;
    let transport = new_transport(&server.base_url);

    let clone = transport.clone();
    let first = tokio::spawn(async move { get(&clone).await });
    arrived.notified().await;
    let second = tokio::spawn(async move { get(&transport).await });
    tokio::task::yield_now().await;
    first.abort();

    assert_eq!(status(&second.await.unwrap()), 200);
    assert_eq!(nonce_counts(&server.requests()), [None, None, Some(1)]);
}

#[tokio::test]
async fn rejects_requests_to_other_hosts() {
    let (ours, theirs) = (digest_server(0).await, digest_server(0).await);
    let transport = new_transport(&ours.base_url);
    get(&transport).await.unwrap();

    for other in [theirs.base_url.clone(), BaseUrl::default()] {
        let request = new_request(&other, Method::GET);
        let error = execute(&transport, request, ResponseKind::Json)
            .await
            .unwrap_err();
        assert!(error.is_invalid_input());
        assert!(
            error.to_string().contains(ours.base_url.as_str()),
            "{error}"
        );
    }

    assert!(theirs.requests().is_empty());
}
