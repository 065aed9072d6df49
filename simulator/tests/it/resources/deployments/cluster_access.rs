//! Access of MongoDB employees, pinned versions, failover tests and attributes without effect.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::resources::deployments::hardware::{API_2023_01, region, replica_set, send};
use crate::support::{Atlas, LATEST};

const PROJECT: &str = "Empty Lot";

#[tokio::test]
async fn employee_access_is_shown_until_it_is_revoked() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let grant = json!({
        "expirationTime": "2026-09-03T10:00:00Z", "grantType": "CLUSTER_DATABASE_LOGS",
    });

    let granted = atlas
        .post(
            &format!("{cluster}:grantMongoDBEmployeeAccess"),
            grant.clone(),
        )
        .await;
    let during = atlas.get(&cluster).await;
    let revoked = atlas
        .call(
            Method::POST,
            &format!("{cluster}:revokeMongoDBEmployeeAccess"),
            LATEST,
            None,
        )
        .await;
    let after = atlas.get(&cluster).await;

    assert_eq!((granted.status, revoked.status), (204, 204));
    assert_eq!(during.field("/mongoDBEmployeeAccessGrant"), grant);
    assert!(after.json().get("mongoDBEmployeeAccessGrant").is_none());
}

#[tokio::test]
async fn pinned_version_is_shown_until_it_is_unpinned_or_expires() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let pin = format!("{cluster}:pinFeatureCompatibilityVersion");
    let unpin = format!("{cluster}:unpinFeatureCompatibilityVersion");
    let field = "featureCompatibilityVersionExpirationDate";
    let body = json!({ "expirationDate": "2026-09-10T08:00:00Z" });

    let pinned = atlas.post(&pin, body.clone()).await;
    let during = atlas.get(&cluster).await;
    let legacy = atlas.get_as(&cluster, API_2023_01).await;
    atlas.call(Method::POST, &unpin, LATEST, None).await;
    let unpinned = atlas.get(&cluster).await;
    atlas.post(&pin, body).await;
    atlas.simulator.advance(Duration::from_hours(24 * 10));
    let expired = atlas.get(&cluster).await;

    assert_eq!(pinned.status, 204);
    for response in [during, legacy] {
        assert_eq!(response.field(&format!("/{field}")), "2026-09-10T08:00:00Z");
        assert_eq!(response.field("/featureCompatibilityVersion"), "8.0");
    }
    assert!(unpinned.json().get(field).is_none());
    assert!(expired.json().get(field).is_none());
}

#[tokio::test]
async fn failover_test_rejects_free_cluster_and_second_test() {
    let atlas = Atlas::demo().await;
    let free = format!("{}/playground/restartPrimaries", atlas.clusters("Sandbox"));
    let dedicated = atlas.clusters("Café Zürich");
    let dedicated = format!("{dedicated}/reservations/restartPrimaries");
    let restart = async |path: &str| atlas.call(Method::POST, path, LATEST, None).await;

    let rejected = restart(&free).await;
    let first = restart(&dedicated).await;
    let second = restart(&dedicated).await;

    rejected.assert_error(400, "TENANT_CLUSTER_TEST_FAILOVER_NOT_SUPPORTED");
    assert_eq!(first.status, 200, "{first:?}");
    second.assert_error(400, "CLUSTER_RESTART_IN_PROGRESS");
}

#[tokio::test]
async fn process_arguments_are_validated() {
    let atlas = Atlas::demo().await;
    let free = format!("{}/playground/processArgs", atlas.clusters("Sandbox"));
    let dedicated = format!("{}/reservations/processArgs", atlas.clusters("Café Zürich"));

    let rejected = atlas.patch(&free, json!({ "noTableScan": true })).await;
    let small = atlas.patch(&dedicated, json!({ "oplogSizeMB": 500 })).await;
    let legacy = atlas.get_as(&dedicated, API_2023_01).await;

    rejected.assert_error(400, "TENANT_CLUSTER_PROCESS_ARGS_NOT_SUPPORTED");
    small.assert_error(400, "OPLOG_SIZE_MB_LESS_THAN_990");
    assert_eq!(
        legacy.field("/sampleRefreshIntervalBIConnector"),
        Value::Null
    );
}

