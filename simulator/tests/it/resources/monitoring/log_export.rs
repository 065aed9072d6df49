//! Push-based log export.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn creation_date_does_not_change() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let roles = format!("{group}/cloudProviderAccess");
    let role = atlas.post(&roles, json!({ "providerName": "AWS" })).await;
    let id = role.field("/roleId");
    let authorization = json!({
        "providerName": "AWS", "iamAssumedRoleArn": "arn:aws:iam::123456789012:role/logs",
    });
    let role = format!("{roles}/{}", id.as_str().unwrap());
    atlas.patch(&role, authorization).await;
    let path = format!("{group}/pushBasedLogExport");
    let body = json!({ "bucketName": "logs", "iamRoleId": id, "prefixPath": "atlas" });
    atlas.post(&path, body).await;

    let before = atlas.get(&path).await.field("/createDate");
    atlas.simulator.advance(Duration::from_mins(10));
    let after = atlas.get(&path).await;

    assert_eq!(after.field("/createDate"), before);
    assert_eq!(after.field("/state"), "ACTIVE");
}
