//! Dedicated clusters: creation, updates and deletion.

mod rejections;

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

const PROJECT: &str = "Empty Lot";

fn cluster_body(name: &str) -> Value {
    let nodes = json!({ "instanceSize": "M10", "nodeCount": 3, "diskSizeGB": 20 });
    json!({
        "clusterType": "REPLICASET",
        "name": name,
        "replicationSpecs": [{
            "regionConfigs": [{
                "electableSpecs": nodes,
                "priority": 7,
                "providerName": "AWS",
                "regionName": "US_EAST_1",
            }],
        }],
    })
}

#[tokio::test]
async fn created_cluster_is_idle_after_eight_minutes() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let path = format!("{clusters}/fresh");

    let created = atlas.post(&clusters, cluster_body("fresh")).await;
    atlas.simulator.advance(Duration::from_secs(8 * 60 - 1));
    let almost = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_secs(1));
    let ready = atlas.get(&path).await;

    assert_eq!(created.status, 201);
    assert_eq!(created.field("/stateName"), "CREATING");
    assert_eq!(created.field("/connectionStrings"), json!({}));
    assert_eq!(created.field("/createDate"), "2026-09-01T08:00:00Z");
    assert_eq!(almost.field("/stateName"), "CREATING");
    assert_eq!(ready.field("/stateName"), "IDLE");
    assert!(ready.field("/connectionStrings/standardSrv").is_string());
    let region = ready.field("/replicationSpecs/0/regionConfigs/0");
    assert_eq!(region["electableSpecs"]["diskSizeGB"], 20.0);
    assert!(ready.text.contains("\"diskSizeGB\":20.0"));
}

#[tokio::test]
async fn cluster_has_all_fields_in_alphabetical_order() {
    let atlas = Atlas::demo().await;

    let answer = atlas
        .get(&format!("{}/reservations", atlas.clusters("Café Zürich")))
        .await;

    let keys = [
        "adaptiveCapacity",
        "advancedConfiguration",
        "backupEnabled",
        "biConnector",
        "clusterType",
        "connectionStrings",
        "createDate",
        "diskWarmingMode",
        "effectiveDatabaseEdition",
        "effectiveReplicationSpecs",
        "encryptionAtRestProvider",
        "featureCompatibilityVersion",
        "globalClusterSelfManagedSharding",
        "groupId",
        "id",
        "internalClusterRole",
        "labels",
        "links",
        "mongoDBMajorVersion",
        "mongoDBVersion",
        "name",
        "paused",
        "pitEnabled",
        "redactClientLogData",
        "replicationSpecs",
        "retainBackups",
        "rootCertType",
        "stateName",
        "tags",
        "terminationProtectionEnabled",
        "useAwsTimeBasedSnapshotCopyForFastInitialSync",
        "versionReleaseSystem",
    ];
    let document = answer.json();
    let mut names: Vec<_> = document
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_by_key(|key| answer.text.find(&format!("\"{key}\":")));
    assert_eq!(document.as_object().unwrap().len(), keys.len());
    assert_eq!(names.first(), Some(&"adaptiveCapacity"));
    names.sort_unstable();
    assert_eq!(names, keys);
    assert_eq!(answer.field("/biConnector/readPreference"), "secondary");
}

#[tokio::test]
async fn update_of_settings_takes_30_seconds() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let tags = json!([{ "key": "team", "value": "floor" }]);

    let changed = atlas.patch(&path, json!({ "tags": tags })).await;
    atlas.simulator.advance(Duration::from_secs(30));
    let after = atlas.get(&path).await;

    assert_eq!(
        (changed.status, changed.field("/stateName")),
        (200, json!("UPDATING"))
    );
    assert_eq!(changed.field("/tags"), tags);
    assert_eq!(after.field("/stateName"), "IDLE");
}

