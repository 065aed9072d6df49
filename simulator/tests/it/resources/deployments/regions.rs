//! Regions and instance sizes of each cloud provider.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::resources::deployments::hardware::{
    API_2023_01, API_2023_02, assert_contains, region, replica_set, send,
};
use crate::support::{Atlas, LATEST};

/// Invalid combinations of cloud provider, region and size, and the invalid attribute.
const INVALID_REGIONS: [(&str, &str, &str, &str); 8] = [
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
async fn rejects_region_or_size_of_another_provider() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    for (provider, name, size, attribute) in INVALID_REGIONS {
        let is_region = attribute == "regionName";
        let expected = |attribute: String| {
            if is_region {
                ("INVALID_REGION", json!([name, provider]))
            } else {
                ("INVALID_ATTRIBUTE", json!([attribute]))
            }
        };
        for version in [API_2023_02, LATEST] {
            let body = replica_set(&[region(provider, name, size)]);
            let rejected = send(&atlas, Method::POST, &clusters, version, &body).await;
            let (code, parameters) =
                expected(format!("replicationSpecs[0].regionConfigs[0].{attribute}"));
            rejected.assert_error(400, code);
            assert_eq!(rejected.field("/parameters"), parameters, "{provider}");
        }
        let settings = json!({
            "providerName": provider, "regionName": name, "instanceSizeName": size,
        });
        let body = json!({ "name": "made", "providerSettings": settings });
        let rejected = send(&atlas, Method::POST, &clusters, API_2023_01, &body).await;
        let (code, parameters) = expected("providerSettings.instanceSizeName".to_owned());
        rejected.assert_error(400, code);
        assert_eq!(rejected.field("/parameters"), parameters, "{provider}");
    }
    for (number, (provider, name, size)) in [
        ("AWS", "US_EAST_1", "R700"),
        ("AZURE", "US_EAST_2", "M90"),
        ("GCP", "CENTRAL_US", "M250"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut body = replica_set(&[region(provider, name, size)]);
        body["name"] = json!(format!("made-{number}"));
        assert_contains(&atlas.post(&clusters, body.clone()).await, 201, &body);
    }
}

#[tokio::test]
async fn free_cluster_requires_a_region_of_its_backing_provider() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Empty Lot");
    let free = |provider: &str| {
        replica_set(&[json!({
            "providerName": "TENANT", "backingProviderName": provider,
            "regionName": "US_EAST_1", "priority": 7,
            "electableSpecs": { "instanceSize": "M0" },
        })])
    };

    let azure = atlas.post(&clusters, free("AZURE")).await;
    let aws = atlas.post(&clusters, free("AWS")).await;

    azure.assert_error(400, "INVALID_REGION");
    assert_eq!(aws.status, 201, "{aws:?}");
}

#[tokio::test]
async fn change_of_provider_requires_a_region_of_the_new_provider() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/shop-staging", atlas.clusters("Storefront"));
    let change = json!({ "providerSettings": { "providerName": "GCP" } });

    let refused = send(&atlas, Method::PATCH, &path, API_2023_01, &change).await;
    let mut whole = change;
    whole["providerSettings"]["regionName"] = json!("WESTERN_EUROPE");
    let moved = send(&atlas, Method::PATCH, &path, API_2023_01, &whole).await;
    atlas.simulator.advance(Duration::from_mins(10));

    refused.assert_error(400, "INVALID_REGION");
    assert_eq!(refused.field("/parameters"), json!(["EU_WEST_1", "GCP"]));
    assert_contains(&moved, 200, &whole);
    let unknown_size = json!({ "providerSettings": {
        "autoScaling": { "compute": { "maxInstanceSize": "R700" } },
    } });
    let rejected = send(&atlas, Method::PATCH, &path, API_2023_01, &unknown_size).await;
    rejected.assert_error(400, "INVALID_ATTRIBUTE");
}
