//! What the clients that everybody uses send, and the service takes.

use serde_json::{Value, json};

use crate::support::Atlas;

const GROUPS: &str = "/api/atlas/v2/groups";

fn alert(notification: &Value) -> Value {
    let mut all =
        json!({ "delayMin": 0, "emailEnabled": false, "smsEnabled": false, "roles": null });
    let own = notification.as_object().unwrap().clone();
    all.as_object_mut().unwrap().extend(own);
    json!({ "eventTypeName": "NO_PRIMARY", "enabled": true, "matchers": [], "notifications": [all] })
}

#[tokio::test]
async fn notifications_come_with_empty_fields_of_other_kinds() {
    let atlas = Atlas::demo().await;
    let configurations = format!("{GROUPS}/{}/alertConfigs", atlas.project("Sandbox"));
    let key = "a".repeat(32);
    for notification in [
        json!({ "typeName": "GROUP", "intervalMin": 5, "teamId": "", "username": "", "channelName": "" }),
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
        let answer = atlas.post(&configurations, alert(&notification)).await;
        assert!(answer.status < 300, "{kind}: {answer:?}");
        let shown = answer.field("/notifications/0");
        assert_eq!(shown["typeName"], kind);
        let knows_mail = kind == "GROUP" || kind == "TEAM";
        assert_eq!(shown.get("emailEnabled").is_some(), knows_mail, "{kind}");
    }
    let unknown = alert(&json!({ "typeName": "PIGEON", "intervalMin": 5 }));
    let refused = atlas.post(&configurations, unknown).await;
    refused.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(
        refused.field("/parameters"),
        json!(["notifications[0].typeName"])
    );
}

#[tokio::test]
async fn what_the_document_has_too_narrow_is_taken() {
    let atlas = Atlas::demo().await;
    let project = format!("{GROUPS}/{}", atlas.project("Sandbox"));
    let created = async |path: &str, body: Value| {
        let answer = atlas.post(&format!("{project}{path}"), body).await;
        assert!(answer.status < 300, "{path}: {answer:?}");
        answer.json()
    };

    created(
        "/databaseUsers",
        json!({
            "databaseName": "admin", "username": "CN=crew,DC=example", "ldapAuthType": "GROUP",
            "roles": [{ "roleName": "atlasAdmin", "databaseName": "admin" }],
        }),
    )
    .await;
    let region = json!({ "providerName": "GCP", "region": "US_EAST_4" });
    let service = created("/privateEndpoint/endpointService", region).await;
    let service = service["id"].as_str().unwrap();
    created(
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
    let container = created("/containers", container).await;
    created(
        "/peers",
        json!({
            "containerId": container["id"], "providerName": "AWS", "vpcId": "vpc-abc123ab",
            "accepterRegionName": "us-east-1", "awsAccountId": "123456789012",
            "routeTableCidrBlock": "192.168.9.0/24",
        }),
    )
    .await;
    let flow = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    created(
        "/streams",
        json!({ "name": "flow", "dataProcessRegion": flow }),
    )
    .await;
    let bucket = json!({ "roleArn": "arn:aws:iam::123456789012:role/s", "testBucket": "b" });
    created(
        "/streams/flow/connections",
        json!({ "name": "bucket", "type": "S3", "aws": bucket }),
    )
    .await;
    created(
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