#[tokio::test]
async fn update_of_nodes_preserves_shard_ids() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let before = atlas.get(&path).await;
    let mut larger = cluster_body("reservations");
    larger["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"]["instanceSize"] =
        json!("M30");
    let specs = &larger["replicationSpecs"];

    let changed = atlas
        .patch(&path, json!({ "replicationSpecs": specs }))
        .await;

    assert_eq!(changed.field("/stateName"), "UPDATING");
    assert_eq!(
        changed.field("/replicationSpecs/0/id"),
        before.field("/replicationSpecs/0/id")
    );
    let region = changed.field("/replicationSpecs/0/regionConfigs/0");
    assert_eq!(region["electableSpecs"]["instanceSize"], "M30");
}

#[tokio::test]
async fn update_with_current_values_changes_nothing() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let answer = atlas
        .patch(&path, json!({ "backupEnabled": false, "paused": false }))
        .await;

    assert_eq!(answer.field("/stateName"), "IDLE");
}

#[tokio::test]
async fn deleted_cluster_is_deleting_and_then_not_found() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let deleted = atlas.delete(&path).await;
    let deleting = atlas.get(&path).await;
    let again = atlas.delete(&path).await;
    let changed = atlas.patch(&path, json!({ "backupEnabled": true })).await;
    atlas.simulator.advance(Duration::from_mins(4));
    let gone = atlas.get(&path).await;

    assert_eq!((deleted.status, deleted.text.as_str()), (202, "{}"));
    assert_eq!(deleting.field("/stateName"), "DELETING");
    assert_eq!(
        again.assert_error(400, "CLUSTER_ALREADY_REQUESTED_DELETION"),
        "The cluster reservations has already been requested for deletion."
    );
    changed.assert_error(400, "CLUSTER_ALREADY_REQUESTED_DELETION");
    let project = atlas.project("Café Zürich");
    assert_eq!(
        gone.assert_error(404, "CLUSTER_NOT_FOUND"),
        format!("No cluster named reservations exists in group {project}.")
    );
    assert_eq!(gone.field("/parameters"), json!(["reservations", project]));
    assert_eq!(gone.field("/reason"), "Not Found");
}

#[tokio::test]
async fn passthrough_attributes_are_merged() {
    let atlas = Atlas::demo().await;
    let running = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let paused = format!("{}/menu-archive", atlas.clusters("Café Zürich"));
    let change = json!({ "advancedConfiguration": { "javascriptEnabled": false } });

    let changed = atlas.patch(&running, change.clone()).await;
    let refused = atlas.patch(&paused, change).await;
    let wrong = atlas
        .patch(&running, json!({ "advancedConfiguration": [] }))
        .await;

    assert_eq!(changed.field("/stateName"), "UPDATING");
    assert_eq!(
        changed.field("/advancedConfiguration/javascriptEnabled"),
        false
    );
    assert_eq!(
        changed.field("/advancedConfiguration/minimumEnabledTlsProtocol"),
        "TLS1_2"
    );
    refused.assert_error(409, "CANNOT_UPDATE_PAUSED_CLUSTER");
    wrong.assert_error(400, "INVALID_ATTRIBUTE");
}

#[tokio::test]
async fn free_cluster_is_idle_within_seconds() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let mut free = cluster_body("free");
    free["replicationSpecs"][0]["regionConfigs"][0] = json!({
        "backingProviderName": "AWS",
        "electableSpecs": { "instanceSize": "M0" },
        "priority": 7,
        "providerName": "TENANT",
        "regionName": "US_EAST_1",
    });

    let created = atlas.post(&clusters, free).await;
    atlas.simulator.advance(Duration::from_secs(27));
    let ready = atlas.get(&format!("{clusters}/free")).await;

    assert_eq!(created.field("/stateName"), "CREATING");
    assert_eq!(ready.field("/stateName"), "IDLE");
    let region = ready.field("/replicationSpecs/0/regionConfigs/0");
    assert_eq!(region["electableSpecs"]["diskSizeGB"], 0.5);
    assert!(ready.json().get("advancedConfiguration").is_none());
}
