//! API keys and rate limits of AI models.

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn rate_limits_have_defaults_and_can_be_reset() {
    let atlas = Atlas::demo().await;
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let list = format!("{project}/aiModelApiRateLimits");
    let groups = format!("{project}/aiModelApiClouds/ANY/geographies/ANY/modelGroupNames");
    let first = atlas.get(&list).await.field("/results/0");
    let name = first["modelGroupName"].as_str().unwrap();
    let limits = format!("{groups}/{name}/rateLimits");

    let change = json!({ "requestsPerMinuteLimit": 5, "tokensPerMinuteLimit": 70 });
    let changed = atlas.patch(&limits, change.clone()).await;
    let zero = json!({ "requestsPerMinuteLimit": 0, "tokensPerMinuteLimit": 70 });
    let zero = atlas.patch(&limits, zero).await;
    let unknown = atlas
        .patch(&format!("{groups}/unknown/rateLimits"), change)
        .await;
    let reset = atlas.post(&format!("{limits}:reset"), json!({})).await;

    assert!(first["requestsPerMinuteLimit"].is_u64());
    assert_eq!(changed.field("/requestsPerMinuteLimit"), 5);
    zero.assert_error(400, "BAD_REQUEST");
    unknown.assert_error(404, "RESOURCE_NOT_FOUND");
    assert_eq!(reset.json(), first);
}

#[tokio::test]
async fn api_key_has_an_id_and_one_secret() {
    let atlas = Atlas::demo().await;
    let keys = format!(
        "/api/atlas/v2/groups/{}/aiModelApiKeys",
        atlas.project("Sandbox")
    );
    let body = json!({ "name": "search", "cloud": "ANY", "geography": "ANY" });

    let created = atlas.post(&keys, body).await;
    let id = created.field("/apiKeyId");
    let key = atlas.get(&format!("{keys}/{}", id.as_str().unwrap())).await;

    assert!(created.field("/secret").is_string());
    assert_eq!(key.field("/apiKeyId"), id);
    assert!(key.json().get("secret").is_none());
}
