//! What is left of clusters that are gone.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

const DELETED: &str = "includeDeletedWithRetainedBackups=true";

/// How long a cluster takes to be gone.
const GONE: Duration = Duration::from_mins(5);
const DAY: Duration = Duration::from_hours(24);

/// A cluster with backup, and a snapshot of it for two days.
async fn backed_up(atlas: &Atlas, name: &str) -> String {
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
    let taken = atlas
        .post(&format!("{path}/backup/snapshots"), snapshot)
        .await;
    assert_eq!(taken.status, 200, "{taken:?}");
    atlas.simulator.advance(Duration::from_mins(10));
    path
}

/// The clusters of a list, by name.
async fn names(atlas: &Atlas, query: &str) -> Vec<Value> {
    let listed = atlas
        .get(&format!("{}?{query}", atlas.clusters("Empty Lot")))
        .await;
    let results = listed.field("/results");
    let names = results.as_array().unwrap().iter();
    names.map(|it| it["name"].clone()).collect()
}

#[tokio::test]
async fn a_deleted_cluster_is_listed_as_long_as_it_has_backups() {
    let atlas = Atlas::demo().await;
    let left = backed_up(&atlas, "left").await;
    let lost = backed_up(&atlas, "lost").await;

    let deleted = atlas.delete(&format!("{left}?retainBackups=true")).await;
    assert_eq!(deleted.status, 202);
    assert_eq!(atlas.get(&left).await.field("/retainBackups"), true);
    assert_eq!(atlas.delete(&lost).await.status, 202);
    atlas.simulator.advance(GONE);

    atlas.get(&left).await.refused(404, "CLUSTER_NOT_FOUND");
    assert!(names(&atlas, "").await.is_empty());
    assert_eq!(names(&atlas, DELETED).await, ["left"]);
    let query = format!("{}?{DELETED}", atlas.clusters("Empty Lot"));
    let shown = atlas.get(&query).await.field("/results/0");
    assert_eq!(shown["connectionStrings"], json!({}));
    assert_eq!(shown["retainBackups"], true);
    let snapshots = format!("{left}/backup/snapshots");
    let kept = atlas.get(&snapshots).await;
    assert_eq!(kept.field("/results/0/description"), "last");
    let lost = atlas.get(&format!("{lost}/backup/snapshots")).await;
    lost.refused(404, "CLUSTER_NOT_FOUND");

    atlas.simulator.advance(DAY * 3);
    assert!(names(&atlas, DELETED).await.is_empty());
    let over = atlas.get(&snapshots).await;
    over.refused(404, "CLUSTER_NOT_FOUND");
}

#[tokio::test]
async fn a_deleted_cluster_goes_with_its_last_snapshot() {
    let atlas = Atlas::demo().await;
    let left = backed_up(&atlas, "left").await;
    atlas.delete(&format!("{left}?retainBackups=true")).await;
    atlas.simulator.advance(GONE);

    let snapshots = format!("{left}/backup/snapshots");
    let kept = atlas.get(&snapshots).await.field("/results");
    assert_eq!(names(&atlas, DELETED).await, ["left"]);
    for snapshot in kept.as_array().unwrap() {
        let one = format!("{snapshots}/{}", snapshot["id"].as_str().unwrap());
        let deleted = atlas.delete(&one).await;
        assert!(deleted.status < 300, "{deleted:?}");
    }

    assert!(names(&atlas, DELETED).await.is_empty());
}

#[tokio::test]
async fn a_new_cluster_finds_nothing_of_an_old_one_of_its_name() {
    let atlas = Atlas::demo().await;
    let path = backed_up(&atlas, "again").await;
    let before = atlas.get(&format!("{path}/backup/snapshots")).await;
    let before = before.field("/results/0/id");
    atlas.delete(&path).await;
    atlas.simulator.advance(GONE);

    let path = backed_up(&atlas, "again").await;
    let after = atlas.get(&format!("{path}/backup/snapshots")).await;

    let after = after.field("/results");
    let ids = after.as_array().unwrap().iter().map(|it| &it["id"]);
    assert!(ids.clone().count() > 0);
    assert!(ids.clone().all(|id| *id != before), "{after}");
}

#[tokio::test]
async fn alerts_about_a_cluster_that_is_gone_are_closed() {
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
    atlas.simulator.advance(GONE);

    assert_eq!(atlas.get(&open).await.field("/totalCount"), 0);
    let closed = atlas.get(&format!("{group}/alerts?status=CLOSED")).await;
    let closed = closed.field("/results");
    let metrics = closed.as_array().unwrap().iter();
    let metrics = metrics.filter(|it| it["eventTypeName"] == "OUTSIDE_METRIC_THRESHOLD");
    assert_eq!(metrics.count(), 3, "{closed}");
}
