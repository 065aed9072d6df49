//! Users, async and blocking.

use mongodbatlas::{MembershipStatus, OrganizationRole, ProjectRole};
use serde_json::json;

use crate::support::Local;

#[tokio::test]
async fn invites_updates_and_removes_organization_user() {
    let local = Local::demo();
    let organization = local.organization();

    let ada = organization
        .invite_user("ada@example.com", &[OrganizationRole::Member])
        .await
        .unwrap();
    let handle = ada.handle();
    let with_role = handle.add_role(OrganizationRole::ReadOnly).await.unwrap();
    let without_role = handle
        .remove_role(OrganizationRole::ReadOnly)
        .await
        .unwrap();
    let owner = json!({"roles": {"orgRoles": ["ORG_OWNER"]}});
    let updated = handle.update(&owner).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = organization.users().collect().await.unwrap();
    handle.remove().await.unwrap();

    assert_eq!(
        (ada.username(), ada.status()),
        ("ada@example.com", MembershipStatus::Pending)
    );
    assert!(with_role.roles().contains(&OrganizationRole::ReadOnly));
    assert!(!without_role.roles().contains(&OrganizationRole::ReadOnly));
    assert!(updated.roles().contains(&OrganizationRole::Owner));
    assert_eq!(fetched.username(), "ada@example.com");
    assert!(listed.iter().any(|user| user.id() == ada.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn adds_and_removes_project_user() {
    let local = Local::demo();
    let project = local.project();

    let ada = project
        .add_user("ada@example.com", &[ProjectRole::ReadOnly])
        .await
        .unwrap();
    let handle = ada.handle();
    let with_role = handle.add_role(ProjectRole::Owner).await.unwrap();
    let without_role = handle.remove_role(ProjectRole::Owner).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = project.users().collect().await.unwrap();
    handle.remove().await.unwrap();

    assert_eq!(ada.roles(), [ProjectRole::ReadOnly]);
    assert!(with_role.roles().contains(&ProjectRole::Owner));
    assert!(!without_role.roles().contains(&ProjectRole::Owner));
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
        .invite_user("ada@example.com", &[OrganizationRole::Member])
        .unwrap();
    let handle = ada.handle();
    handle.add_role(OrganizationRole::ReadOnly).unwrap();
    handle.remove_role(OrganizationRole::ReadOnly).unwrap();
    handle
        .update(&json!({"roles": {"orgRoles": ["ORG_OWNER"]}}))
        .unwrap();
    let bob = project
        .add_user("bob@example.com", &[ProjectRole::ReadOnly])
        .unwrap();
    bob.handle().add_role(ProjectRole::Owner).unwrap();
    bob.handle().remove_role(ProjectRole::ReadOnly).unwrap();

    assert_eq!(handle.get().unwrap().roles(), [OrganizationRole::Owner]);
    assert_eq!(bob.handle().get().unwrap().roles(), [ProjectRole::Owner]);
    assert!(project.users().any(|user| user.unwrap().id() == bob.id()));
    bob.handle().remove().unwrap();
    let users = organization.users().count();
    handle.remove().unwrap();
    assert_eq!(organization.users().count(), users - 1);
}
