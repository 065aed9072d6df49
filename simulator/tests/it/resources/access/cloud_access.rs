//! Roles at cloud providers.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn aws_role_is_rejected_until_authorized() {
    let atlas = Atlas::demo().await;
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let roles = format!("{project}/cloudProviderAccess");
    let buckets = format!("{project}/backup/exportBuckets");

    let created = atlas.post(&roles, json!({ "providerName": "AWS" })).await;
    let id = created.field("/roleId");
    let bucket = json!({ "bucketName": "exports", "cloudProvider": "AWS", "iamRoleId": id });
    let unauthorized = atlas.post(&buckets, bucket.clone()).await;
    let path = format!("{roles}/{}", id.as_str().unwrap());
    let authorization = json!({
        "providerName": "AWS", "iamAssumedRoleArn": "arn:aws:iam::123456789012:role/exports",
    });
    let authorized = atlas.patch(&path, authorization).await;
    let accepted = atlas.post(&buckets, bucket).await;
    let unknown = json!({
        "bucketName": "logs", "iamRoleId": "0123456789abcdef01234567", "prefixPath": "a",
    });
    let unknown = atlas
        .post(&format!("{project}/pushBasedLogExport"), unknown)
        .await;

    let arn = created.field("/atlasAWSAccountArn");
    assert!(arn.as_str().unwrap().starts_with("arn:aws:iam::"), "{arn}");
    assert_eq!(
        arn.as_str().unwrap().len(),
        "arn:aws:iam::123456789012:root".len()
    );
    assert!(created.field("/authorizedDate").is_null());
    unauthorized.assert_error(400, "CLOUD_PROVIDER_ACCESS_ROLE_NOT_AUTHORIZED");
    assert!(authorized.field("/authorizedDate").is_string());
    assert_eq!(accepted.status, 200, "{accepted:?}");
    unknown.assert_error(404, "CLOUD_PROVIDER_ACCESS_ROLE_NOT_FOUND");
}

#[tokio::test]
async fn gcp_service_account_becomes_complete() {
    let atlas = Atlas::demo().await;
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let roles = format!("{project}/cloudProviderAccess");

    let created = atlas.post(&roles, json!({ "providerName": "GCP" })).await;
    let id = created.field("/roleId");
    let path = format!("{roles}/{}", id.as_str().unwrap());
    atlas.simulator.advance(Duration::from_secs(30));
    let complete = atlas.get(&path).await;
    let list = atlas.get(&roles).await;
    let deleted = atlas
        .delete(&format!("{roles}/GCP/{}", id.as_str().unwrap()))
        .await;

    assert_eq!(created.field("/status"), "IN_PROGRESS");
    assert!(created.json().get("iamAssumedRoleArn").is_none());
    assert_eq!(complete.field("/status"), "COMPLETE");
    let account = complete.field("/gcpServiceAccountForAtlas");
    assert!(
        account
            .as_str()
            .unwrap()
            .ends_with(".iam.gserviceaccount.com")
    );
    assert_eq!(list.field("/gcpServiceAccounts/0"), complete.json());
    assert_eq!(list.field("/awsIamRoles"), json!([]));
    assert_eq!(deleted.status, 204);
    atlas
        .get(&path)
        .await
        .assert_error(404, "CLOUD_PROVIDER_ACCESS_ROLE_NOT_FOUND");
}
