//! Actions take effect.

use std::time::Duration;

use serde_json::json;

use super::round_trip::{GROUPS, PROJECT, start};

#[tokio::test]
async fn actions_change_resources() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));
    let cluster = format!("{project}/clusters/Cluster0");
    let empty = || json!({});

    let slow = format!("{project}/managedSlowMs");
    assert_eq!(atlas.get(&slow).await.json(), true);
    atlas.delete(&format!("{slow}/disable")).await;
    assert_eq!(atlas.get(&slow).await.json(), false);
    atlas.post(&format!("{slow}/enable"), empty()).await;
    assert_eq!(atlas.get(&slow).await.json(), true);

    let pinned = format!("{cluster}/collStats/pinned");
    atlas
        .put(&pinned, json!({ "namespaces": ["shop.orders"] }))
        .await;
    let more = atlas
        .patch(&pinned, json!({ "namespaces": ["shop.users"] }))
        .await;
    assert_eq!(
        more.field("/pinnedNamespaces"),
        json!(["shop.orders", "shop.users"])
    );
    let unpin = format!("{cluster}/collStats/unpin");
    atlas
        .patch(&unpin, json!({ "namespaces": ["shop.orders"] }))
        .await;
    let remaining = atlas.get(&pinned).await;
    assert_eq!(remaining.field("/pinnedNamespaces"), json!(["shop.users"]));

    let writes = format!("{cluster}/globalWrites");
    let namespace = json!({ "db": "shop", "collection": "orders", "customShardKey": "id" });
    atlas
        .post(&format!("{writes}/managedNamespaces"), namespace)
        .await;
    let zone = json!({ "customZoneMappings": [{ "location": "DE", "zone": "Zone 1" }] });
    atlas
        .post(&format!("{writes}/customZoneMapping"), zone)
        .await;
    let settings = atlas.get(&writes).await;
    assert_eq!(settings.field("/managedNamespaces/0/collection"), "orders");
    assert!(settings.field("/customZoneMapping/DE").is_string());
    let namespace = format!("{writes}/managedNamespaces?db=shop&collection=orders");
    assert_eq!(
        atlas.delete(&namespace).await.field("/managedNamespaces"),
        json!([])
    );

    let export = format!("{project}/pushBasedLogExport");
    assert_eq!(atlas.get(&export).await.field("/state"), "UNCONFIGURED");
    let roles = format!("{project}/cloudProviderAccess");
    let role = atlas.post(&roles, json!({ "providerName": "AWS" })).await;
    let role = role.field("/roleId");
    let authorization = json!({
        "providerName": "AWS", "iamAssumedRoleArn": "arn:aws:iam::123456789012:role/logs",
    });
    let path = format!("{roles}/{}", role.as_str().unwrap());
    atlas.patch(&path, authorization).await;
    let bucket = json!({ "bucketName": "logs", "iamRoleId": role, "prefixPath": "a" });
    atlas.post(&export, bucket).await;
    atlas.simulator.advance(Duration::from_mins(1));
    assert_eq!(atlas.get(&export).await.field("/state"), "ACTIVE");
    atlas.delete(&export).await;
    assert_eq!(atlas.get(&export).await.field("/state"), "UNCONFIGURED");
}

#[tokio::test]
async fn stream_processors_start_and_stop() {
    let atlas = start().await;
    let streams = format!("{GROUPS}/{}/streams", atlas.project(PROJECT));
    let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    atlas
        .post(
            &streams,
            json!({ "name": "flow", "dataProcessRegion": region }),
        )
        .await;
    let processors = format!("{streams}/flow/processor");
    let body = json!({ "name": "copier", "pipeline": [] });
    assert_eq!(
        atlas.post(&processors, body).await.field("/state"),
        "CREATED"
    );
    let processor = format!("{processors}/copier");

    for (action, state) in [("start", "STARTED"), ("stop", "STOPPED")] {
        let response = atlas
            .post(&format!("{processor}:{action}"), json!({}))
            .await;
        assert_eq!(response.status, 200);
        assert_eq!(atlas.get(&processor).await.field("/state"), state);
    }
}

