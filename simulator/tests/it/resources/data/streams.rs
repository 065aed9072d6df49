//! Stream workspaces, connections and private links.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

fn streams_path(atlas: &Atlas) -> String {
    let project = atlas.project("Sandbox");
    format!("/api/atlas/v2/groups/{project}/streams")
}

fn workspace(name: &str) -> Value {
    json!({
        "name": name,
        "dataProcessRegion": { "cloudProvider": "AWS", "region": "VIRGINIA_USA" },
    })
}

#[tokio::test]
async fn workspace_has_requested_sample_connection_and_host() {
    let atlas = Atlas::demo().await;
    let streams = streams_path(&atlas);
    let mut with_samples = workspace("sampled");
    with_samples["sampleConnections"] = json!({ "solar": true });

    let sampled = atlas.post(&streams, with_samples).await;
    atlas.post(&streams, workspace("plain")).await;
    let action = format!("{streams}:withSampleConnections");
    atlas.post(&action, workspace("action")).await;

    let host = sampled.field("/hostnames/0");
    assert!(host.as_str().unwrap().contains(".virginia-usa."), "{host}");
    for (name, count) in [("sampled", 1), ("plain", 0), ("action", 1)] {
        let connections = atlas.get(&format!("{streams}/{name}/connections")).await;
        assert_eq!(connections.field("/totalCount"), count, "{name}");
    }
    let sample = format!("{streams}/sampled/connections/sample_stream_solar");
    assert_eq!(atlas.get(&sample).await.field("/type"), "Sample");
}

#[tokio::test]
async fn workspace_update_replaces_the_region() {
    let atlas = Atlas::demo().await;
    let streams = streams_path(&atlas);
    atlas.post(&streams, workspace("moved")).await;
    let path = format!("{streams}/moved");

    let change = json!({ "cloudProvider": "AWS", "region": "DUBLIN_IRL" });
    atlas.patch(&path, change).await;
    let stored = atlas.get(&path).await;

    assert_eq!(stored.field("/dataProcessRegion/region"), "DUBLIN_IRL");
    assert!(stored.json().get("region").is_none());
    let host = stored.field("/hostnames/0");
    assert!(host.as_str().unwrap().contains(".dublin-irl."), "{host}");
}

#[tokio::test]
async fn connection_update_replaces_inner_objects() {
    let atlas = Atlas::demo().await;
    let streams = streams_path(&atlas);
    atlas.post(&streams, workspace("hooks")).await;
    let connections = format!("{streams}/hooks/connections");
    let connection = json!({
        "name": "hook", "type": "Https", "url": "https://example.com", "headers": { "a": "1" },
    });
    atlas.post(&connections, connection).await;
    let path = format!("{connections}/hook");

    let change = json!({ "type": "Https", "headers": { "b": "2" } });
    atlas.patch(&path, change).await;

    let connection = atlas.get(&path).await;
    assert_eq!(connection.field("/headers"), json!({ "b": "2" }));
    assert_eq!(connection.field("/url"), "https://example.com");
}

#[tokio::test]
async fn failover_connection_update_replaces_the_configuration() {
    let atlas = Atlas::demo().await;
    let streams = streams_path(&atlas);
    atlas.post(&streams, workspace("failover")).await;
    let connections = format!("{streams}/failover/connections");
    let kafka = json!({ "name": "queue", "type": "Kafka", "bootstrapServers": "example.com:9092" });
    let created = atlas.post(&connections, kafka).await;
    assert_eq!(created.field("/networking/access/type"), "PUBLIC");
    let failovers = format!("{connections}/queue/failoverConnections");
    let failover = json!({
        "type": "Kafka", "region": "OREGON_USA", "bootstrapServers": "example.com:9092",
        "config": { "group.id": "a" },
    });
    let created = atlas.post(&failovers, failover).await;
    let path = format!("{failovers}/{}", created.field("/id").as_str().unwrap());

    let change = json!({ "type": "Kafka", "config": {} });
    let updated = atlas.patch(&path, change).await;

    assert_eq!(updated.status, 200, "{updated:?}");
    assert_eq!(atlas.get(&path).await.field("/config"), json!({}));
}

#[tokio::test]
async fn private_link_state_is_set_by_the_service() {
    let atlas = Atlas::demo().await;
    let links = format!("{}/privateLinkConnections", streams_path(&atlas));
    let link = json!({ "provider": "gcp", "region": "us-east4", "vendor": "PUBSUB", "state": "" });

    let created = atlas.post(&links, link).await;
    let path = format!("{links}/{}", created.field("/_id").as_str().unwrap());

    assert_eq!(created.field("/provider"), "GCP");
    assert!(created.json().get("state").is_none());
    for (seconds, state) in [(5, "IDLE"), (10, "WORKING"), (120, "DONE")] {
        atlas.simulator.advance(Duration::from_secs(seconds));
        assert_eq!(atlas.get(&path).await.field("/state"), state);
    }
}

#[tokio::test]
async fn account_details_name_the_account_and_the_network() {
    let atlas = Atlas::demo().await;
    let details = format!("{}/accountDetails", streams_path(&atlas));

    let aws = atlas
        .get(&format!("{details}?cloudProvider=aws&regionName=US_EAST_1"))
        .await;
    let azure = atlas
        .get(&format!("{details}?cloudProvider=azure&regionName=eastus2"))
        .await;

    assert_eq!(aws.field("/awsAccountId").as_str().unwrap().len(), 12);
    assert!(aws.field("/vpcId").as_str().unwrap().starts_with("vpc-"));
    assert!(azure.field("/azureSubscriptionId").is_string());
    assert!(azure.field("/virtualNetworkName").is_string());
}

#[tokio::test]
async fn unknown_workspaces_and_connections_have_specific_codes() {
    let atlas = Atlas::demo().await;
    let streams = streams_path(&atlas);
    let project = atlas.project("Sandbox");
    atlas.post(&streams, workspace("known")).await;

    let workspace = atlas.get(&format!("{streams}/unknown")).await;
    let connection = atlas
        .get(&format!("{streams}/known/connections/unknown"))
        .await;

    let detail = workspace.assert_error(404, "STREAM_TENANT_NOT_FOUND_FOR_NAME");
    let expected = format!("Stream instance for project {project} and name unknown not found.");
    assert_eq!(detail, expected);
    connection.assert_error(404, "STREAM_CONNECTION_NOT_FOUND_FOR_NAME");
}

#[tokio::test]
async fn new_private_link_is_idle_and_shows_no_state_in_the_response_to_its_creation() {
    let atlas = Atlas::demo().await;
    let links = format!("{}/privateLinkConnections", streams_path(&atlas));
    let body = json!({
        "provider": "AWS", "region": "us-east-1", "vendor": "CONFLUENT",
        "serviceEndpointId": "com.amazonaws.vpce.us-east-1.vpce-svc-1", "dnsDomain": "example.com",
    });

    let created = atlas.post(&links, body).await;
    let id = created.field("/_id").as_str().unwrap().to_owned();
    let link = atlas.get(&format!("{links}/{id}")).await;

    assert!(created.json().get("state").is_none());
    assert_eq!(link.field("/state"), "IDLE");
}
