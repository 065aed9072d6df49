//! Access tokens of service accounts: lifetime, limits, revocation and OAuth errors.

use std::time::Duration;

use atlas_simulator::{Clock, Options, Simulator};
use base64::Engine as _;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, LATEST, Response};

const GRANT_BODY: &str = "grant_type=client_credentials";
const MINUTE: Duration = Duration::from_mins(1);

fn basic(client: &str, secret: &str) -> String {
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{client}:{secret}"));
    format!("Basic {pair}")
}

async fn post(atlas: &Atlas, endpoint: &str, form: &str, authorization: Option<&str>) -> Response {
    let path = format!("/api/oauth/{endpoint}");
    let form = Some(form.to_owned());
    let response = atlas.send(Method::POST, &path, "application/json", form, authorization);
    response.await.unwrap()
}

fn owner_authorization(atlas: &Atlas) -> String {
    basic(atlas.simulator.client_id(), atlas.simulator.client_secret())
}

async fn create_token(atlas: &Atlas) -> Response {
    post(
        atlas,
        "token",
        GRANT_BODY,
        Some(&owner_authorization(atlas)),
    )
    .await
}

async fn get(atlas: &Atlas, path: &str, token: &Value) -> Response {
    let header = format!("Bearer {}", token.as_str().unwrap());
    let response = atlas.send(Method::GET, path, LATEST, None, Some(&header));
    response.await.unwrap()
}

/// Creates a service account and returns its client id and secret.
async fn create_account(atlas: &Atlas) -> (String, String) {
    let organization = atlas.simulator.organization_id();
    let body = json!({
        "name": "reader", "description": "reads", "roles": ["ORG_READ_ONLY"],
        "secretExpiresAfterHours": 8,
    });
    let path = format!("/api/atlas/v2/orgs/{organization}/serviceAccounts");
    let created = atlas.post(&path, body).await;
    let string_at = |field: &str| created.field(field).as_str().unwrap().to_owned();
    (string_at("/clientId"), string_at("/secrets/0/secret"))
}

#[tokio::test]
async fn token_is_valid_for_one_hour_in_both_apis() {
    let atlas = Atlas::demo().await;

    let created = create_token(&atlas).await;
    let token = created.field("/access_token");
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
    assert_eq!(created.json(), expected);
    assert_eq!(created.header("content-type"), "application/json");
}

#[tokio::test]
async fn account_has_at_most_100_tokens() {
    let atlas = Atlas::demo().await;
    let (client, secret) = create_account(&atlas).await;
    let mut first = Value::Null;
    for round in 0..10 {
        for _ in 0..10 {
            let created = create_token(&atlas).await;
            assert_eq!(created.status, 200, "{round}");
            if first.is_null() {
                first = created.field("/access_token");
            }
        }
        atlas.simulator.advance(MINUTE);
    }

    let rejected = create_token(&atlas).await;
    let other_account = post(&atlas, "token", GRANT_BODY, Some(&basic(&client, &secret))).await;
    let form = format!(
        "token={}&token_type_hint=access_token",
        first.as_str().unwrap()
    );
    let revoked = post(&atlas, "revoke", &form, Some(&owner_authorization(&atlas))).await;
    let replacement = create_token(&atlas).await;
    let excess = create_token(&atlas).await;
    atlas.simulator.advance(MINUTE * 51);
    let later = create_token(&atlas).await;

    assert_eq!(rejected.status, 403);
    let description = "Access Token limit reached. Please use the existing Access Tokensor create \
                       a new Service Account.";
    assert_eq!(
        rejected.json(),
        json!({ "error": "access_denied", "error_description": description })
    );
    assert_eq!((other_account.status, revoked.status), (200, 200));
    assert_eq!(
        (replacement.status, excess.status, later.status),
        (200, 403, 200)
    );
}

