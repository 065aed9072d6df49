//! Waits for states of clusters, with the simulator's clock.

use std::time::Duration;

use atlas_simulator::Fault;
use mongodbatlas::{Cancellation, ClusterHandle, ClusterState, Progress, Wait};
use serde_json::json;

use crate::support::{Local, builder};

const MINUTE: Duration = Duration::from_mins(1);

/// Polls without delay. After each poll, the simulator's clock advances by `time`.
fn wait_advancing<'a>(
    local: &'a Local,
    time: Duration,
    mut callback: impl FnMut(&Progress) + Send + 'a,
) -> Wait<'a> {
    Wait::new()
        .with_intervals(Duration::ZERO, Duration::ZERO)
        .with_progress(move |progress| {
            callback(progress);
            local.simulator.advance(time);
        })
}

async fn running_cluster(local: &Local) -> ClusterHandle {
    let cluster = local.cluster_in_state(&ClusterState::Running).await;
    cluster.handle()
}

#[tokio::test]
async fn wait_until_paused_continues_while_pausing() {
    let local = Local::demo();
    let cluster = running_cluster(&local).await;
    let mut states = Vec::new();
    let wait = wait_advancing(&local, Duration::from_secs(20), |progress| {
        states.push(progress.state().clone());
    });

    cluster.pause().await.unwrap();
    let paused = cluster.wait_until_paused(wait).await.unwrap();

    assert_eq!(paused.state(), ClusterState::Paused);
    let expected = [
        ClusterState::Pausing,
        ClusterState::Pausing,
        ClusterState::Paused,
    ];
    assert_eq!(states, expected);
}

#[tokio::test]
async fn wait_until_running_continues_while_creating() {
    let local = Local::sized(1, 0);
    let project = local.project();
    let document = json!({
        "name": "fresh", "clusterType": "REPLICASET",
        "replicationSpecs": [{"regionConfigs": [{
            "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
            "electableSpecs": {"instanceSize": "M10", "nodeCount": 3}}]}],
    });
    let cluster = project.create_cluster(&document).await.unwrap().handle();

    let wait = wait_advancing(&local, MINUTE * 3, |_| {});
    let cluster = cluster.wait_until_running(wait).await.unwrap();

    assert_eq!(cluster.state(), ClusterState::Running);
}

#[tokio::test]
async fn wait_until_running_rejects_a_cluster_being_deleted() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Paused).await.handle();
    cluster.delete().await.unwrap();
    let mut polls = 0;
    let wait = wait_advancing(&local, Duration::ZERO, |_| polls += 1);

    let error = cluster.wait_until_running(wait).await.unwrap_err();

    let expected = format!(
        "cluster `{}` is being deleted and will not be running",
        cluster.name()
    );
    assert_eq!(error.to_string(), expected);
    assert!(error.is_conflict() && error.hint().is_some());
    assert_eq!(polls, 0);
}

#[tokio::test]
async fn wait_until_deleted_returns_when_the_cluster_is_not_found() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Paused).await.handle();
    let mut states = Vec::new();
    let wait = wait_advancing(&local, MINUTE * 2, |progress| {
        states.push(progress.state().to_string());
    });

    cluster.delete().await.unwrap();
    cluster.wait_until_deleted(wait).await.unwrap();

    assert_eq!(states, ["deleting", "deleting", "deleted"]);
    assert!(cluster.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn wait_until_running_rejects_an_unknown_cluster() {
    let local = Local::demo();
    let unknown = local.atlas.cluster(&local.first_project(), "nowhere");

    let error = unknown.wait_until_running(Wait::new()).await.unwrap_err();

    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
}

#[tokio::test]
async fn wait_tolerates_a_broken_connection() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).without_retries().build().unwrap();
    let cluster = running_cluster(&local).await;
    let cluster = atlas.cluster(cluster.project_id(), cluster.name());
    cluster.pause().await.unwrap();
    let path = format!("/api/atlas/v2/groups/{}/clusters/", cluster.project_id());
    local
        .simulator
        .inject(Fault::drop_connection().for_path(&path).times(2));

    let wait = wait_advancing(&local, MINUTE, |_| {});
    let paused = cluster.wait_until_paused(wait).await.unwrap();

    assert_eq!(paused.state(), ClusterState::Paused);
}

#[tokio::test]
async fn progress_callback_can_cancel_the_wait() {
    let local = Local::demo();
    let cluster = running_cluster(&local).await;
    let cancellation = Cancellation::new();
    let wait = Wait::new()
        .with_progress(|_| cancellation.cancel())
        .with_cancellation(&cancellation);

    let error = cluster.wait_until_paused(wait).await.unwrap_err();

    assert!(error.is_cancelled(), "{error}");
}

#[test]
fn blocking_waits_for_paused_and_deleted() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();
    let project = local.first_project();
    let cluster = atlas.cluster(&project, "shop-staging");

    cluster.pause().unwrap();
    let wait = wait_advancing(&local, MINUTE, |_| {});
    let paused = cluster.wait_until_paused(wait).unwrap();
    cluster.delete().unwrap();
    let wait = wait_advancing(&local, MINUTE * 2, |_| {});
    cluster.wait_until_deleted(wait).unwrap();

    assert_eq!(paused.name(), "shop-staging");
}
