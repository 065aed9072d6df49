//! What each cloud has: regions and sizes of its own.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::resources::deployments::hardware::{OLD, OLDEST, over, region, send, shows};
use crate::support::{Atlas, LATEST};

/// Clusters that no cloud has, and the attribute that is to blame.
const NOWHERE: [(&str, &str, &str, &str); 8] = [
    ("AZURE", "US_EAST_1", "M10", "regionName"),
    ("GCP", "EU_WEST_1", "M10", "regionName"),
    ("AWS", "CENTRAL_US", "M10", "regionName"),
    ("AZURE", "US_EAST_2", "R700", "electableSpecs.instanceSize"),
    (
        "GCP",
        "CENTRAL_US",
        "M40_NVME",
        "electableSpecs.instanceSize",
    ),
    ("AWS", "US_EAST_1", "M90", "electableSpecs.instanceSize"),
    ("AWS", "US_EAST_1", "M0", "electableSpecs.instanceSize"),
    ("TENANT", "US_EAST_1", "M10", "electableSpecs.instanceSize"),
];

#[tokio::test]
async fn clouds_have_regions_and_sizes_of_their_own() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    for (cloud, name, size, attribute) in NOWHERE {
        for version in [OLD, LATEST] {
            let wanted = over(&[region(cloud, name, size)]);
            let refused = send(&atlas, Method::POST, &clusters, version, &wanted).await;
            refused.refused(400, "INVALID_ATTRIBUTE");
            let full = format!("replicationSpecs[0].regionConfigs[0].{attribute}");
            assert_eq!(refused.field("/parameters"), json!([full]), "{cloud}");
        }
        let settings = json!({
            "providerName": cloud, "regionName": name, "instanceSizeName": size,
        });
        let wanted = json!({ "name": "made", "providerSettings": settings });
        let refused = send(&atlas, Method::POST, &clusters, OLDEST, &wanted).await;
        refused.refused(400, "INVALID_ATTRIBUTE");
        let attribute = match attribute {
            "regionName" => "providerSettings.regionName",
            _ => "providerSettings.instanceSizeName",
        };
        assert_eq!(refused.field("/parameters"), json!([attribute]), "{cloud}");
    }
    for (number, (cloud, name, size)) in [
        ("AWS", "US_EAST_1", "R700"),
        ("AZURE", "US_EAST_2", "M90"),
        ("GCP", "CENTRAL_US", "M250"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut wanted = over(&[region(cloud, name, size)]);
        wanted["name"] = json!(format!("made-{number}"));
        shows(&atlas.post(&clusters, wanted.clone()).await, 201, &wanted);
    }
}

#[tokio::test]
async fn a_free_cluster_is_in_a_region_of_the_cloud_behind_it() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let free = |cloud: &str| {
        over(&[json!({
            "providerName": "TENANT", "backingProviderName": cloud,
            "regionName": "US_EAST_1", "priority": 7,
            "electableSpecs": { "instanceSize": "M0" },
        })])
    };

    let azure = atlas.post(&clusters, free("AZURE")).await;
    let aws = atlas.post(&clusters, free("AWS")).await;

    azure.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(aws.status, 201, "{aws:?}");
}

#[tokio::test]
async fn a_cluster_does_not_move_to_what_another_cloud_calls_so() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/shop-staging", atlas.clusters("Storefront"));
    let change = json!({ "providerSettings": { "providerName": "GCP" } });

    let refused = send(&atlas, Method::PATCH, &path, OLDEST, &change).await;
    let mut whole = change;
    whole["providerSettings"]["regionName"] = json!("WESTERN_EUROPE");
    let moved = send(&atlas, Method::PATCH, &path, OLDEST, &whole).await;
    atlas.simulator.advance(Duration::from_mins(10));

    refused.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(
        refused.field("/parameters"),
        json!(["providerSettings.regionName"])
    );
    shows(&moved, 200, &whole);
    let beyond = json!({ "providerSettings": {
        "autoScaling": { "compute": { "maxInstanceSize": "R700" } },
    } });
    let beyond = send(&atlas, Method::PATCH, &path, OLDEST, &beyond).await;
    beyond.refused(400, "INVALID_ATTRIBUTE");
}
