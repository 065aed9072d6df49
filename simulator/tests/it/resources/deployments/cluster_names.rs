//! Names of clusters, the limit of free clusters, and requests with `paused` and other fields.

use serde_json::{Value, json};

use crate::resources::deployments::hardware::{region, replica_set};
use crate::support::Atlas;

const PROJECT: &str = "Empty Lot";

fn cluster(name: &str) -> Value {
    let mut cluster = replica_set(&[region("AWS", "US_EAST_1", "M10")]);
    cluster["name"] = json!(name);
    cluster
}

fn free(name: &str) -> Value {
    let mut cluster = replica_set(&[json!({
        "providerName": "TENANT", "backingProviderName": "AWS", "regionName": "US_EAST_1",
        "priority": 7, "electableSpecs": { "instanceSize": "M0" },
    })]);
    cluster["name"] = json!(name);
    cluster
}

#[tokio::test]
async fn creation_rejects_names_with_invalid_host_names() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let flex = clusters.replace("/clusters", "/flexClusters");
    let long = "analytics-of-the-northern-region";
    assert_eq!(atlas.post(&clusters, cluster(long)).await.status, 201);

    let same_start = "analytics-of-the-northern-lights";
    let prefix = atlas.post(&clusters, cluster(same_start)).await;
    let dash = atlas
        .post(&clusters, cluster("sales-of-the-south-west-2"))
        .await;
    let cut = atlas
        .post(&clusters, cluster("abcdefghijklmnopqrstuv-wxyz"))
        .await;
    let reserved = atlas.post(&clusters, cluster("atlas-x1y2z3")).await;
    let too_long = atlas.post(&clusters, cluster(&"x".repeat(65))).await;
    let provider = json!({ "backingProviderName": "AWS", "regionName": "US_EAST_1" });
    let body = json!({ "name": "atlas-x1y2z3", "providerSettings": provider });
    let reserved_flex = atlas.post(&flex, body).await;

    prefix.assert_error(400, "CLUSTER_NAME_PREFIX_INVALID");
    assert_eq!(
        prefix.field("/parameters"),
        json!([same_start, 23, "analytics-of-the-northe"])
    );
    assert_eq!(dash.status, 201, "{dash:?}");
    cut.assert_error(400, "CLUSTER_NAME_PREFIX_INVALID");
    reserved.assert_error(400, "ATLAS_RESERVED_CLUSTER_NAME");
    reserved_flex.assert_error(400, "ATLAS_RESERVED_CLUSTER_NAME");
    too_long.assert_error(400, "CLUSTER_NAME_TOO_LONG");
}

#[tokio::test]
async fn second_free_cluster_is_rejected() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let reason = "This project has reached the limit for the number of free clusters.";
    assert_eq!(atlas.post(&clusters, free("first")).await.status, 201);

    let second = atlas.post(&clusters, free("second")).await;

    assert_eq!(
        second.assert_error(400, "CANNOT_CREATE_FREE_CLUSTER_VIA_PUBLIC_API"),
        format!("Cannot create a cluster with instance size M0 via the public api: {reason}")
    );
    assert_eq!(second.field("/parameters"), json!([reason]));
}

#[tokio::test]
async fn pause_rejects_other_fields_with_current_values() {
    let atlas = Atlas::demo().await;
    let running = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let paused = format!("{}/menu-archive", atlas.clusters("Café Zürich"));

    let pause = json!({ "backupEnabled": false, "paused": true });
    let pause = atlas.patch(&running, pause).await;
    let resume = json!({ "backupEnabled": false, "paused": false });
    let resume = atlas.patch(&paused, resume).await;

    pause.assert_error(409, "CANNOT_UPDATE_AND_PAUSE_CLUSTER");
    resume.assert_error(409, "CANNOT_UPDATE_PAUSED_CLUSTER");
}

#[tokio::test]
async fn flex_cluster_requires_a_region_of_its_provider() {
    let atlas = Atlas::demo().await;
    let flex = atlas
        .clusters(PROJECT)
        .replace("/clusters", "/flexClusters");
    let provider = json!({ "backingProviderName": "GCP", "regionName": "EU_WEST_1" });
    let body = json!({ "name": "small", "providerSettings": provider });

    let rejected = atlas.post(&flex, body).await;

    rejected.assert_error(400, "INVALID_REGION");
    assert_eq!(rejected.field("/parameters"), json!(["EU_WEST_1", "GCP"]));
}

#[tokio::test]
async fn encryption_requires_a_project_with_enabled_keys() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let settings = clusters.replace("/clusters", "/encryptionAtRest");
    let mut encrypted = cluster("encrypted");
    encrypted["encryptionAtRestProvider"] = json!("AWS");
    let key = |enabled: bool| {
        json!({ "awsKms": {
            "enabled": enabled, "region": "US_EAST_1", "customerMasterKeyID": "key",
            "roleId": "0123456789abcdef01234567",
        } })
    };

    let rejected = atlas.post(&clusters, encrypted.clone()).await;
    assert_eq!(atlas.patch(&settings, key(true)).await.status, 200);
    let created = atlas.post(&clusters, encrypted).await;
    let disabled = atlas.patch(&settings, key(false)).await;

    rejected.assert_error(400, "ENCRYPTION_AT_REST_NOT_ENABLED");
    assert_eq!(created.status, 201, "{created:?}");
    disabled.assert_error(409, "CANNOT_DISABLE_ENCRYPTION_AT_REST");
}
