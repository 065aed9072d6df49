//! Pausing and resuming: `paused`, `stateName` and rejected requests.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Atlas, Response};

fn state(answer: &Response) -> (Value, Value) {
    (answer.field("/paused"), answer.field("/stateName"))
}

fn expected(paused: bool, state: &str) -> (Value, Value) {
    (json!(paused), json!(state))
}

fn pause() -> Value {
    json!({ "paused": true })
}

fn resume() -> Value {
    json!({ "paused": false })
}

#[tokio::test]
async fn pause_and_resume_pass_through_updating() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let pausing = atlas.patch(&path, pause()).await;
    atlas.simulator.advance(Duration::from_secs(30));
    let paused = atlas.get(&path).await;
    let resuming = atlas.patch(&path, resume()).await;
    atlas.simulator.advance(Duration::from_secs(32));
    let almost = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_secs(1));
    let running = atlas.get(&path).await;

    assert_eq!(pausing.status, 200);
    assert_eq!(state(&pausing), expected(true, "UPDATING"));
    assert_eq!(state(&paused), expected(true, "IDLE"));
    assert_eq!(state(&resuming), expected(false, "UPDATING"));
    assert_eq!(state(&almost), expected(false, "UPDATING"));
    assert_eq!(state(&running), expected(false, "IDLE"));
}

#[tokio::test]
async fn pausing_cluster_can_be_resumed() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    atlas.patch(&path, pause()).await;
    atlas.simulator.advance(Duration::from_secs(5));
    let resumed = atlas.patch(&path, resume()).await;

    assert_eq!(resumed.status, 200);
    assert_eq!(state(&resumed), expected(false, "UPDATING"));
}

#[tokio::test]
async fn pause_rejects_paused_cluster() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/menu-archive", atlas.clusters("Café Zürich"));

    let answer = atlas.patch(&path, pause()).await;

    assert_eq!(
        answer.assert_error(409, "CLUSTER_ALREADY_PAUSED"),
        "Cannot pause a cluster that is already paused."
    );
}

#[tokio::test]
async fn update_rejects_paused_cluster() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/menu-archive", atlas.clusters("Café Zürich"));

    let changed = atlas.patch(&path, json!({ "backupEnabled": true })).await;
    let both = atlas
        .patch(&path, json!({ "backupEnabled": true, "paused": false }))
        .await;

    assert_eq!(
        changed.assert_error(409, "CANNOT_UPDATE_PAUSED_CLUSTER"),
        "Cannot update cluster menu-archive while it is paused or being paused."
    );
    both.assert_error(409, "CANNOT_UPDATE_PAUSED_CLUSTER");
    assert_eq!(state(&atlas.get(&path).await), expected(true, "IDLE"));
}

#[tokio::test]
async fn update_rejects_pause_with_another_change() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let answer = atlas
        .patch(&path, json!({ "backupEnabled": true, "paused": true }))
        .await;

    assert_eq!(
        answer.assert_error(409, "CANNOT_UPDATE_AND_PAUSE_CLUSTER"),
        "Cannot update and pause cluster reservations at the same time."
    );
}

#[tokio::test]
async fn pause_rejects_pending_changes() {
    let atlas = Atlas::demo().await;
    let creating = format!("{}/ingest-next", atlas.clusters("Älvsjö: sensors, edge"));
    let updating = format!("{}/reservations", atlas.clusters("Café Zürich"));
    atlas
        .patch(&updating, json!({ "backupEnabled": true }))
        .await;

    for path in [creating, updating] {
        let answer = atlas.patch(&path, pause()).await;
        assert_eq!(
            answer.assert_error(409, "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES"),
            "Cannot pause a cluster with pending changes."
        );
    }
}

#[tokio::test]
async fn pause_rejects_nvme_cluster() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/warehouse", atlas.clusters("データ基盤"));

    let answer = atlas.patch(&path, pause()).await;

    assert_eq!(
        answer.assert_error(409, "CANNOT_PAUSE_NVME_CLUSTER"),
        "Cannot pause an NVMe Cluster."
    );
}

#[tokio::test]
async fn pause_rejects_recently_resumed_cluster() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/trial-a", atlas.clusters("Field Trials (2026)"));

    let soon = atlas.patch(&path, pause()).await;
    atlas.simulator.advance(Duration::from_mins(50));
    let later = atlas.patch(&path, pause()).await;

    assert_eq!(
        soon.assert_error(400, "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER"),
        "Recently resumed clusters must remain running for 60 minutes to process all queued \
         maintenance."
    );
    assert_eq!(soon.field("/parameters"), json!([60]));
    assert_eq!(later.status, 200);
}

#[tokio::test]
async fn paused_cluster_is_resumed_after_30_days() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/nightly-etl", atlas.clusters("night-batch"));
    assert_eq!(state(&atlas.get(&path).await), expected(true, "IDLE"));

    atlas.simulator.advance(Duration::from_hours(24));
    let resuming = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let running = atlas.get(&path).await;

    assert_eq!(state(&resuming), expected(false, "UPDATING"));
    assert_eq!(state(&running), expected(false, "IDLE"));
}

#[tokio::test]
async fn update_rejects_paused_of_another_type() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let answer = atlas.patch(&path, json!({ "paused": "yes" })).await;

    answer.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(answer.field("/parameters"), json!(["paused"]));
}
