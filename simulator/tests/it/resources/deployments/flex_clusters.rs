//! Flex clusters.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Atlas, Response};

fn flex(atlas: &Atlas, project: &str) -> String {
    format!(
        "/api/atlas/v2/groups/{}/flexClusters",
        atlas.project(project)
    )
}

fn flex_body(name: &str) -> Value {
    let provider = json!({ "backingProviderName": "AWS", "regionName": "EU_WEST_1" });
    json!({ "name": name, "providerSettings": provider })
}

#[tokio::test]
async fn flex_cluster_is_created_and_deleted_within_a_minute() {
    let atlas = Atlas::demo().await;
    let clusters = flex(&atlas, "Empty Lot");
    let path = format!("{clusters}/quick");

    let created = atlas.post(&clusters, flex_body("quick")).await;
    atlas.simulator.advance(Duration::from_secs(8));
    let ready = atlas.get(&path).await;
    let deleted = atlas.delete(&path).await;
    let deleting = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_secs(45));
    let gone = atlas.get(&path).await;

    assert_eq!(
        (created.status, created.field("/stateName")),
        (201, json!("CREATING"))
    );
    assert!(
        created
            .json()
            .pointer("/connectionStrings/standard")
            .is_none()
    );
    assert_eq!(ready.field("/stateName"), "IDLE");
    assert!(ready.field("/connectionStrings/standard").is_string());
    assert_eq!(ready.field("/providerSettings/diskSizeGB"), 5.0);
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    assert_eq!(deleting.field("/stateName"), "DELETING");
    gone.assert_error(404, "CLUSTER_NOT_FOUND");
}

#[tokio::test]
async fn flex_clusters_are_listed_and_updated() {
    let atlas = Atlas::demo().await;
    let clusters = flex(&atlas, "Sandbox");

    let list = atlas.get(&clusters).await;
    let protected = json!({ "terminationProtectionEnabled": true });
    let changed = atlas.patch(&format!("{clusters}/scratch"), protected).await;
    let deletion = atlas.delete(&format!("{clusters}/scratch")).await;

    assert_eq!(list.field("/totalCount"), 2);
    assert_eq!(list.field("/results/0/name"), "scratch");
    assert_eq!(changed.field("/stateName"), "UPDATING");
    deletion.assert_error(
        400,
        "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED",
    );
}

#[tokio::test]
async fn flex_api_rejects_other_clusters() {
    let atlas = Atlas::demo().await;

    let answer = atlas
        .get(&format!("{}/playground", flex(&atlas, "Sandbox")))
        .await;

    assert_eq!(
        answer.assert_error(400, "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API"),
        "Cannot use non-flex cluster playground in the flex API."
    );
}

#[tokio::test]
async fn creation_rejects_duplicate_name_and_invalid_provider() {
    let atlas = Atlas::demo().await;
    let clusters = flex(&atlas, "Sandbox");
    let mut unknown_provider = flex_body("invalid");
    unknown_provider["providerSettings"]["backingProviderName"] = json!("MOON");

    let duplicate = atlas.post(&clusters, flex_body("playground")).await;
    let unknown_provider = atlas.post(&clusters, unknown_provider).await;
    let without_provider = atlas.post(&clusters, json!({ "name": "invalid" })).await;

    duplicate.assert_error(400, "DUPLICATE_CLUSTER_NAME");
    unknown_provider.assert_error(400, "INVALID_ENUM_VALUE");
    assert_eq!(unknown_provider.field("/parameters"), json!(["MOON"]));
    without_provider.assert_error(400, "MISSING_ATTRIBUTE");
}