#[tokio::test]
async fn client_has_10_token_requests_per_minute_with_any_secret() {
    let atlas = Atlas::demo().await;
    let (client, secret) = create_account(&atlas).await;
    let wrong = basic(&client, "mdb_sa_sk_guess");
    for _ in 0..10 {
        let rejected = post(&atlas, "token", GRANT_BODY, Some(&wrong)).await;
        assert_eq!(
            (rejected.status, rejected.field("/error")),
            (401, json!("invalid_client"))
        );
    }

    let limited = post(&atlas, "token", GRANT_BODY, Some(&basic(&client, &secret))).await;
    let other = create_token(&atlas).await;
    atlas.simulator.advance(MINUTE);
    let later = post(&atlas, "token", GRANT_BODY, Some(&basic(&client, &secret))).await;

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
async fn rejects_missing_client_and_unsupported_grant() {
    let atlas = Atlas::demo().await;
    let owner = owner_authorization(&atlas);

    let no_credentials = post(&atlas, "token", GRANT_BODY, None).await;
    let bearer = post(&atlas, "token", GRANT_BODY, Some("Bearer x")).await;
    let other_grant = post(&atlas, "token", "grant_type=password", Some(&owner)).await;
    let no_grant = post(&atlas, "token", "", Some(&owner)).await;

    for rejected in [no_credentials, bearer] {
        assert_eq!(
            (rejected.status, rejected.field("/error")),
            (401, json!("invalid_client"))
        );
    }
    for rejected in [other_grant, no_grant] {
        assert_eq!(rejected.status, 400);
        assert_eq!(rejected.field("/error"), "unsupported_grant_type");
    }
}

#[tokio::test]
async fn client_revokes_only_its_own_tokens() {
    const ORGS: &str = "/api/atlas/v2/orgs";
    let atlas = Atlas::demo().await;
    let (client, secret) = create_account(&atlas).await;
    let other = basic(&client, &secret);
    let token = create_token(&atlas).await.field("/access_token");
    let form = format!(
        "token={}&token_type_hint=access_token",
        token.as_str().unwrap()
    );

    let other_client = post(&atlas, "revoke", &form, Some(&other)).await;
    let unknown = post(&atlas, "revoke", "token=none", Some(&other)).await;
    let no_credentials = post(&atlas, "revoke", &form, None).await;
    let before = get(&atlas, ORGS, &token).await;
    post(&atlas, "revoke", &form, Some(&owner_authorization(&atlas))).await;

    assert_eq!(
        (other_client.status, unknown.status, no_credentials.status),
        (200, 200, 401)
    );
    assert_eq!(before.status, 200);
    assert_eq!(get(&atlas, ORGS, &token).await.status, 401);
}

#[tokio::test]
async fn disabled_rate_limits_lift_the_limits_on_tokens() {
    let atlas = Atlas::with(Options::new().with_rate_limits(false)).await;

    // More than the quota of active tokens.
    for _ in 0..101 {
        assert_eq!(create_token(&atlas).await.status, 200);
    }
}

#[tokio::test]
async fn fast_clock_shortens_the_lifetime_and_the_rate_limit_of_tokens() {
    let options = Options::new().with_clock(Clock::fast(3600.0));
    let simulator = Simulator::start(options).await.unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let create = async || {
        let url = format!("{}/api/oauth/token", simulator.base_url());
        let request = client
            .post(url)
            .basic_auth(simulator.client_id(), Some(simulator.client_secret()))
            .body(GRANT_BODY);
        let response = request.send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    };

    let (status, text) = create().await;
    let token: Value = serde_json::from_str(&text).unwrap();
    let created = async || create().await.0;
    let mut rejected = 0;
    for _ in 0..60 {
        rejected += usize::from(created().await != 200);
    }

    assert_eq!((status.as_u16(), &token["expires_in"]), (200, &json!(1)));
    // A minute of the clock takes 17 ms, so 60 requests take several minutes.
    assert!(rejected < 50, "{rejected}");
}
