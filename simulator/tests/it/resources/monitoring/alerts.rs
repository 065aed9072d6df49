//! Alert configurations and the alerts they open.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

/// A rule that every running process is beyond.
fn busy() -> Value {
    json!({
        "enabled": true,
        "eventTypeName": "OUTSIDE_METRIC_THRESHOLD",
        "metricThreshold": {
            "metricName": "CONNECTIONS",
            "mode": "AVERAGE",
            "operator": "GREATER_THAN",
            "threshold": 1,
            "units": "RAW",
        },
        "notifications": [{ "typeName": "GROUP", "roles": ["GROUP_OWNER"] }],
    })
}

fn group(atlas: &Atlas, project: &str) -> String {
    format!("/api/atlas/v2/groups/{}", atlas.project(project))
}

#[tokio::test]
async fn a_project_starts_with_the_usual_configurations() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group(&atlas, "Storefront"));

    let listed = atlas.get(&configurations).await;

    assert_eq!(listed.field("/totalCount"), 10);
    assert_eq!(listed.field("/results/0/eventTypeName"), "NO_PRIMARY");
    assert_eq!(listed.field("/results/0/notifications/0/delayMin"), 15);
}

#[tokio::test]
async fn a_configuration_is_created_switched_replaced_and_deleted() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group(&atlas, "Storefront"));

    let created = atlas.post(&configurations, busy()).await;
    let id = created.field("/id").as_str().unwrap().to_owned();
    let one = format!("{configurations}/{id}");
    let off = atlas.patch(&one, json!({ "enabled": false })).await;
    let mut without_switch = busy();
    without_switch.as_object_mut().unwrap().remove("enabled");
    without_switch["metricThreshold"]["threshold"] = json!(7);
    let replaced = atlas.put(&one, without_switch).await;
    let deleted = atlas.delete(&one).await;

    assert_eq!(created.field("/notifications/0/intervalMin"), 5);
    assert_eq!(off.field("/enabled"), false);
    assert_eq!(replaced.field("/id"), id);
    assert_eq!(replaced.field("/metricThreshold/threshold"), 7);
    assert_eq!(deleted.status, 204);
    atlas.get(&one).await.refused(404, "ALERT_CONFIG_NOT_FOUND");
}

#[tokio::test]
async fn a_configuration_without_notifications_is_refused() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group(&atlas, "Storefront"));
    let mut body = busy();
    body.as_object_mut().unwrap().remove("notifications");

    let answer = atlas.post(&configurations, body).await;

    assert!(
        answer
            .refused(400, "MISSING_ATTRIBUTE")
            .contains("notifications")
    );
}

#[tokio::test]
async fn keys_of_other_services_are_masked() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group(&atlas, "Storefront"));
    let mut body = busy();
    let notification = json!({
        "typeName": "SLACK",
        "apiToken": "xoxb-123456-abcd",
        "channelName": "alerts",
        "delayMin": 0,
        "intervalMin": 5,
    });
    body["notifications"] = json!([notification]);

    let created = atlas.post(&configurations, body).await;

    let shown = created.field("/notifications/0/apiToken");
    assert_eq!(shown, "************abcd");
}

#[tokio::test]
async fn a_process_beyond_a_threshold_opens_an_alert_and_closes_it_again() {
    let atlas = Atlas::demo().await;
    let group = group(&atlas, "Älvsjö: sensors, edge");
    let open = format!("{group}/alerts?status=OPEN");
    assert_eq!(atlas.get(&open).await.field("/totalCount"), 0);

    let rule = atlas.post(&format!("{group}/alertConfigs"), busy()).await;
    let id = rule.field("/id").as_str().unwrap().to_owned();
    let alerts = atlas.get(&open).await;
    let mut calm = busy();
    calm["metricThreshold"]["threshold"] = json!(1_000_000);
    atlas.put(&format!("{group}/alertConfigs/{id}"), calm).await;

    assert!(alerts.field("/totalCount").as_u64().unwrap() > 0);
    assert_eq!(alerts.field("/results/0/alertConfigId"), id);
    assert!(
        alerts
            .field("/results/0/currentValue/number")
            .as_f64()
            .unwrap()
            > 1.0
    );
    assert_eq!(atlas.get(&open).await.field("/totalCount"), 0);
    let closed = atlas.get(&format!("{group}/alerts?status=CLOSED")).await;
    assert!(closed.field("/results/0/resolved").is_string());
}

#[tokio::test]
async fn an_alert_is_acknowledged_for_a_while() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let id = atlas
        .simulator
        .open_alert("Storefront", "NO_PRIMARY")
        .unwrap();
    let alert = format!("/api/atlas/v2/groups/{project}/alerts/{id}");

    let until = json!({
        "acknowledgedUntil": "2026-09-01T09:00:00Z",
        "acknowledgementComment": "looking at it",
    });
    let acknowledged = atlas.patch(&alert, until).await;
    atlas.simulator.advance(Duration::from_mins(61));
    let later = atlas.get(&alert).await;

    assert_eq!(
        acknowledged.field("/acknowledgementComment"),
        "looking at it"
    );
    assert!(later.json().get("acknowledgedUntil").is_none());
    assert_eq!(later.field("/status"), "OPEN");
    let events = atlas
        .get(&format!("/api/atlas/v2/groups/{project}/events"))
        .await;
    assert_eq!(
        events.field("/results/0/eventTypeName"),
        "ALERT_ACKNOWLEDGED_AUDIT"
    );
    assert_eq!(events.field("/results/0/alertId"), id);
}

#[tokio::test]
async fn an_alert_from_outside_needs_a_configuration_and_is_closed_once() {
    let atlas = Atlas::demo().await;
    let simulator = &atlas.simulator;

    assert_eq!(simulator.open_alert("Storefront", "NO_SUCH_EVENT"), None);
    assert_eq!(simulator.open_alert("Nowhere", "NO_PRIMARY"), None);
    let id = simulator.open_alert("Storefront", "NO_PRIMARY").unwrap();
    assert!(simulator.close_alert(&id));
    assert!(!simulator.close_alert(&id));
}

#[tokio::test]
async fn a_rule_about_an_event_leaves_an_alert_that_is_over() {
    let atlas = Atlas::demo().await;
    let group = group(&atlas, "Storefront");
    let rule = json!({
        "enabled": true,
        "eventTypeName": "NETWORK_PERMISSION_ENTRY_ADDED",
        "notifications": [{ "typeName": "GROUP" }],
    });
    atlas.post(&format!("{group}/alertConfigs"), rule).await;

    let entry = json!([{ "ipAddress": "203.0.113.9" }]);
    atlas.post(&format!("{group}/accessList"), entry).await;

    let alerts = atlas.get(&format!("{group}/alerts")).await;
    assert_eq!(alerts.field("/totalCount"), 1);
    assert_eq!(alerts.field("/results/0/status"), "CLOSED");
}
