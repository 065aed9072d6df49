//! Service accounts: of an organization and lent to projects, their secrets and access lists.

use std::time::Duration;

use base64::Engine as _;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas, LATEST};

/// An account of the project Storefront, and the path of those of the project.
async fn of_project(atlas: &Atlas) -> (Answer, String) {
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

async fn mint(atlas: &Atlas, client: &Value, secret: &Value) -> Answer {
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

async fn get_with(atlas: &Atlas, minted: &Answer, path: &str) -> Answer {
    let header = format!("Bearer {}", text(&minted.field("/access_token")));
    atlas
        .send(Method::GET, path, LATEST, None, Some(&header))
        .await
        .unwrap()
}

#[tokio::test]
async fn an_account_of_a_project_works_there_and_is_a_member_of_the_organization() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();

    let (created, path) = of_project(&atlas).await;
    let client = created.field("/clientId");
    let minted = mint(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let inside = get_with(&atlas, &minted, &atlas.clusters("Storefront")).await;
    let outside = get_with(&atlas, &minted, &atlas.clusters("Sandbox")).await;
    let accounts = format!("/api/atlas/v2/orgs/{organization}/serviceAccounts");
    let member = format!("{accounts}/{}", text(&client));
    let member = atlas.get(&member).await;
    let removed = atlas.delete(&format!("{path}/{}", text(&client))).await;
    let without = get_with(&atlas, &minted, &atlas.clusters("Storefront")).await;

    assert_eq!(created.status, 201);
    assert_eq!(created.field("/roles"), json!(["GROUP_OWNER"]));
    assert_eq!(inside.status, 200);
    outside.refused(401, "NOT_IN_GROUP");
    assert_eq!(member.field("/roles"), json!(["ORG_MEMBER"]));
    assert_eq!(removed.status, 204);
    without.refused(401, "NOT_IN_GROUP");
}

#[tokio::test]
async fn a_secret_is_added_and_the_old_one_taken_away() {
    let atlas = Atlas::demo().await;
    let (created, path) = of_project(&atlas).await;
    let client = created.field("/clientId");
    let secrets = format!("{path}/{}/secrets", text(&client));
    let hours = json!({ "secretExpiresAfterHours": 48 });

    let second = atlas.post(&secrets, hours.clone()).await;
    let third = atlas.post(&secrets, hours.clone()).await;
    let first = created.field("/secrets/0/id");
    let deleted = atlas.delete(&format!("{secrets}/{}", text(&first))).await;
    let replacement = atlas.post(&secrets, hours).await;
    let with_old = mint(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let with_new = mint(&atlas, &client, &second.field("/secret")).await;
    let shown = atlas.get(&format!("{path}/{}", text(&client))).await;

    assert_eq!(second.status, 201);
    third.refused(400, "SERVICE_ACCOUNT_SECRET_LIMIT_REACHED");
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    assert_ne!(second.field("/id"), replacement.field("/id"));
    assert_eq!((with_old.status, with_new.status), (401, 200));
    assert_eq!(shown.field("/secrets").as_array().unwrap().len(), 2);
    assert!(shown.json()["secrets"][0].get("secret").is_none());
}

#[tokio::test]
async fn a_secret_mints_tokens_until_it_expires() {
    let atlas = Atlas::demo().await;
    let (created, _) = of_project(&atlas).await;
    let (client, secret) = (
        created.field("/clientId"),
        created.field("/secrets/0/secret"),
    );

    atlas.simulator.advance(Duration::from_hours(23));
    let before = mint(&atlas, &client, &secret).await;
    atlas.simulator.advance(Duration::from_hours(2));
    let after = mint(&atlas, &client, &secret).await;

    assert_eq!((before.status, after.status), (200, 401));
}

#[tokio::test]
async fn an_access_list_lets_in_whom_it_names() {
    let atlas = Atlas::demo().await;
    let (created, path) = of_project(&atlas).await;
    let client = created.field("/clientId");
    let list = format!("{path}/{}/accessList", text(&client));
    let minted = mint(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let clusters = atlas.clusters("Storefront");

    let far = json!([{ "cidrBlock": "203.0.113.0/24" }, { "ipAddress": "198.51.100.7" }]);
    let added = atlas.post(&list, far).await;
    let kept_out = get_with(&atlas, &minted, &clusters).await;
    atlas
        .post(&list, json!([{ "ipAddress": "127.0.0.1" }]))
        .await;
    let let_in = get_with(&atlas, &minted, &clusters).await;
    let removed = atlas.delete(&format!("{list}/203.0.113.0%2F24")).await;
    let missing = atlas.delete(&format!("{list}/192.0.2.1")).await;
    let left = atlas.get(&list).await;
    let wrong = atlas.post(&list, json!([{ "ipAddress": "nowhere" }])).await;

    assert_eq!(added.field("/totalCount"), 2);
    assert_eq!(added.field("/results/1/cidrBlock"), "198.51.100.7/32");
    assert_eq!(added.field("/results/1/requestCount"), 0);
    kept_out.refused(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST");
    assert_eq!(let_in.status, 200);
    assert_eq!(removed.status, 204);
    assert_eq!(missing.status, 404);
    assert_eq!(left.field("/totalCount"), 2);
    wrong.refused(400, "INVALID_ATTRIBUTE");
}

#[tokio::test]
async fn an_account_is_lent_to_a_project_and_keeps_its_secret() {
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
    let lent = format!("/api/atlas/v2/groups/{project}/serviceAccounts");

    let roles = json!({ "roles": ["GROUP_READ_ONLY"] });
    let invite = format!("{lent}/{}:invite", text(&client));
    let invited = atlas.post(&invite, roles).await;
    let account = format!("{accounts}/{}", text(&client));
    let renamed = atlas.patch(&account, json!({ "name": "watcher" })).await;
    let shown = atlas.get(&format!("{lent}/{}", text(&client))).await;
    let minted = mint(&atlas, &client, &created.field("/secrets/0/secret")).await;
    let read = get_with(&atlas, &minted, &atlas.clusters("Storefront")).await;
    let deleted = atlas.delete(&account).await;
    let gone = atlas.get(&format!("{lent}/{}", text(&client))).await;

    assert_eq!((invited.status, renamed.status), (200, 200));
    assert_eq!(renamed.field("/roles"), json!(["ORG_MEMBER"]));
    assert_eq!(shown.field("/name"), "watcher");
    assert_eq!(shown.field("/roles"), json!(["GROUP_READ_ONLY"]));
    assert_eq!((minted.status, read.status), (200, 200));
    assert_eq!((deleted.status, gone.status), (204, 404));
}
