//! Maintenance windows, async and blocking.

use jiff::civil::Weekday;
use serde_json::json;

use crate::support::Local;

#[tokio::test]
async fn sets_updates_and_resets_window() {
    let local = Local::demo();
    let project = local.project();

    project
        .set_maintenance_window(Weekday::Sunday, 4)
        .await
        .unwrap();
    let set = project.maintenance_window().await.unwrap();
    project
        .update_maintenance_window(&json!({"dayOfWeek": 2, "hourOfDay": 5}))
        .await
        .unwrap();
    let updated = project.maintenance_window().await.unwrap();
    project.toggle_auto_defer().await.unwrap();
    project.reset_maintenance_window().await.unwrap();

    assert_eq!(
        (set.day_of_week(), set.hour_of_day()),
        (Some(Weekday::Sunday), Some(4))
    );
    assert_eq!(
        (updated.day_of_week(), updated.hour_of_day()),
        (Some(Weekday::Monday), Some(5))
    );
}

#[tokio::test]
async fn hour_above_23_is_rejected_without_request() {
    let local = Local::demo();
    let project = local.project();

    let error = project.set_maintenance_window(Weekday::Sunday, 24).await;

    let error = error.unwrap_err();
    assert!(error.is_invalid_input() && error.hint().is_some());
    assert_eq!(error.to_string(), "invalid hour `24`");
    assert!(local.simulator.requests().is_empty());
}

#[test]
fn blocking_sets_updates_and_resets_window() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());

    project.set_maintenance_window(Weekday::Sunday, 4).unwrap();
    assert_eq!(project.maintenance_window().unwrap().hour_of_day(), Some(4));
    project
        .update_maintenance_window(&json!({"dayOfWeek": 2, "hourOfDay": 5}))
        .unwrap();
    assert_eq!(
        project.maintenance_window().unwrap().day_of_week(),
        Some(Weekday::Monday)
    );
    project.toggle_auto_defer().unwrap();
    let deferred = project.defer_maintenance();
    assert!(deferred.is_ok() || deferred.unwrap_err().status().is_some());
    project.reset_maintenance_window().unwrap();
}
