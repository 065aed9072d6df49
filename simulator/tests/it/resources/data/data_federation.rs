//! Federated database instances and their query limits.

use serde_json::{Value, json};

use crate::support::Atlas;

/// Creates an authorized AWS role. Returns the path of the project and the role.
async fn with_role(atlas: &Atlas) -> (String, Value) {
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let roles = format!("{project}/cloudProviderAccess");
    let role = atlas.post(&roles, json!({ "providerName": "AWS" })).await;
    let id = role.field("/roleId");
    let authorization = json!({
        "providerName": "AWS", "iamAssumedRoleArn": "arn:aws:iam::123456789012:role/lake",
    });
    let path = format!("{roles}/{}", id.as_str().unwrap());
    let role = atlas.patch(&path, authorization).await;
    (project, role.json())
}

#[tokio::test]
async fn instance_has_a_host_and_the_values_of_its_role() {
    let atlas = Atlas::demo().await;
    let (project, role) = with_role(&atlas).await;
    let lakes = format!("{project}/dataFederation");
    let lake = json!({
        "name": "lake",
        "cloudProviderConfig": { "aws": { "roleId": role["roleId"], "testS3Bucket": "bucket" } },
    });

    let created = atlas.post(&lakes, lake).await;

    let host = created.field("/hostnames/0");
    assert!(host.as_str().unwrap().starts_with("lake-"), "{host}");
    let aws = created.field("/cloudProviderConfig/aws");
    assert_eq!(aws["externalId"], role["atlasAssumedRoleExternalId"]);
    assert_eq!(aws["iamAssumedRoleARN"], role["iamAssumedRoleArn"]);
    assert_eq!(aws["iamUserARN"], role["atlasAWSAccountArn"]);
    assert!(aws.get("testS3Bucket").is_none());
    let deleted = atlas.delete(&format!("{lakes}/lake")).await;
    assert_eq!((deleted.status, deleted.text.as_str()), (202, "{}"));
    let missing = atlas.get(&format!("{lakes}/lake")).await;
    missing.assert_error(404, "DATA_FEDERATION_TENANT_NOT_FOUND_FOR_NAME");
}

#[tokio::test]
async fn query_limits_have_a_default_and_can_be_set() {
    let atlas = Atlas::demo().await;
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let lakes = format!("{project}/dataFederation");
    atlas.post(&lakes, json!({ "name": "lake" })).await;
    let limits = format!("{lakes}/lake/limits");
    let query = format!("{limits}/bytesProcessed.query");

    let defaults = atlas.get(&limits).await.json();
    let body = json!({ "value": 5_000_000, "overrunPolicy": "BLOCK_AND_KILL" });
    let set = atlas.patch(&query, body).await;
    let limit = atlas.get(&query).await;
    let deleted = atlas.delete(&query).await;

    assert_eq!(defaults.as_array().unwrap().len(), 1);
    assert_eq!(defaults[0]["name"], "bytesProcessed.monthly");
    assert_eq!(defaults[0]["value"], 109_951_162_777_600_u64);
    assert_eq!(defaults[0]["overrunPolicy"], "BLOCK");
    assert!(set.json().get("overrunPolicy").is_none());
    assert_eq!(limit.field("/overrunPolicy"), "BLOCK_AND_KILL");
    assert_eq!(deleted.status, 204);
    assert_eq!(atlas.get(&query).await.status, 404);
}
