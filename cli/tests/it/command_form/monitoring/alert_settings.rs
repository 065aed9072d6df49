//! Tests of `alerts settings`.

use serde_json::{Value, json};

use super::run_line;
use crate::support::Atlas;

/// Creates a configuration and returns its id.
fn create(atlas: &Atlas, flags: &str) -> String {
    let line = format!("alerts settings create {flags} -o json");
    let created: Value = serde_json::from_str(&run_line(atlas, &line).data()).unwrap();
    created["id"].as_str().unwrap().to_owned()
}

/// Returns a configuration without the fields that Atlas sets.
fn read(atlas: &Atlas, id: &str) -> Value {
    let line = format!("alerts settings describe {id} -o json");
    let mut document: Value = serde_json::from_str(&run_line(atlas, &line).data()).unwrap();
    let fields = document.as_object_mut().unwrap();
    fields.retain(|name, _| {
        !["created", "updated", "links", "id", "groupId"].contains(&name.as_str())
    });
    for notification in document["notifications"].as_array_mut().unwrap() {
        notification.as_object_mut().unwrap().remove("notifierId");
    }
    document
}

const METRIC: &str = "--event outside_metric_threshold --enabled --metric-name connections \
    --metric-operator greater_than --metric-threshold 0 --metric-units raw --metric-mode average \
    --matcher-field-name hostname --matcher-operator equals --matcher-value a.example.com \
    --notification-type group --notification-email-enabled --notification-sms-enabled=false \
    --notification-role GROUP_OWNER,GROUP_READ_ONLY --notification-delay-min 0 --notification-interval-min 5";

#[test]
fn flags_fill_the_configuration() {
    let atlas = Atlas::demo();

    let id = create(&atlas, METRIC);

    assert_eq!(
        read(&atlas, &id),
        json!({
            "enabled": true,
            "eventTypeName": "OUTSIDE_METRIC_THRESHOLD",
            "matchers": [{ "fieldName": "HOSTNAME", "operator": "EQUALS", "value": "a.example.com" }],
            "metricThreshold": {
                "metricName": "CONNECTIONS", "mode": "AVERAGE", "operator": "GREATER_THAN", "threshold": 0,
                "units": "RAW",
            },
            "notifications": [{
                "delayMin": 0, "emailEnabled": true, "intervalMin": 5, "roles": ["GROUP_OWNER", "GROUP_READ_ONLY"],
                "smsEnabled": false, "typeName": "GROUP",
            }],
        })
    );
}

/// Fields of a notification whose names depend on its type.
const TYPES: &[(&str, &str)] = &[
    (
        "--notification-type DATADOG --notification-region us --api-key KEY",
        r#"{"typeName": "DATADOG", "datadogRegion": "US", "datadogApiKey": "KEY"}"#,
    ),
    (
        "--notification-type OPS_GENIE --notification-region EU --api-key KEY",
        r#"{"typeName": "OPS_GENIE", "opsGenieRegion": "EU", "opsGenieApiKey": "KEY"}"#,
    ),
    (
        "--notification-type VICTOR_OPS --api-key KEY --notification-victor-ops-routing-key ROUTE",
        r#"{"typeName": "VICTOR_OPS", "victorOpsApiKey": "KEY", "victorOpsRoutingKey": "ROUTE"}"#,
    ),
    (
        "--notification-type PAGER_DUTY --notification-region US --notification-service-key KEY",
        r#"{"typeName": "PAGER_DUTY", "region": "US", "serviceKey": "KEY"}"#,
    ),
    (
        "--notification-type SLACK --notification-channel-name ops --notification-token KEY",
        r#"{"typeName": "SLACK", "channelName": "ops", "apiToken": "KEY"}"#,
    ),
    (
        "--notification-type WEBHOOK --notification-webhook-url https://a.example --notification-webhook-secret KEY",
        r#"{"typeName": "WEBHOOK", "webhookUrl": "https://a.example", "webhookSecret": "KEY"}"#,
    ),
    (
        "--notification-type MICROSOFT_TEAMS --notification-webhook-url https://a.example",
        r#"{"typeName": "MICROSOFT_TEAMS", "microsoftTeamsWebhookUrl": "https://a.example"}"#,
    ),
    (
        "--notification-type SMS --notification-mobile-number 4930123456",
        r#"{"typeName": "SMS", "mobileNumber": "4930123456"}"#,
    ),
    (
        "--notification-type TEAM --notification-team-id 5f0c2a9e1b3d4e0001a2b3e1",
        r#"{"typeName": "TEAM", "teamId": "5f0c2a9e1b3d4e0001a2b3e1"}"#,
    ),
    (
        "--notification-type USER --notification-username ada@example.com",
        r#"{"typeName": "USER", "username": "ada@example.com"}"#,
    ),
];

