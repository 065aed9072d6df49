//! What a challenge costs, and where keys go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;
use reqwest::Method;
use tokio::sync::Notify;

use super::server::{Guard, Seen, Server, answer, document, guarded};
use super::{execute, get, once, request, status, transport};
use crate::auth::ApiKey;
use crate::base_url::BaseUrl;
use crate::operations::Answer;
use crate::transport::Transport;

fn counts(seen: &[Seen]) -> Vec<Option<u32>> {
    seen.iter().map(Seen::count).collect()
}

#[tokio::test]
async fn n_calls_cost_one_request_more() {
    let server = guarded(0).await;
    let transport = transport(&server.base_url);

    for _ in 0..5 {
        assert_eq!(get(&transport).await.unwrap().status, 200);
    }

    let expected = [None, Some(1), Some(2), Some(3), Some(4), Some(5)];
    assert_eq!(counts(&server.seen()), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_calls_at_once_cost_one_request_more() {
    let server = guarded(0).await;
    let transport = transport(&server.base_url);

    let calls = (0..200).map(|_| {
        let transport = transport.clone();
        tokio::spawn(async move { get(&transport).await })
    });
    let answers = join_all(calls).await;

    assert!(
        answers
            .into_iter()
            .all(|answer| answer.unwrap().unwrap().status == 200)
    );
    let mut counts = counts(&server.seen());
    counts.sort_unstable();
    let expected: Vec<_> = std::iter::once(None).chain((1..=200).map(Some)).collect();
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn bodies_are_sent_again_as_they_were() {
    let server = guarded(0).await;
    let transport = transport(&server.base_url);

    for method in [Method::POST, Method::PATCH, Method::POST] {
        let mut request = request(&server.base_url, method);
        *request.body_mut() = Some("{\"paused\":true}".into());
        let answer = execute(&transport, request, Answer::Json).await.unwrap();
        assert_eq!(answer.status, 200);
    }

    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|seen| seen.body == "{\"paused\":true}"));
}

#[tokio::test]
async fn a_new_challenge_is_answered_once() {
    let server = guarded(2).await;
    let transport = transport(&server.base_url);

    for _ in 0..5 {
        assert_eq!(get(&transport).await.unwrap().status, 200);
    }

    // the third and the fifth call meet a new challenge
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
    assert_eq!(counts(&server.seen()), expected);
}

#[tokio::test]
async fn a_challenge_that_expires_under_many_calls_is_survived() {
    let server = guarded(20).await;
    let transport = transport(&server.base_url);
    for _ in 0..20 {
        get(&transport).await.unwrap();
    }

    let answers = join_all((0..20).map(|_| get(&transport))).await;

    assert!(answers.iter().all(|answer| status(answer) == 200));
}

#[tokio::test]
async fn wrong_keys_are_not_tried_twice() {
    let server = guarded(0).await;
    let key = ApiKey::new("zmmrboas", "wrong").unwrap();
    let transport = Transport::new(server.base_url.clone(), key.into(), None, once()).unwrap();

    assert_eq!(status(&get(&transport).await), 401);
    assert_eq!(server.seen().len(), 2);
    assert_eq!(status(&get(&transport).await), 401);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn wrong_keys_under_ever_new_challenges_end_too() {
    let number = std::sync::atomic::AtomicU32::new(0);
    let server = Server::start(move |_| {
        let nonce = number.fetch_add(1, Ordering::Relaxed);
        let header = format!("www-authenticate: Digest realm=r, nonce={nonce}, qop=auth\r\n");
        Some(answer(401, &header, ""))
    })
    .await;

    assert_eq!(status(&get(&transport(&server.base_url)).await), 401);

    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_server_that_does_not_ask_is_told_nothing() {
    let server = Server::always(document()).await;
    let transport = transport(&server.base_url);

    join_all((0..5).map(|_| get(&transport))).await;

    assert_eq!(counts(&server.seen()), [None; 5]);
}

#[tokio::test]
async fn a_cancelled_first_call_lets_the_next_one_fetch_the_challenge() {
    let (silent, arrived) = (AtomicBool::new(true), Arc::new(Notify::new()));
    let (signal, guard) = (
        Arc::clone(&arrived),
        std::sync::Mutex::new(Guard::default()),
    );
    let server = Server::start(move |seen| {
        if silent.swap(false, Ordering::Relaxed) {
            signal.notify_one();
            return None;
        }
        Some(guard.lock().unwrap().refusal(seen).unwrap_or_else(document))
    })
    .await;
    let transport = transport(&server.base_url);

    let clone = transport.clone();
    let first = tokio::spawn(async move { get(&clone).await });
    arrived.notified().await;
    let second = tokio::spawn(async move { get(&transport).await });
    tokio::task::yield_now().await;
    first.abort();

    assert_eq!(status(&second.await.unwrap()), 200);
    assert_eq!(counts(&server.seen()), [None, None, Some(1)]);
}

#[tokio::test]
async fn keys_go_to_no_other_host() {
    let (ours, theirs) = (guarded(0).await, guarded(0).await);
    let transport = transport(&ours.base_url);
    get(&transport).await.unwrap();

    for other in [theirs.base_url.clone(), BaseUrl::default()] {
        let request = request(&other, Method::GET);
        let error = execute(&transport, request, Answer::Json)
            .await
            .unwrap_err();
        assert!(error.is_invalid_input());
        assert!(
            error.to_string().contains(ours.base_url.as_str()),
            "{error}"
        );
    }

    assert!(theirs.seen().is_empty());
}
