//! Alerts and alert configurations.

use serde_json::{Value, json};

use crate::support::Local;

fn no_primary() -> Value {
    json!({
        "eventTypeName": "NO_PRIMARY",
        "enabled": true,
        "notifications": [{"typeName": "GROUP", "intervalMin": 5, "emailEnabled": true}],
    })
}

/// A configuration that every process fulfils at once.
fn always() -> Value {
    json!({
        "eventTypeName": "OUTSIDE_METRIC_THRESHOLD",
        "enabled": true,
        "metricThreshold": {
            "metricName": "CONNECTIONS", "mode": "AVERAGE", "operator": "GREATER_THAN",
            "threshold": -1.0, "units": "RAW",
        },
        "notifications": [{"typeName": "GROUP", "intervalMin": 5, "emailEnabled": true}],
    })
}

#[tokio::test]
async fn an_alert_is_listed_and_acknowledged() {
    let local = Local::demo();
    let project = local.project();
    let until = "2026-09-02T08:00:00Z".parse().unwrap();

    let rule = project.create_alert_configuration(&always()).await.unwrap();
    let alerts = project.alerts().collect().await.unwrap();
    let alert = alerts.first().expect("an alert").handle();
    let acknowledged = alert.acknowledge(until, "looking into it").await.unwrap();
    let fetched = alert.get().await.unwrap();
    alert.unacknowledge().await.unwrap();
    let configurations = alert.configurations().collect().await.unwrap();
    let open = project.alerts_in_status("OPEN").collect().await.unwrap();

    assert_eq!(acknowledged.acknowledged_until(), Some(until));
    assert_eq!(fetched.acknowledgement_comment(), Some("looking into it"));
    assert!(open.iter().all(|alert| alert.status() == "OPEN"));
    assert!(
        configurations.iter().any(|one| one.id() == rule.id()),
        "{configurations:?}"
    );
}

#[tokio::test]
async fn a_configuration_is_created_switched_changed_and_deleted() {
    let local = Local::demo();
    let project = local.project();

    let created = project
        .create_alert_configuration(&no_primary())
        .await
        .unwrap();
    let handle = created.handle();
    let off = handle.set_enabled(false).await.unwrap();
    let changed = handle.update(&no_primary()).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = project.alert_configurations().collect().await.unwrap();
    let alerts = handle.alerts().collect().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(created.event_type(), "NO_PRIMARY");
    assert!(!off.is_enabled() && changed.is_enabled());
    assert_eq!(fetched.id(), created.id());
    assert!(listed.iter().any(|one| one.id() == created.id()));
    assert!(
        alerts
            .iter()
            .all(|alert| alert.configuration_id().as_ref() == Some(created.id()))
    );
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn the_fields_of_matchers_are_words() {
    let local = Local::demo();

    let fields = local.atlas.alert_matcher_fields().collect().await.unwrap();

    assert!(!fields.is_empty());
    assert!(
        fields
            .iter()
            .all(|field| field.ends_with("_ID") || field.contains("NAME")),
        "{fields:?}"
    );
}

#[test]
fn blocking_api_does_the_same() {
    let local = Local::demo();
    let atlas = local.blocking();
    let project = atlas.project(&local.first_project());
    let until = "2026-09-02T08:00:00Z".parse().unwrap();

    project.create_alert_configuration(&always()).unwrap();
    let alert = project.alerts().next().unwrap().unwrap().handle();
    let acknowledged = alert.acknowledge(until, "looking into it").unwrap();
    alert.unacknowledge().unwrap();
    let created = project.create_alert_configuration(&no_primary()).unwrap();
    let handle = created.handle();
    handle.set_enabled(false).unwrap();
    handle.update(&no_primary()).unwrap();

    assert_eq!(acknowledged.acknowledged_until(), Some(until));
    assert_eq!(alert.get().unwrap().id(), acknowledged.id());
    assert!(alert.configurations().all(|one| one.is_ok()));
    assert!(project.alerts_in_status("OPEN").all(|one| one.is_ok()));
    assert!(handle.get().unwrap().is_enabled());
    assert!(handle.alerts().all(|one| one.is_ok()));
    assert!(
        project
            .alert_configurations()
            .any(|one| one.unwrap().id() == created.id())
    );
    assert!(atlas.alert_matcher_fields().count() > 0);
    handle.delete().unwrap();
    assert!(handle.get().unwrap_err().is_not_found());
}
