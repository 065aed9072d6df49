//! Effects of a pause on the resources of a cluster, and automatic pauses of free clusters.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Atlas, Response};

const DAY: Duration = Duration::from_hours(24);

fn set_paused(paused: bool) -> Value {
    json!({ "paused": paused })
}

fn index(name: &str) -> Value {
    let definition = json!({ "mappings": { "dynamic": true } });
    json!({ "collectionName": "a", "database": "b", "name": name, "definition": definition })
}

fn results(answer: &Response) -> Vec<Value> {
    answer.field("/results").as_array().unwrap().clone()
}

#[tokio::test]
async fn unused_free_cluster_is_paused_after_60_days() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let path = format!("{}/playground", atlas.clusters("Sandbox"));

    atlas
        .simulator
        .advance(Duration::from_secs(60 * 86_400 - 1));
    let before = atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_secs(1));
    let after = atlas.get(&path).await;
    let resumed = atlas.patch(&path, set_paused(false)).await;
    atlas.simulator.advance(DAY * 100);
    let later = atlas.get(&path).await;
    let events = format!("/api/atlas/v2/groups/{project}/events");
    let events = atlas
        .get(&format!("{events}?eventType=CLUSTER_AUTOMATICALLY_PAUSED"))
        .await;

    assert_eq!(before.field("/paused"), false);
    assert_eq!(
        (after.field("/paused"), after.field("/stateName")),
        (json!(true), json!("IDLE"))
    );
    resumed.assert_error(400, "TENANT_CLUSTER_UPDATE_UNSUPPORTED");
    assert_eq!(later.field("/paused"), true);
    let events = results(&events);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["created"], "2026-10-31T08:00:00Z");
}

#[tokio::test]
async fn search_indexes_are_rebuilt_after_a_pause() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/ledger", atlas.clusters("night-batch"));
    let (nodes, indexes) = (
        format!("{cluster}/search/deployment"),
        format!("{cluster}/search/indexes"),
    );
    let specs = json!({ "specs": [{ "instanceSize": "S20_HIGHCPU_NVME", "nodeCount": 2 }] });
    atlas.post(&nodes, specs).await;
    let created = atlas.post(&indexes, index("found")).await;
    let id = created.field("/indexID");
    let path = format!("{indexes}/{}", id.as_str().unwrap());
    atlas.simulator.advance(Duration::from_mins(10));
    let state = async || {
        let nodes = atlas.get(&nodes).await.field("/stateName");
        (nodes, atlas.get(&path).await.field("/status"))
    };

    let running = state().await;
    atlas.patch(&cluster, set_paused(true)).await;
    atlas.simulator.advance(Duration::from_mins(10));
    let (during_pause, _) = state().await;
    atlas.patch(&cluster, set_paused(false)).await;
    let resuming = state().await;
    atlas.simulator.advance(Duration::from_mins(5));
    let resumed = state().await;

    let expected = |nodes: &str, index: &str| (json!(nodes), json!(index));
    assert_eq!(running, expected("IDLE", "READY"));
    assert_eq!(during_pause, "PAUSED");
    assert_eq!(resuming, expected("UPDATING", "PENDING"));
    assert_eq!(resumed, expected("IDLE", "READY"));
    let effective = atlas.get(&nodes).await.field("/effectiveSpecs/0");
    assert_eq!(effective["cloudProvider"], "GCP");
    assert_eq!(effective["regionName"], "WESTERN_EUROPE");
}

#[tokio::test]
async fn changes_below_a_paused_cluster_are_rejected() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/menu-archive", atlas.clusters("Café Zürich"));

    let options = json!({ "javascriptEnabled": false });
    let options = atlas
        .patch(&format!("{cluster}/processArgs"), options)
        .await;
    let index = atlas
        .post(&format!("{cluster}/search/indexes"), index("a"))
        .await;
    let snapshot = atlas
        .post(&format!("{cluster}/backup/snapshots"), json!({}))
        .await;
    let read = atlas.get(&format!("{cluster}/processArgs")).await;

    for refused in [options, index, snapshot] {
        refused.assert_error(409, "CANNOT_UPDATE_PAUSED_CLUSTER");
    }
    assert_eq!(read.status, 200);
}

