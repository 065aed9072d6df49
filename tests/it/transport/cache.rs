//! The response cache.

use std::time::Duration;

use mongodbatlas::{Atlas, ClusterState, Wait};
use serde_json::json;

use crate::support::{Local, builder};

const HOUR: Duration = Duration::from_hours(1);

/// Starts a simulator and creates a client with a cache.
fn cached() -> (Local, Atlas) {
    let local = Local::demo();
    let atlas = builder(&local.simulator).with_cache(HOUR).build().unwrap();
    (local, atlas)
}

#[tokio::test]
async fn repeated_request_hits_the_cache() {
    let (local, atlas) = cached();
    let clone = atlas.clone();

    let first = atlas.projects().collect().await.unwrap();
    let second = clone.projects().collect().await.unwrap();

    assert_eq!(first.len(), second.len());
    assert_eq!(first[0].document().as_str(), second[0].document().as_str());
    assert_eq!(local.successes().len(), 1);
}

#[tokio::test]
async fn cache_is_off_by_default() {
    let local = Local::demo();

    for _ in 0..2 {
        local.atlas.projects().collect().await.unwrap();
    }

    assert_eq!(local.successes().len(), 2);
}

#[tokio::test]
async fn write_by_a_clone_clears_the_cache() {
    let (local, atlas) = cached();
    let organization = atlas.this_organization().await.unwrap().handle();
    let before = atlas.projects().collect().await.unwrap().len();

    let clone = atlas.clone().organization(organization.id());
    clone.create_project("Fresh").await.unwrap();

    assert_eq!(atlas.projects().collect().await.unwrap().len(), before + 1);
    drop(local);
}

#[tokio::test]
async fn clear_cache_evicts_all_entries() {
    let (local, atlas) = cached();
    atlas.this_organization().await.unwrap();

    atlas.clear_cache();
    atlas.this_organization().await.unwrap();

    assert_eq!(local.successes().len(), 2);
}

#[tokio::test]
async fn cache_is_not_shared_between_credentials() {
    let (local, atlas) = cached();
    atlas.projects().collect().await.unwrap();
    let stranger = builder(&local.simulator)
        .with_api_key(mongodbatlas::ApiKey::new("stranger", "not-a-key").unwrap())
        .with_cache(HOUR)
        .build()
        .unwrap();

    let error = stranger.projects().collect().await.unwrap_err();

    assert!(error.is_unauthorized(), "{error}");
}

#[tokio::test]
async fn waits_and_edits_bypass_the_cache() {
    let (local, atlas) = cached();
    let project = local.first_project();
    let cluster = atlas.cluster(&project, "shop-staging");
    cluster.pause().await.unwrap();
    assert_eq!(cluster.get().await.unwrap().state(), ClusterState::Pausing);

    local.simulator.advance(HOUR);
    let cached = cluster.get().await.unwrap().state();
    let waited = cluster.wait_until_paused(Wait::new()).await.unwrap();

    assert_eq!(cached, ClusterState::Pausing);
    assert_eq!(waited.state(), ClusterState::Paused);
    let other = local.atlas.project(&project);
    atlas.project(&project).get().await.unwrap();
    other
        .update_with(|document| document["name"] = json!("Elsewhere"))
        .await
        .unwrap();
    let project = atlas.project(&project);
    let change = project
        .preview_with(|document| document["name"] = json!("Here"))
        .await
        .unwrap();
    assert_eq!(change.to_string(), "~ name: \"Elsewhere\" -> \"Here\"");
}

#[test]
fn blocking_client_has_a_cache() {
    let local = Local::demo();
    let atlas = builder(&local.simulator)
        .with_cache(HOUR)
        .build_blocking()
        .unwrap();

    for _ in 0..3 {
        atlas.this_organization().unwrap();
    }
    atlas.clear_cache();
    atlas.this_organization().unwrap();

    assert_eq!(local.successes().len(), 2);
}
