//! Creation, deletion and separation of organizations.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, Response};

const ORGS: &str = "/api/atlas/v2/orgs";
const GROUPS: &str = "/api/atlas/v2/groups";

fn text(response: &Response, pointer: &str) -> String {
    response.field(pointer).as_str().unwrap().to_owned()
}

/// Creates a second organization with an owner key.
async fn create_branch(atlas: &Atlas) -> Response {
    let key = json!({ "desc": "owner", "roles": ["ORG_OWNER"] });
    atlas
        .post(ORGS, json!({ "name": "Branch Office", "apiKey": key }))
        .await
}

async fn send_as_owner(
    atlas: &Atlas,
    created: &Response,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Response {
    let public = text(created, "/apiKey/publicKey");
    let private = text(created, "/apiKey/privateKey");
    atlas
        .call_with((&public, &private), method, path, body)
        .await
}

#[tokio::test]
async fn organization_is_created_with_requested_key() {
    let atlas = Atlas::demo().await;

    let created = create_branch(&atlas).await;
    let own = send_as_owner(&atlas, &created, Method::GET, ORGS, None).await;
    let id = text(&created, "/organization/id");
    let key = format!("{ORGS}/{id}/apiKeys/{}", text(&created, "/apiKey/id"));
    let response = atlas.get(&key).await;
    let visible = atlas.get(ORGS).await;

    assert_eq!(created.status, 201);
    assert_eq!(created.field("/organization/name"), "Branch Office");
    assert_eq!(
        created.field("/apiKey/roles"),
        json!([{ "orgId": id, "roleName": "ORG_OWNER" }])
    );
    assert_eq!(created.field("/skipDefaultAlertsSettings"), false);
    assert!(created.json().get("serviceAccount").is_none());
    assert_eq!(own.field("/totalCount"), 1);
    assert_eq!(own.field("/results/0/id"), json!(id));
    assert!(text(&response, "/privateKey").starts_with("********-****-****-"));
    assert_eq!(visible.field("/totalCount"), 2);
}

#[tokio::test]
async fn organization_is_created_with_requested_service_account() {
    let atlas = Atlas::demo().await;
    let account = json!({
        "name": "robot", "description": "builds", "roles": ["ORG_OWNER"],
        "secretExpiresAfterHours": 8,
    });

    let body = json!({ "name": "Plain", "serviceAccount": account });
    let created = atlas.post(ORGS, body).await;
    let id = text(&created, "/organization/id");
    let keys = atlas.get(&format!("{ORGS}/{id}/apiKeys")).await;
    let unnamed = atlas.post(ORGS, json!({})).await;

    assert!(created.json().get("apiKey").is_none());
    assert!(text(&created, "/serviceAccount/secrets/0/secret").starts_with("mdb_sa_sk_"));
    assert_eq!(keys.field("/totalCount"), 0);
    unnamed.assert_error(400, "MISSING_ATTRIBUTE");
}

#[tokio::test]
async fn projects_belong_to_one_organization() {
    let atlas = Atlas::demo().await;
    let first = atlas.simulator.organization_id();
    let created = create_branch(&atlas).await;
    let id = text(&created, "/organization/id");
    let body = json!({ "name": "Storefront", "orgId": id });

    let project = send_as_owner(&atlas, &created, Method::POST, GROUPS, Some(body)).await;
    let own = send_as_owner(&atlas, &created, Method::GET, GROUPS, None).await;
    let listed = atlas.get(&format!("{ORGS}/{first}/groups")).await;
    let body = json!({ "name": "Elsewhere", "orgId": first });
    let other_organization =
        send_as_owner(&atlas, &created, Method::POST, GROUPS, Some(body)).await;
    let other_project = format!("{GROUPS}/{}", atlas.project("Sandbox"));
    let other_project = send_as_owner(&atlas, &created, Method::GET, &other_project, None).await;
    let first_organization = format!("{ORGS}/{first}");
    let first_organization =
        send_as_owner(&atlas, &created, Method::GET, &first_organization, None).await;

    assert_eq!(
        (project.status, project.field("/orgId")),
        (201, json!(id)),
        "names are unique in an organization only"
    );
    assert_eq!(own.field("/totalCount"), 1);
    assert_eq!(listed.field("/totalCount"), 8);
    other_organization.assert_error(401, "USER_UNAUTHORIZED");
    other_project.assert_error(401, "NOT_IN_GROUP");
    first_organization.assert_error(401, "USER_UNAUTHORIZED");
}

#[tokio::test]
async fn organization_with_projects_cannot_be_deleted() {
    let atlas = Atlas::demo().await;
    let created = create_branch(&atlas).await;
    let id = text(&created, "/organization/id");
    let path = format!("{ORGS}/{id}");
    let body = json!({ "name": "Last", "orgId": id });
    let project = atlas.post(GROUPS, body).await;
    let project = format!("{GROUPS}/{}", text(&project, "/id"));

    let rejected = atlas.delete(&path).await;
    atlas.delete(&project).await;
    let deleted = atlas.delete(&path).await;
    let missing = atlas.get(&path).await;
    let second = atlas.delete(&path).await;
    let list = atlas.get(ORGS).await;
    let with_key = send_as_owner(&atlas, &created, Method::GET, ORGS, None).await;

    rejected.assert_error(409, "CANNOT_DELETE_ORG_ACTIVE_GROUPS");
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    missing.assert_error(404, "ORG_NOT_FOUND");
    second.assert_error(404, "ORG_NOT_FOUND");
    assert_eq!(list.field("/totalCount"), 1);
    assert_eq!(with_key.status, 401, "its keys are deleted as well");
}

#[tokio::test]
async fn deleting_an_organization_requires_owner() {
    let atlas = Atlas::demo().await;
    let key = json!({ "desc": "reader", "roles": ["ORG_READ_ONLY"] });
    let body = json!({ "name": "Branch Office", "apiKey": key });
    let created = atlas.post(ORGS, body).await;
    let path = format!("{ORGS}/{}", text(&created, "/organization/id"));

    let rejected = send_as_owner(&atlas, &created, Method::DELETE, &path, None).await;

    rejected.assert_error(401, "USER_UNAUTHORIZED");
    assert_eq!(atlas.get(&path).await.status, 200);
}

#[tokio::test]
async fn organization_records_events() {
    let atlas = Atlas::demo().await;
    let created = create_branch(&atlas).await;
    let id = text(&created, "/organization/id");
    let path = format!("{ORGS}/{id}");
    let project = atlas
        .post(GROUPS, json!({ "name": "Short", "orgId": id }))
        .await;
    let project = format!("{GROUPS}/{}", text(&project, "/id"));
    atlas.delete(&project).await;

    let renamed = atlas
        .patch(
            &path,
            json!({ "name": "Head Office", "skipDefaultAlertsSettings": true }),
        )
        .await;
    let events = atlas.get(&format!("{path}/events")).await;
    let events = events.field("/results");
    let names = events.as_array().unwrap().iter();
    let names: Vec<_> = names.map(|event| event["eventTypeName"].clone()).collect();

    assert_eq!(renamed.field("/name"), "Head Office");
    assert_eq!(renamed.field("/skipDefaultAlertsSettings"), true);
    assert_eq!(
        names,
        [
            "ORG_RENAMED",
            "GROUP_DELETED",
            "GROUP_CREATED",
            "ORG_CREATED"
        ]
    );
}

#[tokio::test]
async fn unknown_owner_of_a_new_organization_is_rejected() {
    let atlas = Atlas::demo().await;
    let body = json!({ "name": "Branch", "orgOwnerId": "0123456789abcdef01234567" });

    let rejected = atlas.post(ORGS, body).await;

    rejected.assert_error(404, "USER_NOT_FOUND");
    assert_eq!(atlas.get(ORGS).await.field("/totalCount"), 1);
}

#[tokio::test]
async fn organization_links_to_its_collections() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();

    let response = atlas.get(&format!("{ORGS}/{organization}")).await;

    let relations = ["self", "groups", "teams", "users"];
    for (index, relation) in relations.iter().enumerate() {
        let link_relation = response.field(&format!("/links/{index}/rel"));
        assert!(
            link_relation.as_str().unwrap().ends_with(relation),
            "{link_relation}"
        );
    }
}

#[tokio::test]
async fn control_plane_addresses_are_listed_by_region() {
    let atlas = Atlas::demo().await;

    let addresses = atlas
        .get("/api/atlas/v2/unauth/controlPlaneIPAddresses")
        .await;

    let address = addresses.field("/outbound/aws/us-east-1/0");
    assert!(address.as_str().unwrap().ends_with("/32"), "{address}");
    assert!(addresses.field("/inbound/gcp").is_object());
}
