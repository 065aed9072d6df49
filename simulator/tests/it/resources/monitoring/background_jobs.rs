//! What goes on by itself: events, backups, processes, measurements, logs and users.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Atlas, LATEST};

#[tokio::test]
async fn every_change_leaves_an_event() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Storefront"));
    let user = json!({
        "databaseName": "admin", "username": "app", "password": "secret-enough",
        "roles": [{ "databaseName": "admin", "roleName": "readWriteAnyDatabase" }],
    });

    let created = atlas
        .post(&format!("{group}/databaseUsers"), user.clone())
        .await;
    let again = atlas.post(&format!("{group}/databaseUsers"), user).await;
    let cluster = format!("{group}/clusters/shop-staging");
    atlas.patch(&cluster, json!({ "paused": true })).await;
    let events = atlas.get(&format!("{group}/events")).await;
    let users = atlas
        .get(&format!("{group}/events?eventType=MONGODB_USER_ADDED"))
        .await;

    assert_eq!(created.status, 201, "{created:?}");
    assert!(created.json().get("password").is_none());
    again.refused(409, "USER_ALREADY_EXISTS");
    assert_eq!(
        events.field("/results/0/eventTypeName"),
        "CLUSTER_UPDATE_SUBMITTED"
    );
    assert_eq!(events.field("/results/0/clusterName"), "shop-staging");
    assert_eq!(users.field("/totalCount"), 1);
}

