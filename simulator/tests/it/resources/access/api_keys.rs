//! Keys, their roles and access lists, service accounts and their tokens, and rate limits.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::WWW_AUTHENTICATE;
use serde_json::json;

use crate::support::{Answer, Atlas, LATEST, nonce_of};

/// The default service account as a Basic header.
const BASIC: &str =
    "Basic bWRiX3NhX2lkXzAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTptZGJfc2Ffc2tfc2ltdWxhdGU=";
const TOKEN: &str = "/api/oauth/token";
const ORGS: &str = "/api/atlas/v2/orgs";

async fn mint(atlas: &Atlas) -> Answer {
    let form = Some("grant_type=client_credentials".to_owned());
    atlas
        .send(Method::POST, TOKEN, "application/json", form, Some(BASIC))
        .await
        .unwrap()
}

async fn with_token(atlas: &Atlas, token: &str) -> Answer {
    let header = format!("Bearer {token}");
    atlas
        .send(Method::GET, ORGS, LATEST, None, Some(&header))
        .await
        .unwrap()
}

/// Sends a request with the keys of an answer that created them.
async fn with_key(atlas: &Atlas, key: &Answer, method: Method, path: &str) -> Answer {
    let (public, private) = (key.field("/publicKey"), key.field("/privateKey"));
    let keys = (public.as_str().unwrap(), private.as_str().unwrap());
    let body = (method == Method::PATCH).then(|| json!({ "paused": true }));
    atlas.call_with(keys, method, path, body).await
}

#[tokio::test]
async fn a_token_opens_what_a_key_opens_for_an_hour() {
    let atlas = Atlas::demo().await;

    let minted = mint(&atlas).await;
    let token = minted.field("/access_token").as_str().unwrap().to_owned();
    let fresh = with_token(&atlas, &token).await;
    atlas.simulator.advance(Duration::from_mins(61));
    let old = with_token(&atlas, &token).await;

    assert_eq!(
        (minted.status, minted.field("/expires_in")),
        (200, json!(3600))
    );
    assert_eq!(fresh.status, 200);
    assert_eq!(old.status, 401);
    assert_eq!(
        old.field("/detail"),
        "You are not authorized for this resource."
    );
    assert_eq!(
        old.header("www-authenticate"),
        "Bearer realm=\"MMS Public API\", error=\"invalid_token\""
    );
}

#[tokio::test]
async fn a_revoked_token_is_no_longer_good() {
    let atlas = Atlas::demo().await;
    let token = mint(&atlas)
        .await
        .field("/access_token")
        .as_str()
        .unwrap()
        .to_owned();

    let form = Some(format!("token={token}&token_type_hint=access_token"));
    let revoked = atlas
        .send(Method::POST, "/api/oauth/revoke", "*/*", form, Some(BASIC))
        .await
        .unwrap();

    assert_eq!(revoked.status, 200);
    assert_eq!(with_token(&atlas, &token).await.status, 401);
}

#[tokio::test]
async fn the_eleventh_token_of_a_minute_is_refused() {
    let atlas = Atlas::demo().await;
    for _ in 0..10 {
        assert_eq!(mint(&atlas).await.status, 200);
    }

    let refused = mint(&atlas).await;
    atlas.simulator.advance(Duration::from_mins(1));

    assert_eq!(refused.status, 429);
    assert_eq!(refused.field("/errorCode"), "RATE_LIMITED");
    assert_eq!(refused.field("/parameters"), json!([TOKEN, 10, 1]));
    assert_eq!(mint(&atlas).await.status, 200);
}

#[tokio::test]
async fn a_wrong_secret_gets_no_token() {
    let atlas = Atlas::demo().await;
    let form = Some("grant_type=client_credentials".to_owned());

    let refused = atlas
        .send(Method::POST, TOKEN, "*/*", form, Some("Basic YTpi"))
        .await
        .unwrap();

    assert_eq!(
        (refused.status, refused.field("/error")),
        (401, json!("invalid_client"))
    );
}

