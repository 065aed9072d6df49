//! Access tokens of service accounts.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST, Response};

/// Basic authorization header of the default service account.
const BASIC_AUTHORIZATION: &str =
    "Basic bWRiX3NhX2lkXzAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTptZGJfc2Ffc2tfc2ltdWxhdGU=";
const TOKEN_PATH: &str = "/api/oauth/token";
const ORGS: &str = "/api/atlas/v2/orgs";

async fn request_token(atlas: &Atlas) -> Response {
    let form = Some("grant_type=client_credentials".to_owned());
    atlas
        .send(
            Method::POST,
            TOKEN_PATH,
            "application/json",
            form,
            Some(BASIC_AUTHORIZATION),
        )
        .await
        .unwrap()
}

async fn get_with_token(atlas: &Atlas, token: &str) -> Response {
    let header = format!("Bearer {token}");
    atlas
        .send(Method::GET, ORGS, LATEST, None, Some(&header))
        .await
        .unwrap()
}

#[tokio::test]
async fn token_expires_after_one_hour() {
    let atlas = Atlas::demo().await;

    let response = request_token(&atlas).await;
    let token = response.field("/access_token").as_str().unwrap().to_owned();
    let before = get_with_token(&atlas, &token).await;
    atlas.simulator.advance(Duration::from_mins(61));
    let after = get_with_token(&atlas, &token).await;

    assert_eq!(
        (response.status, response.field("/expires_in")),
        (200, json!(3600))
    );
    assert_eq!(before.status, 200);
    assert_eq!(after.status, 401);
    assert_eq!(
        after.field("/detail"),
        "You are not authorized for this resource."
    );
    assert_eq!(
        after.header("www-authenticate"),
        "Bearer realm=\"MMS Public API\", error=\"invalid_token\""
    );
}

#[tokio::test]
async fn revoked_token_is_rejected() {
    let atlas = Atlas::demo().await;
    let token = request_token(&atlas)
        .await
        .field("/access_token")
        .as_str()
        .unwrap()
        .to_owned();

    let form = Some(format!("token={token}&token_type_hint=access_token"));
    let revoked = atlas
        .send(
            Method::POST,
            "/api/oauth/revoke",
            "*/*",
            form,
            Some(BASIC_AUTHORIZATION),
        )
        .await
        .unwrap();

    assert_eq!(revoked.status, 200);
    assert_eq!(get_with_token(&atlas, &token).await.status, 401);
}

#[tokio::test]
async fn eleventh_token_request_in_a_minute_is_rejected() {
    let atlas = Atlas::demo().await;
    for _ in 0..10 {
        assert_eq!(request_token(&atlas).await.status, 200);
    }

    let rejected = request_token(&atlas).await;
    atlas.simulator.advance(Duration::from_mins(1));

    assert_eq!(rejected.status, 429);
    assert_eq!(rejected.field("/errorCode"), "RATE_LIMITED");
    assert_eq!(rejected.field("/parameters"), json!([TOKEN_PATH, 10, 1]));
    assert_eq!(request_token(&atlas).await.status, 200);
}

#[tokio::test]
async fn token_request_with_wrong_secret_is_rejected() {
    let atlas = Atlas::demo().await;
    let form = Some("grant_type=client_credentials".to_owned());

    let rejected = atlas
        .send(Method::POST, TOKEN_PATH, "*/*", form, Some("Basic YTpi"))
        .await
        .unwrap();

    assert_eq!(
        (rejected.status, rejected.field("/error")),
        (401, json!("invalid_client"))
    );
}

#[tokio::test]
async fn secret_of_service_account_is_shown_once() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let path = format!("/api/atlas/v2/orgs/{organization}/serviceAccounts");
    let body = json!({
        "name": "reader", "description": "reads", "roles": ["ORG_MEMBER"],
        "secretExpiresAfterHours": 8,
    });

    let created = atlas.post(&path, body).await;
    let id = created.field("/clientId");
    let account = atlas.get(&format!("{path}/{}", id.as_str().unwrap())).await;

    assert_eq!(created.status, 201, "{created:?}");
    assert!(
        created
            .field("/secrets/0/secret")
            .as_str()
            .unwrap()
            .starts_with("mdb_sa_sk_")
    );
    assert!(account.json()["secrets"][0].get("secret").is_none());
}
