//! Alert configurations and alerts.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

/// A configuration whose threshold all running processes exceed.
fn low_threshold() -> Value {
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

fn group_path(atlas: &Atlas, project: &str) -> String {
    format!("/api/atlas/v2/groups/{}", atlas.project(project))
}

#[tokio::test]
async fn project_has_default_alert_configurations() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group_path(&atlas, "Storefront"));

    let list = atlas.get(&configurations).await;

    assert_eq!(list.field("/totalCount"), 10);
    assert_eq!(list.field("/results/0/eventTypeName"), "NO_PRIMARY");
    assert_eq!(list.field("/results/0/notifications/0/delayMin"), 15);
}

#[tokio::test]
async fn alert_configuration_can_be_created_toggled_replaced_and_deleted() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group_path(&atlas, "Storefront"));

    let created = atlas.post(&configurations, low_threshold()).await;
    let id = created.field("/id").as_str().unwrap().to_owned();
    let configuration = format!("{configurations}/{id}");
    let disabled = atlas
        .patch(&configuration, json!({ "enabled": false }))
        .await;
    let mut without_enabled = low_threshold();
    without_enabled.as_object_mut().unwrap().remove("enabled");
    without_enabled["metricThreshold"]["threshold"] = json!(7);
    let replaced = atlas.put(&configuration, without_enabled).await;
    let deleted = atlas.delete(&configuration).await;

    assert_eq!(created.field("/notifications/0/intervalMin"), 5);
    assert_eq!(disabled.field("/enabled"), false);
    assert_eq!(replaced.field("/id"), id);
    assert_eq!(replaced.field("/metricThreshold/threshold"), 7);
    assert_eq!(deleted.status, 204);
    atlas
        .get(&configuration)
        .await
        .assert_error(404, "ALERT_CONFIG_NOT_FOUND");
}

#[tokio::test]
async fn alert_configuration_without_notifications_is_rejected() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group_path(&atlas, "Storefront"));
    let mut body = low_threshold();
    body.as_object_mut().unwrap().remove("notifications");

    let response = atlas.post(&configurations, body).await;

    assert!(
        response
            .assert_error(400, "MISSING_ATTRIBUTE")
            .contains("notifications")
    );
}

#[tokio::test]
async fn notification_secrets_are_masked() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group_path(&atlas, "Storefront"));
    let mut body = low_threshold();
    let notification = json!({
        "typeName": "SLACK",
        "apiToken": "xoxb-123456-abcd",
        "channelName": "alerts",
        "delayMin": 0,
        "intervalMin": 5,
    });
    body["notifications"] = json!([notification]);

    let created = atlas.post(&configurations, body).await;

    let token = created.field("/notifications/0/apiToken");
    assert_eq!(token, "************abcd");
}

#[tokio::test]
async fn metric_beyond_threshold_opens_and_closes_alert() {
    let atlas = Atlas::demo().await;
    let group = group_path(&atlas, "Älvsjö: sensors, edge");
    let open = format!("{group}/alerts?status=OPEN");
    assert_eq!(atlas.get(&open).await.field("/totalCount"), 0);

    let rule = atlas
        .post(&format!("{group}/alertConfigs"), low_threshold())
        .await;
    let id = rule.field("/id").as_str().unwrap().to_owned();
    let alerts = atlas.get(&open).await;
    let mut high_threshold = low_threshold();
    high_threshold["metricThreshold"]["threshold"] = json!(1_000_000);
    atlas
        .put(&format!("{group}/alertConfigs/{id}"), high_threshold)
        .await;

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
async fn acknowledgement_expires() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let id = atlas
        .simulator
        .open_alert("Storefront", "NO_PRIMARY")
        .unwrap();
    let alert = format!("/api/atlas/v2/groups/{project}/alerts/{id}");

    let until = json!({
        "acknowledgedUntil": "2026-09-01T09:00:00Z",
        "acknowledgementComment": "known",
    });
    let acknowledged = atlas.patch(&alert, until).await;
    atlas.simulator.advance(Duration::from_mins(61));
    let later = atlas.get(&alert).await;

    assert_eq!(acknowledged.field("/acknowledgementComment"), "known");
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
async fn open_alert_requires_a_configuration() {
    let atlas = Atlas::demo().await;
    let simulator = &atlas.simulator;

    assert_eq!(simulator.open_alert("Storefront", "NO_SUCH_EVENT"), None);
    assert_eq!(simulator.open_alert("Nowhere", "NO_PRIMARY"), None);
    let id = simulator.open_alert("Storefront", "NO_PRIMARY").unwrap();
    assert!(simulator.close_alert(&id));
    assert!(!simulator.close_alert(&id));
}

#[tokio::test]
async fn event_creates_closed_alert() {
    let atlas = Atlas::demo().await;
    let group = group_path(&atlas, "Storefront");
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

#[tokio::test]
async fn notification_intervals_and_channels_are_validated() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{}/alertConfigs", group_path(&atlas, "Storefront"));
    let send = async |notification: Value| {
        let mut body = low_threshold();
        body["notifications"] = json!([notification]);
        atlas.post(&configurations, body).await
    };

    let email = json!({ "typeName": "EMAIL", "emailAddress": "a@example.com", "intervalMin": 0 });
    let email = send(email).await;
    let short = send(json!({ "typeName": "GROUP", "emailEnabled": true, "intervalMin": 1 })).await;
    let silent = json!({ "typeName": "GROUP", "emailEnabled": false, "smsEnabled": false });
    let silent = send(silent).await;
    let webhook = json!({ "typeName": "WEBHOOK", "webhookUrl": "https://example.com/5ecret" });
    let webhook = send(webhook).await;

    assert_eq!(email.status, 201, "{email:?}");
    short.assert_error(400, "NOTIFICATION_INTERVAL_OUT_OF_RANGE");
    silent.assert_error(400, "EMAIL_OR_SMS_REQUIRED_FOR_GROUP_NOTIFICATION");
    let url = webhook.field("/notifications/0/webhookUrl");
    assert_eq!(url, "https://example.com/****");
}
