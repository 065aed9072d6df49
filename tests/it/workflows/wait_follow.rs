//! Waits through stale reads and transient failures.

mod upgrades;

use std::time::Duration;

use atlas_simulator::Fault;
use mongodbatlas::{ClusterHandle, ClusterState, ProjectHandle, Wait};
use serde_json::{Value, json};

use crate::support::{Local, builder};

pub(super) const MINUTE: Duration = Duration::from_mins(1);
pub(super) const NOT_FOUND: &str =
    r#"{"error": 404, "errorCode": "CLUSTER_NOT_FOUND", "detail": "No."}"#;

/// Polls without delay. After each poll, the simulator's clock advances by `time`, and the state is recorded.
pub(super) fn wait_recording<'a>(
    local: &'a Local,
    time: Duration,
    states: &'a mut Vec<String>,
) -> Wait<'a> {
    Wait::new()
        .with_intervals(Duration::ZERO, Duration::ZERO)
        .with_progress(move |progress| {
            states.push(progress.state().to_string());
            local.simulator.advance(time);
        })
}

pub(super) fn dedicated(name: &str) -> Value {
    json!({"name": name, "clusterType": "REPLICASET", "replicationSpecs": [{"regionConfigs": [{
        "providerName": "AWS", "regionName": "US_EAST_1", "priority": 7,
        "electableSpecs": {"instanceSize": "M20", "nodeCount": 3}}]}]})
}

pub(super) fn flex(name: &str) -> Value {
    json!({"name": name, "providerSettings": {"backingProviderName": "AWS", "regionName": "US_EAST_1"}})
}

/// Responds to the next GETs of a cluster with this document.
pub(super) fn inject(
    local: &Local,
    project: &ProjectHandle,
    path: &str,
    status: u16,
    body: &str,
    times: u32,
) {
    let path = format!("/api/atlas/v2/groups/{}/{path}", project.id());
    let fault = Fault::answer(status, "application/json", body.to_owned());
    let fault = fault.for_path(path).for_method("GET").when_authorized();
    local.simulator.inject(fault.times(times));
}

async fn running_cluster(local: &Local) -> ClusterHandle {
    let cluster = local.cluster_in_state(&ClusterState::Running).await;
    cluster.handle()
}

#[tokio::test]
async fn not_found_after_creation_is_not_an_error() {
    let local = Local::sized(1, 0);
    let project = local.project();
    let created = project.create_cluster(&dedicated("ledger")).await.unwrap();
    inject(&local, &project, "clusters/ledger", 404, NOT_FOUND, 3);
    let mut states = Vec::new();

    // the creation is recorded in the client, not in the handle
    let handle = local.atlas.cluster(project.id(), "ledger");
    let wait = wait_recording(&local, MINUTE * 4, &mut states);
    let running = handle.wait_until_running(wait).await.unwrap();

    assert_eq!(running.id(), created.id());
    assert!(states.len() > 3, "{states:?}");
    assert_eq!(states[..3], ["creating"; 3]);
}

#[tokio::test]
async fn not_found_after_creation_of_a_flex_cluster_is_not_an_error() {
    let local = Local::sized(1, 0);
    let project = local.project();
    let created = project.create_flex_cluster(&flex("notes")).await.unwrap();
    inject(&local, &project, "flexClusters/notes", 404, NOT_FOUND, 2);
    let mut states = Vec::new();

    let wait = wait_recording(&local, MINUTE * 4, &mut states);
    created.wait_until_running(wait).await.unwrap();

    assert!(states.len() > 2, "{states:?}");
}

#[tokio::test]
async fn not_found_without_a_creation_by_the_client_is_an_error() {
    let local = Local::demo();
    let project = local.project();
    let other = builder(&local.simulator).build().unwrap();
    let theirs = other.project(project.id());
    theirs.create_cluster(&dedicated("ledger")).await.unwrap();
    inject(&local, &project, "clusters/ledger", 404, NOT_FOUND, 1);
    inject(&local, &project, "flexClusters/ledger", 404, NOT_FOUND, 1);

    let ledger = project.cluster("ledger");
    let error = ledger.wait_until_running(Wait::new()).await.unwrap_err();

    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
}

