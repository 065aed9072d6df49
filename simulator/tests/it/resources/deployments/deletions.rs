//! Retained snapshots and alerts of deleted clusters.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

const INCLUDE_DELETED: &str = "includeDeletedWithRetainedBackups=true";

/// More than the duration of a deletion.
const DELETION_TIME: Duration = Duration::from_mins(5);
const DAY: Duration = Duration::from_hours(24);

/// Creates a cluster with a snapshot that expires after two days, and returns its path.
async fn create_with_snapshot(atlas: &Atlas, name: &str) -> String {
    let clusters = atlas.clusters("Empty Lot");
    let cluster = json!({
        "name": name, "clusterType": "REPLICASET", "backupEnabled": true,
        "replicationSpecs": [{ "regionConfigs": [{
            "providerName": "AWS", "regionName": "US_EAST_1", "priority": 7,
            "electableSpecs": { "instanceSize": "M10", "nodeCount": 3 },
        }] }],
    });
    assert_eq!(atlas.post(&clusters, cluster).await.status, 201);
    atlas.simulator.advance(Duration::from_mins(10));
    let path = format!("{clusters}/{name}");
    let snapshot = json!({ "description": "last", "retentionInDays": 2 });
    let created = atlas
        .post(&format!("{path}/backup/snapshots"), snapshot)
        .await;
    assert_eq!(created.status, 200, "{created:?}");
    atlas.simulator.advance(Duration::from_mins(10));
    path
}

/// The names of listed clusters.
async fn names(atlas: &Atlas, query: &str) -> Vec<Value> {
    let listed = atlas
        .get(&format!("{}?{query}", atlas.clusters("Empty Lot")))
        .await;
    let results = listed.field("/results");
    let names = results.as_array().unwrap().iter();
    names.map(|cluster| cluster["name"].clone()).collect()
}

#[tokio::test]
async fn deleted_cluster_is_listed_until_its_snapshots_expire() {
    let atlas = Atlas::demo().await;
    let retained = create_with_snapshot(&atlas, "retained").await;
    let removed = create_with_snapshot(&atlas, "removed").await;

    let deleted = atlas
        .delete(&format!("{retained}?retainBackups=true"))
        .await;
    assert_eq!(deleted.status, 202);
    assert_eq!(atlas.get(&retained).await.field("/retainBackups"), true);
    assert_eq!(atlas.delete(&removed).await.status, 202);
    atlas.simulator.advance(DELETION_TIME);

    atlas
        .get(&retained)
        .await
        .assert_error(404, "CLUSTER_NOT_FOUND");
    assert!(names(&atlas, "").await.is_empty());
    assert_eq!(names(&atlas, INCLUDE_DELETED).await, ["retained"]);
    let query = format!("{}?{INCLUDE_DELETED}", atlas.clusters("Empty Lot"));
    let deleted_cluster = atlas.get(&query).await.field("/results/0");
    assert_eq!(deleted_cluster["connectionStrings"], json!({}));
    assert_eq!(deleted_cluster["retainBackups"], true);
    let snapshots = format!("{retained}/backup/snapshots");
    let snapshot = atlas.get(&snapshots).await;
    assert_eq!(snapshot.field("/results/0/description"), "last");
    let removed = atlas.get(&format!("{removed}/backup/snapshots")).await;
    removed.assert_error(404, "CLUSTER_NOT_FOUND");

    atlas.simulator.advance(DAY * 3);
    assert!(names(&atlas, INCLUDE_DELETED).await.is_empty());
    let expired = atlas.get(&snapshots).await;
    expired.assert_error(404, "CLUSTER_NOT_FOUND");
}

#[tokio::test]
async fn deleted_cluster_is_removed_with_its_last_snapshot() {
    let atlas = Atlas::demo().await;
    let retained = create_with_snapshot(&atlas, "retained").await;
    atlas
        .delete(&format!("{retained}?retainBackups=true"))
        .await;
    atlas.simulator.advance(DELETION_TIME);

    let snapshots = format!("{retained}/backup/snapshots");
    let listed = atlas.get(&snapshots).await.field("/results");
    assert_eq!(names(&atlas, INCLUDE_DELETED).await, ["retained"]);
    for snapshot in listed.as_array().unwrap() {
        let path = format!("{snapshots}/{}", snapshot["id"].as_str().unwrap());
        let deleted = atlas.delete(&path).await;
        assert!(deleted.status < 300, "{deleted:?}");
    }

    assert!(names(&atlas, INCLUDE_DELETED).await.is_empty());
}

#[tokio::test]
async fn new_cluster_has_no_snapshots_of_a_deleted_cluster_of_the_same_name() {
    let atlas = Atlas::demo().await;
    let path = create_with_snapshot(&atlas, "again").await;
    let before = atlas.get(&format!("{path}/backup/snapshots")).await;
    let before = before.field("/results/0/id");
    atlas.delete(&path).await;
    atlas.simulator.advance(DELETION_TIME);

    let path = create_with_snapshot(&atlas, "again").await;
    let after = atlas.get(&format!("{path}/backup/snapshots")).await;

    let after = after.field("/results");
    let ids = after
        .as_array()
        .unwrap()
        .iter()
        .map(|snapshot| &snapshot["id"]);
    assert!(ids.clone().count() > 0);
    assert!(ids.clone().all(|id| *id != before), "{after}");
}

#[tokio::test]
async fn deletion_closes_alerts_of_the_cluster() {
    let atlas = Atlas::demo().await;
    let group = atlas.clusters("Café Zürich").replace("/clusters", "");
    let rule = json!({
        "enabled": true,
        "eventTypeName": "OUTSIDE_METRIC_THRESHOLD",
        "metricThreshold": {
            "metricName": "CONNECTIONS", "mode": "AVERAGE", "operator": "GREATER_THAN",
            "threshold": 1, "units": "RAW",
        },
        "notifications": [{ "typeName": "GROUP", "roles": ["GROUP_OWNER"] }],
    });
    atlas.post(&format!("{group}/alertConfigs"), rule).await;
    let open = format!("{group}/alerts?status=OPEN");
    assert_eq!(atlas.get(&open).await.field("/totalCount"), 3);

    let deleted = atlas
        .delete(&format!("{group}/clusters/reservations"))
        .await;
    assert_eq!(deleted.status, 202);
    atlas.simulator.advance(DELETION_TIME);

    assert_eq!(atlas.get(&open).await.field("/totalCount"), 0);
    let closed = atlas.get(&format!("{group}/alerts?status=CLOSED")).await;
    let closed = closed.field("/results");
    let metrics = closed.as_array().unwrap().iter();
    let metrics = metrics.filter(|alert| alert["eventTypeName"] == "OUTSIDE_METRIC_THRESHOLD");
    assert_eq!(metrics.count(), 3, "{closed}");
}
