//! Sharded clusters: config servers, processes, scaling modes and API versions.

use std::time::Duration;

use serde_json::{Value, json};

use crate::resources::deployments::hardware::{API_2023_01, region};
use crate::support::Atlas;

const PROJECT: &str = "Empty Lot";

fn shard(zone: &str, size: &str) -> Value {
    json!({ "zoneName": zone, "regionConfigs": [region("AWS", "US_EAST_1", size)] })
}

fn sharded(kind: &str, shards: &[Value]) -> Value {
    json!({ "name": "made", "clusterType": kind, "replicationSpecs": shards })
}

#[tokio::test]
async fn config_server_mode_is_shown() {
    let atlas = Atlas::demo().await;
    let mut cluster = sharded("SHARDED", &[shard("Zone 1", "M30")]);
    cluster["configServerManagementMode"] = json!("FIXED_TO_DEDICATED");

    let created = atlas.post(&atlas.clusters(PROJECT), cluster).await;

    assert_eq!(
        created.field("/configServerManagementMode"),
        "FIXED_TO_DEDICATED"
    );
    assert_eq!(created.field("/configServerType"), "DEDICATED");
}

#[tokio::test]
async fn shards_of_different_sizes_scale_independently() {
    for (sizes, mode) in [
        (["M30", "M40"], "INDEPENDENT_SHARD_SCALING"),
        (["M30", "M30"], "CLUSTER_WIDE_SCALING"),
    ] {
        let atlas = Atlas::demo().await;
        let clusters = atlas.clusters(PROJECT);
        let shards = sizes.map(|size| shard("Zone 1", size));
        atlas.post(&clusters, sharded("SHARDED", &shards)).await;

        let path = format!("{clusters}/made/autoScalingConfiguration");
        let response = atlas.get(&path).await;

        assert_eq!(response.field("/autoScalingMode"), mode);
    }
}

#[tokio::test]
async fn api_2023_01_counts_the_shards_of_one_zone() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let shards = ["Zone 1", "Zone 2"].map(|zone| shard(zone, "M30"));
    atlas.post(&clusters, sharded("GEOSHARDED", &shards)).await;

    let legacy = atlas.get_as(&format!("{clusters}/made"), API_2023_01).await;

    assert_eq!(legacy.field("/numShards"), 1);
    assert_eq!(
        legacy.field("/replicationSpecs").as_array().unwrap().len(),
        2
    );
}

#[tokio::test]
async fn sharded_cluster_has_routers_config_servers_and_shards() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let processes = clusters.replace("/clusters", "/processes");
    let shards = [shard("Zone 1", "M30"), shard("Zone 1", "M30")];
    atlas.post(&clusters, sharded("SHARDED", &shards)).await;
    atlas.simulator.advance(Duration::from_mins(10));

    let listed = atlas.get(&processes).await.field("/results");
    let of_kind = |kind: &str| -> Vec<Value> {
        let processes = listed.as_array().unwrap().iter();
        processes
            .filter(|process| process["typeName"] == kind)
            .cloned()
            .collect()
    };

    assert_eq!(of_kind("SHARD_MONGOS").len(), 6);
    assert_eq!(of_kind("SHARD_CONFIG").len(), 3);
    assert_eq!(of_kind("SHARD_PRIMARY").len(), 2);
    assert_eq!(of_kind("SHARD_SECONDARY").len(), 4);
    let (router, primary) = (&of_kind("SHARD_MONGOS")[0], &of_kind("SHARD_PRIMARY")[1]);
    assert!(router.get("replicaSetName").is_none());
    let set = primary["replicaSetName"].as_str().unwrap();
    assert!(set.ends_with("-shard-1"), "{set}");
    let disks = async |process: &Value| {
        let path = format!("{processes}/{}/disks", process["id"].as_str().unwrap());
        atlas.get(&path).await.field("/totalCount")
    };
    assert_eq!(disks(router).await, 0);
    assert_eq!(disks(primary).await, 1);
}

#[tokio::test]
async fn free_cluster_cannot_be_sharded() {
    let atlas = Atlas::demo().await;
    let free = json!({
        "providerName": "TENANT", "backingProviderName": "AWS", "regionName": "US_EAST_1",
        "priority": 7, "electableSpecs": { "instanceSize": "M0" },
    });
    let cluster = sharded("SHARDED", &[json!({ "regionConfigs": [free] })]);

    let rejected = atlas.post(&atlas.clusters(PROJECT), cluster).await;

    rejected.assert_error(400, "SHARDING_NOT_SUPPORTED");
}
