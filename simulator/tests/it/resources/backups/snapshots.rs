//! Snapshots and restore jobs.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn snapshot_and_restore_job_complete_later() {
    let atlas = Atlas::demo().await;
    let backup = format!("{}/shop-production/backup", atlas.clusters("Storefront"));
    let body = json!({ "description": "before", "retentionInDays": 1 });

    let snapshot = atlas.post(&format!("{backup}/snapshots"), body).await;
    let id = snapshot.field("/id").as_str().unwrap().to_owned();
    atlas.simulator.advance(Duration::from_mins(3));
    let completed = atlas.get(&format!("{backup}/snapshots/{id}")).await;
    let job = json!({
        "deliveryType": "automated", "snapshotId": id, "targetClusterName": "shop-staging",
        "targetGroupId": atlas.project("Storefront"),
    });
    let job = atlas.post(&format!("{backup}/restoreJobs"), job).await;
    let job_path = format!(
        "{backup}/restoreJobs/{}",
        job.field("/id").as_str().unwrap()
    );
    let running = atlas.get(&job_path).await;
    atlas.simulator.advance(Duration::from_mins(5));
    let finished = atlas.get(&job_path).await;

    assert_eq!(snapshot.field("/status"), "queued");
    assert_eq!(completed.field("/status"), "completed");
    assert!(running.json().get("finishedAt").is_none());
    assert!(finished.json().get("finishedAt").is_some());
}

#[tokio::test]
async fn sharded_snapshot_has_one_member_per_shard() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("データ基盤");
    let backup = format!("{clusters}/events/backup/snapshots");
    for cluster in ["events", "warehouse"] {
        let path = format!("{clusters}/{cluster}");
        atlas.patch(&path, json!({ "backupEnabled": true })).await;
    }
    let body = json!({ "description": "before", "retentionInDays": 1 });

    let created = atlas.post(&backup, body).await;
    let id = created.field("/id").as_str().unwrap().to_owned();
    atlas.simulator.advance(Duration::from_mins(3));
    let list = atlas.get(&format!("{backup}/shardedClusters")).await;
    let single = format!("{backup}/shardedCluster/{id}");
    let snapshot = atlas.get(&single).await;
    let unsharded_path = format!("{clusters}/warehouse/backup/snapshots");
    let body = json!({ "description": "before", "retentionInDays": 1 });
    atlas.post(&unsharded_path, body).await;
    let unsharded = atlas
        .get(&format!("{unsharded_path}/shardedClusters"))
        .await;
    let deleted = atlas.delete(&single).await;
    let missing = atlas.get(&single).await;

    assert_eq!(created.field("/type"), "shardedCluster");
    assert_eq!(list.field("/totalCount"), 1);
    assert_eq!(list.field("/results/0/id"), json!(id));
    assert_eq!(snapshot.field("/status"), "completed");
    let members = snapshot.field("/members");
    let members: Vec<_> = members.as_array().unwrap().iter().collect();
    assert_eq!(members.len(), 2);
    assert_eq!(members[1]["replicaSetName"], "events-shard-1");
    assert_eq!(snapshot.field("/snapshotIds/1"), members[1]["id"]);
    assert_eq!(unsharded.field("/totalCount"), 0);
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    missing.assert_error(404, "SNAPSHOT_NOT_FOUND");
}
