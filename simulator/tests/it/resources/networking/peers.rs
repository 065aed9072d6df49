//! Peering connections.

use std::time::Duration;

use serde_json::{Value, json};

use crate::resources::deployments::hardware::{region, replica_set};
use crate::support::Atlas;

const PROJECT: &str = "Empty Lot";

/// Creates a cluster; returns the path of the peering connections and the id of the container.
async fn create_cluster(atlas: &Atlas, provider: &str, name: &str) -> (String, Value) {
    let clusters = atlas.clusters(PROJECT);
    let cluster = replica_set(&[region(provider, name, "M10")]);
    assert_eq!(atlas.post(&clusters, cluster).await.status, 201);
    let containers = clusters.replace("/clusters", "/containers/all");
    let container = atlas.get(&containers).await.field("/results/0/id");
    (clusters.replace("/clusters", "/peers"), container)
}

fn aws(container: &Value) -> Value {
    json!({
        "accepterRegionName": "us-east-1", "awsAccountId": "123456789012",
        "containerId": container, "providerName": "AWS", "routeTableCidrBlock": "10.40.0.0/24",
        "vpcId": "vpc-0123456789abcdef0",
    })
}

#[tokio::test]
async fn aws_connection_waits_for_acceptance() {
    let atlas = Atlas::demo().await;
    let (peers, container) = create_cluster(&atlas, "AWS", "US_EAST_1").await;

    let created = atlas.post(&peers, aws(&container)).await;
    let path = format!("{peers}/{}", created.field("/id").as_str().unwrap());
    atlas.simulator.advance(Duration::from_hours(2));
    let later = atlas.get(&path).await;

    assert_eq!(created.field("/statusName"), "INITIATING");
    assert_eq!(later.field("/statusName"), "PENDING_ACCEPTANCE");
    let id = later.field("/connectionId");
    assert!(id.as_str().unwrap().starts_with("pcx-"), "{id}");
}

#[tokio::test]
async fn connection_rejects_duplicates_and_overlapping_blocks() {
    let atlas = Atlas::demo().await;
    let (peers, container) = create_cluster(&atlas, "AWS", "US_EAST_1").await;
    let mut overlapping = aws(&container);
    overlapping["routeTableCidrBlock"] = json!("192.168.250.0/24");
    let overlapping = atlas.post(&peers, overlapping).await;
    assert!(atlas.post(&peers, aws(&container)).await.status < 300);

    let duplicate = atlas.post(&peers, aws(&container)).await;
    let mut same_block = aws(&container);
    same_block["vpcId"] = json!("vpc-0123456789abcdef1");
    let same_block = atlas.post(&peers, same_block).await;
    let unknown = atlas
        .get(&format!("{peers}/0123456789abcdef01234567"))
        .await;

    overlapping.assert_error(409, "OVERLAPPING_ATLAS_CIDR_BLOCK");
    duplicate.assert_error(409, "PEER_ALREADY_EXISTS");
    assert_eq!(
        duplicate.field("/parameters"),
        json!(["123456789012", "vpc-0123456789abcdef0"])
    );
    same_block.assert_error(409, "OVERLAPPING_CIDR_BLOCK");
    let project = atlas.project(PROJECT);
    assert_eq!(
        unknown.assert_error(404, "PEER_NOT_FOUND"),
        format!("No peer with ID 0123456789abcdef01234567 exists in project {project}.")
    );
}

#[tokio::test]
async fn available_azure_connection_adds_private_connection_strings() {
    let atlas = Atlas::demo().await;
    let (peers, container) = create_cluster(&atlas, "AZURE", "US_EAST_2").await;
    let body = json!({
        "azureDirectoryId": "01234567-0123-4567-89ab-0123456789ab",
        "azureSubscriptionId": "01234567-0123-4567-89ab-0123456789ab",
        "containerId": container, "providerName": "AZURE", "resourceGroupName": "shop",
        "vnetName": "shop",
    });

    let created = atlas.post(&peers, body).await;
    atlas.simulator.advance(Duration::from_mins(10));
    let cluster = atlas
        .get(&format!("{}/made", atlas.clusters(PROJECT)))
        .await;

    assert_eq!(created.field("/status"), "ADDING_PEER");
    let connection_strings = cluster.field("/connectionStrings");
    let srv = connection_strings["privateSrv"].as_str().unwrap();
    assert!(srv.starts_with("mongodb+srv://made-pri."), "{srv}");
    assert!(connection_strings["private"].is_string());
}

#[tokio::test]
async fn project_with_a_connection_cannot_be_deleted() {
    let atlas = Atlas::demo().await;
    let (peers, container) = create_cluster(&atlas, "AWS", "US_EAST_1").await;
    atlas.post(&peers, aws(&container)).await;
    let clusters = atlas.clusters(PROJECT);
    atlas.delete(&format!("{clusters}/made")).await;
    atlas.simulator.advance(Duration::from_mins(5));

    let group = clusters.replace("/clusters", "");
    let rejected = atlas.delete(&group).await;

    rejected.assert_error(409, "CANNOT_CLOSE_GROUP_ACTIVE_PEERING_CONNECTIONS");
}

#[tokio::test]
async fn first_connection_creates_the_network_of_the_container() {
    let atlas = Atlas::demo().await;
    let containers = atlas.clusters(PROJECT).replace("/clusters", "/containers");
    let body = json!({
        "atlasCidrBlock": "10.8.0.0/21", "providerName": "AWS", "regionName": "EU_WEST_1",
    });
    let id = atlas.post(&containers, body).await.field("/id");
    let path = format!("{containers}/{}", id.as_str().unwrap());

    let before = atlas.get(&path).await;
    let peers = containers.replace("/containers", "/peers");
    let peer = atlas.post(&peers, aws(&id)).await;
    let after = atlas.get(&path).await;

    assert_eq!(before.field("/provisioned"), false);
    assert!(before.json().get("vpcId").is_none());
    assert!(peer.json().get("connectionId").is_none());
    assert_eq!(after.field("/provisioned"), true);
    assert!(after.field("/vpcId").as_str().unwrap().starts_with("vpc-"));
}
