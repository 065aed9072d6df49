//! The API v1.0, with the requests of Python tools.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, Response};

const V1_ROOT: &str = "/api/atlas/v1.0";
/// The `Accept` header of python-requests.
const ANY_TYPE: &str = "*/*";

async fn get(atlas: &Atlas, path: &str) -> Response {
    atlas
        .get_as(
            &format!("{V1_ROOT}{path}?itemsPerPage=100&pageNum=1"),
            ANY_TYPE,
        )
        .await
}

async fn send(atlas: &Atlas, method: Method, path: &str, body: Value) -> Response {
    let path = format!("{V1_ROOT}{path}");
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
        .get_as(
            &format!("{V1_ROOT}/groups?pageNum=2&itemsPerPage=2"),
            ANY_TYPE,
        )
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
async fn v1_0_and_v2_have_the_same_state() {
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
    get(&atlas, &path)
        .await
        .assert_error(404, "GROUP_NOT_FOUND");
}

#[tokio::test]
async fn errors_have_code_and_detail() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");

    let missing = get(&atlas, &format!("/groups/{project}/clusters/nope")).await;
    let unknown_path = get(&atlas, "/nowhere").await;

    assert_eq!(
        missing.assert_error(404, "CLUSTER_NOT_FOUND"),
        format!("No cluster named nope exists in group {project}.")
    );
    unknown_path.assert_error(404, "RESOURCE_NOT_FOUND");
}

/// Sends a GET to both APIs and returns the response of v1.0.
async fn get_both(atlas: &Atlas, path: &str, modern: &str) -> Response {
    let legacy = atlas.get_as(&format!("{V1_ROOT}{path}"), ANY_TYPE).await;
    let oldest = "application/vnd.atlas.2023-01-01+json";
    let modern = atlas
        .get_as(&format!("/api/atlas/v2{modern}"), oldest)
        .await;
    assert_eq!(
        (legacy.status, modern.status),
        (200, 200),
        "{path}: {legacy:?}"
    );
    assert_eq!(legacy.header("content-type"), "application/json");
    assert_eq!(legacy.header("sunset"), "");
    // Stored links have the path of the request that created the resource. Lists of v1.0 do not
    // repeat `includeCount` in their links.
    let normalize = |response: &Response| {
        let json = response.text.replace(V1_ROOT, "/api/atlas/v2");
        let json = json.replace("/whitelist", "/accessList");
        let mut document: Value = serde_json::from_str(&json).unwrap();
        document.as_object_mut().map(|page| page.remove("links"));
        document
    };
    assert_eq!(normalize(&legacy), normalize(&modern), "{path}");
    legacy
}

#[tokio::test]
async fn other_resources_are_aliases_of_the_oldest_version() {
    let atlas = Atlas::demo().await;
    let group = format!("/groups/{}", atlas.project("Storefront"));
    let org = format!("/orgs/{}", atlas.simulator.organization_id());
    let entry = json!([{ "ipAddress": "203.0.113.7", "comment": "office" }]);

    let added = send(&atlas, Method::POST, &format!("{group}/whitelist"), entry).await;
    let listed = get_both(
        &atlas,
        &format!("{group}/whitelist"),
        &format!("{group}/accessList"),
    )
    .await;
    let entry = atlas
        .get_as(&format!("{V1_ROOT}{group}/whitelist/203.0.113.7"), ANY_TYPE)
        .await;
    for path in [
        format!("{group}/accessList"),
        format!("{group}/processes"),
        format!("{group}/events"),
        format!("{group}/alerts"),
        format!("{group}/alertConfigs"),
        format!("{group}/databaseUsers"),
        format!("{group}/users"),
        format!("{group}/teams"),
        format!("{group}/containers?providerName=AWS"),
        format!("{group}/privateEndpoint/AWS/endpointService"),
        format!("{group}/integrations"),
        format!("{group}/clusters/shop-production/backup/schedule"),
        format!("{group}/clusters/shop-production/backup/snapshots"),
        format!("{org}/users"),
        format!("{org}/teams"),
        format!("{org}/apiKeys"),
        format!("{org}/invoices"),
    ] {
        get_both(&atlas, &path, &path).await;
    }

    assert_eq!(added.status, 201, "{added:?}");
    let href = listed.field("/links/0/href");
    assert!(href.as_str().unwrap().contains("/api/atlas/v1.0/groups/"));
    assert_eq!(entry.field("/comment"), "office");
}

#[tokio::test]
async fn creates_organization_and_upgrades_free_cluster() {
    let atlas = Atlas::demo().await;
    let group = format!("/groups/{}", atlas.project("Sandbox"));
    let upgrade = json!({
        "name": "playground",
        "providerSettings": {
            "providerName": "AWS", "instanceSizeName": "M10", "regionName": "US_EAST_1",
        },
    });

    let path = format!("{group}/clusters/tenantUpgrade");
    let upgraded = send(&atlas, Method::POST, &path, upgrade).await;
    let created = send(&atlas, Method::POST, "/orgs", json!({ "name": "Second" })).await;

    assert_eq!(upgraded.status, 200, "{upgraded:?}");
    assert_eq!(upgraded.header("content-type"), "application/json");
    assert_eq!(upgraded.field("/providerSettings/instanceSizeName"), "M10");
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.field("/organization/name"), "Second");
}

#[tokio::test]
async fn v1_5_has_the_advanced_clusters() {
    let atlas = Atlas::demo().await;
    let clusters = format!("/groups/{}/clusters", atlas.project("Storefront"));

    let list = atlas
        .get_as(&format!("/api/atlas/v1.5{clusters}"), ANY_TYPE)
        .await;
    let cluster = atlas
        .get_as(
            &format!("/api/atlas/v1.5{clusters}/shop-production"),
            ANY_TYPE,
        )
        .await;

    assert_eq!(list.field("/totalCount"), 3);
    assert_eq!(cluster.header("content-type"), "application/json");
    assert_eq!(cluster.field("/replicationSpecs/0/numShards"), 1);
    assert!(cluster.json().get("providerSettings").is_none());
}

#[tokio::test]
async fn roles_apply_in_v1_0() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let keys = format!("/api/atlas/v2/orgs/{organization}/apiKeys");
    let body = json!({ "desc": "reader", "roles": ["ORG_READ_ONLY"] });
    let key = atlas.post(&keys, body).await;
    let string_at = |field: &str| key.field(field).as_str().unwrap().to_owned();
    let (public, private) = (string_at("/publicKey"), string_at("/privateKey"));
    let group = format!("{V1_ROOT}/groups/{}", atlas.project("Empty Lot"));

    let pair = (public.as_str(), private.as_str());
    let read = atlas.call_with(pair, Method::GET, &group, None).await;
    let deleted = atlas.call_with(pair, Method::DELETE, &group, None).await;

    assert_eq!(read.status, 200);
    assert_eq!(deleted.status, 401, "{deleted:?}");
}