#[test]
fn fields_of_a_notification_follow_its_type() {
    let atlas = Atlas::demo();
    for (flags, expected) in TYPES {
        let line = format!("alerts settings create --event NO_PRIMARY {flags}");
        run_line(&atlas, &line);

        let requests = atlas.simulator.requests();
        let sent = requests
            .iter()
            .rev()
            .find(|request| request.method == "POST");
        let body: Value = serde_json::from_slice(&sent.unwrap().body).unwrap();
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(body["notifications"], json!([expected]), "{flags}");
        assert_eq!(body["enabled"], false);
    }
}

#[test]
fn flag_that_does_not_fit_the_type_is_a_usage_error() {
    let atlas = Atlas::demo();

    let line = "alerts settings create --event NO_PRIMARY --notification-type SMS --notification-region US";
    let run = run_line(&atlas, line);

    assert_eq!(run.exit, Some(2));
    assert_eq!(
        run.error_and_hint(),
        (
            "`--notification-region` needs another `--notification-type`",
            "types: DATADOG, OPS_GENIE, PAGER_DUTY"
        )
    );
    assert!(
        !atlas
            .requests()
            .iter()
            .any(|request| request.starts_with("POST"))
    );
}

#[test]
fn threshold_without_a_metric_is_the_threshold_of_the_event() {
    let atlas = Atlas::demo();

    let id = create(
        &atlas,
        "--event REPLICATION_OPLOG_WINDOW_RUNNING_OUT --metric-operator LESS_THAN --metric-threshold 24 \
         --metric-units HOURS --notification-type GROUP --notification-email-enabled --notification-interval-min 60",
    );

    let threshold = json!({ "operator": "LESS_THAN", "threshold": 24, "units": "HOURS" });
    assert_eq!(read(&atlas, &id)["threshold"], threshold);
}

#[test]
fn update_by_flags_keeps_other_settings() {
    let atlas = Atlas::demo();
    let id = create(&atlas, METRIC);
    let before = read(&atlas, &id);

    let line = format!(
        "alerts settings update {id} --notification-interval-min 60 --metric-threshold 7.5"
    );
    assert_eq!(
        run_line(&atlas, &line).data(),
        format!("Alert configuration '{id}' updated.\n")
    );

    let mut expected = before;
    expected["notifications"][0]["intervalMin"] = 60.into();
    expected["metricThreshold"]["threshold"] = 7.5.into();
    assert_eq!(read(&atlas, &id), expected);
}

#[test]
fn update_from_a_file_replaces_the_configuration() {
    let atlas = Atlas::demo();
    let id = create(&atlas, METRIC);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("alert.json");
    let notification =
        json!({ "typeName": "EMAIL", "emailAddress": "ops@example.com", "intervalMin": 30 });
    let document = json!({ "eventTypeName": "NO_PRIMARY", "notifications": [notification] });
    std::fs::write(&file, document.to_string()).unwrap();

    let project = atlas.project("Storefront");
    let file = file.to_str().unwrap();
    atlas
        .run(&[
            "alerts",
            "settings",
            "update",
            &id,
            "--project",
            &project,
            "--file",
            file,
        ])
        .data();

    let updated = read(&atlas, &id);
    assert_eq!(updated["eventTypeName"], "NO_PRIMARY");
    assert_eq!(updated["metricThreshold"], Value::Null);
    assert_eq!(
        updated["notifications"][0]["emailAddress"],
        "ops@example.com"
    );
}

#[test]
fn configuration_is_disabled_enabled_and_deleted() {
    let atlas = Atlas::demo();
    let id = create(&atlas, METRIC);

    for (verb, is_enabled) in [("disable", false), ("enable", true)] {
        let run = run_line(&atlas, &format!("alerts settings {verb} {id}"));
        assert_eq!(run.data(), format!("Alert configuration '{id}' {verb}d\n"));
        assert_eq!(read(&atlas, &id)["enabled"], is_enabled);
    }

    let run = run_line(&atlas, &format!("alerts settings delete {id} --force"));
    assert_eq!(run.data(), format!("Alert config '{id}' deleted\n"));
    let run = run_line(&atlas, &format!("alerts settings describe {id}"));
    assert_eq!(run.exit, Some(4));
}

#[test]
fn dry_run_prints_the_merged_configuration_and_sends_nothing() {
    let atlas = Atlas::demo();
    let id = create(&atlas, METRIC);

    let line =
        format!("alerts settings update {id} --notification-interval-min 60 --dry-run -o json");
    let plan: Value = serde_json::from_str(&run_line(&atlas, &line).data()).unwrap();

    assert_eq!(plan["method"], "PUT");
    assert_eq!(plan["body"]["notifications"][0]["intervalMin"], 60);
    assert_eq!(plan["body"]["eventTypeName"], "OUTSIDE_METRIC_THRESHOLD");
    assert!(
        !atlas
            .requests()
            .iter()
            .any(|request| request.starts_with("PUT"))
    );
}
