//! Custom database roles.

use serde_json::{Value, json};

use crate::support::Atlas;

fn role(name: &str) -> Value {
    let resources = json!([{ "db": "shop", "collection": "" }]);
    json!({ "roleName": name, "actions": [{ "action": "FIND", "resources": resources }] })
}

#[tokio::test]
async fn invalid_custom_roles_have_specific_codes() {
    let atlas = Atlas::demo().await;
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let roles = format!("{project}/customDBRoles/roles");
    let with = |fields: Value| {
        let mut body = role("reader");
        let fields = fields.as_object().unwrap().clone();
        body.as_object_mut().unwrap().extend(fields);
        body
    };
    let resource = json!({ "db": "shop", "collection": "orders" });

    for (body, code) in [
        (role("bad$name"), "ATLAS_CUSTOM_ROLE_INVALID_NAME"),
        (role("xgen-a"), "ATLAS_RESERVED_CUSTOM_ROLE_RESTRICTED"),
        (role("read"), "ATLAS_INVALID_CUSTOM_ROLE_RESTRICTED"),
        (
            with(json!({ "inheritedRoles": [{ "db": "admin", "role": "unknown" }] })),
            "ATLAS_INVALID_CUSTOM_ROLE_INHERITANCE",
        ),
        (
            with(json!({ "actions": [{ "action": "FIND", "resources": [resource, resource] }] })),
            "ATLAS_DUPLICATE_CUSTOM_ROLE_RESOURCE",
        ),
        (
            with(json!({ "actions": [{ "action": "SERVER_STATUS", "resources": [resource] }] })),
            "ATLAS_INVALID_RESOURCE",
        ),
    ] {
        atlas.post(&roles, body).await.assert_error(400, code);
    }

    assert_eq!(atlas.post(&roles, role("reader")).await.status, 202);
    let duplicate = atlas.post(&roles, role("reader")).await;
    duplicate.assert_error(409, "ATLAS_CUSTOM_ROLE_NAME_ALREADY_EXISTS");
    let unknown = atlas.get(&format!("{roles}/unknown")).await;
    assert_eq!(
        unknown.assert_error(404, "ATLAS_CUSTOM_ROLE_NOT_FOUND"),
        "The specified custom db role unknown does not exist."
    );
}

#[tokio::test]
async fn only_role_of_a_user_cannot_be_deleted() {
    let atlas = Atlas::demo().await;
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let roles = format!("{project}/customDBRoles/roles");
    atlas.post(&roles, role("reader")).await;
    let users = format!("{project}/databaseUsers");
    let own = json!({ "roleName": "reader", "databaseName": "admin" });
    let user = json!({
        "databaseName": "admin", "username": "app", "password": "long-enough", "roles": [own],
    });
    atlas.post(&users, user).await;

    let rejected = atlas.delete(&format!("{roles}/reader")).await;
    let other = json!({ "roleName": "read", "databaseName": "shop" });
    let path = format!("{users}/admin/app");
    atlas.patch(&path, json!({ "roles": [own, other] })).await;
    let deleted = atlas.delete(&format!("{roles}/reader")).await;

    assert_eq!(
        rejected.assert_error(409, "ATLAS_CUSTOM_ROLE_IN_USE_BY_USERS"),
        "Deleting specified custom role would leave the following users without a role: app."
    );
    assert_eq!(deleted.status, 204);
    assert_eq!(atlas.get(&path).await.field("/roles"), json!([other]));
}
