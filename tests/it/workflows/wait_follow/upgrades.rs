//! Waits through changes of the kind of a cluster.

use std::time::Duration;

use mongodbatlas::{ClusterState, Wait};
use serde_json::json;

use super::{MINUTE, NOT_FOUND, dedicated, flex, inject, wait_recording};
use crate::support::{Local, builder};

#[tokio::test]
async fn upgrade_of_a_flex_cluster_is_followed_to_the_dedicated_cluster() {
    let local = Local::sized(1, 0);
    let project = local.project();
    let flex = project.create_flex_cluster(&flex("notes")).await.unwrap();
    local.simulator.advance(Duration::from_hours(1));
    flex.upgrade(&dedicated("notes")).await.unwrap();
    // both lists lack the cluster for a while
    inject(&local, &project, "flexClusters/notes", 404, NOT_FOUND, 2);
    inject(&local, &project, "clusters/notes", 404, NOT_FOUND, 2);
    let (mut states, mut by_name) = (Vec::new(), Vec::new());

    let wait = wait_recording(&local, MINUTE * 3, &mut states);
    let upgraded = flex.wait_until_upgraded(wait).await.unwrap();
    let wait = wait_recording(&local, MINUTE, &mut by_name);
    let same = project.cluster("notes").wait_until_running(wait).await;

    assert_eq!(upgraded.state(), ClusterState::Running);
    assert_eq!(same.unwrap().id(), upgraded.id());
    assert!(states.len() > 2, "{states:?}");
}

#[tokio::test]
async fn cluster_handle_follows_an_upgrade_by_another_client() {
    let local = Local::sized(1, 0);
    let other = builder(&local.simulator).build().unwrap();
    let project = local.project();
    let theirs = other.project(project.id());
    let flex = theirs.create_flex_cluster(&flex("notes")).await.unwrap();
    local.simulator.advance(Duration::from_hours(1));
    flex.upgrade(&dedicated("notes")).await.unwrap();
    let mut states = Vec::new();

    let wait = wait_recording(&local, MINUTE * 3, &mut states);
    let cluster = project.cluster("notes").wait_until_running(wait).await;

    assert_eq!(cluster.unwrap().state(), ClusterState::Running);
}

#[tokio::test]
async fn upgrade_of_a_shared_cluster_is_followed() {
    let local = Local::demo();
    let cluster = local.atlas.find_cluster("playground").await.unwrap();
    let stale = cluster.document().to_string();
    let handle = cluster.handle();
    let upgrade = local
        .atlas
        .call("upgradeGroupClusterTenantUpgrade")
        .unwrap()
        .with("groupId", cluster.project_id())
        .with_body(json!({"name": "playground", "providerSettings": {
            "providerName": "AWS", "instanceSizeName": "M10", "regionName": "EU_WEST_1"}}));
    upgrade.send().await.unwrap();
    let project = local.atlas.project(cluster.project_id());
    inject(&local, &project, "clusters/playground", 200, &stale, 2);
    inject(&local, &project, "clusters/playground", 404, NOT_FOUND, 1);
    let mut states = Vec::new();

    let wait = wait_recording(&local, MINUTE * 5, &mut states);
    let upgraded = handle.wait_until_running(wait).await.unwrap();

    assert!(upgraded.document().as_str().contains("M10"));
    assert_eq!(states[..3], ["running", "running", "creating"]);
}

#[tokio::test]
async fn waits_for_a_cluster_of_the_other_kind_name_its_kind() {
    let local = Local::demo();
    let project = local.atlas.find_project("Sandbox").await.unwrap().handle();

    let flex = project
        .cluster("scratch")
        .wait_until_running(Wait::new())
        .await;
    let warehouse = local.atlas.find_cluster("warehouse").await.unwrap();
    let project = local.atlas.project(warehouse.project_id());
    let handle = project.flex_cluster("warehouse");
    let dedicated = handle.wait_until_running(Wait::new()).await;

    let expected = "`scratch` is a flex cluster, not a dedicated cluster";
    assert_eq!(flex.unwrap_err().to_string(), expected);
    let expected = "`warehouse` is a dedicated cluster, not a flex cluster";
    assert_eq!(dedicated.unwrap_err().to_string(), expected);
}

#[tokio::test]
async fn deletion_is_followed_to_the_upgraded_cluster() {
    let local = Local::sized(1, 0);
    let project = local.project();
    let flex = project.create_flex_cluster(&flex("notes")).await.unwrap();
    local.simulator.advance(Duration::from_hours(1));
    flex.upgrade(&dedicated("notes")).await.unwrap();
    local.simulator.advance(Duration::from_hours(2));
    project.cluster("notes").delete().await.unwrap();
    let mut states = Vec::new();

    let wait = wait_recording(&local, MINUTE * 5, &mut states);
    flex.wait_until_deleted(wait).await.unwrap();

    assert!(states.contains(&"deleting".to_owned()), "{states:?}");
    assert!(
        project
            .cluster("notes")
            .get()
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[test]
fn blocking_waits_follow_creations_and_upgrades() {
    let local = Local::sized(1, 0);
    let atlas = local.blocking();
    let project = atlas.project(&local.first_project());
    let created = project.create_cluster(&dedicated("ledger")).unwrap();
    let flex = project.create_flex_cluster(&flex("notes")).unwrap();
    let async_project = local.project();
    inject(&local, &async_project, "clusters/ledger", 404, NOT_FOUND, 2);
    let (mut states, mut upgrade) = (Vec::new(), Vec::new());

    let wait = wait_recording(&local, MINUTE * 10, &mut states);
    let running = created.wait_until_running(wait).unwrap();
    flex.upgrade(&dedicated("notes")).unwrap();
    let wait = wait_recording(&local, MINUTE * 10, &mut upgrade);
    let upgraded = flex.wait_until_upgraded(wait).unwrap();

    assert_eq!(running.name(), "ledger");
    assert_eq!(upgraded.name(), "notes");
}