#[tokio::test]
async fn a_created_service_account_mints_tokens_with_its_roles() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let path = format!("/api/atlas/v2/orgs/{organization}/serviceAccounts");
    let body = json!({
        "name": "reader", "description": "reads", "roles": ["ORG_MEMBER"],
        "secretExpiresAfterHours": 8,
    });

    let created = atlas.post(&path, body).await;
    let id = created.field("/clientId");
    let shown = atlas.get(&format!("{path}/{}", id.as_str().unwrap())).await;

    assert_eq!(created.status, 201, "{created:?}");
    assert!(
        created
            .field("/secrets/0/secret")
            .as_str()
            .unwrap()
            .starts_with("mdb_sa_sk_")
    );
    assert!(shown.json()["secrets"][0].get("secret").is_none());
}

#[tokio::test]
async fn a_private_key_is_shown_once() {
    let atlas = Atlas::demo().await;
    let path = format!(
        "/api/atlas/v2/orgs/{}/apiKeys",
        atlas.simulator.organization_id()
    );

    let created = atlas
        .post(&path, json!({ "desc": "ci", "roles": ["ORG_READ_ONLY"] }))
        .await;
    let id = created.field("/id").as_str().unwrap().to_owned();
    let shown = atlas.get(&format!("{path}/{id}")).await;

    assert_eq!(created.status, 200);
    assert_eq!(created.field("/privateKey").as_str().unwrap().len(), 36);
    assert!(
        shown
            .field("/privateKey")
            .as_str()
            .unwrap()
            .starts_with("********-****-****-")
    );
}

#[tokio::test]
async fn a_key_without_the_role_is_refused() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let path = format!("/api/atlas/v2/groups/{project}/apiKeys");
    let body = json!({ "desc": "reader", "roles": ["GROUP_READ_ONLY"] });
    let key = atlas.post(&path, body).await;

    let cluster = format!("{}/shop-staging", atlas.clusters("Storefront"));
    let read = with_key(&atlas, &key, Method::GET, &cluster).await;
    let written = with_key(&atlas, &key, Method::PATCH, &cluster).await;
    let elsewhere = with_key(&atlas, &key, Method::GET, &atlas.clusters("Sandbox")).await;

    assert_eq!(read.status, 200);
    written.refused(401, "USER_UNAUTHORIZED");
    elsewhere.refused(401, "NOT_IN_GROUP");
}

#[tokio::test]
async fn a_key_is_only_good_from_its_access_list() {
    let atlas = Atlas::demo().await;
    let path = format!(
        "/api/atlas/v2/orgs/{}/apiKeys",
        atlas.simulator.organization_id()
    );
    let key = atlas
        .post(&path, json!({ "desc": "ci", "roles": ["ORG_OWNER"] }))
        .await;
    let list = format!("{path}/{}/accessList", key.field("/id").as_str().unwrap());

    atlas
        .post(&list, json!([{ "ipAddress": "203.0.113.7" }]))
        .await;
    let refused = with_key(&atlas, &key, Method::GET, ORGS).await;
    let added = atlas
        .post(&list, json!([{ "cidrBlock": "127.0.0.0/8" }]))
        .await;
    let allowed = with_key(&atlas, &key, Method::GET, ORGS).await;

    refused.refused(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST");
    assert_eq!(added.field("/totalCount"), 2);
    assert_eq!(allowed.status, 200);
}

#[tokio::test]
async fn a_request_beyond_the_limit_is_told_when_to_come_back() {
    let atlas = Atlas::demo().await;
    let challenge = atlas
        .send(Method::GET, ORGS, LATEST, None, None)
        .await
        .unwrap();
    let nonce = nonce_of(challenge.headers[WWW_AUTHENTICATE].to_str().unwrap());
    let mut last = None;
    for count in 1..=310 {
        let header = atlas.authorization(&nonce, count, &Method::GET, ORGS);
        let answer = atlas
            .send(Method::GET, ORGS, LATEST, None, Some(&header))
            .await
            .unwrap();
        if answer.status != 200 {
            last = Some(answer);
            break;
        }
    }

    let refused = last.expect("the limit of 300 is not enforced");
    let detail = refused.refused(429, "RATE_LIMITED_TOKEN_BUCKET");
    assert!(detail.contains("Request capacity: 300"), "{detail}");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("ratelimit-remaining"), "0");
    atlas.simulator.advance(Duration::from_secs(1));
    assert_eq!(atlas.get(ORGS).await.status, 200);
}

