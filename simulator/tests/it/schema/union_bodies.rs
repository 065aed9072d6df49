//! Bodies of union types: errors are about the intended variant.

use serde_json::{Value, json};

use crate::support::Atlas;

const GROUPS: &str = "/api/atlas/v2/groups";

/// Returns an alert configuration for the number of connections.
fn alert_configuration() -> Value {
    json!({
        "enabled": true,
        "eventTypeName": "OUTSIDE_METRIC_THRESHOLD",
        "metricThreshold": {
            "metricName": "CONNECTIONS", "mode": "AVERAGE", "operator": "GREATER_THAN",
            "threshold": 100, "units": "RAW",
        },
        "notifications": [{ "typeName": "GROUP", "emailEnabled": true, "roles": ["GROUP_OWNER"] }],
    })
}

#[tokio::test]
async fn error_contains_the_invalid_field_of_an_alert_configuration() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{GROUPS}/{}/alertConfigs", atlas.project("Storefront"));

    assert_eq!(
        atlas
            .post(&configurations, alert_configuration())
            .await
            .status,
        201
    );
    for (field, pointer) in [
        ("metricThreshold.metricName", "/metricThreshold/metricName"),
        ("metricThreshold.operator", "/metricThreshold/operator"),
        ("notifications[0].typeName", "/notifications/0/typeName"),
        ("eventTypeName", "/eventTypeName"),
    ] {
        let mut invalid = alert_configuration();
        *invalid.pointer_mut(pointer).unwrap() = json!("UNKNOWN_VALUE");
        let rejected = atlas.post(&configurations, invalid).await;
        assert_eq!(
            rejected.assert_error(400, "INVALID_ENUM_VALUE"),
            "An invalid enumeration value UNKNOWN_VALUE was specified."
        );
        assert_eq!(rejected.field("/parameters"), json!(["UNKNOWN_VALUE"]));
        assert_eq!(rejected.field("/badRequestDetail/fields/0/field"), field);
    }
    let mut unknown = alert_configuration();
    unknown["notifications"][0]["typeName"] = json!("PIGEON");
    let rejected = atlas.post(&configurations, unknown).await;
    let description = rejected.field("/badRequestDetail/fields/0/description");
    let description = description.as_str().unwrap();
    assert!(
        description.contains("GROUP") && description.contains("EMAIL"),
        "{description}"
    );
    let mut without = alert_configuration();
    without.as_object_mut().unwrap().remove("metricThreshold");
    let rejected = atlas.post(&configurations, without).await;
    rejected.assert_error(400, "MISSING_METRIC_THRESHOLD");
    assert_eq!(rejected.field("/parameters"), json!(["metricThreshold"]));
}

#[tokio::test]
async fn alert_configuration_accepts_a_host_matcher() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{GROUPS}/{}/alertConfigs", atlas.project("Storefront"));
    let matchers =
        |operator: &str| json!([{ "fieldName": "HOSTNAME", "operator": operator, "value": "x" }]);

    let mut valid = alert_configuration();
    valid["matchers"] = matchers("EQUALS");
    let created = atlas.post(&configurations, valid).await;
    let mut invalid = alert_configuration();
    invalid["matchers"] = matchers("LIKE");
    let rejected = atlas.post(&configurations, invalid).await;

    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.field("/matchers/0/value"), "x");
    rejected.assert_error(400, "INVALID_ENUM_VALUE");
    assert_eq!(
        rejected.field("/badRequestDetail/fields/0/field"),
        "matchers[0].operator"
    );
}

#[tokio::test]
async fn error_contains_the_invalid_field_of_a_gcp_endpoint() {
    let atlas = Atlas::demo().await;
    let endpoints = format!("{GROUPS}/{}/privateEndpoint", atlas.project("Storefront"));
    let service = json!({ "providerName": "GCP", "region": "CENTRAL_US" });
    let service = atlas
        .post(&format!("{endpoints}/endpointService"), service)
        .await;
    let id = service.field("/id");
    let path = format!(
        "{endpoints}/GCP/endpointService/{}/endpoint",
        id.as_str().unwrap()
    );

    let endpoint = json!({
        "endpointGroupName": "group", "gcpProjectId": 5,
        "endpoints": [{ "endpointName": "one", "ipAddress": "10.0.0.1" }],
    });
    let rejected = atlas.post(&path, endpoint).await;

    rejected.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(rejected.field("/parameters"), json!(["gcpProjectId"]));
}
