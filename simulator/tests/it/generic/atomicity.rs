//! Rejected requests change nothing, and deletions leave no references.

use std::time::Duration;

use atlas_simulator::{Clock, Options, Seed};
use serde_json::{Value, json};

use crate::support::Atlas;

const API: &str = "/api/atlas/v2";
const PROJECT: &str = "Project 0001";

async fn start() -> Atlas {
    let options = Options::new().with_seed(Seed::sized(1, 1));
    Atlas::with(options.with_clock(Clock::frozen())).await
}

fn project_path(atlas: &Atlas, path: &str) -> String {
    format!("{API}/groups/{}{path}", atlas.project(PROJECT))
}

#[tokio::test]
async fn list_with_an_invalid_entry_adds_nothing() {
    let atlas = start().await;
    let list = project_path(&atlas, "/accessList");

    let body = json!([{ "ipAddress": "203.0.113.6" }, { "ipAddress": "nonsense" }]);
    let rejected = atlas.post(&list, body).await;

    rejected.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(atlas.get(&list).await.field("/totalCount"), 0);
}

#[tokio::test]
async fn list_with_an_unknown_team_adds_nothing() {
    let atlas = start().await;
    let teams = format!("{API}/orgs/{}/teams", atlas.simulator.organization_id());
    let team = json!({ "name": "crew", "usernames": [] });
    let team = atlas.post(&teams, team).await.field("/id");
    let project_teams = project_path(&atlas, "/teams");
    let entry = |team: &Value| json!({ "teamId": team, "roleNames": ["GROUP_OWNER"] });

    let unknown = json!("0123456789abcdef01234567");
    let body = json!([entry(&team), entry(&unknown)]);
    let rejected = atlas.post(&project_teams, body).await;

    rejected.assert_error(404, "TEAM_NOT_FOUND");
    assert_eq!(atlas.get(&project_teams).await.field("/totalCount"), 0);
}

#[tokio::test]
async fn cluster_has_at_most_one_search_deployment() {
    let atlas = start().await;
    let deployment = project_path(&atlas, "/clusters/Cluster0/search/deployment");
    let specs = |count: u64| json!({ "specs": [{ "instanceSize": "S20_HIGHCPU_NVME", "nodeCount": count }] });

    let strict = "application/vnd.atlas.2024-05-30+json";
    let missing = atlas.get_as(&deployment, strict).await;
    missing.assert_error(404, "ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST");
    let empty = atlas.get(&deployment).await;
    assert_eq!((empty.status, empty.text.as_str()), (200, "{}"));
    assert_eq!(atlas.post(&deployment, specs(2)).await.status, 201);
    let second = atlas.post(&deployment, specs(3)).await;

    second.assert_error(409, "ATLAS_SEARCH_DEPLOYMENT_ALREADY_EXISTS");
    assert_eq!(atlas.get(&deployment).await.field("/specs/0/nodeCount"), 2);
}

#[tokio::test]
async fn cancelled_restore_job_remains_readable() {
    let atlas = start().await;
    let cluster = project_path(&atlas, "/clusters/Cluster0");
    atlas
        .patch(&cluster, json!({ "backupEnabled": true }))
        .await;
    atlas.simulator.advance(Duration::from_hours(1));
    let backup = format!("{cluster}/backup");
    let snapshot = atlas
        .post(&format!("{backup}/snapshots"), json!({}))
        .await
        .field("/id");
    atlas.simulator.advance(Duration::from_hours(1));
    let jobs = format!("{backup}/restoreJobs");
    let body = json!({
        "deliveryType": "automated", "snapshotId": snapshot, "targetClusterName": "Cluster0",
    });
    let create = async || atlas.post(&jobs, body.clone()).await.field("/id");
    let path = |id: &Value| format!("{jobs}/{}", id.as_str().unwrap());

    let cancelled = create().await;
    assert_eq!(atlas.delete(&path(&cancelled)).await.status, 204);
    let finished = create().await;
    atlas.simulator.advance(Duration::from_hours(1));

    let job = atlas.get(&path(&cancelled)).await.json();
    assert_eq!(job["cancelled"], true);
    assert!(job["finishedAt"].is_null());
    let rejected = atlas.delete(&path(&finished)).await;
    rejected.assert_error(400, "RESTORE_JOB_ALREADY_FINISHED");
}

