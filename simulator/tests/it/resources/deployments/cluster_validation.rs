//! Validation of cluster topology, MongoDB version, disk size and name.

use serde_json::{Value, json};

use crate::support::Atlas;

fn region(name: &str, priority: u64, nodes: u64) -> Value {
    json!({
        "providerName": "AWS", "regionName": name, "priority": priority,
        "electableSpecs": { "instanceSize": "M10", "nodeCount": nodes },
    })
}

/// A replica set with these regions.
fn replica_set(regions: &[Value]) -> Value {
    json!({
        "name": "shaped", "clusterType": "REPLICASET",
        "replicationSpecs": [{ "regionConfigs": regions }],
    })
}

/// A replica set of three nodes in one region, with another field.
fn with_field(field: &str, value: Value) -> Value {
    let mut cluster = replica_set(&[region("US_EAST_1", 7, 3)]);
    cluster[field] = value;
    cluster
}

#[tokio::test]
async fn regions_are_unique_with_three_five_or_seven_electable_nodes() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");

    for (regions, code) in [
        (
            vec![region("US_EAST_1", 7, 2)],
            "CLUSTER_REPLICATION_FACTOR_INVALID",
        ),
        (
            vec![region("US_EAST_1", 7, 4)],
            "CLUSTER_REPLICATION_FACTOR_INVALID",
        ),
        (
            vec![region("US_EAST_1", 7, 3), region("US_WEST_2", 6, 1)],
            "CLUSTER_REPLICATION_FACTOR_INVALID",
        ),
        (
            vec![region("US_EAST_1", 7, 3), region("US_EAST_1", 6, 2)],
            "INVALID_CLUSTER_CONFIGURATION",
        ),
        (
            vec![region("US_EAST_1", 7, 3), region("US_WEST_2", 7, 2)],
            "INVALID_CLUSTER_CONFIGURATION",
        ),
    ] {
        let refused = atlas.post(&clusters, replica_set(&regions)).await;
        refused.assert_error(400, code);
    }
    let three_regions = [
        region("US_EAST_1", 7, 2),
        region("US_WEST_2", 6, 2),
        region("EU_WEST_1", 5, 1),
    ];
    let created = atlas.post(&clusters, replica_set(&three_regions)).await;
    assert_eq!(created.status, 201, "{created:?}");
}

#[tokio::test]
async fn replica_set_with_invalid_shards_version_disk_or_tags_is_rejected() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let spec = json!({ "regionConfigs": [region("US_EAST_1", 7, 3)] });
    let tag = |value: &str| json!({ "key": "team", "value": value });

    for (field, value, code) in [
        (
            "replicationSpecs",
            json!([spec, spec]),
            "INVALID_CLUSTER_CONFIGURATION",
        ),
        (
            "mongoDBMajorVersion",
            json!("3.2"),
            "MONGODB_VERSION_INVALID",
        ),
        ("diskSizeGB", json!(999_999), "CLUSTER_DISK_SIZE_INVALID"),
        ("tags", json!([tag("a"), tag("b")]), "INVALID_ATTRIBUTE"),
        ("tags", json!([tag("")]), "INVALID_ATTRIBUTE"),
    ] {
        let version = "application/vnd.atlas.2023-02-01+json";
        let body = Some(with_field(field, value.clone()).to_string());
        let old = atlas
            .call(reqwest::Method::POST, &clusters, version, body)
            .await;
        old.assert_error(400, code);
        if field != "diskSizeGB" {
            let refused = atlas.post(&clusters, with_field(field, value)).await;
            refused.assert_error(400, code);
        }
    }
    let mut large = replica_set(&[region("US_EAST_1", 7, 3)]);
    large["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"]["diskSizeGB"] =
        json!(999_999);
    let large = atlas.post(&clusters, large).await;
    large.assert_error(400, "CLUSTER_DISK_SIZE_INVALID");
    let listed = atlas.get(&clusters).await;
    assert_eq!(listed.field("/totalCount"), 0);
}

#[tokio::test]
async fn update_rejects_another_name_and_an_older_version() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let seven = with_field("mongoDBMajorVersion", json!("7.0"));
    assert_eq!(atlas.post(&clusters, seven).await.status, 201);
    let path = format!("{clusters}/shaped");
    atlas.simulator.advance(std::time::Duration::from_mins(10));

    let renamed = atlas.patch(&path, json!({ "name": "other" })).await;
    let older = json!({ "mongoDBMajorVersion": "6.0" });
    let older = atlas.patch(&path, older).await;
    let same = json!({ "name": "shaped", "mongoDBMajorVersion": "8.0" });
    let newer = atlas.patch(&path, same).await;

    renamed.assert_error(400, "CLUSTER_CANNOT_CHANGE_NAME");
    older.assert_error(400, "CLUSTER_UPGRADE_INVALID");
    assert_eq!(newer.status, 200, "{newer:?}");
    assert_eq!(newer.field("/mongoDBMajorVersion"), "8.0");
}

#[tokio::test]
async fn clusters_can_be_created_with_every_listed_version() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let versions = clusters.replace("/clusters", "/mongoDBVersions");

    let versions_of_size = atlas
        .get(&format!("{versions}?cloudProvider=AWS&instanceSize=M10"))
        .await;
    let default_version = atlas
        .get(&format!(
            "{versions}?cloudProvider=AZURE&instanceSize=M30&defaultStatus=DEFAULT"
        ))
        .await;

    let listed = versions_of_size
        .field("/results")
        .as_array()
        .unwrap()
        .clone();
    for (version, number) in listed.iter().map(|item| &item["version"]).zip(0..) {
        let mut cluster = with_field("mongoDBMajorVersion", version.clone());
        cluster["name"] = json!(format!("on-{number}"));
        let created = atlas.post(&clusters, cluster).await;
        assert_eq!(created.status, 201, "{version}: {created:?}");
        assert_eq!(created.field("/mongoDBMajorVersion"), *version);
    }
    assert_eq!(listed.len(), 5);
    assert_eq!(default_version.field("/totalCount"), 1);
    assert_eq!(default_version.field("/results/0/version"), "8.0");
}
