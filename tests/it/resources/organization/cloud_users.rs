//! Users, async and blocking.

use serde_json::json;

use crate::support::Local;

#[tokio::test]
async fn invites_updates_and_removes_organization_user() {
    let local = Local::demo();
    let organization = local.organization();

    let ada = organization
        .invite_user("ada@example.com", &["ORG_MEMBER"])
        .await
        .unwrap();
    let handle = ada.handle();
    let with_role = handle.add_role("ORG_READ_ONLY").await.unwrap();
    let without_role = handle.remove_role("ORG_READ_ONLY").await.unwrap();
    let owner = json!({"roles": {"orgRoles": ["ORG_OWNER"]}});
    let updated = handle.update(&owner).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = organization.users().collect().await.unwrap();
    handle.remove().await.unwrap();

    assert_eq!(
        (ada.username(), ada.status()),
        ("ada@example.com", "PENDING")
    );
    assert!(with_role.roles().any(|role| role == "ORG_READ_ONLY"));
    assert!(without_role.roles().all(|role| role != "ORG_READ_ONLY"));
    assert!(updated.roles().any(|role| role == "ORG_OWNER"));
    assert_eq!(fetched.username(), "ada@example.com");
    assert!(listed.iter().any(|user| user.id() == ada.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn adds_and_removes_project_user() {
    let local = Local::demo();
    let project = local.project();

    let ada = project
        .add_user("ada@example.com", &["GROUP_READ_ONLY"])
        .await
        .unwrap();
    let handle = ada.handle();
    let with_role = handle.add_role("GROUP_OWNER").await.unwrap();
    let without_role = handle.remove_role("GROUP_OWNER").await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = project.users().collect().await.unwrap();
    handle.remove().await.unwrap();

    assert_eq!(ada.roles(), ["GROUP_READ_ONLY"]);
    assert!(with_role.roles().contains(&"GROUP_OWNER"));
    assert!(!without_role.roles().contains(&"GROUP_OWNER"));
    assert_eq!(fetched.username(), "ada@example.com");
    assert!(listed.iter().any(|user| user.id() == ada.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[test]
fn blocking_manages_organization_and_project_users() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());

    let ada = organization
        .invite_user("ada@example.com", &["ORG_MEMBER"])
        .unwrap();
    let handle = ada.handle();
    handle.add_role("ORG_READ_ONLY").unwrap();
    handle.remove_role("ORG_READ_ONLY").unwrap();
    handle
        .update(&json!({"roles": {"orgRoles": ["ORG_OWNER"]}}))
        .unwrap();
    let bob = project
        .add_user("bob@example.com", &["GROUP_READ_ONLY"])
        .unwrap();
    bob.handle().add_role("GROUP_OWNER").unwrap();
    bob.handle().remove_role("GROUP_READ_ONLY").unwrap();

    assert!(handle.get().unwrap().roles().eq(["ORG_OWNER"]));
    assert_eq!(bob.handle().get().unwrap().roles(), ["GROUP_OWNER"]);
    assert!(project.users().any(|user| user.unwrap().id() == bob.id()));
    bob.handle().remove().unwrap();
    let users = organization.users().count();
    handle.remove().unwrap();
    assert_eq!(organization.users().count(), users - 1);
}
