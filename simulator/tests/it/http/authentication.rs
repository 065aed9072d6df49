//! The digest check as a client meets it.

use std::time::Duration;

use atlas_simulator::{Fault, Options};
use reqwest::Method;

use crate::support::{Answer, Atlas, LATEST, authorization, nonce_of};

const TARGET: &str = "/api/atlas/v2/orgs?pageNum=1";

async fn ask(atlas: &Atlas, authorization: &str) -> Answer {
    atlas
        .send(Method::GET, TARGET, LATEST, None, Some(authorization))
        .await
        .unwrap()
}

#[track_caller]
fn assert_challenge(answer: &Answer, stale: bool) {
    let challenge = answer.header("www-authenticate");
    let nonce = nonce_of(challenge);
    assert_eq!(answer.status, 401);
    assert_eq!(
        challenge,
        format!(
            "Digest realm=\"MMS Public API\", domain=\"\", nonce=\"{nonce}\", algorithm=MD5, \
             qop=\"auth\", stale={stale}"
        )
    );
    assert_eq!(nonce.len(), 32);
}

#[tokio::test]
async fn a_request_without_credentials_gets_the_challenge_and_the_body_of_atlas() {
    let atlas = Atlas::demo().await;

    let answer = atlas
        .send(Method::GET, TARGET, LATEST, None, None)
        .await
        .unwrap();

    assert_challenge(&answer, false);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(
        answer.text,
        "{\"error\" : 401, \"reason\" : \"Unauthorized\", \"detail\" : \"You are not authorized \
         for this resource.\", \"errorCode\" : \"UNEXPECTED_ERROR\"}"
    );
    assert_eq!(answer.header("ratelimit-limit"), "");
}

#[tokio::test]
async fn the_counts_of_a_nonce_are_accepted_once_each_in_any_order() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let with_count = |count| atlas.answer_to(&nonce, count, &Method::GET, TARGET);

    for count in [2, 7, 1] {
        assert_eq!(ask(&atlas, &with_count(count)).await.status, 200);
    }

    assert_challenge(&ask(&atlas, &with_count(7)).await, true);
    assert_eq!(ask(&atlas, &with_count(8)).await.status, 200);
}

#[tokio::test]
async fn a_wrong_private_key_gets_a_new_challenge_that_is_not_stale() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let keys = (atlas.simulator.public_key(), "guess");

    let answer = ask(
        &atlas,
        &authorization(keys, &nonce, 1, &Method::GET, TARGET),
    )
    .await;

    assert_challenge(&answer, false);
    assert_ne!(nonce_of(answer.header("www-authenticate")), nonce);
}

#[tokio::test]
async fn an_unknown_public_key_is_refused() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let keys = ("stranger", atlas.simulator.private_key());

    let answer = ask(
        &atlas,
        &authorization(keys, &nonce, 1, &Method::GET, TARGET),
    )
    .await;

    assert_challenge(&answer, false);
}

#[tokio::test]
async fn a_nonce_is_stale_once_its_lifetime_is_over() {
    let lifetime = Duration::from_mins(5);
    let atlas = Atlas::with(Options::new().with_nonce_lifetime(lifetime)).await;
    let nonce = atlas.nonce().await;
    let first = atlas.answer_to(&nonce, 1, &Method::GET, TARGET);
    assert_eq!(ask(&atlas, &first).await.status, 200);

    atlas.simulator.advance(lifetime);

    let second = atlas.answer_to(&nonce, 2, &Method::GET, TARGET);
    assert_challenge(&ask(&atlas, &second).await, true);
}

#[tokio::test]
async fn all_nonces_can_be_made_stale_at_once() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;

    atlas.simulator.inject(Fault::stale_nonces());

    let answer = atlas.answer_to(&nonce, 1, &Method::GET, TARGET);
    assert_challenge(&ask(&atlas, &answer).await, true);
    assert_eq!(atlas.get(TARGET).await.status, 200);
}

#[tokio::test]
async fn an_answer_computed_for_another_target_or_method_is_refused() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;

    let other_target = atlas.answer_to(&nonce, 1, &Method::GET, "/api/atlas/v2/orgs");
    let other_method = atlas.answer_to(&nonce, 2, &Method::POST, TARGET);

    ask(&atlas, &other_target)
        .await
        .refused(400, "UNEXPECTED_ERROR");
    assert_challenge(&ask(&atlas, &other_method).await, false);
}

#[tokio::test]
async fn bare_parameters_are_read_like_quoted_ones() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let quoted = atlas.answer_to(&nonce, 1, &Method::GET, TARGET);
    let bare = quoted
        .replace("\"MD5\"", "MD5")
        .replace("\"auth\"", "auth")
        .replace(", ", ",");

    assert_eq!(ask(&atlas, &bare).await.status, 200);
}

#[tokio::test]
async fn other_schemes_are_challenged() {
    let atlas = Atlas::demo().await;

    for authorization in ["Basic c2ltdWxhdGU6eA==", "Digest", ""] {
        assert_challenge(&ask(&atlas, authorization).await, false);
    }
}

#[tokio::test]
async fn the_keys_can_be_chosen() {
    let atlas = Atlas::with(Options::new().with_keys("qwertyui", "a-private-key")).await;

    let environment = atlas.simulator.environment();

    assert_eq!(atlas.get(TARGET).await.status, 200);
    assert_eq!(
        environment[0],
        ("ATLAS_BASE_URL", atlas.simulator.base_url())
    );
    assert_eq!(environment[1], ("ATLAS_PUBLIC_KEY", "qwertyui".to_owned()));
    assert_eq!(
        environment[2],
        ("ATLAS_PRIVATE_KEY", "a-private-key".to_owned())
    );
}
