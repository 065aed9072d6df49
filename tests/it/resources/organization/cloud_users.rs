//! Users, async and blocking.

use serde_json::json;

use crate::support::Local;

#[tokio::test]
async fn somebody_is_invited_to_an_organization_and_removed() {
    let local = Local::demo();
    let organization = local.organization();

    let ada = organization
        .invite_user("ada@example.com", &["ORG_MEMBER"])
        .await
        .unwrap();
    let handle = ada.handle();
    let more = handle.add_role("ORG_READ_ONLY").await.unwrap();
    let fewer = handle.remove_role("ORG_READ_ONLY").await.unwrap();
    let owner = json!({"roles": {"orgRoles": ["ORG_OWNER"]}});
    let changed = handle.update(&owner).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = organization.users().collect().await.unwrap();
    handle.remove().await.unwrap();

    assert_eq!(
        (ada.username(), ada.status()),
        ("ada@example.com", "PENDING")
    );
    assert!(more.roles().any(|role| role == "ORG_READ_ONLY"));
    assert!(fewer.roles().all(|role| role != "ORG_READ_ONLY"));
    assert!(changed.roles().any(|role| role == "ORG_OWNER"));
    assert_eq!(fetched.username(), "ada@example.com");
    assert!(listed.iter().any(|user| user.id() == ada.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn somebody_gets_and_loses_access_to_a_project() {
    let local = Local::demo();
    let project = local.project();

    let ada = project
        .add_user("ada@example.com", &["GROUP_READ_ONLY"])
        .await
        .unwrap();
    let handle = ada.handle();
    let more = handle.add_role("GROUP_OWNER").await.unwrap();
    let fewer = handle.remove_role("GROUP_OWNER").await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = project.users().collect().await.unwrap();
    handle.remove().await.unwrap();

    assert_eq!(ada.roles(), ["GROUP_READ_ONLY"]);
    assert!(more.roles().contains(&"GROUP_OWNER"));
    assert!(!fewer.roles().contains(&"GROUP_OWNER"));
    assert_eq!(fetched.username(), "ada@example.com");
    assert!(listed.iter().any(|user| user.id() == ada.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[test]
fn blocking_api_does_the_same() {
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