#[tokio::test]
async fn adaptive_capacity_is_shown() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let mut cluster = replica_set(&[region("AWS", "US_EAST_1", "M30")]);
    cluster["adaptiveCapacity"] = json!("ENABLED");

    let created = atlas.post(&clusters, cluster).await;
    let change = json!({ "adaptiveCapacity": "DISABLED" });
    let changed = atlas.patch(&format!("{clusters}/made"), change).await;

    assert_eq!(created.field("/adaptiveCapacity"), "ENABLED");
    assert_eq!(changed.field("/adaptiveCapacity"), "DISABLED");
}

#[tokio::test]
async fn api_2023_01_shows_azure_disk_type_and_ignores_legacy_backup() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    let path = format!("{clusters}/made");
    let body = json!({
        "name": "made", "providerBackupEnabled": true, "providerSettings": {
            "providerName": "AZURE", "regionName": "US_EAST_2", "instanceSizeName": "M30",
            "diskTypeName": "P6",
        },
    });

    let created = send(&atlas, Method::POST, &clusters, API_2023_01, &body).await;
    let change = json!({ "backupEnabled": false, "labels": [] });
    send(&atlas, Method::PATCH, &path, API_2023_01, &change).await;
    let legacy = atlas.get_as(&path, API_2023_01).await;
    let current = atlas.get(&path).await;
    let both = json!({ "backupEnabled": true, "providerBackupEnabled": true });
    let both = send(&atlas, Method::PATCH, &path, API_2023_01, &both).await;

    assert_eq!(created.field("/providerSettings/diskTypeName"), "P6");
    assert_eq!(legacy.field("/providerSettings/diskTypeName"), "P6");
    assert_eq!(legacy.field("/providerBackupEnabled"), true);
    assert_eq!(current.field("/backupEnabled"), true);
    both.assert_error(409, "ATLAS_BACKUP_CONFLICTING_OPTIONS");
}

#[tokio::test]
async fn api_2023_01_shows_empty_scaling_limits_of_free_cluster() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let path = format!("/api/atlas/v1.0/groups/{project}/clusters/playground");

    let cluster = atlas.get_as(&path, "application/json").await;

    assert_eq!(
        cluster.field("/providerSettings/autoScaling"),
        json!({ "compute": { "maxInstanceSize": null, "minInstanceSize": null } })
    );
}

#[tokio::test]
async fn free_cluster_can_be_upgraded_in_v1() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let clusters = format!("/api/atlas/v1.0/groups/{project}/clusters");
    let body = json!({ "name": "playground", "providerSettings": {
        "providerName": "AWS", "instanceSizeName": "M10", "regionName": "US_EAST_1",
    } });

    let upgrade = format!("{clusters}/tenantUpgrade");
    let upgrading = send(&atlas, Method::POST, &upgrade, "application/json", &body).await;
    atlas.simulator.advance(Duration::from_mins(10));
    let path = format!("{clusters}/playground");
    let upgraded = atlas.get_as(&path, "application/json").await;

    assert_eq!(upgrading.status, 200, "{upgrading:?}");
    assert_eq!(upgrading.field("/stateName"), "UPDATING");
    assert_eq!(upgraded.field("/stateName"), "IDLE");
    assert_eq!(upgraded.field("/providerSettings/instanceSizeName"), "M10");
}

#[tokio::test]
async fn tls_options_are_shared_by_cluster_and_process_arguments() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/reservations", atlas.clusters("Café Zürich"));
    let arguments = format!("{cluster}/processArgs");
    let tls = json!({
        "minimumEnabledTlsProtocol": "TLS1_3", "tlsCipherConfigMode": "CUSTOM",
        "customOpensslCipherConfigTls13": ["TLS_AES_256_GCM_SHA384"],
    });

    atlas.patch(&arguments, tls).await;
    let configured = atlas.get(&cluster).await.field("/advancedConfiguration");
    let reset = json!({ "advancedConfiguration": {
        "minimumEnabledTlsProtocol": "TLS1_2", "tlsCipherConfigMode": "DEFAULT",
        "customOpensslCipherConfigTls13": [],
    } });
    atlas.patch(&cluster, reset).await;
    let after = atlas.get(&arguments).await;

    assert_eq!(configured["minimumEnabledTlsProtocol"], "TLS1_3");
    assert_eq!(configured["tlsCipherConfigMode"], "CUSTOM");
    assert_eq!(after.field("/minimumEnabledTlsProtocol"), "TLS1_2");
    assert_eq!(after.field("/tlsCipherConfigMode"), "DEFAULT");
    assert_eq!(after.field("/customOpensslCipherConfigTls13"), json!([]));
}
