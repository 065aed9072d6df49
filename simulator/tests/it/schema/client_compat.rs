//! Requests of common clients that deviate from the OpenAPI document and that Atlas accepts.

use serde_json::{Value, json};

use crate::support::Atlas;

const GROUPS: &str = "/api/atlas/v2/groups";

fn alert_configuration(notification: &Value) -> Value {
    let mut fields =
        json!({ "delayMin": 0, "emailEnabled": false, "smsEnabled": false, "roles": null });
    let notification_fields = notification.as_object().unwrap().clone();
    fields.as_object_mut().unwrap().extend(notification_fields);
    json!({
    "eventTypeName": "NO_PRIMARY", "enabled": true, "matchers": [], "notifications": [fields],
    })
}

#[tokio::test]
async fn accepts_empty_fields_of_other_notification_types() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{GROUPS}/{}/alertConfigs", atlas.project("Sandbox"));
    let key = "a".repeat(32);
    for notification in [
        json!({ "typeName": "GROUP", "intervalMin": 5, "emailEnabled": true, "teamId": "", "username": "", "channelName": "" }),
        json!({ "typeName": "EMAIL", "intervalMin": 5, "emailAddress": "ops@example.com" }),
        json!({ "typeName": "TEAM", "intervalMin": 5, "teamId": "6b3136cd6db76b3136cd6db7" }),
        json!({ "typeName": "PAGER_DUTY", "intervalMin": 0, "serviceKey": key }),
        json!({ "typeName": "OPS_GENIE", "intervalMin": 0, "opsGenieApiKey": key }),
        json!({ "typeName": "VICTOR_OPS", "intervalMin": 0, "victorOpsApiKey": key }),
        json!({ "typeName": "WEBHOOK", "intervalMin": 5, "webhookUrl": "https://example.com" }),
        json!({ "typeName": "SLACK", "intervalMin": 5, "apiToken": key, "channelName": "ops" }),
        json!({ "typeName": "DATADOG", "intervalMin": 5, "datadogApiKey": key }),
    ] {
        let kind = notification["typeName"].clone();
        let response = atlas
            .post(&configurations, alert_configuration(&notification))
            .await;
        assert!(response.status < 300, "{kind}: {response:?}");
        let stored = response.field("/notifications/0");
        assert_eq!(stored["typeName"], kind);
        let has_email = kind == "GROUP" || kind == "TEAM";
        assert_eq!(stored.get("emailEnabled").is_some(), has_email, "{kind}");
    }
    let unknown = alert_configuration(&json!({ "typeName": "PIGEON", "intervalMin": 5 }));
    let rejected = atlas.post(&configurations, unknown).await;
    rejected.assert_error(400, "INVALID_ENUM_VALUE");
    assert_eq!(
        rejected.field("/badRequestDetail/fields/0/field"),
        "notifications[0].typeName"
    );
}

#[tokio::test]
async fn accepts_values_that_the_document_forbids() {
    let atlas = Atlas::demo().await;
    let project = format!("{GROUPS}/{}", atlas.project("Sandbox"));
    let create = async |path: &str, body: Value| {
        let response = atlas.post(&format!("{project}{path}"), body).await;
        assert!(response.status < 300, "{path}: {response:?}");
        response.json()
    };

    create(
        "/databaseUsers",
        json!({
            "databaseName": "admin", "username": "CN=crew,DC=example", "ldapAuthType": "GROUP",
            "roles": [{ "roleName": "atlasAdmin", "databaseName": "admin" }],
        }),
    )
    .await;
    let region = json!({ "providerName": "GCP", "region": "US_EAST_4" });
    let service = create("/privateEndpoint/endpointService", region).await;
    let service = service["id"].as_str().unwrap();
    create(
        &format!("/privateEndpoint/GCP/endpointService/{service}/endpoint"),
        json!({
            "endpointGroupName": "shop", "gcpProjectId": "my-project-123456",
            "endpoints": [{ "endpointName": "shop-0", "ipAddress": "10.0.0.2" }],
        }),
    )
    .await;
    let container = json!({
        "providerName": "AWS", "regionName": "US_EAST_1", "atlasCidrBlock": "10.8.0.0/21",
    });
    let container = create("/containers", container).await;
    create(
        "/peers",
        json!({
            "containerId": container["id"], "providerName": "AWS", "vpcId": "vpc-abc123ab",
            "accepterRegionName": "us-east-1", "awsAccountId": "123456789012",
            "routeTableCidrBlock": "192.168.9.0/24",
        }),
    )
    .await;
    let flow = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    create(
        "/streams",
        json!({ "name": "flow", "dataProcessRegion": flow }),
    )
    .await;
    let bucket = json!({ "roleArn": "arn:aws:iam::123456789012:role/s", "testBucket": "b" });
    create(
        "/streams/flow/connections",
        json!({ "name": "bucket", "type": "S3", "aws": bucket }),
    )
    .await;
    create(
        "/integrations/NEW_RELIC",
        json!({
            "type": "NEW_RELIC", "accountId": "1234567", "licenseKey": "a".repeat(40),
            "readToken": "r", "writeToken": "w",
        }),
    )
    .await;
    let first = atlas
        .get(&format!("{project}/databaseUsers?pageNum=0"))
        .await;
    assert_eq!(first.status, 200);
}
