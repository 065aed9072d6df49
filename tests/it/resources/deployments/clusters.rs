//! Clusters: states, methods and rejections.

use std::time::Duration;

use mongodbatlas::{Cluster, ClusterState};
use serde_json::json;

use crate::support::Local;

const A_MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn pausing_and_resuming_go_through_the_pair_of_states() {
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
    local.simulator.advance(A_MINUTE);
    assert_eq!(state().await, ClusterState::Paused);

    assert_eq!(
        cluster.resume().await.unwrap().state(),
        ClusterState::Resuming
    );
    assert!(!cluster.is_paused().await.unwrap());
    local.simulator.advance(A_MINUTE);
    assert_eq!(state().await, ClusterState::Running);
}

#[tokio::test]
async fn a_resumed_cluster_must_run_for_60_minutes() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Paused).await.handle();
    cluster.resume().await.unwrap();
    local.simulator.advance(59 * A_MINUTE);

    let error = cluster.pause().await.unwrap_err();
    assert_eq!(
        error.error_code(),
        Some("CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER")
    );
    assert!(error.is_conflict() && error.hint().is_some());

    local.simulator.advance(2 * A_MINUTE);
    assert_eq!(
        cluster.pause().await.unwrap().state(),
        ClusterState::Pausing
    );
}

#[tokio::test]
async fn a_paused_cluster_is_refused_politely() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Paused).await.handle();

    let paused = cluster.pause().await.unwrap_err();
    let changed = cluster
        .update(&json!({"backupEnabled": true}))
        .await
        .unwrap_err();

    assert_eq!(paused.error_code(), Some("CLUSTER_ALREADY_PAUSED"));
    assert_eq!(changed.error_code(), Some("CANNOT_UPDATE_PAUSED_CLUSTER"));
    for error in [paused, changed] {
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
async fn a_cluster_is_created_modified_and_deleted() {
    let local = Local::sized(1, 0);
    let project = local.project();

    let created = project.create_cluster(&small("Fresh")).await.unwrap();
    assert_eq!(created.state(), ClusterState::Creating);
    local.simulator.advance(30 * A_MINUTE);
    let modified = created
        .handle()
        .update(&json!({"backupEnabled": true}))
        .await
        .unwrap();
    assert_eq!(modified.as_api().backup_enabled, Some(true));
    local.simulator.advance(30 * A_MINUTE);
    created.handle().delete().await.unwrap();
    assert_eq!(
        created.handle().get().await.unwrap().state(),
        ClusterState::Deleting
    );
    local.simulator.advance(30 * A_MINUTE);

    let error = created.handle().get().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
}

#[tokio::test]
async fn a_document_is_sent_as_it_is() {
    let local = Local::demo();
    let cluster = local
        .cluster_in_state(&ClusterState::Running)
        .await
        .handle();
    let changes = json!({"labels": null, "backupEnabled": false});

    // Whatever the simulator says to it: what counts is what was sent.
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
async fn accessors_say_what_the_document_says() {
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

/// The document of a small cluster.
fn small(name: &str) -> serde_json::Value {
    json!({
        "name": name, "clusterType": "REPLICASET",
        "replicationSpecs": [{"regionConfigs": [{
            "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
            "electableSpecs": {"instanceSize": "M10", "nodeCount": 3}}]}],
    })
}
