//! Restore jobs.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

/// Takes a snapshot; returns the path of the restore jobs and the id of the snapshot.
async fn take_snapshot(atlas: &Atlas) -> (String, Value) {
    let backup = format!("{}/shop-production/backup", atlas.clusters("Storefront"));
    let body = json!({ "description": "before", "retentionInDays": 1 });
    let snapshot = atlas.post(&format!("{backup}/snapshots"), body).await;
    atlas.simulator.advance(Duration::from_mins(3));
    (format!("{backup}/restoreJobs"), snapshot.field("/id"))
}

#[tokio::test]
async fn restore_requires_a_running_target_cluster() {
    let atlas = Atlas::demo().await;
    let (jobs, id) = take_snapshot(&atlas).await;
    let unknown_id = "0123456789abcdef01234567";
    let job = |target: Value| {
        let mut job = json!({ "deliveryType": "automated", "snapshotId": id });
        job.as_object_mut()
            .unwrap()
            .extend(target.as_object().unwrap().clone());
        job
    };

    let staging = json!({ "targetClusterName": "shop-staging" });
    let restored = atlas.post(&jobs, job(staging)).await;
    assert_eq!(restored.status, 200, "{restored:?}");
    assert_eq!(
        restored.field("/targetGroupId"),
        atlas.project("Storefront")
    );
    for (target, status, code) in [
        (
            json!({ "targetClusterName": "nope" }),
            404,
            "CLUSTER_NOT_FOUND",
        ),
        (json!({}), 400, "MISSING_ATTRIBUTE"),
        (
            json!({ "targetClusterName": "shop-staging", "targetGroupId": unknown_id }),
            404,
            "GROUP_NOT_FOUND",
        ),
        (
            json!({ "targetClusterName": "shop-reports" }),
            400,
            "CLUSTER_PAUSED_CANNOT_RESTORE",
        ),
        (
            json!({ "targetClusterName": "shop-staging", "snapshotId": unknown_id }),
            404,
            "SNAPSHOT_NOT_FOUND",
        ),
    ] {
        let refused = atlas.post(&jobs, job(target)).await;
        refused.assert_error(status, code);
    }
    let download = json!({ "deliveryType": "download" });
    let download = atlas.post(&jobs, download).await;
    download.assert_error(400, "MISSING_ATTRIBUTE");
    assert_eq!(download.field("/parameters"), json!(["snapshotId"]));
}

#[tokio::test]
async fn point_in_time_restore_requires_a_time_in_the_window() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/shop-production", atlas.clusters("Storefront"));
    let jobs = format!("{cluster}/backup/restoreJobs");
    let now = 1_788_249_600;
    let day = 24 * 60 * 60;
    let job = |seconds: Option<i64>| {
        json!({
            "deliveryType": "pointInTime", "pointInTimeUTCSeconds": seconds,
            "targetClusterName": "shop-staging",
        })
    };

    let without_pit = atlas.post(&jobs, job(Some(now - day))).await;
    atlas.patch(&cluster, json!({ "pitEnabled": true })).await;
    let before_creation = atlas.post(&jobs, job(Some(1_300_000_000))).await;
    let before_window = atlas.post(&jobs, job(Some(now - 8 * day))).await;
    let in_future = atlas.post(&jobs, job(Some(now + day))).await;
    let without_time = atlas.post(&jobs, job(None)).await;
    let restored = atlas.post(&jobs, job(Some(now - day))).await;

    without_pit.assert_error(409, "NO_CHECKPOINT_FOR_PIT_RESTORE");
    for refused in [before_creation, before_window] {
        refused.assert_error(404, "UNABLE_T0_FIND_SNAPSHOT_PRIOR_TO_PIT_RESTORE_OPTIME");
    }
    for refused in [in_future, without_time] {
        refused.assert_error(400, "INVALID_PIT_RESTORE_TIME");
    }
    assert_eq!(restored.status, 200, "{restored:?}");
    assert_eq!(
        restored.field("/desiredTimestamp/date"),
        "2026-08-31T08:00:00Z"
    );
}