#[tokio::test]
async fn a_user_is_changed_and_deleted_by_database_and_name() {
    let atlas = Atlas::demo().await;
    let users = format!(
        "/api/atlas/v2/groups/{}/databaseUsers",
        atlas.project("Storefront")
    );
    let roles = json!([{ "databaseName": "admin", "roleName": "read" }]);
    let user = json!({ "databaseName": "admin", "username": "app", "roles": roles });
    atlas.post(&users, user).await;
    let path = format!("{users}/admin/app");

    let changed = atlas
        .patch(&path, json!({ "description": "the shop" }))
        .await;
    let deleted = atlas.delete(&path).await;

    assert_eq!(changed.field("/description"), "the shop");
    assert_eq!(deleted.status, 204);
    assert_eq!(atlas.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_wrong_field_is_refused_by_its_name() {
    let atlas = Atlas::demo().await;
    let users = format!(
        "/api/atlas/v2/groups/{}/databaseUsers",
        atlas.project("Storefront")
    );
    let role = json!([{ "databaseName": "admin", "roleName": 7 }]);

    let typed = atlas
        .post(
            &users,
            json!({ "databaseName": "admin", "username": "a", "roles": role }),
        )
        .await;
    let unknown = atlas.post(&users, json!({ "user": "a" })).await;

    let detail = typed.refused(400, "INVALID_ATTRIBUTE");
    assert!(detail.contains("roles[0].roleName"), "{detail}");
    unknown.refused(400, "MISSING_ATTRIBUTE");
}

#[tokio::test]
async fn a_snapshot_is_taken_and_restored_in_its_time() {
    let atlas = Atlas::demo().await;
    let backup = format!("{}/shop-production/backup", atlas.clusters("Storefront"));
    let body = json!({ "description": "before", "retentionInDays": 1 });

    let taken = atlas.post(&format!("{backup}/snapshots"), body).await;
    let id = taken.field("/id").as_str().unwrap().to_owned();
    atlas.simulator.advance(Duration::from_mins(3));
    let done = atlas.get(&format!("{backup}/snapshots/{id}")).await;
    let job = json!({
        "deliveryType": "automated", "snapshotId": id, "targetClusterName": "shop-staging",
        "targetGroupId": atlas.project("Storefront"),
    });
    let job = atlas.post(&format!("{backup}/restoreJobs"), job).await;
    let job_path = format!(
        "{backup}/restoreJobs/{}",
        job.field("/id").as_str().unwrap()
    );
    let running = atlas.get(&job_path).await;
    atlas.simulator.advance(Duration::from_mins(5));
    let over = atlas.get(&job_path).await;

    assert_eq!(taken.field("/status"), "queued");
    assert_eq!(done.field("/status"), "completed");
    assert!(running.json().get("finishedAt").is_none());
    assert!(over.json().get("finishedAt").is_some());
}

#[tokio::test]
async fn a_search_index_is_built_after_a_minute() {
    let atlas = Atlas::demo().await;
    let indexes = format!(
        "{}/shop-staging/search/indexes",
        atlas.clusters("Storefront")
    );
    let body = json!({
        "collectionName": "orders", "database": "shop", "name": "default",
        "definition": { "mappings": { "dynamic": true } },
    });

    let created = atlas.post(&indexes, body).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let list = atlas.get(&format!("{indexes}/shop/orders")).await;

    assert_eq!(
        (created.status, created.field("/status")),
        (201, json!("PENDING"))
    );
    assert_eq!(list.field("/0/status"), "READY");
    assert_eq!(list.field("/0/queryable"), true);
}

#[tokio::test]
async fn measurements_are_of_the_time_that_is_asked_for() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));
    let processes = atlas.get(&format!("{group}/processes")).await;
    let id = processes.field("/results/0/id");
    let process = format!("{group}/processes/{}", id.as_str().unwrap());
    let times = |answer: &Answer| {
        let points = answer.field("/measurements/0/dataPoints");
        let points = points.as_array().unwrap().iter();
        points
            .map(|it| it["timestamp"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let range = "start=2026-08-31T10:00:00Z&end=2026-08-31T10:03:00Z";

    for part in ["", "/disks/data", "/databases/admin"] {
        let path = format!("{process}{part}/measurements?granularity=PT1M");
        let answer = atlas.get(&format!("{path}&{range}")).await;
        assert_eq!(answer.field("/start"), "2026-08-31T10:00:00Z", "{part}");
        assert_eq!(answer.field("/end"), "2026-08-31T10:03:00Z", "{part}");
        let expected = ["10:01", "10:02", "10:03"].map(|it| format!("2026-08-31T{it}:00Z"));
        assert_eq!(times(&answer), expected, "{part}");

        let until_now = atlas
            .get(&format!("{path}&start=2026-09-01T07:50:00Z"))
            .await;
        assert_eq!(until_now.field("/end"), "2026-09-01T08:00:00Z");
        assert_eq!(times(&until_now).len(), 10);
        for wrong in [
            "start=2026-08-31T10:00:00Z&end=2026-08-31T09:00:00Z",
            "start=2026-08-31T10:00:00Z&end=later",
        ] {
            let refused = atlas.get(&format!("{path}&{wrong}")).await;
            refused.refused(400, "INVALID_QUERY_PARAMETER");
            assert_eq!(refused.field("/parameters"), json!(["end"]));
        }
        let refused = atlas.get(&format!("{path}&end=2026-08-31T10:00:00Z")).await;
        refused.refused(400, "MISSING_QUERY_PARAMETER");
    }
    let collection = format!("{process}/shop/orders/collStats/measurements?metrics=READS_OPS");
    for _ in 0..2 {
        let answer = atlas.get(&format!("{collection}&{range}")).await;
        assert_eq!(answer.field("/start"), "2026-08-31T10:00:00Z");
        assert_eq!(answer.field("/end"), "2026-08-31T10:03:00Z");
        let hour = atlas.get(&format!("{collection}&period=PT1H")).await;
        assert_eq!(hour.field("/start"), "2026-09-01T07:00:00Z");
        assert_eq!(hour.field("/end"), "2026-09-01T08:00:00Z");
    }
}

#[tokio::test]
async fn a_running_cluster_has_processes_with_the_same_measurements_at_the_same_time() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));

    let processes = atlas.get(&format!("{group}/processes")).await;
    let id = processes
        .field("/results/0/id")
        .as_str()
        .unwrap()
        .to_owned();
    let path =
        format!("{group}/processes/{id}/measurements?granularity=PT1M&period=PT10M&m=CONNECTIONS");
    let (one, two) = (atlas.get(&path).await, atlas.get(&path).await);

    // One of the two clusters is paused.
    assert_eq!(processes.field("/totalCount"), 3);
    assert_eq!(
        one.field("/measurements/0/dataPoints")
            .as_array()
            .unwrap()
            .len(),
        10
    );
    assert_eq!(one.text, two.text);
    assert!(one.header("cache-control").starts_with("no-cache, "));
    assert_eq!(processes.header("cache-control"), "");
}

#[tokio::test]
async fn logs_are_compressed_lines() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Storefront");
    let processes = clusters.replace("/clusters", "/processes");
    let host = atlas.get(&processes).await.field("/results/0/hostname");
    let host = host.as_str().unwrap();
    let path = format!("{clusters}/{host}/logs/mongodb.gz");

    let log = atlas
        .call(
            Method::GET,
            &path,
            "application/vnd.atlas.2023-02-01+gzip",
            None,
        )
        .await;
    let refused = atlas.get_as(&path, LATEST).await;

    assert_eq!(
        log.header("content-type"),
        "application/vnd.atlas.2023-02-01+gzip"
    );
    assert!(!log.text.is_empty());
    assert_eq!(
        log.header("content-disposition"),
        format!(
            "attachment; filename=\"{host}_2026-08-31T08:00:00_2026-09-01T08:00:00_MONGODB.log.gz\""
        )
    );
    let length: usize = log.header("x-uncompressed-content-length").parse().unwrap();
    assert!(length > 0);
    refused.refused(406, "INVALID_VERSION_DATE");
}

