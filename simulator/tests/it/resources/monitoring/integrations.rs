//! Third-party and metric integrations.

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn keys_of_integrations_are_validated() {
    let atlas = Atlas::demo().await;
    let integrations = format!(
        "/api/atlas/v2/groups/{}/integrations",
        atlas.project("Sandbox")
    );
    let datadog = |key: &str| json!({ "type": "DATADOG", "apiKey": key, "region": "US" });
    let path = format!("{integrations}/DATADOG");
    let key = "0123456789abcdef".repeat(2);

    let invalid = atlas.post(&path, datadog("short")).await;
    let created = atlas.post(&path, datadog(&key)).await;
    let second = atlas.post(&path, datadog(&key)).await;
    let replaced = atlas.put(&path, datadog(&key)).await;
    let pager_duty = json!({ "type": "PAGER_DUTY", "serviceKey": "short" });
    let pager_duty = atlas
        .post(&format!("{integrations}/PAGER_DUTY"), pager_duty)
        .await;

    assert_eq!(
        invalid.assert_error(400, "INVALID_DATADOG_API_KEY"),
        "Datadog API key must consist of 32 hexadecimal digits."
    );
    assert_eq!((created.status, replaced.status), (200, 200));
    second.assert_error(409, "INTEGRATION_ALREADY_CONFIGURED");
    pager_duty.assert_error(400, "INVALID_PAGER_DUTY_SERVICE_KEY");
}

#[tokio::test]
async fn webhook_url_is_masked() {
    let atlas = Atlas::demo().await;
    let integrations = format!(
        "/api/atlas/v2/groups/{}/integrations",
        atlas.project("Sandbox")
    );
    let webhook = json!({ "type": "WEBHOOK", "url": "https://example.com/hooks/s3cr3t" });

    let created = atlas
        .post(&format!("{integrations}/WEBHOOK"), webhook)
        .await;
    let list = atlas.get(&integrations).await;

    assert_eq!(created.field("/results/0/url"), "https://example.com/****");
    assert_eq!(list.field("/results/0/url"), "https://example.com/****");

    let teams = json!({
        "type": "MICROSOFT_TEAMS", "microsoftTeamsWebhookUrl": "https://example.com/teams/s3cr3t",
    });
    let path = format!("{integrations}/MICROSOFT_TEAMS");
    atlas.post(&path, teams).await;
    let url = atlas.get(&path).await.field("/microsoftTeamsWebhookUrl");
    assert_eq!(url, "https://example.com/****");
}

#[tokio::test]
async fn metric_integration_redacts_the_sent_headers() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let integrations = format!("/api/atlas/v2/groups/{project}/metricIntegrations");
    let integration = json!({
        "aggregationTemporality": "DELTA", "authType": "HEADER", "integrationType": "OTEL",
        "endpoint": "https://otel.example.com", "metricSelection": ["HARDWARE_METRICS"],
        "providerType": "CUSTOM",
        "headers": [{ "name": "dd-api-key", "value": "s3cr3t" }, { "name": "x-team", "value": "a" }],
    });

    let created = atlas.post(&integrations, integration).await;
    let id = created.field("/metricIntegrationId");
    let integration = atlas
        .get(&format!("{integrations}/{}", id.as_str().unwrap()))
        .await;

    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(
        created.field("/headersRedacted").as_array().unwrap().len(),
        2
    );
    assert_eq!(integration.field("/headersRedacted/0/name"), "dd-api-key");
    assert_eq!(integration.field("/headersRedacted/1/name"), "x-team");
    assert!(!integration.text.contains("s3cr3t"));
}