#[tokio::test]
async fn not_found_is_polled_again_if_the_other_list_reports_the_cluster() {
    let local = Local::demo();
    let cluster = running_cluster(&local).await;
    let project = local.atlas.project(cluster.project_id());
    let path = format!("clusters/{}", cluster.name());
    inject(&local, &project, &path, 404, NOT_FOUND, 1);
    let mut states = Vec::new();

    let wait = wait_recording(&local, MINUTE, &mut states);
    cluster.wait_until_running(wait).await.unwrap();

    assert_eq!(states, ["creating", "running"]);
}

#[tokio::test]
async fn running_document_right_after_an_update_is_polled_again() {
    let local = Local::demo();
    let cluster = running_cluster(&local).await;
    let stale = cluster.get().await.unwrap().document().to_string();
    let project = local.atlas.project(cluster.project_id());
    let path = format!("clusters/{}", cluster.name());
    let resize = |document: &mut Value| {
        for spec in document["replicationSpecs"].as_array_mut().unwrap() {
            spec["regionConfigs"][0]["electableSpecs"]["instanceSize"] = json!("M60");
        }
    };
    cluster.update_with(resize).await.unwrap();
    inject(&local, &project, &path, 200, &stale, 1);
    let mut states = Vec::new();

    let wait = wait_recording(&local, MINUTE * 2, &mut states);
    let running = cluster.wait_until_running(wait).await.unwrap();

    assert!(running.document().as_str().contains("M60"));
    assert_eq!(states.first().map(String::as_str), Some("running"));
    assert!(states.contains(&"resuming".to_owned()), "{states:?}");
    assert_eq!(states.last().map(String::as_str), Some("running"));
}

#[tokio::test]
async fn update_without_effect_on_the_state_costs_one_more_poll() {
    let local = Local::demo();
    let cluster = running_cluster(&local).await;
    let tags = json!({"tags": [{"key": "team", "value": "blue"}]});
    cluster.update(&tags).await.unwrap();
    let mut states = Vec::new();

    let wait = wait_recording(&local, Duration::from_hours(1), &mut states);
    cluster.wait_until_running(wait).await.unwrap();

    assert!(states.len() <= 2, "{states:?}");
}

#[tokio::test]
async fn creation_is_followed_through_updating() {
    let local = Local::sized(1, 0);
    let project = local.project();
    let created = project.create_cluster(&dedicated("ledger")).await.unwrap();
    for state in ["CREATING", "UPDATING"] {
        let document = json!({"name": "ledger", "id": created.id(), "paused": false,
            "groupId": project.id(), "stateName": state});
        inject(
            &local,
            &project,
            "clusters/ledger",
            200,
            &document.to_string(),
            1,
        );
    }
    let mut states = Vec::new();

    let wait = wait_recording(&local, Duration::from_hours(1), &mut states);
    created.wait_until_running(wait).await.unwrap();

    assert_eq!(states, ["creating", "resuming", "running"]);
}

#[tokio::test]
async fn unavailable_server_is_retried_until_the_cluster_is_paused() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).without_retries().build().unwrap();
    let cluster = running_cluster(&local).await;
    let cluster = atlas.cluster(cluster.project_id(), cluster.name());
    cluster.pause().await.unwrap();
    let path = format!("/api/atlas/v2/groups/{}/clusters/", cluster.project_id());
    local
        .simulator
        .inject(Fault::html(503).for_path(path).times(25));
    let mut states = Vec::new();

    let wait = wait_recording(&local, MINUTE * 5, &mut states);
    let paused = cluster.wait_until_paused(wait).await.unwrap();

    assert_eq!(paused.state(), ClusterState::Paused);
}

#[tokio::test]
async fn timeout_error_says_that_the_operation_continues() {
    let local = Local::demo();
    let cluster = running_cluster(&local).await;
    cluster.pause().await.unwrap();

    let wait = Wait::from(Duration::from_millis(20))
        .with_intervals(Duration::from_millis(1), Duration::from_millis(1));
    let error = cluster.wait_until_paused(wait).await.unwrap_err();

    assert!(error.is_timeout());
    let expected = format!(
        "for cluster `{}` to be paused, last state: pausing",
        cluster.name()
    );
    assert!(error.to_string().ends_with(&expected), "{error}");
    assert!(error.hint().unwrap().contains("continues on the server"));
}
