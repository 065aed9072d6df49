//! API keys, their roles and access lists.

use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, Response};

const ORGS: &str = "/api/atlas/v2/orgs";

/// Sends a request with a created key.
async fn send_with_key(atlas: &Atlas, key: &Response, method: Method, path: &str) -> Response {
    let (public, private) = (key.field("/publicKey"), key.field("/privateKey"));
    let keys = (public.as_str().unwrap(), private.as_str().unwrap());
    let body = (method == Method::PATCH).then(|| json!({ "paused": true }));
    atlas.call_with(keys, method, path, body).await
}

#[tokio::test]
async fn private_key_is_shown_once() {
    let atlas = Atlas::demo().await;
    let path = format!(
        "/api/atlas/v2/orgs/{}/apiKeys",
        atlas.simulator.organization_id()
    );

    let created = atlas
        .post(&path, json!({ "desc": "ci", "roles": ["ORG_READ_ONLY"] }))
        .await;
    let id = created.field("/id").as_str().unwrap().to_owned();
    let response = atlas.get(&format!("{path}/{id}")).await;

    assert_eq!(created.status, 200);
    assert_eq!(created.field("/privateKey").as_str().unwrap().len(), 36);
    assert!(
        response
            .field("/privateKey")
            .as_str()
            .unwrap()
            .starts_with("********-****-****-")
    );
}

#[tokio::test]
async fn key_without_the_role_is_rejected() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let path = format!("/api/atlas/v2/groups/{project}/apiKeys");
    let body = json!({ "desc": "reader", "roles": ["GROUP_READ_ONLY"] });
    let key = atlas.post(&path, body).await;

    let cluster = format!("{}/shop-staging", atlas.clusters("Storefront"));
    let read = send_with_key(&atlas, &key, Method::GET, &cluster).await;
    let write = send_with_key(&atlas, &key, Method::PATCH, &cluster).await;
    let other_project = send_with_key(&atlas, &key, Method::GET, &atlas.clusters("Sandbox")).await;

    assert_eq!(read.status, 200);
    write.assert_error(401, "USER_UNAUTHORIZED");
    other_project.assert_error(401, "NOT_IN_GROUP");
}

#[tokio::test]
async fn key_is_rejected_outside_its_access_list() {
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
    let rejected = send_with_key(&atlas, &key, Method::GET, ORGS).await;
    let added = atlas
        .post(&list, json!([{ "cidrBlock": "127.0.0.0/8" }]))
        .await;
    let allowed = send_with_key(&atlas, &key, Method::GET, ORGS).await;

    rejected.assert_error(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST");
    assert_eq!(added.field("/totalCount"), 2);
    assert_eq!(allowed.status, 200);
}

#[tokio::test]
async fn lists_contain_only_projects_of_the_key() {
    const GROUPS: &str = "/api/atlas/v2/groups";
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let keys = format!("{GROUPS}/{project}/apiKeys");
    let body = json!({ "desc": "sandbox only", "roles": ["GROUP_READ_ONLY"] });
    let key = atlas.post(&keys, body).await;

    let names = |response: &Response, field: &str| -> Vec<String> {
        let results = response.field("/results");
        let results = results.as_array().unwrap().iter();
        results
            .map(|item| item[field].as_str().unwrap().to_owned())
            .collect()
    };
    let projects = send_with_key(&atlas, &key, Method::GET, GROUPS).await;
    let clusters = send_with_key(&atlas, &key, Method::GET, "/api/atlas/v2/clusters").await;
    let legacy = send_with_key(&atlas, &key, Method::GET, "/api/atlas/v1.0/groups").await;
    let other = format!("{GROUPS}/byName/Storefront");
    let other = send_with_key(&atlas, &key, Method::GET, &other).await;

    assert_eq!(names(&projects, "name"), ["Sandbox"]);
    assert_eq!(names(&clusters, "groupName"), ["Sandbox"]);
    assert_eq!(names(&legacy, "name"), ["Sandbox"]);
    other.assert_error(401, "NOT_IN_GROUP");
    assert_eq!(atlas.get(GROUPS).await.field("/totalCount"), 8);
}

#[tokio::test]
async fn operations_require_owner_or_creator_roles() {
    const GROUPS: &str = "/api/atlas/v2/groups";
    let atlas = Atlas::demo().await;
    let organization = format!("{ORGS}/{}", atlas.simulator.organization_id());
    let keys = format!("{organization}/apiKeys");
    let key = async |role: &str| {
        let key = atlas.post(&keys, json!({ "desc": "a", "roles": [role] }));
        let key = key.await;
        let string_at = |field: &str| key.field(field).as_str().unwrap().to_owned();
        (
            string_at("/publicKey"),
            string_at("/privateKey"),
            string_at("/id"),
        )
    };
    let (reader, creator) = (key("ORG_READ_ONLY").await, key("ORG_GROUP_CREATOR").await);
    let billing = key("ORG_BILLING_READ_ONLY").await;
    let send = async |key: &(String, String, String), method, path: &str, body| {
        let keys = (key.0.as_str(), key.1.as_str());
        atlas.call_with(keys, method, path, body).await
    };

    let project = Some(json!({ "name": "new", "orgId": atlas.simulator.organization_id() }));
    let rejected = send(&reader, Method::POST, GROUPS, project.clone()).await;
    let created = send(&creator, Method::POST, GROUPS, project).await;
    let organization_body = Some(json!({ "name": "unit" }));
    let new_organization = send(&creator, Method::POST, ORGS, organization_body).await;
    let list = |key: &(String, String, String)| format!("{keys}/{}/accessList", key.2);
    let own_list = send(&reader, Method::GET, &list(&reader), None).await;
    let foreign_list = send(&reader, Method::GET, &list(&creator), None).await;
    let invoices = format!("{organization}/invoices");
    let invoices_response = send(&billing, Method::GET, &invoices, None).await;

    rejected.assert_error(401, "USER_UNAUTHORIZED");
    assert_eq!(created.status, 201);
    new_organization.assert_error(403, "API_KEY_CANNOT_CREATE_ORG");
    assert_eq!((own_list.status, invoices_response.status), (200, 200));
    foreign_list.assert_error(401, "API_KEY_ACCESS_LIST_ACCESS_DENIED");
}