#[tokio::test]
async fn a_team_has_users_and_is_lent_to_projects() {
    let atlas = Atlas::demo().await;
    let organization = format!("/api/atlas/v2/orgs/{}", atlas.simulator.organization_id());
    let body = json!({ "name": "Backend", "usernames": ["simulator@example.com"] });

    let team = atlas.post(&format!("{organization}/teams"), body).await;
    let id = team.field("/id").as_str().unwrap().to_owned();
    let members = atlas.get(&format!("{organization}/teams/{id}/users")).await;
    let offer = json!([{ "teamId": id, "roleNames": ["GROUP_READ_ONLY"] }]);
    let project = atlas.project("Storefront");
    let lent = atlas
        .post(&format!("/api/atlas/v2/groups/{project}/teams"), offer)
        .await;

    assert_eq!(team.status, 201);
    assert_eq!(
        members.field("/results/0/username"),
        "simulator@example.com"
    );
    assert_eq!(lent.field("/results/0/roleNames/0"), "GROUP_READ_ONLY");
}

#[tokio::test]
async fn what_comes_to_its_end_leaves_an_event_of_that_moment() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Storefront"));
    let cluster = format!("{group}/clusters/shop-staging");
    atlas.patch(&cluster, json!({ "paused": true })).await;

    atlas
        .simulator
        .advance(Duration::from_mins(30 * 24 * 60 + 2));
    let events = atlas
        .get(&format!("{group}/events?clusterNames=shop-staging"))
        .await;

    let events = events.field("/results");
    let told: Vec<_> = events.as_array().unwrap().iter().collect();
    let told: Vec<_> = told
        .iter()
        .map(|it| {
            (
                it["eventTypeName"].as_str().unwrap(),
                it["created"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("CLUSTER_UPDATE_COMPLETED", "2026-10-01T08:00:33Z"),
            ("CLUSTER_UPDATE_STARTED", "2026-10-01T08:00:00Z"),
            ("CLUSTER_UPDATE_COMPLETED", "2026-09-01T08:00:30Z"),
            ("CLUSTER_UPDATE_SUBMITTED", "2026-09-01T08:00:00Z"),
        ]
    );
}

#[tokio::test]
async fn changes_of_the_old_api_leave_events_as_well() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let cluster = format!("/api/atlas/v1.0/groups/{project}/clusters/shop-staging");

    let paused = atlas.patch(&cluster, json!({ "paused": true })).await;
    let events = atlas
        .get(&format!("/api/atlas/v2/groups/{project}/events"))
        .await;

    assert_eq!(paused.status, 200);
    assert_eq!(
        events.field("/results/0/eventTypeName"),
        "CLUSTER_UPDATE_SUBMITTED"
    );
    assert_eq!(events.field("/results/0/clusterName"), "shop-staging");
}

#[tokio::test]
async fn a_snapshot_of_a_sharded_cluster_has_one_of_every_shard() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("データ基盤");
    let backup = format!("{clusters}/events/backup/snapshots");
    for cluster in ["events", "warehouse"] {
        let path = format!("{clusters}/{cluster}");
        atlas.patch(&path, json!({ "backupEnabled": true })).await;
    }
    let body = json!({ "description": "before", "retentionInDays": 1 });

    let taken = atlas.post(&backup, body).await;
    let id = taken.field("/id").as_str().unwrap().to_owned();
    atlas.simulator.advance(Duration::from_mins(3));
    let list = atlas.get(&format!("{backup}/shardedClusters")).await;
    let single = format!("{backup}/shardedCluster/{id}");
    let shown = atlas.get(&single).await;
    let plain = format!("{clusters}/warehouse/backup/snapshots");
    let body = json!({ "description": "before", "retentionInDays": 1 });
    atlas.post(&plain, body).await;
    let none = atlas.get(&format!("{plain}/shardedClusters")).await;
    let deleted = atlas.delete(&single).await;
    let gone = atlas.get(&single).await;

    assert_eq!(taken.field("/type"), "shardedCluster");
    assert_eq!(list.field("/totalCount"), 1);
    assert_eq!(list.field("/results/0/id"), json!(id));
    assert_eq!(shown.field("/status"), "completed");
    let members = shown.field("/members");
    let members: Vec<_> = members.as_array().unwrap().iter().collect();
    assert_eq!(members.len(), 2);
    assert_eq!(members[1]["replicaSetName"], "events-shard-1");
    assert_eq!(shown.field("/snapshotIds/1"), members[1]["id"]);
    assert_eq!(none.field("/totalCount"), 0);
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    gone.refused(404, "SNAPSHOT_NOT_FOUND");
}
