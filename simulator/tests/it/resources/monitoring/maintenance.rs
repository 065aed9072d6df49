//! Maintenance windows.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

async fn with_window() -> (Atlas, String) {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let window = format!("/api/atlas/v2/groups/{project}/maintenanceWindow");
    let response = atlas
        .patch(&window, json!({ "dayOfWeek": 3, "hourOfDay": 9 }))
        .await;
    assert_eq!(response.status, 200);
    (atlas, window)
}

#[tokio::test]
async fn maintenance_window_can_be_set_changed_and_reset() {
    let (atlas, window) = with_window().await;

    atlas.patch(&window, json!({ "hourOfDay": 4 })).await;
    let changed = atlas.get(&window).await;
    let reset = atlas.delete(&window).await;

    assert_eq!(changed.field("/dayOfWeek"), 3);
    assert_eq!(changed.field("/hourOfDay"), 4);
    assert_eq!(reset.status, 204);
    assert_eq!(atlas.get(&window).await.field("/dayOfWeek"), 1);
}

#[tokio::test]
async fn empty_protected_hours_remove_the_stored_ones() {
    let (atlas, window) = with_window().await;
    let hours = json!({ "startHourOfDay": 9, "endHourOfDay": 17 });

    atlas
        .patch(&window, json!({ "protectedHours": hours }))
        .await;
    let protected = atlas.get(&window).await;
    atlas.patch(&window, json!({ "protectedHours": {} })).await;
    let removed = atlas.get(&window).await;

    assert_eq!(protected.field("/protectedHours"), hours);
    assert!(removed.json().get("protectedHours").is_none());
}

#[tokio::test]
async fn third_deferral_is_rejected_until_the_maintenance() {
    let (atlas, window) = with_window().await;
    let defer = format!("{window}/defer");

    for _ in 0..2 {
        assert_eq!(atlas.post(&defer, json!({})).await.status, 200);
    }
    let third = atlas.post(&defer, json!({})).await;
    assert_eq!(atlas.get(&window).await.field("/numberOfDeferrals"), 2);
    atlas.simulator.advance(Duration::from_hours(15 * 24));

    third.assert_error(400, "ATLAS_NUM_MAINTENANCE_DEFERRALS_EXCEEDED");
    assert_eq!(atlas.get(&window).await.field("/numberOfDeferrals"), 0);
}

#[tokio::test]
async fn start_asap_ends_after_the_maintenance() {
    let (atlas, window) = with_window().await;

    atlas.patch(&window, json!({ "startASAP": true })).await;
    assert_eq!(atlas.get(&window).await.field("/startASAP"), true);
    atlas.simulator.advance(Duration::from_mins(11));

    assert_eq!(atlas.get(&window).await.field("/startASAP"), false);
}

#[tokio::test]
async fn automatic_deferral_can_be_toggled() {
    let (atlas, window) = with_window().await;
    let toggle = format!("{window}/autoDefer");

    atlas.post(&toggle, json!({})).await;
    let on = atlas.get(&window).await;
    atlas.post(&toggle, json!({})).await;
    let off = atlas.get(&window).await;

    assert_eq!(on.field("/autoDeferOnceEnabled"), true);
    assert_eq!(off.field("/autoDeferOnceEnabled"), false);
}

#[tokio::test]
async fn invalid_maintenance_windows_are_rejected() {
    let (atlas, window) = with_window().await;
    let other = format!("/api/atlas/v2/groups/{}", atlas.project("Empty Lot"));
    let other = format!("{other}/maintenanceWindow/defer");

    let day = atlas.patch(&window, json!({ "dayOfWeek": 8 })).await;
    let undefined = atlas.post(&other, json!({})).await;

    day.assert_error(400, "ATLAS_INVALID_MAINTENANCE_WINDOW_DAY_OF_WEEK");
    undefined.assert_error(400, "ATLAS_MAINTENANCE_WINDOW_NOT_DEFINED");
}
