//! The response cache.

use std::time::Duration;

use mongodbatlas::{Atlas, ClusterState, Wait};
use serde_json::json;

use crate::support::{Local, builder};

const AN_HOUR: Duration = Duration::from_hours(1);

/// A simulator and a client of it that keeps answers.
fn keeping() -> (Local, Atlas) {
    let local = Local::demo();
    let atlas = builder(&local.simulator)
        .with_cache(AN_HOUR)
        .build()
        .unwrap();
    (local, atlas)
}

#[tokio::test]
async fn the_same_question_is_asked_once() {
    let (local, atlas) = keeping();
    let clone = atlas.clone();

    let first = atlas.projects().collect().await.unwrap();
    let again = clone.projects().collect().await.unwrap();

    assert_eq!(first.len(), again.len());
    assert_eq!(first[0].document().as_str(), again[0].document().as_str());
    assert_eq!(local.successes().len(), 1);
}

#[tokio::test]
async fn nothing_is_kept_unless_it_was_asked_for() {
    let local = Local::demo();

    for _ in 0..2 {
        local.atlas.projects().collect().await.unwrap();
    }

    assert_eq!(local.successes().len(), 2);
}

#[tokio::test]
async fn a_change_by_a_clone_drops_everything() {
    let (local, atlas) = keeping();
    let organization = atlas.this_organization().await.unwrap().handle();
    let before = atlas.projects().collect().await.unwrap().len();

    let clone = atlas.clone().organization(organization.id());
    clone.create_project("Fresh").await.unwrap();

    assert_eq!(atlas.projects().collect().await.unwrap().len(), before + 1);
    drop(local);
}

#[tokio::test]
async fn it_can_be_cleared() {
    let (local, atlas) = keeping();
    atlas.this_organization().await.unwrap();

    atlas.clear_cache();
    atlas.this_organization().await.unwrap();

    assert_eq!(local.successes().len(), 2);
}

#[tokio::test]
async fn other_credentials_see_nothing_of_it() {
    let (local, atlas) = keeping();
    atlas.projects().collect().await.unwrap();
    let stranger = builder(&local.simulator)
        .with_api_key(mongodbatlas::ApiKey::new("stranger", "not-a-key").unwrap())
        .with_cache(AN_HOUR)
        .build()
        .unwrap();

    let error = stranger.projects().collect().await.unwrap_err();

    assert!(error.is_unauthorized(), "{error}");
}

#[tokio::test]
async fn waiting_and_editing_ask_atlas() {
    let (local, atlas) = keeping();
    let project = local.first_project();
    let cluster = atlas.cluster(&project, "shop-staging");
    cluster.pause().await.unwrap();
    assert_eq!(cluster.get().await.unwrap().state(), ClusterState::Pausing);

    local.simulator.advance(AN_HOUR);
    let seen = cluster.get().await.unwrap().state();
    let waited = cluster.wait_until_paused(Wait::new()).await.unwrap();

    assert_eq!(seen, ClusterState::Pausing, "kept");
    assert_eq!(waited.state(), ClusterState::Paused);
    let other = local.atlas.project(&project);
    atlas.project(&project).get().await.unwrap();
    other
        .update_with(|it| it["name"] = json!("Elsewhere"))
        .await
        .unwrap();
    let project = atlas.project(&project);
    let change = project
        .preview_with(|it| it["name"] = json!("Here"))
        .await
        .unwrap();
    assert_eq!(change.to_string(), "~ name: \"Elsewhere\" -> \"Here\"");
}

#[test]
fn code_without_await_has_it_too() {
    let local = Local::demo();
    let atlas = builder(&local.simulator)
        .with_cache(AN_HOUR)
        .build_blocking()
        .unwrap();

    for _ in 0..3 {
        atlas.this_organization().unwrap();
    }
    atlas.clear_cache();
    atlas.this_organization().unwrap();

    assert_eq!(local.successes().len(), 2);
}
