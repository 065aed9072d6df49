//! What a restore of a backup needs.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

/// A snapshot of a cluster; its path and its id.
async fn snapshot(atlas: &Atlas) -> (String, Value) {
    let backup = format!("{}/shop-production/backup", atlas.clusters("Storefront"));
    let body = json!({ "description": "before", "retentionInDays": 1 });
    let taken = atlas.post(&format!("{backup}/snapshots"), body).await;
    atlas.simulator.advance(Duration::from_mins(3));
    (format!("{backup}/restoreJobs"), taken.field("/id"))
}

#[tokio::test]
async fn a_snapshot_is_restored_to_a_cluster_that_is_there_and_runs() {
    let atlas = Atlas::demo().await;
    let (jobs, id) = snapshot(&atlas).await;
    let nowhere = "0123456789abcdef01234567";
    let job = |target: Value| {
        let mut job = json!({ "deliveryType": "automated", "snapshotId": id });
        job.as_object_mut()
            .unwrap()
            .extend(target.as_object().unwrap().clone());
        job
    };

    let here = json!({ "targetClusterName": "shop-staging" });
    let restored = atlas.post(&jobs, job(here)).await;
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
            json!({ "targetClusterName": "shop-staging", "targetGroupId": nowhere }),
            404,
            "GROUP_NOT_FOUND",
        ),
        (
            json!({ "targetClusterName": "shop-reports" }),
            400,
            "CLUSTER_PAUSED_CANNOT_RESTORE",
        ),
        (
            json!({ "targetClusterName": "shop-staging", "snapshotId": nowhere }),
            404,
            "SNAPSHOT_NOT_FOUND",
        ),
    ] {
        let refused = atlas.post(&jobs, job(target)).await;
        refused.refused(status, code);
    }
    let nothing = json!({ "deliveryType": "download" });
    let nothing = atlas.post(&jobs, nothing).await;
    nothing.refused(400, "MISSING_ATTRIBUTE");
    assert_eq!(nothing.field("/parameters"), json!(["snapshotId"]));
}

#[tokio::test]
async fn a_moment_is_restored_that_continuous_backup_has_kept() {
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

    let without = atlas.post(&jobs, job(Some(now - day))).await;
    atlas.patch(&cluster, json!({ "pitEnabled": true })).await;
    let never = atlas.post(&jobs, job(Some(1_300_000_000))).await;
    let old = atlas.post(&jobs, job(Some(now - 8 * day))).await;
    let ahead = atlas.post(&jobs, job(Some(now + day))).await;
    let none = atlas.post(&jobs, job(None)).await;
    let restored = atlas.post(&jobs, job(Some(now - day))).await;

    without.refused(400, "INVALID_PIT_RESTORE_TIME");
    for refused in [never, old] {
        refused.refused(404, "UNABLE_T0_FIND_SNAPSHOT_PRIOR_TO_PIT_RESTORE_OPTIME");
    }
    for refused in [ahead, none] {
        refused.refused(400, "INVALID_PIT_RESTORE_TIME");
    }
    assert_eq!(restored.status, 200, "{restored:?}");
    assert_eq!(
        restored.field("/desiredTimestamp/date"),
        "2026-08-31T08:00:00Z"
    );
}
