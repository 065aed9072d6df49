//! Nodes, disks and auto-scaling of clusters.

mod region_counts;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, LATEST, Response};

pub(crate) const API_2023_01: &str = "application/vnd.atlas.2023-01-01+json";
pub(crate) const API_2023_02: &str = "application/vnd.atlas.2023-02-01+json";

/// A region with three electable nodes.
pub(crate) fn region(provider: &str, name: &str, size: &str) -> Value {
    json!({
        "providerName": provider, "regionName": name, "priority": 7,
        "electableSpecs": { "instanceSize": size, "nodeCount": 3 },
    })
}

/// A replica set with these regions.
pub(crate) fn replica_set(regions: &[Value]) -> Value {
    json!({
        "name": "made", "clusterType": "REPLICASET",
        "replicationSpecs": [{ "regionConfigs": regions }],
    })
}

/// Returns `true` if a value has all expected fields, and possibly more.
fn contains(value: &Value, expected: &Value) -> bool {
    match expected {
        Value::Object(fields) => fields
            .iter()
            .all(|(name, field)| contains(&value[name], field)),
        Value::Array(items) => (0..items.len()).all(|index| contains(&value[index], &items[index])),
        expected => value == expected,
    }
}

#[track_caller]
pub(crate) fn assert_contains(answer: &Response, status: u16, expected: &Value) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert!(
        contains(&answer.json(), expected),
        "{expected} in {answer:?}"
    );
}

pub(crate) async fn send(
    atlas: &Atlas,
    method: Method,
    path: &str,
    version: &str,
    body: &Value,
) -> Response {
    atlas
        .call(method, path, version, Some(body.to_string()))
        .await
}

/// A region with all settings of nodes and auto-scaling.
fn region_with_disks() -> Value {
    let disk = |size: &str, iops: u64| {
        json!({
            "instanceSize": size, "diskIOPS": iops, "ebsVolumeType": "PROVISIONED",
        })
    };
    let mut region = region("AWS", "US_EAST_1", "M30");
    region["electableSpecs"] = disk("M30", 4000);
    region["electableSpecs"]["nodeCount"] = json!(3);
    region["analyticsSpecs"] = disk("M40", 5000);
    region["analyticsSpecs"]["nodeCount"] = json!(1);
    region["autoScaling"] = json!({
        "compute": {
            "enabled": true, "scaleDownEnabled": false, "maxInstanceSize": "M60",
        },
        "diskGB": { "enabled": true },
    });
    region["analyticsAutoScaling"] = json!({
        "compute": {
            "enabled": true, "scaleDownEnabled": true,
            "minInstanceSize": "M40", "maxInstanceSize": "M50",
        },
        "diskGB": { "enabled": false },
    });
    region
}

#[tokio::test]
async fn response_has_requested_nodes_disks_and_scaling() {
    for version in [API_2023_02, LATEST] {
        let atlas = Atlas::demo().await;
        let clusters = atlas.clusters("Empty Lot");
        let path = format!("{clusters}/made");
        let plain = replica_set(&[region("AWS", "US_EAST_1", "M30")]);
        let mut detailed = replica_set(&[region_with_disks()]);

        let created = send(&atlas, Method::POST, &clusters, version, &plain).await;
        let change = json!({ "replicationSpecs": detailed["replicationSpecs"] });
        let changed = send(&atlas, Method::PATCH, &path, version, &change).await;
        let read = atlas.get_as(&path, version).await;
        detailed["name"] = json!("other");
        let other = send(&atlas, Method::POST, &clusters, version, &detailed).await;

        assert_contains(&created, 201, &plain);
        let first = created.field("/replicationSpecs/0/regionConfigs/0");
        assert!(first.get("analyticsAutoScaling").is_none(), "{first}");
        let compute = json!({
            "enabled": false, "predictiveEnabled": false, "scaleDownEnabled": false,
        });
        assert_eq!(first["autoScaling"]["compute"], compute);
        assert_contains(&changed, 200, &change);
        assert_contains(&read, 200, &change);
        assert_contains(&other, 201, &detailed);
        let nodes = read.field("/replicationSpecs/0/regionConfigs/0/readOnlySpecs");
        assert_eq!(nodes["instanceSize"], "M30");
    }
}

