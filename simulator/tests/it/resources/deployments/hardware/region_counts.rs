//! Regions without electable nodes, and more regions than priorities.

use reqwest::Method;
use serde_json::{Value, json};

use super::{API_2023_01, API_2023_02, assert_contains, contains, region, replica_set, send};
use crate::support::{Atlas, LATEST};

#[tokio::test]
async fn region_without_electable_nodes_is_accepted() {
    let kinds = ["readOnlySpecs", "analyticsSpecs"];
    for (kind, version) in kinds
        .into_iter()
        .flat_map(|kind| [API_2023_02, LATEST].map(|version| (kind, version)))
    {
        let atlas = Atlas::demo().await;
        let clusters = atlas.clusters("Empty Lot");
        let mut far = json!({ "providerName": "AWS", "regionName": "US_WEST_2", "priority": 0 });
        far[kind] = json!({ "instanceSize": "M10", "nodeCount": 1 });
        let body = replica_set(&[region("AWS", "US_EAST_1", "M10"), far.clone()]);

        let created = send(&atlas, Method::POST, &clusters, version, &body).await;

        assert_contains(&created, 201, &body);
        let second_region = created.field("/replicationSpecs/0/regionConfigs/1");
        assert_eq!(second_region["electableSpecs"]["nodeCount"], 0);
        far[kind] = Value::Null;
        let empty_region = replica_set(&[region("AWS", "US_EAST_1", "M10"), far]);
        let rejected = send(&atlas, Method::POST, &clusters, version, &empty_region).await;
        rejected.assert_error(400, "MISSING_ATTRIBUTE");
    }
}

#[tokio::test]
async fn api_2023_01_accepts_region_without_electable_nodes() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let mut body = json!({
        "name": "made",
        "providerSettings": { "providerName": "AWS", "instanceSizeName": "M10" },
        "replicationSpecs": [{ "numShards": 1, "regionsConfig": {
            "US_EAST_1": { "electableNodes": 3, "priority": 7 },
            "US_WEST_2": { "readOnlyNodes": 1 },
        } }],
    });

    let created = send(&atlas, Method::POST, &clusters, API_2023_01, &body).await;

    assert_contains(&created, 201, &body);
    let far = created.field("/replicationSpecs/0/regionsConfig/US_WEST_2");
    assert_eq!(
        (&far["electableNodes"], &far["priority"]),
        (&json!(0), &json!(0))
    );
    body["name"] = json!("invalid");
    body["replicationSpecs"][0]["regionsConfig"]["CENTRAL_US"] = json!({ "readOnlyNodes": 1 });
    let rejected = send(&atlas, Method::POST, &clusters, API_2023_01, &body).await;
    rejected.assert_error(400, "INVALID_REGION");
    assert_eq!(rejected.field("/parameters"), json!(["CENTRAL_US", "AWS"]));
}

#[tokio::test]
async fn replica_set_can_have_more_regions_than_priorities() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let far = [
        "US_EAST_2",
        "US_WEST_1",
        "US_WEST_2",
        "EU_WEST_1",
        "EU_WEST_2",
        "EU_WEST_3",
        "EU_NORTH_1",
        "EU_CENTRAL_1",
        "SA_EAST_1",
    ];
    let mut regions = vec![region("AWS", "US_EAST_1", "M10")];
    regions.extend(far.map(|name| {
        json!({
            "providerName": "AWS", "regionName": name,
            "readOnlySpecs": { "instanceSize": "M10", "nodeCount": 1 },
        })
    }));

    let created = atlas.post(&clusters, replica_set(&regions)).await;

    assert_contains(&created, 201, &replica_set(&regions));
}

#[tokio::test]
async fn api_2023_01_update_preserves_regions_of_other_providers() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let path = format!("{clusters}/made");
    let mut far = region("GCP", "CENTRAL_US", "M10");
    far["electableSpecs"]["nodeCount"] = json!(2);
    far["priority"] = json!(6);
    let body = replica_set(&[region("AWS", "US_EAST_1", "M10"), far.clone()]);
    assert_eq!(atlas.post(&clusters, body).await.status, 201);

    let change = json!({ "providerSettings": {
        "providerName": "AWS", "instanceSizeName": "M20",
    } });
    let changed = send(&atlas, Method::PATCH, &path, API_2023_01, &change).await;

    assert_contains(&changed, 200, &change);
    let regions = atlas.get(&path).await;
    let second_region = regions.field("/replicationSpecs/0/regionConfigs/1");
    assert!(contains(&second_region, &far), "{second_region}");
}
