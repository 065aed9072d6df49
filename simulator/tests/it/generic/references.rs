//! References to other resources, and values that the path or the resource determines.

use serde_json::json;

use super::round_trip::{GROUPS, PROJECT, start};

#[tokio::test]
async fn database_user_accepts_only_existing_custom_roles() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));
    let role = json!({ "roleName": "auditor", "actions": [], "inheritedRoles": [] });
    let user = |name: &str, role: &str, database: &str| {
        json!({
            "databaseName": "admin", "username": name, "password": "long-enough",
            "roles": [{ "roleName": role, "databaseName": database }],
        })
    };
    let users = format!("{project}/databaseUsers");
    let before = atlas.post(&users, user("early", "auditor", "admin")).await;
    before.assert_error(400, "UNSUPPORTED_ROLE");

    atlas
        .post(&format!("{project}/customDBRoles/roles"), role)
        .await;

    let created = atlas.post(&users, user("late", "auditor", "admin")).await;
    assert_eq!(created.field("/roles/0/roleName"), "auditor");
    // Custom roles are in the database `admin`.
    let other_database = atlas.post(&users, user("other", "auditor", "shop")).await;
    other_database.assert_error(400, "UNSUPPORTED_ROLE");
    let placeholder = atlas
        .post(&users, user("other", "<a custom role name>", "admin"))
        .await;
    placeholder.assert_error(400, "UNSUPPORTED_ROLE");
    let changed = json!({ "roles": [{ "roleName": "nobody", "databaseName": "admin" }] });
    let changed = atlas.patch(&format!("{users}/admin/late"), changed).await;
    changed.assert_error(400, "UNSUPPORTED_ROLE");
}

#[tokio::test]
async fn project_key_rejects_organization_role() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));

    let body = json!({ "desc": "k", "roles": ["ORG_OWNER"] });
    let rejected = atlas.post(&format!("{project}/apiKeys"), body).await;

    assert_eq!(
        rejected.assert_error(400, "INVALID_ROLE"),
        "Invalid role ORG_OWNER specified."
    );
    assert_eq!(rejected.field("/badRequestDetail/fields/0/field"), "roles");
}

#[tokio::test]
async fn secret_of_service_account_expires_after_8_hours_to_one_year() {
    let atlas = start().await;
    let accounts = format!(
        "/api/atlas/v2/orgs/{}/serviceAccounts",
        atlas.simulator.organization_id()
    );
    for (hours, status) in [(0, 400), (8, 201), (8760, 201), (8761, 400)] {
        let body = json!({
            "name": "ci", "description": "runs at night", "roles": ["ORG_MEMBER"],
            "secretExpiresAfterHours": hours,
        });
        assert_eq!(atlas.post(&accounts, body).await.status, status, "{hours}");
    }
}

#[tokio::test]
async fn integration_type_must_match_its_path() {
    let atlas = start().await;
    let slack = format!("{GROUPS}/{}/integrations/SLACK", atlas.project(PROJECT));

    let body = json!({ "type": "DATADOG", "apiKey": "0".repeat(32), "region": "US" });
    let rejected = atlas.post(&slack, body).await;

    rejected.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(rejected.field("/parameters"), json!(["type"]));
}
