//! Database users, async and blocking.

use mongodbatlas::{AuthenticationDatabase, DatabaseRole};
use serde_json::json;

use crate::support::Local;

#[tokio::test]
async fn creates_lists_updates_and_deletes_user() {
    let local = Local::demo();
    let project = local.project();
    let roles = [DatabaseRole::new("readWrite", "shop")];

    let created = project
        .create_password_user("app", "correct horse", &roles)
        .await
        .unwrap();
    let listed = project.database_users().collect().await.unwrap();
    let handle = created.handle();
    let read_only = json!({"roles": [{"roleName": "read", "databaseName": "shop"}]});
    let updated = handle.update(&read_only).await.unwrap();
    handle.set_password("battery staple").await.unwrap();
    let fetched = handle.get().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(
        (created.username(), created.database()),
        ("app", AuthenticationDatabase::Admin)
    );
    assert_eq!(created.roles().collect::<Vec<_>>(), roles);
    assert!(listed.iter().any(|user| user.username() == "app"));
    let roles = [DatabaseRole::new("read", "shop")];
    assert_eq!(updated.roles().collect::<Vec<_>>(), roles);
    assert_eq!(fetched.roles().collect::<Vec<_>>(), roles);
    assert!(fetched.expires().is_none());
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn password_is_not_in_response() {
    let local = Local::demo();
    let project = local.project();

    let user = project
        .create_password_user("app", "correct horse", &[DatabaseRole::new("read", "shop")])
        .await
        .unwrap();

    assert!(!format!("{user:?}{}", user.document()).contains("correct horse"));
    let json = serde_json::to_string(&user).unwrap();
    assert_eq!(json, user.document().as_str());
}

#[tokio::test]
async fn create_fails_if_name_is_taken() {
    let local = Local::demo();
    let project = local.project();
    let document = json!({
        "databaseName": "admin", "groupId": local.first_project(), "username": "app",
        "password": "correct horse", "roles": [{"roleName": "read", "databaseName": "shop"}],
    });

    project.create_database_user(&document).await.unwrap();
    let error = project.create_database_user(&document).await.unwrap_err();

    assert!(error.is_conflict(), "{error}");
}

#[test]
fn blocking_creates_lists_updates_and_deletes_user() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let roles = [DatabaseRole::new("readWrite", "shop")];

    let user = project
        .create_password_user("app", "correct horse", &roles)
        .unwrap();
    let document = json!({
        "databaseName": "admin", "groupId": local.first_project(), "username": "other",
        "password": "correct horse", "roles": [{"roleName": "read", "databaseName": "shop"}],
    });
    let other = project.create_database_user(&document).unwrap();
    let listed: Vec<_> = project.database_users().map(Result::unwrap).collect();
    let described = json!({"description": "shop"});
    let updated = user.handle().update(&described).unwrap();
    user.handle().set_password("battery staple").unwrap();
    other.handle().delete().unwrap();

    assert!(listed.iter().any(|user| user.username() == "other"));
    assert_eq!(updated.description(), Some("shop"));
    assert_eq!(user.handle().get().unwrap().username(), "app");
    assert!(other.handle().get().unwrap_err().is_not_found());
}

#[tokio::test]
async fn external_users_have_distinguished_names_arns_and_groups() {
    let local = Local::demo();
    let project = local.project();
    let roles = json!([{"roleName": "read", "databaseName": "shop"}]);

    for (database, field, value, username) in [
        (
            AuthenticationDatabase::External,
            "x509Type",
            "CUSTOMER",
            "CN=ada,OU=data/ops,O=Open Meadow",
        ),
        (
            AuthenticationDatabase::External,
            "ldapAuthType",
            "USER",
            "CN=Ada L\u{f6}we,DC=example,DC=com",
        ),
        (
            AuthenticationDatabase::External,
            "awsIAMType",
            "ROLE",
            "arn:aws:iam::123456789012:role/apps/shop",
        ),
        (
            AuthenticationDatabase::Admin,
            "oidcAuthType",
            "IDP_GROUP",
            "64f1b2c3d4e5f60718293a4b/data team/eu",
        ),
    ] {
        let document = json!({
            "username": username, "databaseName": database, field: value, "roles": roles,
            "groupId": local.first_project(),
        });
        project.create_database_user(&document).await.unwrap();

        let user = project.database_user(database.clone(), username);
        let description = json!({"description": "external"});
        let updated = user.update(&description).await.unwrap();
        let fetched = user.get().await.unwrap();
        user.delete().await.unwrap();

        assert_eq!(updated.description(), Some("external"), "{username}");
        assert_eq!(
            (fetched.username(), fetched.database()),
            (username, database)
        );
        assert!(user.get().await.unwrap_err().is_not_found(), "{username}");
    }
}
