//! Access tokens of service accounts: their limits, their lives, and refusals in the words of OAuth.

use std::time::Duration;

use base64::Engine as _;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas, LATEST};

const GRANT: &str = "grant_type=client_credentials";
const MINUTE: Duration = Duration::from_mins(1);

fn basic(client: &str, secret: &str) -> String {
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{client}:{secret}"));
    format!("Basic {pair}")
}

async fn post(atlas: &Atlas, what: &str, form: &str, authorization: Option<&str>) -> Answer {
    let path = format!("/api/oauth/{what}");
    let form = Some(form.to_owned());
    let sent = atlas.send(Method::POST, &path, "application/json", form, authorization);
    sent.await.unwrap()
}

fn own(atlas: &Atlas) -> String {
    basic(atlas.simulator.client_id(), atlas.simulator.client_secret())
}

async fn mint(atlas: &Atlas) -> Answer {
    post(atlas, "token", GRANT, Some(&own(atlas))).await
}

async fn get(atlas: &Atlas, path: &str, token: &Value) -> Answer {
    let header = format!("Bearer {}", token.as_str().unwrap());
    let sent = atlas.send(Method::GET, path, LATEST, None, Some(&header));
    sent.await.unwrap()
}

/// Another account, as client and secret.
async fn account(atlas: &Atlas) -> (String, String) {
    let organization = atlas.simulator.organization_id();
    let body = json!({
        "name": "reader", "description": "reads", "roles": ["ORG_READ_ONLY"],
        "secretExpiresAfterHours": 8,
    });
    let path = format!("/api/atlas/v2/orgs/{organization}/serviceAccounts");
    let created = atlas.post(&path, body).await;
    let text = |field: &str| created.field(field).as_str().unwrap().to_owned();
    (text("/clientId"), text("/secrets/0/secret"))
}

#[tokio::test]
async fn a_token_is_good_for_an_hour_to_the_second_in_either_api() {
    let atlas = Atlas::demo().await;

    let minted = mint(&atlas).await;
    let token = minted.field("/access_token");
    atlas.simulator.advance(Duration::from_secs(3599));
    let paths = ["/api/atlas/v2/groups", "/api/atlas/v1.0/groups"];
    for path in paths {
        assert_eq!(get(&atlas, path, &token).await.status, 200, "{path}");
    }
    atlas.simulator.advance(Duration::from_secs(1));

    for path in paths {
        assert_eq!(get(&atlas, path, &token).await.status, 401, "{path}");
    }
    let expected = json!({ "access_token": token, "expires_in": 3600, "token_type": "Bearer" });
    assert_eq!(minted.json(), expected);
    assert_eq!(minted.header("content-type"), "application/json");
}

#[tokio::test]
async fn an_account_has_a_hundred_tokens_at_a_time() {
    let atlas = Atlas::demo().await;
    let (client, secret) = account(&atlas).await;
    let mut first = Value::Null;
    for round in 0..10 {
        for _ in 0..10 {
            let minted = mint(&atlas).await;
            assert_eq!(minted.status, 200, "{round}");
            first = if first.is_null() {
                minted.field("/access_token")
            } else {
                first
            };
        }
        atlas.simulator.advance(MINUTE);
    }

    let refused = mint(&atlas).await;
    let others = post(&atlas, "token", GRANT, Some(&basic(&client, &secret))).await;
    let form = format!(
        "token={}&token_type_hint=access_token",
        first.as_str().unwrap()
    );
    let revoked = post(&atlas, "revoke", &form, Some(&own(&atlas))).await;
    let in_its_place = mint(&atlas).await;
    let again = mint(&atlas).await;
    atlas.simulator.advance(MINUTE * 51);
    let later = mint(&atlas).await;

    assert_eq!(refused.status, 403);
    let description = "Access Token limit reached. Please use the existing Access Tokensor create \
                       a new Service Account.";
    assert_eq!(
        refused.json(),
        json!({ "error": "access_denied", "error_description": description })
    );
    assert_eq!((others.status, revoked.status), (200, 200));
    assert_eq!(
        (in_its_place.status, again.status, later.status),
        (200, 403, 200)
    );
}

#[tokio::test]
async fn ten_requests_a_minute_are_counted_for_each_client_right_or_wrong() {
    let atlas = Atlas::demo().await;
    let (client, secret) = account(&atlas).await;
    let wrong = basic(&client, "mdb_sa_sk_guess");
    for _ in 0..10 {
        let refused = post(&atlas, "token", GRANT, Some(&wrong)).await;
        assert_eq!(
            (refused.status, refused.field("/error")),
            (401, json!("invalid_client"))
        );
    }

    let limited = post(&atlas, "token", GRANT, Some(&basic(&client, &secret))).await;
    let other = mint(&atlas).await;
    atlas.simulator.advance(MINUTE);
    let later = post(&atlas, "token", GRANT, Some(&basic(&client, &secret))).await;

    let expected = json!({
        "detail": "Resource /api/oauth/token is limited to 10 requests every 1 minutes.",
        "error": 429,
        "errorCode": "RATE_LIMITED",
        "parameters": ["/api/oauth/token", 10, 1],
        "reason": "Too Many Requests",
    });
    assert_eq!((limited.status, limited.json()), (429, expected));
    assert_eq!((other.status, later.status), (200, 200));
}

#[tokio::test]
async fn what_is_no_client_and_no_grant_is_refused() {
    let atlas = Atlas::demo().await;
    let own = own(&atlas);

    let nobody = post(&atlas, "token", GRANT, None).await;
    let bearer = post(&atlas, "token", GRANT, Some("Bearer x")).await;
    let grant = post(&atlas, "token", "grant_type=password", Some(&own)).await;
    let nothing = post(&atlas, "token", "", Some(&own)).await;

    for refused in [nobody, bearer] {
        assert_eq!(
            (refused.status, refused.field("/error")),
            (401, json!("invalid_client"))
        );
    }
    for refused in [grant, nothing] {
        assert_eq!(refused.status, 400);
        assert_eq!(refused.field("/error"), "unsupported_grant_type");
    }
}

#[tokio::test]
async fn a_client_revokes_its_own_tokens_only() {
    const ORGS: &str = "/api/atlas/v2/orgs";
    let atlas = Atlas::demo().await;
    let (client, secret) = account(&atlas).await;
    let other = basic(&client, &secret);
    let token = mint(&atlas).await.field("/access_token");
    let form = format!(
        "token={}&token_type_hint=access_token",
        token.as_str().unwrap()
    );

    let foreign = post(&atlas, "revoke", &form, Some(&other)).await;
    let unknown = post(&atlas, "revoke", "token=none", Some(&other)).await;
    let nobody = post(&atlas, "revoke", &form, None).await;
    let still = get(&atlas, ORGS, &token).await;
    post(&atlas, "revoke", &form, Some(&own(&atlas))).await;

    assert_eq!(
        (foreign.status, unknown.status, nobody.status),
        (200, 200, 401)
    );
    assert_eq!(still.status, 200);
    assert_eq!(get(&atlas, ORGS, &token).await.status, 401);
}
