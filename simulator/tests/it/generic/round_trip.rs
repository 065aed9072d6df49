//! Responses contain the values of requests.

use std::time::Duration;

use atlas_simulator::{Clock, Options, Seed};
use serde_json::{Value, json};

use crate::support::Atlas;

pub(super) const GROUPS: &str = "/api/atlas/v2/groups";
pub(super) const PROJECT: &str = "Project 0001";

pub(super) async fn start() -> Atlas {
    let options = Options::new().with_seed(Seed::sized(1, 1));
    Atlas::with(options.with_clock(Clock::frozen())).await
}

/// Returns `true` if a value contains everything that was sent.
fn contains(shown: &Value, sent: &Value) -> bool {
    match sent {
        Value::Object(fields) => fields
            .iter()
            .all(|(name, value)| contains(&shown[name], value)),
        Value::Array(items) => (0..items.len()).all(|index| contains(&shown[index], &items[index])),
        sent => shown == sent,
    }
}

/// Creates a resource and asserts that the response and a later GET contain the body.
async fn assert_round_trip(atlas: &Atlas, path: &str, body: Value, key: &str) -> Value {
    let created = atlas.post(path, body.clone()).await.json();
    let id = created[key]
        .as_str()
        .unwrap_or_else(|| panic!("{path}: {created}"));
    let read = atlas.get(&format!("{path}/{id}")).await.json();
    for (field, value) in body.as_object().unwrap() {
        assert!(contains(&created[field], value), "{path}: {field}");
        assert!(contains(&read[field], value), "{path}: {field}");
    }
    created
}

#[tokio::test]
async fn resources_contain_the_values_of_their_creation() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));
    let cluster = format!("{project}/clusters/Cluster0");

    assert_round_trip(
        &atlas,
        &format!("{cluster}/onlineArchives"),
        json!({
            "collName": "orders", "dbName": "shop",
            "partitionFields": [{ "fieldName": "created", "order": 0 }],
            "dataExpirationRule": { "expireAfterDays": 30 },
            "criteria": { "type": "DATE", "dateField": "created", "dateFormat": "ISODATE", "expireAfterDays": 5 },
        }),
        "_id",
    )
    .await;
    assert_round_trip(
        &atlas,
        &format!("{project}/aiModelApiKeys"),
        json!({ "cloud": "ANY", "geography": "ANY", "name": "assistant" }),
        "apiKeyId",
    )
    .await;
    let bucket = "6b3136cd6db76b3136cd6db7";
    let snapshot = "6b3136cda9176b3136cda917";
    assert_round_trip(
        &atlas,
        &format!("{cluster}/backup/exports"),
        json!({ "exportBucketId": bucket, "snapshotId": snapshot }),
        "id",
    )
    .await;
}

#[tokio::test]
async fn resources_of_a_collection_are_distinct() {
    let atlas = start().await;
    let keys = format!("{GROUPS}/{}/aiModelApiKeys", atlas.project(PROJECT));
    let body = |name: &str| json!({ "cloud": "ANY", "geography": "ANY", "name": name });

    let first = atlas.post(&keys, body("first")).await.json();
    let second = atlas.post(&keys, body("second")).await.json();

    assert_ne!(first["apiKeyId"], second["apiKeyId"]);
    assert!(first["secret"].is_string());
    let id = second["apiKeyId"].as_str().unwrap();
    let read = atlas.get(&format!("{keys}/{id}")).await.json();
    assert_eq!(read["name"], "second");
    assert!(read["secret"].is_null());
}

#[tokio::test]
async fn flex_restore_job_contains_snapshot_and_target() {
    let atlas = start().await;
    let project = atlas.project(PROJECT);
    let flex = format!("{GROUPS}/{project}/flexClusters");
    let provider = json!({ "backingProviderName": "AWS", "regionName": "US_EAST_1" });
    let created = json!({ "name": "small", "providerSettings": provider });
    assert_eq!(atlas.post(&flex, created).await.status, 201);
    atlas.simulator.advance(Duration::from_hours(1));
    let backup = format!("{flex}/small/backup");
    let snapshots = atlas.get(&format!("{backup}/snapshots")).await;
    let snapshot = snapshots.field("/results/0");
    let time = |field: &str| snapshot[field].as_str().unwrap().to_owned();
    assert!(time("startTime") < time("finishTime"));
    assert!(time("finishTime") < time("expiration"));

    let body = json!({ "snapshotId": snapshot["id"], "targetDeploymentItemName": "other" });
    let job = atlas
        .post(&format!("{backup}/restoreJobs"), body)
        .await
        .json();

    assert_eq!(job["snapshotId"], snapshot["id"]);
    assert_eq!(job["snapshotFinishedDate"], snapshot["finishTime"]);
    assert!(job["snapshotFinishedDate"].as_str() < job["restoreScheduledDate"].as_str());
    assert_eq!(job["targetDeploymentItemName"], "other");
    assert_eq!(job["instanceName"], "small");
    assert_eq!(job["projectId"], project);
    assert_eq!(job["targetProjectId"], project);
}
