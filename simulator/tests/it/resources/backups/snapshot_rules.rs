//! On-demand snapshots: rejected requests and error codes.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn snapshot_in_progress_rejects_further_requests() {
    let atlas = Atlas::demo().await;
    let backup = format!("{}/shop-production/backup", atlas.clusters("Storefront"));
    let snapshots = format!("{backup}/snapshots");
    let first = atlas
        .post(&snapshots, json!({ "retentionInDays": 2 }))
        .await;
    let id = first.field("/id");
    let path = format!("{snapshots}/{}", id.as_str().unwrap());
    let retention = json!({ "retentionUnit": "DAYS", "retentionValue": 5 });
    let restore = json!({
        "deliveryType": "automated", "snapshotId": id, "targetClusterName": "shop-staging",
    });
    let jobs = format!("{backup}/restoreJobs");

    let second = atlas.post(&snapshots, json!({})).await;
    let retained = atlas.patch(&path, retention.clone()).await;
    let deleted = atlas.delete(&path).await;
    let restored = atlas.post(&jobs, restore.clone()).await;
    atlas.simulator.advance(Duration::from_mins(3));
    let first_job = atlas.post(&jobs, restore.clone()).await;
    let second_job = atlas.post(&jobs, restore).await;

    second.assert_error(400, "UNFINISHED_ON_DEMAND_SNAPSHOT");
    retained.assert_error(400, "CANNOT_MODIFY_IN_PROGRESS_SNAPSHOT_RETENTION");
    deleted.assert_error(400, "CANNOT_DELETE_IN_PROGRESS_SNAPSHOT");
    let code = "CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT";
    restored.assert_error(409, code);
    assert_eq!(first_job.status, 200, "{first_job:?}");
    second_job.assert_error(409, "ATLAS_CLUSTER_RESTORE_IN_PROGRESS");
    assert_eq!(atlas.patch(&path, retention).await.status, 200);
}

#[tokio::test]
async fn errors_name_the_snapshot_and_the_cluster() {
    let atlas = Atlas::demo().await;
    let backup = format!("{}/shop-production/backup", atlas.clusters("Storefront"));
    let id = "0123456789abcdef01234567";

    let snapshot = atlas.get(&format!("{backup}/snapshots/{id}")).await;
    let job = atlas.get(&format!("{backup}/restoreJobs/{id}")).await;

    assert_eq!(
        snapshot.assert_error(404, "SNAPSHOT_NOT_FOUND"),
        format!("No snapshot with ID {id} exists for cluster shop-production.")
    );
    assert_eq!(
        job.assert_error(404, "RESTORE_JOB_NOT_FOUND"),
        format!("No restore job with ID {id} exists for cluster shop-production.")
    );
}

#[tokio::test]
async fn cluster_without_backup_has_no_backup_configuration() {
    let atlas = Atlas::demo().await;
    let free = format!("{}/playground/backup/snapshots", atlas.clusters("Sandbox"));
    let project = atlas.project("Café Zürich");
    let schedule = format!("groups/{project}/clusters/reservations/backup/schedule");

    let snapshot = atlas.post(&free, json!({})).await;
    let legacy = format!("/api/atlas/v1.0/{schedule}");
    let legacy = atlas.get_as(&legacy, "application/json").await;
    let current = atlas.get(&format!("/api/atlas/v2/{schedule}")).await;

    snapshot.assert_error(404, "BACKUP_CONFIG_NOT_FOUND");
    assert_eq!(
        legacy.assert_error(404, "BACKUP_CONFIG_NOT_FOUND"),
        format!("No backup configuration exists for cluster reservations in group {project}.")
    );
    current.assert_error(400, "BACKUP_NOT_ENABLED");
}

#[tokio::test]
async fn download_of_a_snapshot_has_a_url_of_the_simulator() {
    let atlas = Atlas::demo().await;
    let backup = format!("{}/shop-production/backup", atlas.clusters("Storefront"));
    let snapshot = atlas.post(&format!("{backup}/snapshots"), json!({})).await;
    atlas.simulator.advance(Duration::from_mins(3));
    let body = json!({ "deliveryType": "download", "snapshotId": snapshot.field("/id") });
    let jobs = format!("{backup}/restoreJobs");

    let job = atlas.post(&jobs, body).await;
    atlas.simulator.advance(Duration::from_mins(10));
    let path = format!("{jobs}/{}", job.field("/id").as_str().unwrap());
    let url = atlas.get(&path).await.field("/deliveryUrl/0");

    let url = url.as_str().unwrap();
    assert!(url.starts_with(&atlas.simulator.base_url()), "{url}");
}
