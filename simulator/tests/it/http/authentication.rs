//! Digest authentication.

use std::time::Duration;

use atlas_simulator::{Fault, Options};
use reqwest::Method;

use crate::support::{Atlas, LATEST, Response, authorization, nonce_of};

const TARGET: &str = "/api/atlas/v2/orgs?pageNum=1";

async fn get_with(atlas: &Atlas, authorization: &str) -> Response {
    atlas
        .send(Method::GET, TARGET, LATEST, None, Some(authorization))
        .await
        .unwrap()
}

#[track_caller]
fn assert_challenge(response: &Response, stale: bool) {
    let challenge = response.header("www-authenticate");
    let nonce = nonce_of(challenge);
    assert_eq!(response.status, 401);
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
async fn request_without_credentials_gets_the_challenge_and_body_of_atlas() {
    let atlas = Atlas::demo().await;

    let response = atlas
        .send(Method::GET, TARGET, LATEST, None, None)
        .await
        .unwrap();

    assert_challenge(&response, false);
    assert_eq!(response.header("content-type"), "application/json");
    assert_eq!(
        response.text,
        "{\"error\" : 401, \"reason\" : \"Unauthorized\", \"detail\" : \"You are not authorized \
         for this resource.\", \"errorCode\" : \"UNEXPECTED_ERROR\"}"
    );
    assert_eq!(response.header("ratelimit-limit"), "");
}

#[tokio::test]
async fn accepts_each_count_of_a_nonce_once_in_any_order() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let with_count = |count| atlas.authorization(&nonce, count, &Method::GET, TARGET);

    for count in [2, 7, 1] {
        assert_eq!(get_with(&atlas, &with_count(count)).await.status, 200);
    }

    assert_challenge(&get_with(&atlas, &with_count(7)).await, true);
    assert_eq!(get_with(&atlas, &with_count(8)).await.status, 200);
}

#[tokio::test]
async fn wrong_private_key_gets_a_challenge_that_is_not_stale() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let keys = (atlas.simulator.public_key(), "guess");

    let response = get_with(
        &atlas,
        &authorization(keys, &nonce, 1, &Method::GET, TARGET),
    )
    .await;

    assert_challenge(&response, false);
    assert_ne!(nonce_of(response.header("www-authenticate")), nonce);
}

#[tokio::test]
async fn rejects_unknown_public_key() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let keys = ("stranger", atlas.simulator.private_key());

    let response = get_with(
        &atlas,
        &authorization(keys, &nonce, 1, &Method::GET, TARGET),
    )
    .await;

    assert_challenge(&response, false);
}

#[tokio::test]
async fn expired_nonce_is_stale() {
    let lifetime = Duration::from_mins(5);
    let atlas = Atlas::with(Options::new().with_nonce_lifetime(lifetime)).await;
    let nonce = atlas.nonce().await;
    let first = atlas.authorization(&nonce, 1, &Method::GET, TARGET);
    assert_eq!(get_with(&atlas, &first).await.status, 200);

    atlas.simulator.advance(lifetime);

    let second = atlas.authorization(&nonce, 2, &Method::GET, TARGET);
    assert_challenge(&get_with(&atlas, &second).await, true);
}

#[tokio::test]
async fn stale_nonces_fault_expires_all_nonces() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;

    atlas.simulator.inject(Fault::stale_nonces());

    let response = atlas.authorization(&nonce, 1, &Method::GET, TARGET);
    assert_challenge(&get_with(&atlas, &response).await, true);
    assert_eq!(atlas.get(TARGET).await.status, 200);
}

#[tokio::test]
async fn accepts_digest_with_another_spelling_of_the_target() {
    let atlas = Atlas::demo().await;
    let absolute = format!("{}{TARGET}", atlas.simulator.base_url());
    let encoded = "/api/atlas/v2/orgs?pageNum%3D1";

    for target in [absolute.as_str(), encoded, "/api/atlas/v2/orgs"] {
        let header = atlas.authorization(&atlas.nonce().await, 1, &Method::GET, target);
        assert_eq!(get_with(&atlas, &header).await.status, 200, "{target}");
    }
}

#[tokio::test]
async fn rejects_digest_of_another_method() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;

    let other_method = atlas.authorization(&nonce, 2, &Method::POST, TARGET);

    assert_challenge(&get_with(&atlas, &other_method).await, false);
}

#[tokio::test]
async fn accepts_bare_parameters() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let quoted = atlas.authorization(&nonce, 1, &Method::GET, TARGET);
    let bare = quoted
        .replace("\"MD5\"", "MD5")
        .replace("\"auth\"", "auth")
        .replace(", ", ",");

    assert_eq!(get_with(&atlas, &bare).await.status, 200);
}

#[tokio::test]
async fn challenges_other_schemes() {
    let atlas = Atlas::demo().await;

    for authorization in ["Basic c2ltdWxhdGU6eA==", "Digest", ""] {
        assert_challenge(&get_with(&atlas, authorization).await, false);
    }
}

#[tokio::test]
async fn environment_contains_configured_keys() {
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