#[tokio::test]
async fn paused_cluster_has_no_processes_and_opens_no_alerts() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let processes = format!("{group}/processes");
    let before = results(&atlas.get(&processes).await);
    atlas.patch(&path, set_paused(true)).await;
    let threshold = json!({
        "metricName": "CONNECTIONS", "mode": "AVERAGE", "operator": "GREATER_THAN",
        "threshold": 0, "units": "RAW",
    });
    let rule = json!({
        "enabled": true, "eventTypeName": "OUTSIDE_METRIC_THRESHOLD",
        "metricThreshold": threshold,
        "notifications": [{ "typeName": "GROUP", "roles": ["GROUP_OWNER"] }],
    });

    let rule = atlas.post(&format!("{group}/alertConfigs"), rule).await;
    let open_while_paused = atlas.get(&format!("{group}/alerts?status=OPEN")).await;
    let during = results(&atlas.get(&processes).await);
    atlas.patch(&path, set_paused(false)).await;
    let open_after_resume = atlas.get(&format!("{group}/alerts?status=OPEN")).await;
    let inventory = atlas.get("/api/atlas/v2/clusters").await;

    assert_eq!(rule.status, 201, "{rule:?}");
    assert_eq!((before.len(), during.len()), (3, 0));
    assert_eq!(open_while_paused.field("/totalCount"), 0);
    assert_eq!(open_after_resume.field("/totalCount"), 3);
    let projects = results(&inventory);
    let cafe = projects
        .iter()
        .find(|project| project["groupName"] == "Café Zürich");
    let clusters = cafe.unwrap()["clusters"].as_array().unwrap();
    let count = |name: &str| {
        let cluster = clusters.iter().find(|cluster| cluster["name"] == name);
        cluster.unwrap()["alertCount"].clone()
    };
    assert_eq!(
        (count("reservations"), count("menu-archive")),
        (json!(3), json!(0))
    );
}

#[tokio::test]
async fn resume_enables_backup_under_a_compliance_policy() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/menu-archive", atlas.clusters("Café Zürich"));
    let other = format!("{}/trial-b", atlas.clusters("Field Trials (2026)"));
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));
    let policy = json!({
        "authorizedEmail": "owner@example.com", "authorizedUserFirstName": "A",
        "authorizedUserLastName": "B", "copyProtectionEnabled": false,
        "encryptionAtRestEnabled": false, "pitEnabled": false, "projectId": atlas.project("Café Zürich"),
        "onDemandPolicyItem": {
            "frequencyInterval": 0, "frequencyType": "ondemand", "retentionUnit": "days",
            "retentionValue": 3,
        },
        "scheduledPolicyItems": [],
    });

    let policy = atlas
        .put(&format!("{group}/backupCompliancePolicy"), policy)
        .await;
    for path in [&cluster, &other] {
        atlas.patch(path, set_paused(false)).await;
    }

    assert_eq!(policy.status, 200, "{policy:?}");
    assert_eq!(atlas.get(&cluster).await.field("/backupEnabled"), true);
    assert_eq!(atlas.get(&other).await.field("/backupEnabled"), false);
}

#[tokio::test]
async fn automatically_resumed_cluster_rejects_pause_for_60_minutes() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/nightly-etl", atlas.clusters("night-batch"));

    atlas.simulator.advance(DAY);
    atlas.get(&path).await;
    atlas.simulator.advance(Duration::from_mins(59));
    let early = atlas.patch(&path, set_paused(true)).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let late = atlas.patch(&path, set_paused(true)).await;

    early.assert_error(400, "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER");
    assert_eq!(late.status, 200);
}
