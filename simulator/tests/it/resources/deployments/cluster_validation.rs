//! Clusters that are asked for in a form that Atlas does not have.

use serde_json::{Value, json};

use crate::support::Atlas;

fn region(name: &str, priority: u64, nodes: u64) -> Value {
    json!({
        "providerName": "AWS", "regionName": name, "priority": priority,
        "electableSpecs": { "instanceSize": "M10", "nodeCount": nodes },
    })
}

/// A replica set over regions.
fn over(regions: &[Value]) -> Value {
    json!({
        "name": "shaped", "clusterType": "REPLICASET",
        "replicationSpecs": [{ "regionConfigs": regions }],
    })
}

/// A replica set of three nodes in one region, with something else said of it.
fn with(field: &str, value: Value) -> Value {
    let mut cluster = over(&[region("US_EAST_1", 7, 3)]);
    cluster[field] = value;
    cluster
}

#[tokio::test]
async fn regions_differ_and_have_three_five_or_seven_voters_together() {
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
        let refused = atlas.post(&clusters, over(&regions)).await;
        refused.refused(400, code);
    }
    let spread = [
        region("US_EAST_1", 7, 2),
        region("US_WEST_2", 6, 2),
        region("EU_WEST_1", 5, 1),
    ];
    let created = atlas.post(&clusters, over(&spread)).await;
    assert_eq!(created.status, 201, "{created:?}");
}

#[tokio::test]
async fn a_replica_set_is_one_shard_on_a_version_and_a_disk_that_there_are() {
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
    ] {
        let version = "application/vnd.atlas.2023-02-01+json";
        let body = Some(with(field, value.clone()).to_string());
        let old = atlas
            .call(reqwest::Method::POST, &clusters, version, body)
            .await;
        old.refused(400, code);
        if field != "diskSizeGB" {
            let refused = atlas.post(&clusters, with(field, value)).await;
            refused.refused(400, code);
        }
    }
    let mut large = over(&[region("US_EAST_1", 7, 3)]);
    large["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"]["diskSizeGB"] =
        json!(999_999);
    let large = atlas.post(&clusters, large).await;
    large.refused(400, "CLUSTER_DISK_SIZE_INVALID");
    let listed = atlas.get(&clusters).await;
    assert_eq!(listed.field("/totalCount"), 0);
}

#[tokio::test]
async fn a_cluster_keeps_its_name_and_never_gets_older() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let seven = with("mongoDBMajorVersion", json!("7.0"));
    assert_eq!(atlas.post(&clusters, seven).await.status, 201);
    let path = format!("{clusters}/shaped");
    atlas.simulator.advance(std::time::Duration::from_mins(10));

    let renamed = atlas.patch(&path, json!({ "name": "other" })).await;
    let older = json!({ "mongoDBMajorVersion": "6.0" });
    let older = atlas.patch(&path, older).await;
    let same = json!({ "name": "shaped", "mongoDBMajorVersion": "8.0" });
    let newer = atlas.patch(&path, same).await;

    renamed.refused(400, "CLUSTER_CANNOT_CHANGE_NAME");
    older.refused(400, "CLUSTER_UPGRADE_INVALID");
    assert_eq!(newer.status, 200, "{newer:?}");
    assert_eq!(newer.field("/mongoDBMajorVersion"), "8.0");
}

#[tokio::test]
async fn the_versions_that_are_listed_are_those_that_clusters_run() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let versions = clusters.replace("/clusters", "/mongoDBVersions");

    let found = atlas
        .get(&format!("{versions}?cloudProvider=AWS&instanceSize=M10"))
        .await;
    let usual = atlas
        .get(&format!(
            "{versions}?cloudProvider=AZURE&instanceSize=M30&defaultStatus=DEFAULT"
        ))
        .await;

    let listed = found.field("/results").as_array().unwrap().clone();
    for (version, number) in listed.iter().map(|it| &it["version"]).zip(0..) {
        let mut cluster = with("mongoDBMajorVersion", version.clone());
        cluster["name"] = json!(format!("on-{number}"));
        let created = atlas.post(&clusters, cluster).await;
        assert_eq!(created.status, 201, "{version}: {created:?}");
        assert_eq!(created.field("/mongoDBMajorVersion"), *version);
    }
    assert_eq!(listed.len(), 5);
    assert_eq!(usual.field("/totalCount"), 1);
    assert_eq!(usual.field("/results/0/version"), "8.0");
}
