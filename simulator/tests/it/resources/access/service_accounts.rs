//! Service accounts of organizations and projects, their secrets and access lists.

use std::time::Duration;

use base64::Engine as _;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, LATEST, Response};

/// Creates an account in the project Storefront. Returns the response and the path of the project's accounts.
async fn create_in_project(atlas: &Atlas) -> (Response, String) {
    let project = atlas.project("Storefront");
    let path = format!("/api/atlas/v2/groups/{project}/serviceAccounts");
    let body = json!({
        "name": "deployer", "description": "deploys", "roles": ["GROUP_OWNER"],
        "secretExpiresAfterHours": 24,
    });
    (atlas.post(&path, body).await, path)
}

fn text(document: &Value) -> &str {
    document.as_str().unwrap()
}

async fn request_token(atlas: &Atlas, client: &Value, secret: &Value) -> Response {
    let pair = format!("{}:{}", text(client), text(secret));
    let pair = base64::engine::general_purpose::STANDARD.encode(pair);
    let form = Some("grant_type=client_credentials".to_owned());
    let header = format!("Basic {pair}");
    let (path, accept) = ("/api/oauth/token", "application/json");
    atlas
        .send(Method::POST, path, accept, form, Some(&header))
        .await
        .unwrap()
}

async fn get_with_token(atlas: &Atlas, token: &Response, path: &str) -> Response {
    let header = format!("Bearer {}", text(&token.field("/access_token")));
    atlas
        .send(Method::GET, path, LATEST, None, Some(&header))
        .await
        .unwrap()
}

#[tokio::test]
async fn service_account_of_project_is_organization_member() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();

    let (created, path) = create_in_project(&atlas).await;
    let client = created.field("/clientId");
    let token = request_token(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let own_project = get_with_token(&atlas, &token, &atlas.clusters("Storefront")).await;
    let other_project = get_with_token(&atlas, &token, &atlas.clusters("Sandbox")).await;
    let accounts = format!("/api/atlas/v2/orgs/{organization}/serviceAccounts");
    let member = format!("{accounts}/{}", text(&client));
    let member = atlas.get(&member).await;
    let removed = atlas.delete(&format!("{path}/{}", text(&client))).await;
    let after_removal = get_with_token(&atlas, &token, &atlas.clusters("Storefront")).await;

    assert_eq!(created.status, 201);
    assert_eq!(created.field("/roles"), json!(["GROUP_OWNER"]));
    assert_eq!(own_project.status, 200);
    other_project.assert_error(401, "NOT_IN_GROUP");
    assert_eq!(member.field("/roles"), json!(["ORG_MEMBER"]));
    assert_eq!(removed.status, 204);
    after_removal.assert_error(401, "NOT_IN_GROUP");
}

