//! Alerts and alert configurations.

use atlas_simulator::Fault;
use mongodbatlas::AlertStatus;
use serde_json::{Value, json};

use crate::support::Local;

fn no_primary_configuration() -> Value {
    json!({
        "eventTypeName": "NO_PRIMARY",
        "enabled": true,
        "notifications": [{"typeName": "GROUP", "intervalMin": 5, "emailEnabled": true}],
    })
}

/// Returns a configuration that raises an alert for every process.
fn always_raised_configuration() -> Value {
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
async fn lists_and_acknowledges_alert() {
    let local = Local::demo();
    let project = local.project();
    let until = "2026-09-02T08:00:00Z".parse().unwrap();

    let configuration = project
        .create_alert_configuration(&always_raised_configuration())
        .await
        .unwrap();
    let alerts = project.alerts().collect().await.unwrap();
    let alert = alerts.first().expect("an alert").handle();
    let acknowledged = alert
        .acknowledge(until, "being investigated")
        .await
        .unwrap();
    let fetched = alert.get().await.unwrap();
    alert.unacknowledge().await.unwrap();
    let configurations = alert.configurations().collect().await.unwrap();
    let open = project
        .alerts_in_status(AlertStatus::Open)
        .collect()
        .await
        .unwrap();

    assert_eq!(acknowledged.acknowledged_until(), Some(until));
    assert_eq!(
        fetched.acknowledgement_comment(),
        Some("being investigated")
    );
    assert!(open.iter().all(|alert| alert.status() == AlertStatus::Open));
    assert!(
        configurations
            .iter()
            .any(|listed| listed.id() == configuration.id()),
        "{configurations:?}"
    );
}

#[tokio::test]
async fn creates_disables_replaces_and_deletes_configuration() {
    let local = Local::demo();
    let project = local.project();

    let created = project
        .create_alert_configuration(&no_primary_configuration())
        .await
        .unwrap();
    let handle = created.handle();
    let disabled = handle.set_enabled(false).await.unwrap();
    let replaced = handle.update(&no_primary_configuration()).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = project.alert_configurations().collect().await.unwrap();
    let alerts = handle.alerts().collect().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(created.event_type(), "NO_PRIMARY");
    assert!(!disabled.is_enabled() && replaced.is_enabled());
    assert_eq!(fetched.id(), created.id());
    assert!(listed.iter().any(|listed| listed.id() == created.id()));
    assert!(
        alerts
            .iter()
            .all(|alert| alert.configuration_id().as_ref() == Some(created.id()))
    );
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn lists_matcher_fields() {
    let local = Local::demo();

    let fields = local.atlas.alert_matcher_fields().collect().await.unwrap();

    for field in ["CLUSTER_NAME", "HOSTNAME_AND_PORT", "REPLICA_SET_NAME"] {
        assert!(fields.iter().any(|name| name == field), "{fields:?}");
    }
}

#[test]
fn blocking_manages_alerts_and_configurations() {
    let local = Local::demo();
    let atlas = local.blocking();
    let project = atlas.project(&local.first_project());
    let until = "2026-09-02T08:00:00Z".parse().unwrap();

    project
        .create_alert_configuration(&always_raised_configuration())
        .unwrap();
    let alert = project.alerts().next().unwrap().unwrap().handle();
    let acknowledged = alert.acknowledge(until, "being investigated").unwrap();
    alert.unacknowledge().unwrap();
    let created = project
        .create_alert_configuration(&no_primary_configuration())
        .unwrap();
    let handle = created.handle();
    handle.set_enabled(false).unwrap();
    handle.update(&no_primary_configuration()).unwrap();

    assert_eq!(acknowledged.acknowledged_until(), Some(until));
    assert_eq!(alert.get().unwrap().id(), acknowledged.id());
    assert!(
        alert
            .configurations()
            .all(|configuration| configuration.is_ok())
    );
    assert!(
        project
            .alerts_in_status(AlertStatus::Open)
            .all(|alert| alert.is_ok())
    );
    assert!(handle.get().unwrap().is_enabled());
    assert!(handle.alerts().all(|alert| alert.is_ok()));
    assert!(
        project
            .alert_configurations()
            .any(|listed| listed.unwrap().id() == created.id())
    );
    assert!(atlas.alert_matcher_fields().count() > 0);
    handle.delete().unwrap();
    assert!(handle.get().unwrap_err().is_not_found());
}

#[tokio::test]
async fn reads_alerts_without_host_and_cluster() {
    let local = Local::demo();
    let project = local.project();
    let alerts = r#"{"totalCount": 1, "results": [{
        "id": "64f1b2c3d4e5f60718293a4b", "alertConfigId": "", "status": "OPEN",
        "eventTypeName": "FUTURE_ALERT", "created": "Wed Apr 26 02:03:57 GMT 2023"
    }]}"#;
    let response = Fault::answer(200, "application/json", alerts);
    local.simulator.inject(response.when_authorized());

    let alerts = project.alerts().collect().await.unwrap();

    assert_eq!(alerts[0].event_type(), "FUTURE_ALERT");
    assert_eq!(alerts[0].created(), "2023-04-26T02:03:57Z".parse().ok());
    assert_eq!(alerts[0].cluster_name(), None);
    assert_eq!(alerts[0].configuration_id(), None);
}
