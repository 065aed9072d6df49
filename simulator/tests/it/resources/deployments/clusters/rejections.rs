//! Requests that Atlas rejects.

use reqwest::Method;
use serde_json::{Value, json};

use super::{PROJECT, cluster_body};
use crate::support::{Atlas, LATEST};

#[tokio::test]
async fn deletion_rejects_protected_cluster() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/shop-production", atlas.clusters("Storefront"));

    atlas.delete(&path).await.assert_error(
        400,
        "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED",
    );
    atlas
        .patch(&path, json!({ "terminationProtectionEnabled": false }))
        .await;

    assert_eq!(atlas.delete(&path).await.status, 202);
}

#[tokio::test]
async fn creation_rejects_invalid_and_duplicate_names() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Sandbox");

    for name in ["with space", "-first", "ünder", "a_b", ""] {
        let answer = atlas.post(&clusters, cluster_body(name)).await;
        answer.assert_error(400, "CLUSTER_NAME_INVALID");
        assert_eq!(answer.field("/parameters"), json!([name]));
    }
    for name in ["playground", "scratch"] {
        let answer = atlas.post(&clusters, cluster_body(name)).await;
        answer.assert_error(400, "DUPLICATE_CLUSTER_NAME");
    }
}

#[tokio::test]
async fn creation_rejects_paused() {
    let atlas = Atlas::demo().await;
    let mut body = cluster_body("sleepy");
    body["paused"] = json!(true);

    let answer = atlas.post(&atlas.clusters(PROJECT), body).await;

    assert_eq!(
        answer.assert_error(400, "CANNOT_CREATE_PAUSED_CLUSTER"),
        "Cluster sleepy cannot be created in a paused state."
    );
}

#[tokio::test]
async fn update_rejects_free_cluster() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/playground", atlas.clusters("Sandbox"));

    for body in [json!({ "paused": true }), json!({ "backupEnabled": true })] {
        atlas
            .patch(&path, body)
            .await
            .assert_error(400, "TENANT_CLUSTER_UPDATE_UNSUPPORTED");
    }
}

#[tokio::test]
async fn cluster_api_rejects_flex_clusters() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Sandbox");

    let list = atlas.get(&clusters).await;
    let flex_cluster = atlas.get(&format!("{clusters}/scratch")).await;
    let deleted = atlas.delete(&format!("{clusters}/scratch")).await;

    assert_eq!(list.field("/totalCount"), 1);
    assert_eq!(
        flex_cluster.assert_error(400, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API"),
        "Flex cluster scratch cannot be used in the Cluster API."
    );
    deleted.assert_error(400, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API");
}

#[tokio::test]
async fn unknown_project_is_not_found() {
    let atlas = Atlas::demo().await;

    let unknown = atlas
        .get("/api/atlas/v2/groups/000000000000000000000000/clusters")
        .await;
    let malformed = atlas.get("/api/atlas/v2/groups/nope/clusters/x").await;

    unknown.assert_error(404, "GROUP_NOT_FOUND");
    assert_eq!(
        malformed.assert_error(404, "INVALID_GROUP_ID"),
        "An invalid group ID nope was specified."
    );
}

#[tokio::test]
async fn invalid_body_is_rejected_with_its_field() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let mut no_region = cluster_body("a");
    no_region["replicationSpecs"][0]["regionConfigs"][0]["regionName"] = Value::Null;
    let mut unknown_size = cluster_body("a");
    unknown_size["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"]["instanceSize"] =
        json!("large");

    let broken = atlas
        .call(
            Method::POST,
            &clusters,
            LATEST,
            Some("{\"name\":".to_owned()),
        )
        .await;
    let no_region = atlas.post(&clusters, no_region).await;
    let unknown_size = atlas.post(&clusters, unknown_size).await;
    let no_specs = atlas.post(&clusters, json!({ "name": "a" })).await;

    assert_eq!(
        broken.assert_error(400, "MALFORMED_JSON"),
        "Received JSON is malformed."
    );
    no_region.assert_error(400, "MISSING_ATTRIBUTE");
    let field = "replicationSpecs[0].regionConfigs[0]";
    assert_eq!(no_region.field("/parameters"), json!(["regionName"]));
    assert_eq!(
        no_region.field("/badRequestDetail/fields/0/field"),
        format!("{field}.regionName")
    );
    unknown_size.assert_error(400, "INVALID_ENUM_VALUE");
    assert_eq!(unknown_size.field("/parameters"), json!(["large"]));
    assert_eq!(
        unknown_size.field("/badRequestDetail/fields/0/field"),
        format!("{field}.electableSpecs.instanceSize")
    );
    no_specs.assert_error(400, "MISSING_ATTRIBUTE");
}