#[tokio::test]
async fn pause_rejects_flex_cluster() {
    let atlas = Atlas::demo().await;
    let pause = json!({ "paused": true });

    let in_flex_api = atlas
        .patch(
            &format!("{}/scratch", flex(&atlas, "Sandbox")),
            pause.clone(),
        )
        .await;
    let in_cluster_api = atlas
        .patch(&format!("{}/scratch", atlas.clusters("Sandbox")), pause)
        .await;

    in_flex_api.assert_error(400, "INVALID_ATTRIBUTE");
    in_cluster_api.assert_error(400, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API");
}

#[tokio::test]
async fn flex_cluster_can_be_upgraded_to_dedicated() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/scratch", flex(&atlas, "Sandbox"));
    let upgrade = format!("{}:tenantUpgrade", flex(&atlas, "Sandbox"));
    let before = atlas.get(&path).await;
    let region = json!({
        "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
        "electableSpecs": { "instanceSize": "M20", "nodeCount": 3 },
    });
    let body = json!({
        "name": "scratch", "clusterType": "REPLICASET",
        "replicationSpecs": [{ "regionConfigs": [region] }],
    });

    let upgrading = atlas.post(&upgrade, body).await;
    let dedicated = format!("{}/scratch", atlas.clusters("Sandbox"));
    let before_end = atlas.get(&dedicated).await;
    atlas.simulator.advance(Duration::from_mins(10));
    let upgraded = atlas.get(&dedicated).await;
    let as_flex = atlas.get(&path).await;

    assert_eq!(
        (upgrading.status, upgrading.field("/stateName")),
        (200, json!("UPDATING"))
    );
    before_end.assert_error(400, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API");
    assert_eq!(upgraded.field("/stateName"), "IDLE");
    assert_eq!(upgraded.field("/id"), before.field("/id"));
    assert_eq!(
        upgraded.field("/replicationSpecs/0/regionConfigs/0/electableSpecs/instanceSize"),
        "M20"
    );
    as_flex.assert_error(400, "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API");
}

#[tokio::test]
async fn upgrade_without_replication_specs_creates_m10() {
    let atlas = Atlas::demo().await;
    let upgrade = format!("{}:tenantUpgrade", flex(&atlas, "Sandbox"));

    let upgrading = atlas.post(&upgrade, json!({ "name": "notes" })).await;
    atlas.simulator.advance(Duration::from_mins(10));
    let upgraded = atlas
        .get(&format!("{}/notes", atlas.clusters("Sandbox")))
        .await;
    let unknown = atlas.post(&upgrade, json!({ "name": "unknown" })).await;
    let dedicated = atlas.post(&upgrade, json!({ "name": "playground" })).await;

    assert_eq!(upgrading.status, 200);
    assert_eq!(
        upgraded.field("/replicationSpecs/0/regionConfigs/0/electableSpecs/instanceSize"),
        "M10"
    );
    unknown.assert_error(404, "CLUSTER_NOT_FOUND");
    dedicated.assert_error(400, "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API");
}

#[tokio::test]
async fn free_cluster_can_be_upgraded_to_flex() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Sandbox");
    let before = atlas.get(&format!("{clusters}/playground")).await;
    let upgrade = |size: &str| {
        json!({ "name": "playground", "providerSettings": {
            "providerName": "FLEX", "instanceSizeName": size,
            "backingProviderName": "AWS", "regionName": "US_EAST_1",
        }})
    };

    let path = format!("{clusters}/tenantUpgrade");
    let invalid_size = atlas.post(&path, upgrade("M10")).await;
    let upgrading = atlas.post(&path, upgrade("FLEX")).await;
    let flex = format!("{}/playground", flex(&atlas, "Sandbox"));
    let meanwhile = atlas.get(&flex).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let upgraded = atlas.get(&flex).await;

    invalid_size.assert_error(400, "INVALID_ENUM_VALUE");
    assert_eq!(upgrading.status, 200);
    assert_eq!(
        upgrading.field("/providerSettings/providerName"),
        "FLEX",
        "{upgrading:?}"
    );
    assert_eq!(meanwhile.field("/stateName"), "UPDATING");
    assert_eq!(upgraded.field("/stateName"), "IDLE");
    assert_eq!(upgraded.field("/id"), before.field("/id"));
    atlas
        .get(&format!("{clusters}/playground"))
        .await
        .assert_error(400, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API");
}

#[tokio::test]
async fn free_cluster_can_be_upgraded_to_dedicated() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Sandbox");
    let upgrade = format!("{clusters}/tenantUpgrade");
    let size = |size: &str| json!({ "providerName": "AWS", "instanceSizeName": size });
    let body = |name: &str, to: &str| json!({ "name": name, "providerSettings": size(to) });

    let shared = json!({ "providerName": "TENANT", "instanceSizeName": "M5" });
    let shared = json!({ "name": "playground", "providerSettings": shared });
    let to_shared = atlas.post(&upgrade, shared).await;
    let upgrading = atlas.post(&upgrade, body("playground", "M30")).await;
    let path = format!("{clusters}/playground");
    let during_start = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_secs(15));
    let without_addresses = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_secs(15));
    let replaced = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_mins(10));
    let upgraded = atlas.get(&format!("{clusters}/playground")).await;
    let second = atlas.post(&upgrade, body("playground", "M40")).await;

    to_shared.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(
        (upgrading.status, upgrading.field("/stateName")),
        (200, json!("UPDATING"))
    );
    assert_eq!(
        upgrading.field("/providerSettings/instanceSizeName"),
        "M30",
        "the response has the form of this operation's version"
    );
    let provider = "/replicationSpecs/0/regionConfigs/0/providerName";
    let summary = |answer: &Response| {
        let connection_strings = answer.field("/connectionStrings");
        let has_address = connection_strings.get("standard").is_some();
        (
            answer.field(provider),
            answer.field("/stateName"),
            has_address,
        )
    };
    let updating = json!("UPDATING");
    assert_eq!(
        summary(&during_start),
        (json!("TENANT"), updating.clone(), true)
    );
    assert_eq!(
        summary(&without_addresses),
        (json!("TENANT"), updating.clone(), false)
    );
    assert_eq!(summary(&replaced), (json!("AWS"), updating, true));
    assert_eq!(summary(&upgraded), (json!("AWS"), json!("IDLE"), true));
    second.assert_error(400, "INVALID_ATTRIBUTE");
}