#[tokio::test]
async fn lists_show_a_key_the_projects_it_has_a_role_in() {
    const GROUPS: &str = "/api/atlas/v2/groups";
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let keys = format!("{GROUPS}/{project}/apiKeys");
    let body = json!({ "desc": "sandbox only", "roles": ["GROUP_READ_ONLY"] });
    let key = atlas.post(&keys, body).await;

    let names = |answer: &Answer, field: &str| -> Vec<String> {
        let results = answer.field("/results");
        let results = results.as_array().unwrap().iter();
        results
            .map(|it| it[field].as_str().unwrap().to_owned())
            .collect()
    };
    let projects = with_key(&atlas, &key, Method::GET, GROUPS).await;
    let clusters = with_key(&atlas, &key, Method::GET, "/api/atlas/v2/clusters").await;
    let old = with_key(&atlas, &key, Method::GET, "/api/atlas/v1.0/groups").await;
    let other = format!("{GROUPS}/byName/Storefront");
    let other = with_key(&atlas, &key, Method::GET, &other).await;

    assert_eq!(names(&projects, "name"), ["Sandbox"]);
    assert_eq!(names(&clusters, "groupName"), ["Sandbox"]);
    assert_eq!(names(&old, "name"), ["Sandbox"]);
    other.refused(401, "NOT_IN_GROUP");
    assert_eq!(atlas.get(GROUPS).await.field("/totalCount"), 8);
}

#[tokio::test]
async fn some_things_are_for_owners_and_creators_only() {
    const GROUPS: &str = "/api/atlas/v2/groups";
    let atlas = Atlas::demo().await;
    let organization = format!("{ORGS}/{}", atlas.simulator.organization_id());
    let keys = format!("{organization}/apiKeys");
    let key = async |role: &str| {
        let key = atlas.post(&keys, json!({ "desc": "a", "roles": [role] }));
        let key = key.await;
        let text = |field: &str| key.field(field).as_str().unwrap().to_owned();
        (text("/publicKey"), text("/privateKey"), text("/id"))
    };
    let (reader, creator) = (key("ORG_READ_ONLY").await, key("ORG_GROUP_CREATOR").await);
    let billing = key("ORG_BILLING_READ_ONLY").await;
    let ask = async |key: &(String, String, String), method, path: &str, body| {
        let keys = (key.0.as_str(), key.1.as_str());
        atlas.call_with(keys, method, path, body).await
    };

    let project = Some(json!({ "name": "new", "orgId": atlas.simulator.organization_id() }));
    let refused = ask(&reader, Method::POST, GROUPS, project.clone()).await;
    let created = ask(&creator, Method::POST, GROUPS, project).await;
    let unit = Some(json!({ "name": "unit" }));
    let other = ask(&creator, Method::POST, ORGS, unit).await;
    let list = |key: &(String, String, String)| format!("{keys}/{}/accessList", key.2);
    let own = ask(&reader, Method::GET, &list(&reader), None).await;
    let foreign = ask(&reader, Method::GET, &list(&creator), None).await;
    let invoices = format!("{organization}/invoices");
    let billed = ask(&billing, Method::GET, &invoices, None).await;

    refused.refused(401, "USER_UNAUTHORIZED");
    assert_eq!(created.status, 201);
    other.refused(403, "API_KEY_CANNOT_CREATE_ORG");
    assert_eq!((own.status, billed.status), (200, 200));
    foreign.refused(401, "API_KEY_ACCESS_LIST_ACCESS_DENIED");
}
