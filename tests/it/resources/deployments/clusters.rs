//! Clusters: states, methods and rejections.

use std::time::Duration;

use atlas_simulator::Fault;
use mongodbatlas::{Cluster, ClusterState};
use serde_json::json;

use crate::support::Local;

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn pause_and_resume_pass_through_transitional_states() {
    let local = Local::demo();
    let cluster = local
        .cluster_in_state(&ClusterState::Running)
        .await
        .handle();
    let state = async || cluster.get().await.unwrap().state();

    assert_eq!(
        cluster.pause().await.unwrap().state(),
        ClusterState::Pausing
    );
    assert!(cluster.is_paused().await.unwrap());
    local.simulator.advance(MINUTE);
    assert_eq!(state().await, ClusterState::Paused);

    assert_eq!(
        cluster.resume().await.unwrap().state(),
        ClusterState::Resuming
    );
    assert!(!cluster.is_paused().await.unwrap());
    local.simulator.advance(MINUTE);
    assert_eq!(state().await, ClusterState::Running);
}

#[tokio::test]
async fn pause_fails_within_60_minutes_after_resume() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Paused).await.handle();
    cluster.resume().await.unwrap();
    local.simulator.advance(59 * MINUTE);

    let error = cluster.pause().await.unwrap_err();
    assert_eq!(
        error.error_code(),
        Some("CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER")
    );
    assert!(error.is_conflict() && error.hint().is_some());

    local.simulator.advance(2 * MINUTE);
    assert_eq!(
        cluster.pause().await.unwrap().state(),
        ClusterState::Pausing
    );
}

#[tokio::test]
async fn paused_cluster_rejects_pause_and_update() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Paused).await.handle();

    let pause = cluster.pause().await.unwrap_err();
    let update = cluster
        .update(&json!({"backupEnabled": true}))
        .await
        .unwrap_err();

    assert_eq!(pause.error_code(), Some("CLUSTER_ALREADY_PAUSED"));
    assert_eq!(update.error_code(), Some("CANNOT_UPDATE_PAUSED_CLUSTER"));
    for error in [pause, update] {
        assert!(error.is_conflict() && error.hint().is_some(), "{error}");
        assert_eq!(error.method(), Some("PATCH"));
        assert!(
            error
                .path()
                .is_some_and(|path| path.contains(cluster.name()))
        );
    }
}

#[tokio::test]
async fn creates_updates_and_deletes_cluster() {
    let local = Local::sized(1, 0);
    let project = local.project();

    let created = project
        .create_cluster(&small_cluster("Fresh"))
        .await
        .unwrap();
    assert_eq!(created.state(), ClusterState::Creating);
    local.simulator.advance(30 * MINUTE);
    let updated = created
        .handle()
        .update(&json!({"backupEnabled": true}))
        .await
        .unwrap();
    assert_eq!(updated.as_api().backup_enabled, Some(true));
    local.simulator.advance(30 * MINUTE);
    created.handle().delete().await.unwrap();
    assert_eq!(
        created.handle().get().await.unwrap().state(),
        ClusterState::Deleting
    );
    local.simulator.advance(30 * MINUTE);

    let error = created.handle().get().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
}

#[tokio::test]
async fn update_sends_document_verbatim() {
    let local = Local::demo();
    let cluster = local
        .cluster_in_state(&ClusterState::Running)
        .await
        .handle();
    let changes = json!({"labels": null, "backupEnabled": false});

    // The result does not matter, only the request.
    drop(cluster.update(&changes).await);

    let requests = local.simulator.requests();
    let patch = requests
        .iter()
        .rfind(|request| request.method == "PATCH")
        .unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&patch.text()).unwrap(),
        changes
    );
}

#[tokio::test]
async fn accessors_return_fields_of_document() {
    let local = Local::demo();
    let cluster: Cluster = local.cluster_in_state(&ClusterState::Running).await;

    let document = cluster.document().to_value();

    assert_eq!(document["name"], cluster.name());
    assert_eq!(document["id"], cluster.id().unwrap().as_str());
    assert_eq!(document["groupId"], cluster.project_id().as_str());
    assert_eq!(
        document["mongoDBVersion"],
        cluster.mongodb_version().unwrap()
    );
    assert!(cluster.created().is_some());
}

/// Returns the document of a small cluster.
fn small_cluster(name: &str) -> serde_json::Value {
    json!({
        "name": name, "clusterType": "REPLICASET",
        "replicationSpecs": [{"regionConfigs": [{
            "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
            "electableSpecs": {"instanceSize": "M10", "nodeCount": 3}}]}],
    })
}

#[tokio::test]
async fn missing_or_null_paused_means_running() {
    let local = Local::demo();
    let project = local.project();
    let clusters = r#"{"totalCount": 2, "results": [
        {"name": "missing", "stateName": "IDLE"},
        {"name": "null", "paused": null, "stateName": "IDLE"}
    ]}"#;
    let response = Fault::answer(200, "application/json", clusters);
    local.simulator.inject(response.when_authorized());

    let clusters = project.clusters().collect().await.unwrap();

    assert_eq!(clusters.len(), 2);
    for cluster in clusters {
        assert!(!cluster.is_paused());
        assert_eq!(cluster.state(), ClusterState::Running);
    }
}