#[tokio::test]
async fn secrets_can_be_rotated() {
    let atlas = Atlas::demo().await;
    let (created, path) = create_in_project(&atlas).await;
    let client = created.field("/clientId");
    let secrets = format!("{path}/{}/secrets", text(&client));
    let hours = json!({ "secretExpiresAfterHours": 48 });

    let second = atlas.post(&secrets, hours.clone()).await;
    let third = atlas.post(&secrets, hours.clone()).await;
    let first = created.field("/secrets/0/id");
    let deleted = atlas.delete(&format!("{secrets}/{}", text(&first))).await;
    let replacement = atlas.post(&secrets, hours).await;
    let with_old = request_token(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let with_new = request_token(&atlas, &client, &second.field("/secret")).await;
    let response = atlas.get(&format!("{path}/{}", text(&client))).await;

    assert_eq!(second.status, 201);
    third.assert_error(400, "SERVICE_ACCOUNT_SECRET_LIMIT_REACHED");
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    assert_ne!(second.field("/id"), replacement.field("/id"));
    assert_eq!((with_old.status, with_new.status), (401, 200));
    assert_eq!(response.field("/secrets").as_array().unwrap().len(), 2);
    assert!(response.json()["secrets"][0].get("secret").is_none());
    assert!(second.json().get("maskedSecretValue").is_none());
    assert!(response.field("/secrets/0/maskedSecretValue").is_string());
}

#[tokio::test]
async fn expired_secret_gets_no_token() {
    let atlas = Atlas::demo().await;
    let (created, _) = create_in_project(&atlas).await;
    let (client, secret) = (
        created.field("/clientId"),
        created.field("/secrets/0/secret"),
    );

    atlas.simulator.advance(Duration::from_hours(23));
    let before = request_token(&atlas, &client, &secret).await;
    atlas.simulator.advance(Duration::from_hours(2));
    let after = request_token(&atlas, &client, &secret).await;

    assert_eq!((before.status, after.status), (200, 401));
}

#[tokio::test]
async fn service_account_access_list_is_enforced() {
    let atlas = Atlas::demo().await;
    let (created, path) = create_in_project(&atlas).await;
    let client = created.field("/clientId");
    let list = format!("{path}/{}/accessList", text(&client));
    let token = request_token(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let clusters = atlas.clusters("Storefront");

    let entries = json!([{ "cidrBlock": "203.0.113.0/24" }, { "ipAddress": "198.51.100.7" }]);
    let added = atlas.post(&list, entries).await;
    let denied = get_with_token(&atlas, &token, &clusters).await;
    atlas
        .post(&list, json!([{ "ipAddress": "127.0.0.1" }]))
        .await;
    let allowed = get_with_token(&atlas, &token, &clusters).await;
    let removed = atlas.delete(&format!("{list}/203.0.113.0%2F24")).await;
    let missing = atlas.delete(&format!("{list}/192.0.2.1")).await;
    let remaining = atlas.get(&list).await;
    let invalid = atlas.post(&list, json!([{ "ipAddress": "nowhere" }])).await;

    assert_eq!(added.field("/totalCount"), 2);
    assert_eq!(added.field("/results/1/cidrBlock"), "198.51.100.7/32");
    assert_eq!(added.field("/results/1/requestCount"), 0);
    denied.assert_error(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST");
    assert_eq!(allowed.status, 200);
    assert_eq!(removed.status, 204);
    assert_eq!(missing.status, 404);
    assert_eq!(remaining.field("/totalCount"), 2);
    invalid.assert_error(400, "INVALID_ATTRIBUTE");
}

#[tokio::test]
async fn service_account_keeps_its_secret_in_assigned_project() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let accounts = format!("/api/atlas/v2/orgs/{organization}/serviceAccounts");
    let body = json!({
        "name": "reader", "description": "reads", "roles": ["ORG_MEMBER"],
        "secretExpiresAfterHours": 8,
    });
    let created = atlas.post(&accounts, body).await;
    let client = created.field("/clientId");
    let project = atlas.project("Storefront");
    let in_project = format!("/api/atlas/v2/groups/{project}/serviceAccounts");

    let roles = json!({ "roles": ["GROUP_READ_ONLY"] });
    let invite = format!("{in_project}/{}:invite", text(&client));
    let invited = atlas.post(&invite, roles).await;
    let account = format!("{accounts}/{}", text(&client));
    let renamed = atlas.patch(&account, json!({ "name": "watcher" })).await;
    let response = atlas.get(&format!("{in_project}/{}", text(&client))).await;
    let token = request_token(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let read = get_with_token(&atlas, &token, &atlas.clusters("Storefront")).await;
    let deleted = atlas.delete(&account).await;
    let missing = atlas.get(&format!("{in_project}/{}", text(&client))).await;

    assert_eq!((invited.status, renamed.status), (200, 200));
    assert_eq!(renamed.field("/roles"), json!(["ORG_MEMBER"]));
    assert_eq!(response.field("/name"), "watcher");
    assert_eq!(response.field("/roles"), json!(["GROUP_READ_ONLY"]));
    assert_eq!((token.status, read.status), (200, 200));
    assert_eq!((deleted.status, missing.status), (204, 404));
}
