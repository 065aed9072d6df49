//! Requested and running hardware of clusters with auto-scaling, and default disks.

use reqwest::Method;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::resources::deployments::hardware::{region, replica_set};
use crate::support::{Atlas, LATEST};

const PROJECT: &str = "Empty Lot";

/// Sends a request with `Use-Effective-Instance-Fields: true`.
async fn send_with_header(
    atlas: &Atlas,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Value {
    let nonce = atlas.nonce().await;
    let authorization = atlas.authorization(&nonce, 1, &method, path);
    let url = format!("{}{path}", atlas.simulator.base_url());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client
        .request(method, url)
        .header(ACCEPT, LATEST)
        .header(AUTHORIZATION, authorization)
        .header("Use-Effective-Instance-Fields", "true");
    if let Some(body) = body {
        request = request
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string());
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn scaled_cluster_keeps_its_running_hardware() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let path = format!("{clusters}/made");
    let mut config = region("AWS", "US_EAST_1", "M10");
    config["autoScaling"] = json!({
        "compute": { "enabled": true, "maxInstanceSize": "M40" },
        "diskGB": { "enabled": true },
    });
    let cluster = replica_set(&[config.clone()]);
    assert_eq!(atlas.post(&clusters, cluster).await.status, 201);
    config["electableSpecs"] = json!({
        "instanceSize": "M20", "nodeCount": 3, "diskSizeGB": 15, "diskIOPS": 3010,
    });
    let change = json!({ "replicationSpecs": [{ "regionConfigs": [config] }] });

    let changed = send_with_header(&atlas, Method::PATCH, &path, Some(&change)).await;
    let with_header = send_with_header(&atlas, Method::GET, &path, None).await;
    let without_header = atlas.get(&path).await.json();

    for response in [&changed, &with_header] {
        let region = &response["replicationSpecs"][0]["regionConfigs"][0];
        assert_eq!(region["electableSpecs"]["instanceSize"], "M20");
        assert_eq!(region["electableSpecs"]["diskSizeGB"], 15.0);
        assert_eq!(region["electableSpecs"]["diskIOPS"], 3010);
        assert_eq!(region["effectiveElectableSpecs"]["instanceSize"], "M10");
        assert_eq!(region["effectiveElectableSpecs"]["diskSizeGB"], 10.0);
        assert_eq!(region["effectiveReadOnlySpecs"]["instanceSize"], "M10");
    }
    let region = &without_header["replicationSpecs"][0]["regionConfigs"][0];
    assert_eq!(region["electableSpecs"]["instanceSize"], "M10");
}

#[tokio::test]
async fn auto_scaling_limits_are_validated() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    for (compute, code) in [
        (
            json!({ "enabled": true }),
            "COMPUTE_AUTO_SCALING_MAX_INSTANCE_SIZE_REQUIRED",
        ),
        (
            json!({ "enabled": true, "maxInstanceSize": "M20" }),
            "COMPUTE_AUTO_SCALING_MAX_INSTANCE_SIZE_INVALID",
        ),
        (
            json!({ "enabled": true, "scaleDownEnabled": true, "maxInstanceSize": "M40" }),
            "COMPUTE_AUTO_SCALING_MIN_INSTANCE_SIZE_REQUIRED",
        ),
        (
            json!({
                "enabled": true, "scaleDownEnabled": true,
                "minInstanceSize": "M40", "maxInstanceSize": "M50",
            }),
            "COMPUTE_AUTO_SCALING_MIN_INSTANCE_SIZE_INVALID",
        ),
        (
            json!({ "enabled": false, "scaleDownEnabled": true }),
            "COMPUTE_AUTO_SCALING_SCALE_DOWN_ENABLED_INVALID",
        ),
    ] {
        let mut config = region("AWS", "US_EAST_1", "M30");
        config["autoScaling"] = json!({ "compute": compute });
        let rejected = atlas.post(&clusters, replica_set(&[config])).await;
        rejected.assert_error(400, code);
    }
}

#[tokio::test]
async fn instance_sizes_have_their_default_disks() {
    for (size, field, value) in [
        ("M40_NVME", "diskIOPS", json!(135_125)),
        ("M40_NVME", "ebsVolumeType", json!("PROVISIONED")),
        ("M30_GEN_2", "diskThroughput", json!(125)),
        ("M30", "diskIOPS", json!(3000)),
    ] {
        let atlas = Atlas::demo().await;
        let cluster = replica_set(&[region("AWS", "US_EAST_1", size)]);
        let created = atlas.post(&atlas.clusters(PROJECT), cluster).await;

        let region = created.field("/replicationSpecs/0/regionConfigs/0");
        assert_eq!(region["electableSpecs"][field], value, "{size}");
        assert_eq!(region["effectiveElectableSpecs"][field], value, "{size}");
    }
}

#[tokio::test]
async fn creation_rejects_low_iops_and_different_disk_sizes() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let mut slow = region("AWS", "US_EAST_1", "M30");
    slow["electableSpecs"]["diskIOPS"] = json!(1);
    slow["electableSpecs"]["ebsVolumeType"] = json!("PROVISIONED");
    let shard = |size: u64| {
        let mut config = region("AWS", "US_EAST_1", "M30");
        config["electableSpecs"]["diskSizeGB"] = json!(size);
        json!({ "regionConfigs": [config] })
    };
    let sharded = json!({
        "name": "made", "clusterType": "SHARDED", "replicationSpecs": [shard(50), shard(60)],
    });

    let slow = atlas.post(&clusters, replica_set(&[slow])).await;
    let sharded = atlas.post(&clusters, sharded).await;

    slow.assert_error(400, "INVALID_ATTRIBUTE");
    sharded.assert_error(400, "DISK_SIZE_GB_INCONSISTENT");
}
