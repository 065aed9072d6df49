//! Errors for resources in paths and bodies that do not exist.

use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST};

const GROUPS: &str = "/api/atlas/v2/groups";

#[tokio::test]
async fn sample_dataset_requires_a_running_cluster() {
    let atlas = Atlas::demo().await;
    let group = format!("{GROUPS}/{}", atlas.project("Storefront"));
    let load = |cluster: &str| format!("{group}/sampleDatasetLoad/{cluster}");

    let loaded = atlas.post(&load("shop-staging"), json!({})).await;
    let id = loaded.field("/_id");
    let load_status = atlas.get(&load(id.as_str().unwrap())).await;
    let unknown = atlas.post(&load("nope"), json!({})).await;
    let cluster = format!("{group}/clusters/shop-staging");
    atlas.patch(&cluster, json!({ "paused": true })).await;
    let paused = atlas.post(&load("shop-staging"), json!({})).await;

    assert_eq!(loaded.status, 201);
    assert_eq!(loaded.field("/clusterName"), "shop-staging");
    assert_eq!(load_status.field("/clusterName"), "shop-staging");
    unknown.assert_error(404, "CLUSTER_NOT_FOUND");
    paused.assert_error(409, "CANNOT_UPDATE_PAUSED_CLUSTER");
}

#[tokio::test]
async fn certificates_require_an_existing_user() {
    let atlas = Atlas::demo().await;
    let group = format!("{GROUPS}/{}", atlas.project("Storefront"));
    let path = format!("{group}/databaseUsers/nobody/certs");
    let body = json!({ "monthsUntilExpiration": 1 }).to_string();

    let created = atlas.call(Method::POST, &path, LATEST, Some(body)).await;

    created.assert_error(404, "USERNAME_NOT_FOUND");
    atlas
        .get(&path)
        .await
        .assert_error(404, "USERNAME_NOT_FOUND");
}

#[tokio::test]
async fn measurements_require_an_existing_process() {
    let atlas = Atlas::demo().await;
    let group = format!("{GROUPS}/{}", atlas.project("Storefront"));
    let processes = atlas.get(&format!("{group}/processes")).await;
    let existing = processes.field("/results/0/id");
    let existing = existing.as_str().unwrap();

    for (collection, resource) in [
        ("processes", "disks"),
        ("processes", "disks/data"),
        ("processes", "databases"),
        ("processes", "performanceAdvisor/slowQueryLogs"),
        ("processes", "measurements?granularity=PT1M&period=P1D"),
        ("hosts", "fts/metrics"),
    ] {
        let path = |process: &str| format!("{group}/{collection}/{process}/{resource}");
        let measurements = atlas.get(&path(existing)).await;
        assert_eq!(measurements.status, 200, "{resource}: {measurements:?}");
        let missing = atlas.get(&path("nope:27017")).await;
        missing.assert_error(404, "HOSTNAME_AND_PORT_NOT_FOUND");
    }
    let log = format!("{group}/clusters/nope/logs/mongodb.gz");
    let accept = "application/vnd.atlas.2023-02-01+gzip";
    atlas
        .call(Method::GET, &log, accept, None)
        .await
        .assert_error(404, "HOSTNAME_AND_PORT_NOT_FOUND");
}

#[tokio::test]
async fn peer_requires_a_container_and_container_a_valid_cidr_block() {
    let atlas = Atlas::demo().await;
    let group = format!("{GROUPS}/{}", atlas.project("Storefront"));
    let (containers, peers) = (format!("{group}/containers"), format!("{group}/peers"));
    let container = |block: &str| json!({ "providerName": "AWS", "atlasCidrBlock": block, "regionName": "US_EAST_1" });
    let peer = |container: &str| {
        json!({
            "providerName": "AWS", "containerId": container, "accepterRegionName": "us-east-1",
            "awsAccountId": "123456789012", "routeTableCidrBlock": "10.0.0.0",
            "vpcId": "vpc-0123456789abcdef0",
        })
    };
    let unknown = "0123456789abcdef01234567";

    let invalid = atlas.post(&containers, container("999.8.0.0/21")).await;
    let created = atlas.post(&containers, container("10.8.0.0/21")).await;
    let id = created.field("/id");
    let peered = atlas.post(&peers, peer(id.as_str().unwrap())).await;
    let missing = atlas.post(&peers, peer(unknown)).await;

    invalid.assert_error(400, "INVALID_CIDR_BLOCK");
    assert_eq!(invalid.field("/parameters"), json!(["999.8.0.0/21"]));
    assert!(peered.status < 300, "{peered:?}");
    missing.assert_error(404, "CLOUD_PROVIDER_CONTAINER_NOT_FOUND");
    let listed = atlas.get(&peers).await;
    assert_eq!(listed.field("/totalCount"), 1);
    let azure = atlas.get(&format!("{peers}?providerName=AZURE")).await;
    assert_eq!(azure.field("/totalCount"), 0);
}

#[tokio::test]
async fn team_requires_existing_users_and_cannot_be_deleted_while_in_a_project() {
    let atlas = Atlas::demo().await;
    let teams = format!(
        "/api/atlas/v2/orgs/{}/teams",
        atlas.simulator.organization_id()
    );
    let project_teams = format!("{GROUPS}/{}/teams", atlas.project("Storefront"));
    let team = |username: &str| json!({ "name": "crew", "usernames": [username] });

    let unknown = atlas.post(&teams, team("nobody@example.com")).await;
    let created = atlas.post(&teams, team("simulator@example.com")).await;
    let id = created.field("/id");
    let id = id.as_str().unwrap();
    let body = json!([{ "teamId": id, "roleNames": ["GROUP_READ_ONLY"] }]);
    assert_eq!(atlas.post(&project_teams, body).await.status, 200);
    let rejected = atlas.delete(&format!("{teams}/{id}")).await;
    let removed = atlas.delete(&format!("{project_teams}/{id}")).await;
    let deleted = atlas.delete(&format!("{teams}/{id}")).await;

    unknown.assert_error(400, "BAD_USERNAME_REF");
    assert_eq!(unknown.field("/parameters"), json!(["nobody@example.com"]));
    rejected.assert_error(404, "CANNOT_DELETE_TEAM_ASSIGNED_TO_PROJECT");
    assert_eq!((removed.status, deleted.status), (204, 204));
    assert_eq!(atlas.get(&project_teams).await.field("/totalCount"), 0);
    let missing = atlas.get(&format!("{teams}/{id}")).await;
    missing.assert_error(404, "TEAM_NOT_FOUND");
}
