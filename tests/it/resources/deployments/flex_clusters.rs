//! Flex clusters, async and blocking.

use std::time::Duration;

use atlas_simulator::{Clock, Options};
use mongodbatlas::{ClusterState, FlexClusterHandle, ProjectHandle, Wait};
use serde_json::json;

use crate::support::Local;

async fn create_scratch(project: &ProjectHandle) -> FlexClusterHandle {
    let created = project
        .create_flex_cluster(&scratch_cluster())
        .await
        .unwrap();
    created.handle()
}

fn scratch_cluster() -> serde_json::Value {
    json!({
        "name": "Scratch",
        "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
    })
}

/// Returns the document of a dedicated cluster.
fn dedicated_cluster(name: &str) -> serde_json::Value {
    json!({
        "name": name,
        "clusterType": "REPLICASET",
        "replicationSpecs": [{"regionConfigs": [{
            "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
            "electableSpecs": {"instanceSize": "M10", "nodeCount": 3},
        }]}],
    })
}

#[tokio::test]
async fn creates_lists_updates_and_deletes_flex_cluster() {
    let local = Local::demo();
    let project = local.project();

    let created = project
        .create_flex_cluster(&scratch_cluster())
        .await
        .unwrap();
    let listed = project.flex_clusters().collect().await.unwrap();
    let handle = created.handle();
    let protection = |on: bool| json!({"terminationProtectionEnabled": on});
    let updated = handle.update(&protection(true)).await.unwrap();
    let error = handle.delete().await.unwrap_err();
    handle.update(&protection(false)).await.unwrap();
    handle.delete().await.unwrap();
    local.simulator.advance(Duration::from_hours(1));

    assert_eq!(created.name(), "Scratch");
    assert!(created.cluster_id().is_some() && created.created().is_some());
    assert!(listed.iter().any(|cluster| cluster.name() == "Scratch"));
    assert!(updated.is_protected() && !created.is_protected());
    assert!(error.is_conflict() || error.is_bad_request(), "{error}");
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[test]
fn blocking_manages_flex_cluster() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());

    let created = project.create_flex_cluster(&scratch_cluster()).unwrap();
    let names: Vec<_> = project
        .flex_clusters()
        .map(|cluster| cluster.unwrap().name().to_owned())
        .collect();
    let handle = created.handle();
    let tagged = handle.update(&json!({"tags": [{"key": "env", "value": "dev"}]}));
    assert_eq!(
        tagged.unwrap().document().to_value()["tags"][0]["value"],
        "dev"
    );
    assert_eq!(handle.get().unwrap().name(), "Scratch");
    handle.delete().unwrap();
    local.simulator.advance(Duration::from_hours(1));
    handle.wait_until_deleted(Wait::new()).unwrap();
    let second = project
        .create_flex_cluster(&scratch_cluster())
        .unwrap()
        .handle();
    local.simulator.advance(Duration::from_hours(1));
    let running = second.wait_until_running(Wait::new());
    assert_eq!(running.unwrap().name(), "Scratch");
    second.upgrade(&dedicated_cluster("Scratch")).unwrap();

    assert!(names.iter().any(|name| name == "Scratch"), "{names:?}");
}

#[tokio::test]
async fn waits_until_flex_cluster_is_running_and_until_deleted() {
    let clock = Clock::per_request(Duration::from_secs(5));
    let local = Local::with(Options::new().with_clock(clock));
    let project = local.project();
    let wait = || Wait::new().with_intervals(Duration::from_millis(1), Duration::from_millis(5));

    let created = project
        .create_flex_cluster(&scratch_cluster())
        .await
        .unwrap();
    let handle = created.handle();
    let running = handle.wait_until_running(wait()).await;
    handle.delete().await.unwrap();
    handle.wait_until_deleted(wait()).await.unwrap();
    let error = handle.wait_until_running(wait()).await;

    assert_eq!(running.unwrap().state(), ClusterState::Running);
    assert!(error.unwrap_err().is_not_found());
}

#[tokio::test]
async fn wait_until_running_fails_if_flex_cluster_is_being_deleted() {
    let local = Local::demo();
    let project = local.project();
    let handle = create_scratch(&project).await;
    handle.delete().await.unwrap();

    let error = handle.wait_until_running(Wait::new()).await;

    assert_eq!(
        error.unwrap_err().to_string(),
        "flex cluster `Scratch` is being deleted and will not be running"
    );
}

#[tokio::test]
async fn upgrade_replaces_flex_cluster_with_dedicated_cluster() {
    let local = Local::demo();
    let project = local.project();
    let handle = create_scratch(&project).await;
    local.simulator.advance(Duration::from_hours(1));

    let upgraded = handle.upgrade(&dedicated_cluster("Scratch")).await.unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let cluster = project.cluster("Scratch").get().await.unwrap();

    assert_eq!(upgraded.name(), "Scratch");
    assert_eq!(cluster.state(), ClusterState::Running);
}

#[tokio::test]
async fn upgrade_rejects_name_of_another_cluster() {
    let local = Local::demo();
    let project = local.project();
    let handle = project.flex_cluster("Scratch");

    let error = handle
        .upgrade(&dedicated_cluster("Other"))
        .await
        .unwrap_err();

    assert!(error.is_invalid_input(), "{error}");
    assert_eq!(
        error.to_string(),
        "the name \"Other\" in the document is not the name of the cluster, `Scratch`"
    );
    assert_eq!(local.simulator.requests().len(), 0);
}
