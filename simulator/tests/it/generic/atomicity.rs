//! Changes that are whole or not at all, and what is left of what is gone.

use std::time::Duration;

use atlas_simulator::{Clock, Options, Seed};
use serde_json::{Value, json};

use crate::support::Atlas;

const API: &str = "/api/atlas/v2";
const PROJECT: &str = "Project 0001";

async fn frozen() -> Atlas {
    let options = Options::new().with_seed(Seed::sized(1, 1));
    Atlas::with(options.with_clock(Clock::frozen())).await
}

fn of_project(atlas: &Atlas, rest: &str) -> String {
    format!("{API}/groups/{}{rest}", atlas.project(PROJECT))
}

#[tokio::test]
async fn a_list_with_a_wrong_entry_leaves_nothing_behind() {
    let atlas = frozen().await;
    let list = of_project(&atlas, "/accessList");

    let asked = json!([{ "ipAddress": "203.0.113.6" }, { "ipAddress": "nonsense" }]);
    let refused = atlas.post(&list, asked).await;

    refused.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(atlas.get(&list).await.field("/totalCount"), 0);
}

#[tokio::test]
async fn teams_are_lent_together_or_not_at_all() {
    let atlas = frozen().await;
    let teams = format!("{API}/orgs/{}/teams", atlas.simulator.organization_id());
    let team = json!({ "name": "crew", "usernames": [] });
    let team = atlas.post(&teams, team).await.field("/id");
    let lent = of_project(&atlas, "/teams");
    let entry = |team: &Value| json!({ "teamId": team, "roleNames": ["GROUP_OWNER"] });

    let unknown = json!("0123456789abcdef01234567");
    let asked = json!([entry(&team), entry(&unknown)]);
    let refused = atlas.post(&lent, asked).await;

    refused.refused(404, "TEAM_NOT_FOUND");
    assert_eq!(atlas.get(&lent).await.field("/totalCount"), 0);
}

#[tokio::test]
async fn a_cluster_has_one_search_deployment_at_most() {
    let atlas = frozen().await;
    let deployment = of_project(&atlas, "/clusters/Cluster0/search/deployment");
    let specs = |count: u64| json!({ "specs": [{ "instanceSize": "S20_HIGHCPU_NVME", "nodeCount": count }] });

    let strict = "application/vnd.atlas.2024-05-30+json";
    let missing = atlas.get_as(&deployment, strict).await;
    missing.refused(404, "ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST");
    let empty = atlas.get(&deployment).await;
    assert_eq!((empty.status, empty.text.as_str()), (200, "{}"));
    assert_eq!(atlas.post(&deployment, specs(2)).await.status, 201);
    let second = atlas.post(&deployment, specs(3)).await;

    second.refused(409, "ATLAS_SEARCH_DEPLOYMENT_ALREADY_EXISTS");
    assert_eq!(atlas.get(&deployment).await.field("/specs/0/nodeCount"), 2);
}

#[tokio::test]
async fn a_restore_that_is_cancelled_stays_in_the_list() {
    let atlas = frozen().await;
    let cluster = of_project(&atlas, "/clusters/Cluster0");
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
    let asked = json!({
        "deliveryType": "automated", "snapshotId": snapshot, "targetClusterName": "Cluster0",
    });
    let start = async || atlas.post(&jobs, asked.clone()).await.field("/id");
    let path = |id: &Value| format!("{jobs}/{}", id.as_str().unwrap());

    let stopped = start().await;
    assert_eq!(atlas.delete(&path(&stopped)).await.status, 204);
    let finished = start().await;
    atlas.simulator.advance(Duration::from_hours(1));

    let shown = atlas.get(&path(&stopped)).await.json();
    assert_eq!(shown["cancelled"], true);
    assert!(shown["finishedAt"].is_null());
    let refused = atlas.delete(&path(&finished)).await;
    refused.refused(400, "RESTORE_JOB_ALREADY_FINISHED");
}

#[tokio::test]
async fn users_sign_in_where_their_kind_does() {
    let atlas = frozen().await;
    let users = of_project(&atlas, "/databaseUsers");
    let user = |more: Value| {
        let mut user = json!({
            "username": "app", "roles": [{ "roleName": "read", "databaseName": "shop" }],
        });
        user.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        user
    };
    let refused = [
        (json!({ "databaseName": "$external" }), "databaseName"),
        (
            json!({ "databaseName": "admin", "awsIAMType": "USER" }),
            "databaseName",
        ),
        (
            json!({ "databaseName": "admin", "username": " " }),
            "username",
        ),
    ];

    for (wrong, field) in refused {
        let answer = atlas.post(&users, user(wrong)).await;
        answer.refused(400, "INVALID_ATTRIBUTE");
        assert_eq!(answer.field("/parameters"), json!([field]));
    }
    for right in [
        json!({ "databaseName": "$external", "x509Type": "MANAGED", "username": "CN=app" }),
        json!({ "databaseName": "admin", "password": "long-enough" }),
        json!({ "databaseName": "admin", "oidcAuthType": "IDP_GROUP", "username": "idp/group" }),
    ] {
        assert_eq!(atlas.post(&users, user(right)).await.status, 201);
    }
}

#[tokio::test]
async fn events_say_to_what() {
    let atlas = frozen().await;
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
    let made = latest(organization.clone(), "API_KEY_CREATED").await;
    assert_eq!(made["targetPublicKey"], key["publicKey"]);

    let entry = json!([{ "cidrBlock": "203.0.113.0/24" }]);
    atlas.post(&of_project(&atlas, "/accessList"), entry).await;
    let added = latest(of_project(&atlas, ""), "NETWORK_PERMISSION_ENTRY_ADDED").await;
    assert_eq!(added["whitelistEntry"], "203.0.113.0/24");

    let team = json!({ "name": "crew", "usernames": [] });
    let team = atlas
        .post(&format!("{organization}/teams"), team)
        .await
        .json();
    let made = latest(organization.clone(), "TEAM_CREATED").await;
    assert_eq!(made["teamId"], team["id"]);

    let invited = json!({ "username": "new@example.com", "roles": ["GROUP_READ_ONLY"] });
    atlas.post(&of_project(&atlas, "/invites"), invited).await;
    let invited = latest(of_project(&atlas, ""), "INVITED_TO_GROUP").await;
    assert_eq!(invited["targetUsername"], "new@example.com");
}

#[tokio::test]
async fn a_project_that_is_closed_takes_its_roles_along() {
    let atlas = frozen().await;
    let organization = atlas.simulator.organization_id();
    // By either API.
    for (number, root) in [API, "/api/atlas/v1.0"].into_iter().enumerate() {
        let made = json!({ "name": format!("short-lived {number}"), "orgId": organization });
        let project = atlas
            .post(&format!("{API}/groups"), made)
            .await
            .field("/id");
        let project = project.as_str().unwrap();
        let key = json!({ "desc": "k", "roles": ["GROUP_OWNER"] });
        let keys = format!("{API}/groups/{project}/apiKeys");
        let key = atlas.post(&keys, key).await.json();

        let closed = atlas.delete(&format!("{root}/groups/{project}")).await;

        assert_eq!(closed.status, 202);
        let id = key["id"].as_str().unwrap();
        let key = format!("{API}/orgs/{organization}/apiKeys/{id}");
        let roles = atlas.get(&key).await.field("/roles");
        assert_eq!(roles.as_array().unwrap().len(), 1, "{root}: {roles}");
        assert!(roles[0]["groupId"].is_null());
    }
}
