//! Version negotiation, and the differences between versions.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn content_type_contains_the_resolved_version() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let response = atlas
        .get_as(&path, "application/vnd.atlas.2025-01-01+json")
        .await;

    let expected = "application/vnd.atlas.2024-08-05+json;charset=utf-8";
    assert_eq!(response.header("content-type"), expected);
    assert_eq!(response.header("deprecation"), "");
    assert_eq!(response.header("sunset"), "");
    assert_eq!(
        response.header("x-java-method"),
        "ApiAtlasClusterDescriptionResource20240805::getCluster"
    );
}

#[tokio::test]
async fn old_version_has_deprecation_and_sunset_headers() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations", atlas.clusters("Café Zürich"));

    let response = atlas
        .get_as(&path, "application/vnd.atlas.2023-02-01+json")
        .await;

    assert_eq!(response.status, 200);
    assert_eq!(
        response.header("deprecation"),
        "Mon, 5 Aug 2024 00:00:00 GMT"
    );
    assert_eq!(response.header("sunset"), "Thu, 1 Jul 2027 00:00:00 GMT");
}

#[tokio::test]
async fn rejects_accept_header_without_a_version() {
    let atlas = Atlas::demo().await;

    for accept in [
        "*/*",
        "application/json",
        "application/vnd.atlas.2022-01-01+json",
    ] {
        let response = atlas.get_as("/api/atlas/v2/orgs", accept).await;
        let expected = json!({
            "detail": "Invalid accept header or version date.",
            "error": 406,
            "errorCode": "INVALID_VERSION_DATE",
            "parameters": [],
            "reason": "Not Acceptable",
        });
        assert_eq!(response.json(), expected);
        assert_eq!(response.status, 406);
    }
}

#[tokio::test]
async fn rejects_version_past_its_sunset() {
    let atlas = Atlas::demo().await;
    let path = atlas.clusters("Café Zürich");
    let accept = "application/vnd.atlas.2023-02-01+json";
    assert_eq!(atlas.get_as(&path, accept).await.status, 200);

    atlas.simulator.advance(Duration::from_hours(24 * 365));

    let response = atlas.get_as(&path, accept).await;
    let path = path.trim_start_matches('/');
    assert_eq!(
        response.assert_error(410, "VERSION_GONE"),
        format!("Version 2023-02-01 of {path} is no longer available.")
    );
    assert_eq!(response.field("/parameters"), json!(["2023-02-01", path]));
}

#[tokio::test]
async fn cluster_fields_depend_on_the_version() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/events", atlas.clusters("データ基盤"));
    let get = async |date: &str| {
        atlas
            .get_as(&path, &format!("application/vnd.atlas.{date}+json"))
            .await
            .json()
    };

    let (legacy, advanced, current) = (
        get("2023-01-01").await,
        get("2023-02-01").await,
        get("2024-08-05").await,
    );

    assert_eq!(legacy["providerSettings"]["instanceSizeName"], "M40");
    assert_eq!(legacy["numShards"], 2);
    assert_eq!(advanced["replicationSpecs"][0]["numShards"], 2);
    assert_eq!(advanced["diskSizeGB"], 80.0);
    assert_eq!(current["replicationSpecs"].as_array().unwrap().len(), 2);
    let nodes = &current["replicationSpecs"][1]["regionConfigs"][0]["electableSpecs"];
    assert_eq!(nodes["diskSizeGB"], 80.0);
    assert!(current.get("diskSizeGB").is_none());
}

#[tokio::test]
async fn update_with_unchanged_cluster_has_no_effect_in_any_version() {
    let atlas = Atlas::demo().await;
    let paths = [
        format!("{}/events", atlas.clusters("データ基盤")),
        format!("{}/telemetry", atlas.clusters("Älvsjö: sensors, edge")),
        format!("{}/billing", atlas.clusters("night-batch")),
    ];

    for path in paths {
        for date in ["2023-01-01", "2023-02-01", "2025-03-12"] {
            let accept = format!("application/vnd.atlas.{date}+json");
            let read = atlas.get_as(&path, &accept).await;
            let updated = atlas
                .call(Method::PATCH, &path, &accept, Some(read.text.clone()))
                .await;
            assert_eq!(updated.field("/stateName"), "IDLE", "{path} {date}");
        }
    }
}

#[tokio::test]
async fn oldest_version_of_users_has_one_list_of_roles() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let path = format!("/api/atlas/v2/orgs/{organization}/users");

    let old = "application/vnd.atlas.2023-01-01+json";
    let old = atlas.get_as(&path, old).await;
    let new = atlas.get(&path).await;

    assert_eq!(old.header("deprecation"), "Wed, 19 Feb 2025 00:00:00 GMT");
    let user = old.field("/results/0");
    assert_eq!(user["emailAddress"], "simulator@example.com");
    assert_eq!(
        user["roles"][0],
        json!({ "orgId": organization, "roleName": "ORG_OWNER" })
    );
    assert!(user.get("orgMembershipStatus").is_none());
    assert_eq!(new.field("/results/0/roles/orgRoles"), json!(["ORG_OWNER"]));
}

#[tokio::test]
async fn oldest_version_of_backup_schedule_has_specifications_instead_of_zones() {
    const API_2023_01: &str = "application/vnd.atlas.2023-01-01+json";
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/telemetry", atlas.clusters("Älvsjö: sensors, edge"));
    let path = format!("{cluster}/backup/schedule");
    let zone = atlas
        .get(&cluster)
        .await
        .field("/replicationSpecs/0/zoneId");
    let older = atlas
        .get_as(&cluster, "application/vnd.atlas.2023-02-01+json")
        .await;
    let specification = older.field("/replicationSpecs/0/id");
    let copy = |name: &str, id: &serde_json::Value| {
        let copy = json!({
            "cloudProvider": "AWS", "frequencies": ["DAILY"], "regionName": "US_EAST_1",
            "shouldCopyOplogs": false, name: id,
        });
        json!({ "copySettings": [copy] })
    };

    atlas.patch(&path, copy("zoneId", &zone)).await;
    let copy_setting = atlas
        .get_as(&path, API_2023_01)
        .await
        .field("/copySettings/0");
    let body = copy("replicationSpecId", &specification).to_string();
    let updated = atlas
        .call(Method::PATCH, &path, API_2023_01, Some(body))
        .await;
    let newest = atlas.get(&path).await.field("/copySettings/0");

    assert_eq!(copy_setting["replicationSpecId"], specification);
    assert!(copy_setting.get("zoneId").is_none());
    assert_eq!(updated.field("/copySettings/0"), copy_setting);
    assert_eq!(newest["zoneId"], zone);
    assert!(newest.get("replicationSpecId").is_none());
}

#[tokio::test]
async fn rejects_version_that_ended_before_the_start() {
    let atlas = Atlas::demo().await;
    let providers = "/api/atlas/v2/federationSettings/6a6f78e0cab84da5c4476b25/identityProviders";
    let id = atlas.get(providers).await.field("/results/0/id");
    let path = format!("{providers}/{}", id.as_str().unwrap());

    let oldest = atlas
        .get_as(&path, "application/vnd.atlas.2023-01-01+json")
        .await;

    oldest.assert_error(410, "VERSION_GONE");
    let parameters = json!(["2023-01-01", path.trim_start_matches('/')]);
    assert_eq!(oldest.field("/parameters"), parameters);
    assert_eq!(oldest.field("/reason"), "Gone");
    assert_eq!(atlas.get(&path).await.status, 200);
}