#[tokio::test]
async fn update_of_a_region_leaves_absent_fields_unchanged() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let path = format!("{clusters}/made");
    let body = replica_set(&[region_with_disks()]);
    assert_contains(&atlas.post(&clusters, body.clone()).await, 201, &body);

    let scaling = json!({ "compute": { "scaleDownEnabled": true, "minInstanceSize": "M20" } });
    let config = json!({
        "providerName": "AWS", "regionName": "US_EAST_1", "autoScaling": scaling,
    });
    let change = json!({ "replicationSpecs": [{ "regionConfigs": [config] }] });
    let changed = atlas.patch(&path, change.clone()).await;
    let mut standard = change.clone();
    standard["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"] =
        json!({ "ebsVolumeType": "STANDARD" });
    let standard = atlas.patch(&path, standard).await;

    assert_contains(&changed, 200, &change);
    let mut expected = body;
    let expected_scaling =
        &mut expected["replicationSpecs"][0]["regionConfigs"][0]["autoScaling"]["compute"];
    expected_scaling["scaleDownEnabled"] = json!(true);
    assert_contains(&changed, 200, &expected);
    let electable = standard.field("/replicationSpecs/0/regionConfigs/0/electableSpecs");
    assert_eq!(electable["ebsVolumeType"], "STANDARD");
    assert_eq!(electable["diskIOPS"], 3000);
    assert_eq!(electable["nodeCount"], 3);
}

#[tokio::test]
async fn cluster_settings_are_in_every_api_version() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let path = format!("{clusters}/made");
    let mut with_analytics = region("AWS", "US_EAST_1", "M30");
    with_analytics["analyticsSpecs"] = json!({ "instanceSize": "M30", "nodeCount": 1 });
    let created = atlas.post(&clusters, replica_set(&[with_analytics])).await;
    assert!(created.json().get("replicaSetScalingStrategy").is_none());
    assert_eq!(created.field("/biConnector/readPreference"), "secondary");

    for (version, strategy, preference) in [
        (LATEST, "SEQUENTIAL", "ANALYTICS"),
        (API_2023_02, "NODE_TYPE", "PRIMARY"),
        (API_2023_01, "WORKLOAD_TYPE", "secondary"),
        (LATEST, "SEQUENTIAL", "secondary"),
    ] {
        let connector = json!({ "biConnector": { "enabled": true, "readPreference": preference } });
        let scaling = json!({ "replicaSetScalingStrategy": strategy });
        for change in [&connector, &scaling] {
            let changed = send(&atlas, Method::PATCH, &path, version, change).await;
            assert_contains(&changed, 200, change);
        }
        for other in [API_2023_01, API_2023_02, LATEST] {
            let read = atlas.get_as(&path, other).await;
            assert_contains(&read, 200, &connector);
            assert_contains(&read, 200, &scaling);
        }
    }
    let wrong = atlas
        .patch(&path, json!({ "replicaSetScalingStrategy": "LATER" }))
        .await;
    wrong.assert_error(400, "INVALID_ENUM_VALUE");
}

#[tokio::test]
async fn api_2023_01_stores_disks_and_scaling() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let path = format!("{clusters}/made");
    let plain = json!({
        "name": "made",
        "providerSettings": {
            "providerName": "AWS", "regionName": "US_EAST_1", "instanceSizeName": "M30",
        },
    });
    let created = send(&atlas, Method::POST, &clusters, API_2023_01, &plain).await;
    assert_contains(&created, 201, &plain);
    let limits = created.field("/providerSettings/autoScaling/compute");
    assert_eq!(
        limits,
        json!({ "maxInstanceSize": null, "minInstanceSize": null })
    );

    let mut all_changes = json!({});
    for change in [
        json!({ "providerSettings": { "providerName": "AWS", "autoScaling": {
            "compute": { "minInstanceSize": "M20", "maxInstanceSize": "M50" },
        } } }),
        json!({ "autoScaling": { "compute": { "enabled": true } } }),
        json!({ "autoScaling": { "compute": { "scaleDownEnabled": true } } }),
        json!({ "providerSettings": {
            "providerName": "AWS", "volumeType": "PROVISIONED", "diskIOPS": 4000,
        } }),
    ] {
        let changed = send(&atlas, Method::PATCH, &path, API_2023_01, &change).await;
        assert_contains(&changed, 200, &change);
        merge(&mut all_changes, &change);
        assert_contains(&changed, 200, &all_changes);
    }
    let latest = atlas.get(&path).await;
    let region = latest.field("/replicationSpecs/0/regionConfigs/0");
    let compute = json!({
        "enabled": true, "predictiveEnabled": false, "scaleDownEnabled": true,
        "minInstanceSize": "M20", "maxInstanceSize": "M50",
    });
    assert_eq!(region["autoScaling"]["compute"], compute);
    assert_eq!(region["electableSpecs"]["ebsVolumeType"], "PROVISIONED");
    assert_eq!(region["analyticsSpecs"]["diskIOPS"], 4000);
}

fn merge(value: &mut Value, change: &Value) {
    match (value, change) {
        (Value::Object(value), Value::Object(change)) => {
            for (name, change) in change {
                merge(value.entry(name.clone()).or_insert(Value::Null), change);
            }
        }
        (value, change) => *value = change.clone(),
    }
}
