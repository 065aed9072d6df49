//! Pausing and resuming: the pair of `paused` and `stateName`, and every refusal.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Answer, Atlas};

fn pair(answer: &Answer) -> (Value, Value) {
    (answer.field("/paused"), answer.field("/stateName"))
}

fn is(paused: bool, state: &str) -> (Value, Value) {
    (json!(paused), json!(state))
}

fn pause() -> Value {
    json!({ "paused": true })
}

fn resume() -> Value {
    json!({ "paused": false })
}

#[tokio::test]
async fn a_cluster_pauses_and_resumes_through_updating() {
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
    assert_eq!(pair(&pausing), is(true, "UPDATING"));
    assert_eq!(pair(&paused), is(true, "IDLE"));
    assert_eq!(pair(&resuming), is(false, "UPDATING"));
    assert_eq!(pair(&almost), is(false, "UPDATING"));
    assert_eq!(pair(&running), is(false, "IDLE"));
}

#[tokio::test]
async fn a_cluster_can_be_resumed_while_it_is_still_pausing() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    atlas.patch(&path, pause()).await;
    atlas.simulator.advance(Duration::from_secs(5));
    let resumed = atlas.patch(&path, resume()).await;

    assert_eq!(resumed.status, 200);
    assert_eq!(pair(&resumed), is(false, "UPDATING"));
}

#[tokio::test]
async fn a_paused_cluster_cannot_be_paused() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/menu-archive", atlas.clusters("Café Zürich"));

    let answer = atlas.patch(&path, pause()).await;

    assert_eq!(
        answer.refused(409, "CLUSTER_ALREADY_PAUSED"),
        "Cannot pause a cluster that is already paused."
    );
}

#[tokio::test]
async fn a_paused_cluster_cannot_be_changed() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/menu-archive", atlas.clusters("Café Zürich"));

    let changed = atlas.patch(&path, json!({ "backupEnabled": true })).await;
    let both = atlas
        .patch(&path, json!({ "backupEnabled": true, "paused": false }))
        .await;

    assert_eq!(
        changed.refused(409, "CANNOT_UPDATE_PAUSED_CLUSTER"),
        "Cannot update cluster menu-archive while it is paused or being paused."
    );
    both.refused(409, "CANNOT_UPDATE_PAUSED_CLUSTER");
    assert_eq!(pair(&atlas.get(&path).await), is(true, "IDLE"));
}

#[tokio::test]
async fn a_cluster_is_not_changed_and_paused_at_once() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let answer = atlas
        .patch(&path, json!({ "backupEnabled": true, "paused": true }))
        .await;

    assert_eq!(
        answer.refused(409, "CANNOT_UPDATE_AND_PAUSE_CLUSTER"),
        "Cannot update and pause cluster reservations at the same time."
    );
}

#[tokio::test]
async fn a_cluster_with_pending_changes_cannot_be_paused() {
    let atlas = Atlas::demo().await;
    let creating = format!("{}/ingest-next", atlas.clusters("Älvsjö: sensors, edge"));
    let updating = format!("{}/reservations", atlas.clusters("Café Zürich"));
    atlas
        .patch(&updating, json!({ "backupEnabled": true }))
        .await;

    for path in [creating, updating] {
        let answer = atlas.patch(&path, pause()).await;
        assert_eq!(
            answer.refused(409, "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES"),
            "Cannot pause a cluster with pending changes."
        );
    }
}

#[tokio::test]
async fn a_cluster_on_local_disks_cannot_be_paused() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/warehouse", atlas.clusters("データ基盤"));

    let answer = atlas.patch(&path, pause()).await;

    assert_eq!(
        answer.refused(409, "CANNOT_PAUSE_NVME_CLUSTER"),
        "Cannot pause an NVMe Cluster."
    );
}

#[tokio::test]
async fn a_resumed_cluster_runs_for_an_hour_before_it_pauses() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/trial-a", atlas.clusters("Field Trials (2026)"));

    let soon = atlas.patch(&path, pause()).await;
    atlas.simulator.advance(Duration::from_mins(50));
    let later = atlas.patch(&path, pause()).await;

    assert_eq!(
        soon.refused(400, "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER"),
        "Recently resumed clusters must remain running for 60 minutes to process all queued \
         maintenance."
    );
    assert_eq!(soon.field("/parameters"), json!([60]));
    assert_eq!(later.status, 200);
}

#[tokio::test]
async fn a_cluster_resumes_by_itself_after_thirty_days() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/nightly-etl", atlas.clusters("night-batch"));
    assert_eq!(pair(&atlas.get(&path).await), is(true, "IDLE"));

    atlas.simulator.advance(Duration::from_hours(24));
    let resuming = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let running = atlas.get(&path).await;

    assert_eq!(pair(&resuming), is(false, "UPDATING"));
    assert_eq!(pair(&running), is(false, "IDLE"));
}

#[tokio::test]
async fn paused_has_to_be_a_boolean() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let answer = atlas.patch(&path, json!({ "paused": "yes" })).await;

    answer.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(answer.field("/parameters"), json!(["paused"]));
}
