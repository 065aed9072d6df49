//! The API v1.0, with the requests of Python tools.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas};

const ROOT: &str = "/api/atlas/v1.0";
/// The `Accept` header of python-requests.
const ANY: &str = "*/*";

async fn get(atlas: &Atlas, path: &str) -> Answer {
    atlas
        .get_as(&format!("{ROOT}{path}?itemsPerPage=100&pageNum=1"), ANY)
        .await
}

async fn send(atlas: &Atlas, method: Method, path: &str, body: Value) -> Answer {
    let path = format!("{ROOT}{path}");
    atlas
        .call(method, &path, "application/json", Some(body.to_string()))
        .await
}

#[tokio::test]
async fn resources_are_plain_json_with_links() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();

    let organizations = get(&atlas, "/orgs").await;
    let single = get(&atlas, &format!("/orgs/{organization}")).await;
    let projects = get(&atlas, "/groups").await;

    assert_eq!(organizations.header("content-type"), "application/json");
    assert_eq!(organizations.field("/results/0"), single.json());
    assert_eq!(organizations.field("/links/0/rel"), "self");
    assert_eq!(projects.field("/totalCount"), 8);
    let link = projects.field("/results/0/links/0/href");
    assert!(link.as_str().unwrap().contains("/api/atlas/v1.0/groups/"));
}

#[tokio::test]
async fn next_link_is_last() {
    let atlas = Atlas::demo().await;

    let response = atlas
        .get_as(&format!("{ROOT}/groups?pageNum=2&itemsPerPage=2"), ANY)
        .await;

    let links = response.field("/links");
    let last = links.as_array().unwrap().last().unwrap();
    assert_eq!(last["rel"], "next");
    assert!(
        last["href"]
            .as_str()
            .unwrap()
            .ends_with("itemsPerPage=2&pageNum=3")
    );
}

#[tokio::test]
async fn cluster_has_legacy_fields() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");

    let cluster = get(
        &atlas,
        &format!("/groups/{project}/clusters/shop-production"),
    )
    .await;

    assert_eq!(cluster.field("/providerSettings/instanceSizeName"), "M30");
    assert_eq!(cluster.field("/providerSettings/regionName"), "EU_WEST_1");
    assert_eq!(cluster.field("/replicationFactor"), 3);
    assert_eq!(cluster.field("/numShards"), 1);
    assert_eq!(cluster.field("/paused"), false);
    assert!(cluster.field("/mongoURIUpdated").is_string());
    assert!(cluster.field("/srvAddress").is_string());
}

#[tokio::test]
async fn creates_updates_and_deletes_cluster() {
    let atlas = Atlas::demo().await;
    let clusters = format!("/groups/{}/clusters", atlas.project("Empty Lot"));
    let path = format!("{clusters}/made");
    let body = json!({
        "autoScaling": { "diskGBEnabled": true },
        "backupEnabled": true,
        "diskSizeGB": 100,
        "name": "made",
        "numShards": 1,
        "providerSettings": {
            "diskIOPS": 300,
            "instanceSizeName": "M40",
            "providerName": "AWS",
            "regionName": "US_EAST_1",
        },
        "replicationFactor": 3,
    });

    let created = send(&atlas, Method::POST, &clusters, body).await;
    let smaller = json!({ "providerSettings": { "instanceSizeName": "M30" } });
    let changed = send(&atlas, Method::PATCH, &path, smaller).await;
    let deleted = send(&atlas, Method::DELETE, &path, json!({})).await;

    assert_eq!(
        (created.status, created.field("/stateName")),
        (201, json!("CREATING"))
    );
    assert_eq!(created.field("/diskSizeGB"), 100.0);
    assert_eq!(changed.field("/providerSettings/instanceSizeName"), "M30");
    assert_eq!(changed.field("/providerSettings/regionName"), "US_EAST_1");
    assert_eq!((deleted.status, deleted.text.as_str()), (202, "{}"));
}

#[tokio::test]
async fn both_apis_have_the_same_state() {
    let atlas = Atlas::demo().await;
    let path = format!(
        "/groups/{}/clusters/shop-staging",
        atlas.project("Storefront")
    );

    let paused = send(&atlas, Method::PATCH, &path, json!({ "paused": true })).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let cluster = atlas
        .get(&format!("{}/shop-staging", atlas.clusters("Storefront")))
        .await;

    assert_eq!(paused.field("/paused"), true);
    assert_eq!(cluster.field("/paused"), true);
    assert_eq!(cluster.field("/stateName"), "IDLE");
}

#[tokio::test]
async fn creates_and_deletes_project() {
    let atlas = Atlas::demo().await;
    let body = json!({ "name": "Scratch", "orgId": atlas.simulator.organization_id() });

    let created = send(&atlas, Method::POST, "/groups", body).await;
    let path = format!("/groups/{}", created.field("/id").as_str().unwrap());
    let deleted = send(&atlas, Method::DELETE, &path, json!({})).await;

    assert_eq!(created.status, 201);
    assert_eq!(deleted.status, 202);
    get(&atlas, &path).await.refused(404, "GROUP_NOT_FOUND");
}

#[tokio::test]
async fn errors_have_code_and_detail() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");

    let missing = get(&atlas, &format!("/groups/{project}/clusters/nope")).await;
    let unknown_path = get(&atlas, "/nowhere").await;

    assert_eq!(
        missing.refused(404, "CLUSTER_NOT_FOUND"),
        format!("No cluster named nope exists in group {project}.")
    );
    unknown_path.refused(404, "RESOURCE_NOT_FOUND");
}
