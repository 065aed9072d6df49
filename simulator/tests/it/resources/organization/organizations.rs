//! Creating and deleting organizations, and who belongs to which.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas};

const ORGS: &str = "/api/atlas/v2/orgs";
const GROUPS: &str = "/api/atlas/v2/groups";

fn text(answer: &Answer, pointer: &str) -> String {
    answer.field(pointer).as_str().unwrap().to_owned()
}

/// Another organization, with a key that owns it.
async fn branch(atlas: &Atlas) -> Answer {
    let key = json!({ "desc": "owner", "roles": ["ORG_OWNER"] });
    atlas
        .post(ORGS, json!({ "name": "Branch Office", "apiKey": key }))
        .await
}

async fn as_owner(
    atlas: &Atlas,
    created: &Answer,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Answer {
    let public = text(created, "/apiKey/publicKey");
    let private = text(created, "/apiKey/privateKey");
    atlas
        .call_with((&public, &private), method, path, body)
        .await
}

#[tokio::test]
async fn an_organization_comes_with_the_key_that_was_asked_for() {
    let atlas = Atlas::demo().await;

    let created = branch(&atlas).await;
    let own = as_owner(&atlas, &created, Method::GET, ORGS, None).await;
    let id = text(&created, "/organization/id");
    let key = format!("{ORGS}/{id}/apiKeys/{}", text(&created, "/apiKey/id"));
    let shown = atlas.get(&key).await;
    let all = atlas.get(ORGS).await;

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
    assert!(text(&shown, "/privateKey").starts_with("********-****-****-"));
    assert_eq!(all.field("/totalCount"), 2);
}

#[tokio::test]
async fn an_organization_without_a_key_has_none() {
    let atlas = Atlas::demo().await;
    let account = json!({
        "name": "robot", "description": "builds", "roles": ["ORG_OWNER"],
        "secretExpiresAfterHours": 8,
    });

    let body = json!({ "name": "Plain", "serviceAccount": account });
    let created = atlas.post(ORGS, body).await;
    let id = text(&created, "/organization/id");
    let keys = atlas.get(&format!("{ORGS}/{id}/apiKeys")).await;
    let nameless = atlas.post(ORGS, json!({})).await;

    assert!(created.json().get("apiKey").is_none());
    assert!(text(&created, "/serviceAccount/secrets/0/secret").starts_with("mdb_sa_sk_"));
    assert_eq!(keys.field("/totalCount"), 0);
    nameless.refused(400, "MISSING_ATTRIBUTE");
}

#[tokio::test]
async fn projects_belong_to_the_organization_they_were_created_in() {
    let atlas = Atlas::demo().await;
    let first = atlas.simulator.organization_id();
    let created = branch(&atlas).await;
    let id = text(&created, "/organization/id");
    let body = json!({ "name": "Storefront", "orgId": id });

    let project = as_owner(&atlas, &created, Method::POST, GROUPS, Some(body)).await;
    let own = as_owner(&atlas, &created, Method::GET, GROUPS, None).await;
    let listed = atlas.get(&format!("{ORGS}/{first}/groups")).await;
    let body = json!({ "name": "Elsewhere", "orgId": first });
    let elsewhere = as_owner(&atlas, &created, Method::POST, GROUPS, Some(body)).await;
    let others = format!("{GROUPS}/{}", atlas.project("Sandbox"));
    let others = as_owner(&atlas, &created, Method::GET, &others, None).await;
    let head = format!("{ORGS}/{first}");
    let head = as_owner(&atlas, &created, Method::GET, &head, None).await;

    assert_eq!(
        (project.status, project.field("/orgId")),
        (201, json!(id)),
        "a name is free where no project of the organization has it"
    );
    assert_eq!(own.field("/totalCount"), 1);
    assert_eq!(listed.field("/totalCount"), 8);
    elsewhere.refused(401, "USER_UNAUTHORIZED");
    others.refused(401, "NOT_IN_GROUP");
    head.refused(401, "USER_UNAUTHORIZED");
}

#[tokio::test]
async fn an_organization_is_deleted_once_it_has_no_projects() {
    let atlas = Atlas::demo().await;
    let created = branch(&atlas).await;
    let id = text(&created, "/organization/id");
    let path = format!("{ORGS}/{id}");
    let body = json!({ "name": "Last", "orgId": id });
    let project = atlas.post(GROUPS, body).await;
    let project = format!("{GROUPS}/{}", text(&project, "/id"));

    let refused = atlas.delete(&path).await;
    atlas.delete(&project).await;
    let deleted = atlas.delete(&path).await;
    let gone = atlas.get(&path).await;
    let again = atlas.delete(&path).await;
    let list = atlas.get(ORGS).await;
    let with_its_key = as_owner(&atlas, &created, Method::GET, ORGS, None).await;

    refused.refused(409, "CANNOT_DELETE_ORG_ACTIVE_GROUPS");
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    gone.refused(404, "ORG_NOT_FOUND");
    again.refused(404, "ORG_NOT_FOUND");
    assert_eq!(list.field("/totalCount"), 1);
    assert_eq!(with_its_key.status, 401, "its keys are gone with it");
}

#[tokio::test]
async fn only_an_owner_deletes_an_organization() {
    let atlas = Atlas::demo().await;
    let key = json!({ "desc": "reader", "roles": ["ORG_READ_ONLY"] });
    let body = json!({ "name": "Branch Office", "apiKey": key });
    let created = atlas.post(ORGS, body).await;
    let path = format!("{ORGS}/{}", text(&created, "/organization/id"));

    let refused = as_owner(&atlas, &created, Method::DELETE, &path, None).await;

    refused.refused(401, "USER_UNAUTHORIZED");
    assert_eq!(atlas.get(&path).await.status, 200);
}

#[tokio::test]
async fn an_organization_tells_what_happened_in_it() {
    let atlas = Atlas::demo().await;
    let created = branch(&atlas).await;
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
    let names: Vec<_> = names.map(|it| it["eventTypeName"].clone()).collect();

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