#[tokio::test]
async fn database_of_a_user_depends_on_its_authentication() {
    let atlas = start().await;
    let users = project_path(&atlas, "/databaseUsers");
    let user = |fields: Value| {
        let mut user = json!({
            "username": "app", "roles": [{ "roleName": "read", "databaseName": "shop" }],
        });
        user.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        user
    };
    let iam_user = json!({ "databaseName": "admin", "awsIAMType": "USER" });
    let response = atlas.post(&users, user(iam_user)).await;
    response.assert_error(400, "DATABASE_NAME_INVALID_EXTERNAL");
    let invalid = [
        (json!({ "databaseName": "$external" }), "databaseName"),
        (
            json!({ "databaseName": "admin", "username": " " }),
            "username",
        ),
    ];

    for (fields, field) in invalid {
        let response = atlas.post(&users, user(fields)).await;
        response.assert_error(400, "INVALID_ATTRIBUTE");
        assert_eq!(response.field("/parameters"), json!([field]));
    }
    for fields in [
        json!({ "databaseName": "$external", "x509Type": "MANAGED", "username": "CN=app" }),
        json!({ "databaseName": "admin", "password": "long-enough" }),
        json!({ "databaseName": "admin", "oidcAuthType": "IDP_GROUP", "username": "idp/group" }),
    ] {
        assert_eq!(atlas.post(&users, user(fields)).await.status, 201);
    }
}

#[tokio::test]
async fn events_contain_their_target() {
    let atlas = start().await;
    let organization = format!("{API}/orgs/{}", atlas.simulator.organization_id());
    let latest = async |path: String, kind: &str| {
        let events = atlas
            .get(&format!("{path}/events?eventType={kind}"))
            .await
            .json();
        events["results"][0].clone()
    };

    let key = json!({ "desc": "k", "roles": ["ORG_READ_ONLY"] });
    let key = atlas
        .post(&format!("{organization}/apiKeys"), key)
        .await
        .json();
    let created = latest(organization.clone(), "API_KEY_CREATED").await;
    assert_eq!(created["targetPublicKey"], key["publicKey"]);

    let entry = json!([{ "cidrBlock": "203.0.113.0/24" }]);
    atlas
        .post(&project_path(&atlas, "/accessList"), entry)
        .await;
    let added = latest(project_path(&atlas, ""), "NETWORK_PERMISSION_ENTRY_ADDED").await;
    assert_eq!(added["whitelistEntry"], "203.0.113.0/24");

    let team = json!({ "name": "crew", "usernames": [] });
    let team = atlas
        .post(&format!("{organization}/teams"), team)
        .await
        .json();
    let created = latest(organization.clone(), "TEAM_CREATED").await;
    assert_eq!(created["teamId"], team["id"]);

    let invited = json!({ "username": "new@example.com", "roles": ["GROUP_READ_ONLY"] });
    atlas.post(&project_path(&atlas, "/invites"), invited).await;
    let invited = latest(project_path(&atlas, ""), "INVITED_TO_GROUP").await;
    assert_eq!(invited["targetUsername"], "new@example.com");
}

#[tokio::test]
async fn deleted_project_removes_roles_in_it() {
    let atlas = start().await;
    let organization = atlas.simulator.organization_id();

    for (number, root) in [API, "/api/atlas/v1.0"].into_iter().enumerate() {
        let body = json!({ "name": format!("short-lived {number}"), "orgId": organization });
        let project = atlas
            .post(&format!("{API}/groups"), body)
            .await
            .field("/id");
        let project = project.as_str().unwrap();
        let key = json!({ "desc": "k", "roles": ["GROUP_OWNER"] });
        let keys = format!("{API}/groups/{project}/apiKeys");
        let key = atlas.post(&keys, key).await.json();

        let deleted = atlas.delete(&format!("{root}/groups/{project}")).await;

        assert_eq!(deleted.status, 202);
        let id = key["id"].as_str().unwrap();
        let key = format!("{API}/orgs/{organization}/apiKeys/{id}");
        let roles = atlas.get(&key).await.field("/roles");
        assert_eq!(roles.as_array().unwrap().len(), 1, "{root}: {roles}");
        assert!(roles[0]["groupId"].is_null());
    }
}
