//! Database users.

use serde_json::{Value, json};

use crate::support::Atlas;

#[tokio::test]
async fn database_user_is_updated_and_deleted_by_database_and_name() {
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
async fn invalid_field_is_rejected_by_name() {
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

    let detail = typed.assert_error(400, "INVALID_ATTRIBUTE");
    assert!(detail.contains("roles[0].roleName"), "{detail}");
    unknown.assert_error(400, "MISSING_ATTRIBUTE");
}

#[tokio::test]
async fn invalid_database_users_have_specific_codes() {
    let atlas = Atlas::demo().await;
    let users = format!(
        "/api/atlas/v2/groups/{}/databaseUsers",
        atlas.project("Storefront")
    );
    let role = json!([{ "databaseName": "admin", "roleName": "read" }]);
    let external = |fields: Value| {
        let mut user = json!({ "databaseName": "$external", "username": "app", "roles": role });
        user.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        user
    };
    let internal = |fields: Value| {
        let mut user = external(fields);
        user["databaseName"] = json!("admin");
        user
    };
    let date = "2026-09-03T00:00:00Z";

    for (user, code) in [
        (
            internal(json!({ "x509Type": "MANAGED" })),
            "DATABASE_NAME_INVALID_EXTERNAL",
        ),
        (
            external(json!({ "x509Type": "MANAGED", "deleteAfterDate": date })),
            "ATLAS_X509_USER_CANNOT_BE_TEMPORARY",
        ),
        (
            external(json!({ "x509Type": "MANAGED", "username": "CN=app,OU=shop" })),
            "ATLAS_MANAGED_X509_NAME_INVALID",
        ),
        (
            external(json!({ "ldapAuthType": "USER" })),
            "ATLAS_INVALID_LDAP_NAME",
        ),
        (
            external(json!({ "awsIAMType": "ROLE" })),
            "ATLAS_INVALID_AWS_IAM_ARN",
        ),
        (
            internal(json!({ "password": "password" })),
            "COMMON_PASSWORD",
        ),
        (
            internal(json!({ "roles": [{ "databaseName": "shop", "roleName": "atlasAdmin" }] })),
            "ATLAS_INVALID_ROLE_DATABASE",
        ),
    ] {
        atlas.post(&users, user).await.assert_error(400, code);
    }
    for (field, kind, name) in [
        ("ldapAuthType", "USER", "CN=app,OU=shop,DC=example,DC=com"),
        ("awsIAMType", "ROLE", "arn:aws:iam::123456789012:role/app"),
        (
            "oidcAuthType",
            "IDP_GROUP",
            "0123456789abcdef01234567/shop admins",
        ),
        ("x509Type", "CUSTOMER", "CN=app,OU=shop"),
    ] {
        let user = external(json!({ field: kind, "username": name }));
        let created = atlas.post(&users, user).await;
        assert_eq!(created.status, 201, "{name}: {created:?}");
    }
}