#[tokio::test]
async fn outage_simulation_runs_until_it_is_deleted() {
    let atlas = start().await;
    let outage = format!(
        "{GROUPS}/{}/clusters/Cluster0/outageSimulation",
        atlas.project(PROJECT)
    );
    let minute = Duration::from_mins(1);
    let state = async || atlas.get(&outage).await.field("/state");
    let missing = atlas.get(&outage).await;
    assert_eq!(
        missing.assert_error(404, "OUTAGE_SIMULATION_NOT_FOUND"),
        "No outage simulation Cluster0 exists."
    );

    let filters = json!({ "outageFilters": [{ "cloudProvider": "AWS", "regionName": "US_EAST_1", "type": "REGION" }] });
    let started = atlas.post(&outage, filters.clone()).await;
    assert_eq!(started.field("/state"), "START_REQUESTED");
    atlas.simulator.advance(minute);
    assert_eq!(state().await, "SIMULATING");
    atlas
        .post(&outage, filters)
        .await
        .assert_error(409, "OUTAGE_SIMULATION_ALREADY_EXISTS");

    let ended = atlas.delete(&outage).await;
    assert_eq!(ended.field("/state"), "RECOVERY_REQUESTED");
    assert_eq!(ended.field("/id"), started.field("/id"));
    atlas.simulator.advance(minute);
    assert_eq!(atlas.get(&outage).await.status, 404);
}

#[tokio::test]
async fn reference_data_is_specific() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));

    let mut kinds = Vec::new();
    for page in 1..=2 {
        let path = format!("/api/atlas/v2/eventTypes?itemsPerPage=500&pageNum={page}");
        let response = atlas.get(&path).await.json();
        kinds.extend(response["results"].as_array().unwrap().clone());
    }
    let find = |name: &str| {
        let mut kinds = kinds.iter();
        kinds.find(|kind| kind["eventType"] == name).unwrap()
    };
    assert!(kinds.len() > 400);
    assert_eq!(find("CLUSTER_CREATED")["description"], "Cluster created");
    assert_eq!(find("NO_PRIMARY")["alertable"], true);

    let limit = atlas
        .get(&format!(
            "{project}/limits/atlas.project.deployment.clusters"
        ))
        .await;
    assert_eq!(limit.field("/value"), 25);
    assert_eq!(limit.field("/maximumLimit"), 100);
    assert!(limit.field("/currentUsage").as_u64().unwrap() > 0);
    let path = format!("{project}/limits/atlas.project.deployment.clusters");
    let body = json!({ "name": "atlas.project.deployment.clusters", "value": 30 });
    assert_eq!(atlas.patch(&path, body).await.field("/value"), 30);

    let versions = atlas
        .get(&format!(
            "{project}/mongoDBVersions?cloudProvider=AWS&instanceSize=M30"
        ))
        .await;
    assert_eq!(versions.field("/totalCount"), 5);
    assert_eq!(versions.field("/results/0/instanceSize"), "M30");
    assert!(versions.field("/results/0/version").is_string());

    let cluster = format!("{project}/clusters/Cluster0");
    assert_eq!(
        atlas
            .get(&format!("{cluster}/status"))
            .await
            .field("/changeStatus"),
        "APPLIED"
    );
    let change = json!({ "terminationProtectionEnabled": true });
    assert_eq!(atlas.patch(&cluster, change).await.status, 200);
    assert_eq!(
        atlas
            .get(&format!("{cluster}/status"))
            .await
            .field("/changeStatus"),
        "PENDING"
    );

    let body = json!({ "username": "new@example.com", "roles": ["GROUP_READ_ONLY"] });
    let invitation = atlas.post(&format!("{project}/invites"), body).await.json();
    assert_eq!(invitation["groupName"], PROJECT);
    assert!(invitation["expiresAt"].as_str() > invitation["createdAt"].as_str());
}
