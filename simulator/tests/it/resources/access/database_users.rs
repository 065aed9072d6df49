//! Database users.

use serde_json::json;

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

    let detail = typed.refused(400, "INVALID_ATTRIBUTE");
    assert!(detail.contains("roles[0].roleName"), "{detail}");
    unknown.refused(400, "MISSING_ATTRIBUTE");
}
