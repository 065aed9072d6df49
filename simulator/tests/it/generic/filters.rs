//! Filters of lists, and resources with an expiration date.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, Response};

const GROUPS: &str = "/api/atlas/v2/groups";

/// Returns a field of all results, in order.
fn texts(list: &Response, field: &str) -> Vec<String> {
    let results = list.field("/results");
    let items = results.as_array().unwrap().iter();
    items
        .map(|item| item[field].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn filters_users_by_name_and_membership_status() {
    let atlas = Atlas::demo().await;
    let users = format!(
        "/api/atlas/v2/orgs/{}/users",
        atlas.simulator.organization_id()
    );
    let project_users = format!("{GROUPS}/{}/users", atlas.project("Storefront"));
    let roles = json!({ "orgRoles": ["ORG_MEMBER"] });
    let invited = json!({ "username": "late@example.com", "roles": roles });
    assert_eq!(atlas.post(&users, invited).await.status, 201);

    for (query, expected) in [
        ("username=late@example.com", vec!["late@example.com"]),
        ("username=none", vec![]),
        ("orgMembershipStatus=ACTIVE", vec!["simulator@example.com"]),
        ("orgMembershipStatuses=PENDING", vec!["late@example.com"]),
        (
            "orgMembershipStatuses=PENDING&orgMembershipStatuses=ACTIVE",
            vec!["simulator@example.com", "late@example.com"],
        ),
    ] {
        let matching_users = atlas.get(&format!("{users}?{query}")).await;
        assert_eq!(texts(&matching_users, "username"), expected, "{query}");
        assert_eq!(
            matching_users.field("/totalCount"),
            expected.len(),
            "{query}"
        );
    }
    let none = atlas.get(&format!("{project_users}?username=none")).await;
    let owner = atlas
        .get(&format!("{project_users}?username=simulator@example.com"))
        .await;
    assert_eq!(none.field("/totalCount"), 0);
    assert_eq!(texts(&owner, "username"), ["simulator@example.com"]);
}

#[tokio::test]
async fn filters_containers_by_provider() {
    let atlas = Atlas::demo().await;
    let containers = format!("{GROUPS}/{}/containers", atlas.project("Empty Lot"));
    for body in [
        json!({ "providerName": "AWS", "atlasCidrBlock": "10.8.0.0/21", "regionName": "US_EAST_1" }),
        json!({ "providerName": "AZURE", "atlasCidrBlock": "10.9.0.0/21", "region": "EUROPE_WEST" }),
    ] {
        let created = atlas.post(&containers, body).await;
        assert!(created.status < 300, "{created:?}");
    }

    let azure = atlas.get(&format!("{containers}?providerName=AZURE")).await;
    let google = atlas.get(&format!("{containers}?providerName=GCP")).await;
    let no_provider = atlas.get(&containers).await;
    let all_containers = atlas.get(&format!("{containers}/all")).await;

    assert_eq!(texts(&azure, "atlasCidrBlock"), ["10.9.0.0/21"]);
    assert_eq!(google.field("/totalCount"), 0);
    no_provider.assert_error(400, "MISSING_QUERY_PARAMETER");
    assert_eq!(all_containers.field("/totalCount"), 2);
}

#[tokio::test]
async fn filters_invitations_by_username() {
    let atlas = Atlas::demo().await;
    let invites = format!("{GROUPS}/{}/invites", atlas.project("Storefront"));
    for username in ["one@example.com", "two@example.com"] {
        let body = json!({ "username": username, "roles": ["GROUP_READ_ONLY"] });
        let created = atlas.post(&invites, body).await;
        assert_eq!(created.status, 200, "{created:?}");
    }

    let two = atlas
        .get(&format!("{invites}?username=two@example.com"))
        .await;
    let none = atlas.get(&format!("{invites}?username=zzz")).await;

    let names: Vec<Value> = two.json().as_array().unwrap().clone();
    assert_eq!(names.len(), 1);
    assert_eq!(two.field("/0/username"), "two@example.com");
    assert_eq!(none.json(), json!([]));
}

#[tokio::test]
async fn temporary_resources_are_deleted_after_their_date() {
    let atlas = Atlas::demo().await;
    let group = format!("{GROUPS}/{}", atlas.project("Storefront"));
    let (entries, users) = (
        format!("{group}/accessList"),
        format!("{group}/databaseUsers"),
    );
    let count = atlas.get(&entries).await.field("/totalCount");
    // The clock starts at 08:00.
    let date = "2026-09-01T09:00:00Z";
    let user = json!({
        "databaseName": "admin", "username": "visitor", "password": "secret-enough",
        "roles": [{ "databaseName": "admin", "roleName": "read" }], "deleteAfterDate": date,
    });
    let entry = json!([{ "ipAddress": "203.0.113.7", "deleteAfterDate": date }]);
    assert_eq!(atlas.post(&users, user).await.status, 201);
    assert_eq!(atlas.post(&entries, entry).await.status, 201);

    atlas.simulator.advance(Duration::from_mins(59));
    let user = format!("{users}/admin/visitor");
    let entry = format!("{entries}/203.0.113.7");
    assert_eq!(atlas.get(&user).await.status, 200);
    assert_eq!(atlas.get(&entry).await.status, 200);
    atlas.simulator.advance(Duration::from_hours(1));

    assert_eq!(atlas.get(&user).await.status, 404);
    assert_eq!(atlas.get(&entry).await.status, 404);
    assert_eq!(atlas.get(&entries).await.field("/totalCount"), count);
    for kind in ["MONGODB_USER_DELETED", "NETWORK_PERMISSION_ENTRY_REMOVED"] {
        let events = atlas.get(&format!("{group}/events?eventType={kind}")).await;
        assert_eq!(events.field("/results/0/created"), date, "{kind}");
    }
}

#[tokio::test]
async fn rejects_expiration_date_in_the_past() {
    let atlas = Atlas::demo().await;
    let group = format!("{GROUPS}/{}", atlas.project("Storefront"));
    let (entries, users) = (
        format!("{group}/accessList"),
        format!("{group}/databaseUsers"),
    );
    let date = "2020-01-01T00:00:00Z";
    let roles = json!([{ "databaseName": "admin", "roleName": "read" }]);
    let mut user = json!({
        "databaseName": "admin", "username": "app", "password": "secret-enough", "roles": roles,
    });
    assert_eq!(atlas.post(&users, user.clone()).await.status, 201);
    user["username"] = json!("late");
    user["deleteAfterDate"] = json!(date);

    let entry = json!([{ "ipAddress": "203.0.113.7", "deleteAfterDate": date }]);
    let change = json!({ "deleteAfterDate": date });
    for (method, path, body) in [
        (Method::POST, &entries, entry),
        (Method::POST, &users, user),
        (Method::PATCH, &format!("{users}/admin/app"), change),
    ] {
        let body = Some(body.to_string());
        let rejected = atlas.call(method, path, crate::support::LATEST, body).await;
        rejected.assert_error(400, "EXPIRATION_DATE_IN_PAST");
        assert_eq!(rejected.field("/parameters"), json!(["deleteAfterDate"]));
    }
    assert_eq!(atlas.get(&users).await.field("/totalCount"), 1);
}
