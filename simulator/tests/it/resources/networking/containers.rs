//! Network containers.

use std::time::Duration;

use serde_json::{Value, json};

use crate::resources::deployments::hardware::{region, replica_set};
use crate::support::{Atlas, Response};

const PROJECT: &str = "Empty Lot";

fn containers(atlas: &Atlas) -> String {
    atlas.clusters(PROJECT).replace("/clusters", "/containers")
}

fn results(response: &Response) -> Vec<Value> {
    response.field("/results").as_array().unwrap().clone()
}

async fn list_by_provider(atlas: &Atlas, provider: &str) -> Vec<Value> {
    let path = format!("{}?providerName={provider}", containers(atlas));
    results(&atlas.get(&path).await)
}

#[tokio::test]
async fn cluster_creates_a_container_for_each_region() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let mut azure = region("AZURE", "EUROPE_WEST", "M10");
    azure["priority"] = json!(6);
    azure["electableSpecs"]["nodeCount"] = json!(2);
    let mut gcp = region("GCP", "CENTRAL_US", "M10");
    gcp["priority"] = json!(5);
    gcp["electableSpecs"]["nodeCount"] = json!(2);
    let cluster = replica_set(&[region("AWS", "EU_WEST_1", "M10"), azure, gcp]);

    assert_eq!(atlas.post(&clusters, cluster).await.status, 201);

    let aws = list_by_provider(&atlas, "AWS").await;
    assert_eq!(aws.len(), 1);
    assert_eq!(aws[0]["regionName"], "EU_WEST_1");
    assert_eq!(aws[0]["atlasCidrBlock"], "192.168.248.0/21");
    assert_eq!(aws[0]["provisioned"], true);
    let azure = list_by_provider(&atlas, "AZURE").await;
    let start = format!("vnet_{}_", azure[0]["id"].as_str().unwrap());
    assert_eq!(azure[0]["region"], "EUROPE_WEST");
    assert!(azure[0]["vnetName"].as_str().unwrap().starts_with(&start));
    assert_eq!(list_by_provider(&atlas, "GCP").await.len(), 1);
}

#[tokio::test]
async fn update_adds_a_container_and_deletion_of_the_cluster_keeps_it() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let path = format!("{clusters}/made");
    let first = replica_set(&[region("AWS", "EU_WEST_1", "M10")]);
    atlas.post(&clusters, first).await;
    let mut second = region("AWS", "EU_WEST_2", "M10");
    second["priority"] = json!(6);
    second["electableSpecs"]["nodeCount"] = json!(2);
    let both = replica_set(&[region("AWS", "EU_WEST_1", "M10"), second]);
    let change = json!({ "replicationSpecs": both["replicationSpecs"] });

    assert_eq!(atlas.patch(&path, change).await.status, 200);
    let during = list_by_provider(&atlas, "AWS").await;
    let container = format!(
        "{}/{}",
        containers(&atlas),
        during[0]["id"].as_str().unwrap()
    );
    let in_use = atlas.delete(&container).await;
    atlas.delete(&path).await;
    atlas.simulator.advance(Duration::from_mins(5));
    let after = list_by_provider(&atlas, "AWS").await;
    let deleted = atlas.delete(&container).await;

    assert_eq!(during.len(), 2);
    assert_eq!(during[1]["atlasCidrBlock"], "192.168.240.0/21");
    in_use.assert_error(409, "CONTAINERS_IN_USE");
    assert_eq!(after, during);
    assert!(deleted.status < 300, "{deleted:?}");
}

#[tokio::test]
async fn seeded_and_upgraded_clusters_have_containers() {
    let atlas = Atlas::demo().await;
    let sandbox = atlas.clusters("Sandbox");
    let upgrade = json!({ "name": "playground", "providerSettings": {
        "providerName": "AWS", "instanceSizeName": "M10", "regionName": "US_EAST_1",
    } });

    let seeded = atlas
        .clusters("Storefront")
        .replace("/clusters", "/containers/all");
    let seeded = results(&atlas.get(&seeded).await);
    atlas
        .post(&format!("{sandbox}/tenantUpgrade"), upgrade)
        .await;
    let upgraded = sandbox.replace("/clusters", "/containers/all");
    let upgraded = results(&atlas.get(&upgraded).await);

    assert!(!seeded.is_empty());
    assert_eq!(upgraded.len(), 1);
    assert_eq!(upgraded[0]["regionName"], "US_EAST_1");
}

#[tokio::test]
async fn gcp_container_is_created_without_regions() {
    let atlas = Atlas::demo().await;
    let path = containers(&atlas);
    let body = json!({ "providerName": "GCP", "atlasCidrBlock": "10.120.0.0/18" });

    let created = atlas.post(&path, body).await;

    assert!(created.status < 300, "{created:?}");
    assert!(created.json().get("regions").is_none());
    assert_eq!(
        list_by_provider(&atlas, "GCP").await[0]["atlasCidrBlock"],
        "10.120.0.0/18"
    );
}

#[tokio::test]
async fn container_rejects_invalid_blocks_and_duplicates() {
    let atlas = Atlas::demo().await;
    let path = containers(&atlas);
    let aws = |block: &str| json!({ "providerName": "AWS", "regionName": "US_EAST_1", "atlasCidrBlock": block });
    let small = json!({
        "providerName": "GCP", "regions": ["CENTRAL_US"], "atlasCidrBlock": "10.0.0.0/18",
    });

    for (body, status, code) in [
        (aws("8.8.0.0/21"), 400, "ATLAS_INVALID_CIDR_RANGE"),
        (aws("10.0.1.0/21"), 400, "ATLAS_NON_CANONICAL_CIDR_BLOCK"),
        (aws("10.0.0.0/16"), 400, "ATLAS_INVALID_CIDR_BLOCK"),
        (small, 400, "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER"),
    ] {
        atlas.post(&path, body).await.assert_error(status, code);
    }
    let created = atlas.post(&path, aws("10.0.0.0/21")).await;
    assert!(created.status < 300, "{created:?}");
    assert_eq!(created.field("/provisioned"), false);
    let duplicate = atlas.post(&path, aws("10.0.8.0/21")).await;
    duplicate.assert_error(409, "CONTAINER_ALREADY_EXISTS");
    let container = format!("{path}/{}", created.field("/id").as_str().unwrap());
    let moved = json!({ "providerName": "AWS", "regionName": "US_EAST_2" });
    let moved = atlas.patch(&container, moved).await;
    moved.assert_error(400, "CANNOT_CHANGE_CONTAINER_REGION");
    let unknown = atlas.get(&format!("{path}/0123456789abcdef01234567")).await;
    assert_eq!(
        unknown.assert_error(404, "CLOUD_PROVIDER_CONTAINER_NOT_FOUND"),
        "An invalid cloud provider container ID 0123456789abcdef01234567 was specified."
    );
}
