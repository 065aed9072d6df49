//! Events of changes and of lifecycles.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn changes_record_events() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Storefront"));
    let user = json!({
        "databaseName": "admin", "username": "app", "password": "secret-enough",
        "roles": [{ "databaseName": "admin", "roleName": "readWriteAnyDatabase" }],
    });

    let created = atlas
        .post(&format!("{group}/databaseUsers"), user.clone())
        .await;
    let duplicate = atlas.post(&format!("{group}/databaseUsers"), user).await;
    let cluster = format!("{group}/clusters/shop-staging");
    atlas.patch(&cluster, json!({ "paused": true })).await;
    let events = atlas.get(&format!("{group}/events")).await;
    let users = atlas
        .get(&format!("{group}/events?eventType=MONGODB_USER_ADDED"))
        .await;

    assert_eq!(created.status, 201, "{created:?}");
    assert!(created.json().get("password").is_none());
    duplicate.assert_error(409, "USER_ALREADY_EXISTS");
    assert_eq!(
        events.field("/results/0/eventTypeName"),
        "CLUSTER_UPDATE_SUBMITTED"
    );
    assert_eq!(events.field("/results/0/clusterName"), "shop-staging");
    assert_eq!(users.field("/totalCount"), 1);
}

#[tokio::test]
async fn lifecycle_events_are_recorded_at_their_time() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Storefront"));
    let cluster = format!("{group}/clusters/shop-staging");
    atlas.patch(&cluster, json!({ "paused": true })).await;

    atlas
        .simulator
        .advance(Duration::from_mins(30 * 24 * 60 + 2));
    let events = atlas
        .get(&format!("{group}/events?clusterNames=shop-staging"))
        .await;

    let events = events.field("/results");
    let recorded: Vec<_> = events.as_array().unwrap().iter().collect();
    let recorded: Vec<_> = recorded
        .iter()
        .map(|event| {
            (
                event["eventTypeName"].as_str().unwrap(),
                event["created"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        recorded,
        [
            ("CLUSTER_UPDATE_COMPLETED", "2026-10-01T08:00:33Z"),
            ("CLUSTER_UPDATE_STARTED", "2026-10-01T08:00:00Z"),
            ("CLUSTER_UPDATE_COMPLETED", "2026-09-01T08:00:30Z"),
            ("CLUSTER_UPDATE_SUBMITTED", "2026-09-01T08:00:00Z"),
        ]
    );
}

#[tokio::test]
async fn changes_in_v1_0_record_events() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let cluster = format!("/api/atlas/v1.0/groups/{project}/clusters/shop-staging");

    let paused = atlas.patch(&cluster, json!({ "paused": true })).await;
    let events = atlas
        .get(&format!("/api/atlas/v2/groups/{project}/events"))
        .await;

    assert_eq!(paused.status, 200);
    assert_eq!(
        events.field("/results/0/eventTypeName"),
        "CLUSTER_UPDATE_SUBMITTED"
    );
    assert_eq!(events.field("/results/0/clusterName"), "shop-staging");
}
