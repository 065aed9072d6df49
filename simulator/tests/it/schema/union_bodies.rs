//! Bodies of several forms: the refusal of a wrong one names what is wrong in the form that was meant.

use serde_json::{Value, json};

use crate::support::Atlas;

const GROUPS: &str = "/api/atlas/v2/groups";

/// A rule about the connections of hosts.
fn rule() -> Value {
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
async fn a_wrong_rule_about_a_metric_is_refused_by_the_field_that_is_wrong() {
    let atlas = Atlas::demo().await;
    let rules = format!("{GROUPS}/{}/alertConfigs", atlas.project("Storefront"));

    assert_eq!(atlas.post(&rules, rule()).await.status, 200);
    for (field, pointer) in [
        ("metricThreshold.metricName", "/metricThreshold/metricName"),
        ("metricThreshold.operator", "/metricThreshold/operator"),
        ("notifications[0].typeName", "/notifications/0/typeName"),
        ("eventTypeName", "/eventTypeName"),
    ] {
        let mut wrong = rule();
        *wrong.pointer_mut(pointer).unwrap() = json!("NOBODY_KNOWS");
        let refused = atlas.post(&rules, wrong).await;
        refused.refused(400, "INVALID_ATTRIBUTE");
        assert_eq!(refused.field("/parameters"), json!([field]));
    }
    let mut unknown = rule();
    unknown["notifications"][0]["typeName"] = json!("PIGEON");
    let refused = atlas.post(&rules, unknown).await;
    let told = refused.field("/badRequestDetail/fields/0/description");
    let told = told.as_str().unwrap();
    assert!(told.contains("GROUP") && told.contains("EMAIL"), "{told}");
    let mut without = rule();
    without.as_object_mut().unwrap().remove("metricThreshold");
    let refused = atlas.post(&rules, without).await;
    refused.refused(400, "MISSING_METRIC_THRESHOLD");
    assert_eq!(refused.field("/parameters"), json!(["metricThreshold"]));
}

#[tokio::test]
async fn a_rule_may_be_about_one_host() {
    let atlas = Atlas::demo().await;
    let rules = format!("{GROUPS}/{}/alertConfigs", atlas.project("Storefront"));
    let matching =
        |operator: &str| json!([{ "fieldName": "HOSTNAME", "operator": operator, "value": "x" }]);

    let mut one = rule();
    one["matchers"] = matching("EQUALS");
    let made = atlas.post(&rules, one).await;
    let mut wrong = rule();
    wrong["matchers"] = matching("LIKE");
    let refused = atlas.post(&rules, wrong).await;

    assert_eq!(made.status, 200, "{made:?}");
    assert_eq!(made.field("/matchers/0/value"), "x");
    refused.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(
        refused.field("/parameters"),
        json!(["matchers[0].operator"])
    );
}

#[tokio::test]
async fn a_wrong_endpoint_is_refused_by_the_field_of_its_cloud() {
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
    let refused = atlas.post(&path, endpoint).await;

    refused.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(refused.field("/parameters"), json!(["gcpProjectId"]));
}
