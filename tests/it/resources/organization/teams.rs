//! Teams and their users, async and blocking.

use mongodbatlas::{OrganizationHandle, UserId};

use crate::support::Local;

/// Somebody who belongs to the organization: the id and the name.
async fn somebody(organization: &OrganizationHandle) -> (UserId, String) {
    let user = organization.users().try_next().await.unwrap();
    let user = user.expect("the demo organization has people");
    (user.id().clone(), user.username().to_owned())
}

#[tokio::test]
async fn a_team_is_created_renamed_and_deleted() {
    let local = Local::demo();
    let organization = local.organization();
    let (_, username) = somebody(&organization).await;

    let created = organization
        .create_team("Night watch", &[&username])
        .await
        .unwrap();
    let named = organization.team_by_name("Night watch").await.unwrap();
    let renamed = created.handle().rename("Day watch").await.unwrap();
    let fetched = created.handle().get().await.unwrap();
    let listed = organization.teams().collect().await.unwrap();
    created.handle().delete().await.unwrap();

    assert_eq!(named.id(), created.id());
    assert_eq!((renamed.name(), fetched.name()), ("Day watch", "Day watch"));
    assert!(listed.iter().any(|team| team.id() == created.id()));
    assert!(created.handle().get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn people_join_and_leave_a_team() {
    let local = Local::demo();
    let organization = local.organization();
    let (_, username) = somebody(&organization).await;
    let team = organization
        .create_team("Night watch", &[&username])
        .await
        .unwrap();
    let ada = organization
        .invite_user("ada@example.com", &["ORG_MEMBER"])
        .await
        .unwrap();

    team.handle().add_user(ada.id()).await.unwrap();
    let both = team.handle().users().collect().await.unwrap();
    team.handle().remove_user(ada.id()).await.unwrap();
    let one = team.handle().users().collect().await.unwrap();

    assert_eq!((both.len(), one.len()), (2, 1));
    assert!(both.iter().any(|user| user.username() == "ada@example.com"));
}

#[tokio::test]
async fn a_team_gets_and_loses_access_to_a_project() {
    let local = Local::demo();
    let organization = local.organization();
    let project = local.project();
    let (_, username) = somebody(&organization).await;
    let team = organization
        .create_team("Night watch", &[&username])
        .await
        .unwrap();

    let lent = project.team(team.id());
    lent.assign(&["GROUP_READ_ONLY"]).await.unwrap();
    lent.set_roles(&["GROUP_OWNER"]).await.unwrap();
    let fetched = lent.get().await.unwrap();
    let listed = project.teams().collect().await.unwrap();
    lent.remove().await.unwrap();

    assert_eq!(fetched.roles(), ["GROUP_OWNER"]);
    assert!(listed.iter().any(|one| one.id() == team.id()));
    assert!(lent.get().await.unwrap_err().is_not_found());
}

#[test]
fn blocking_api_does_the_same() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());
    let user = organization.users().next().unwrap().unwrap();

    let team = organization
        .create_team("Night watch", &[user.username()])
        .unwrap();
    let ada = organization
        .invite_user("ada@example.com", &["ORG_MEMBER"])
        .unwrap();
    let handle = team.handle();
    handle.add_user(ada.id()).unwrap();
    let both = handle.users().count();
    handle.remove_user(ada.id()).unwrap();
    handle.rename("Day watch").unwrap();
    let lent = project.team(team.id());
    lent.assign(&["GROUP_READ_ONLY"]).unwrap();
    lent.set_roles(&["GROUP_OWNER"]).unwrap();

    assert_eq!((both, handle.users().count()), (2, 1));
    assert_eq!(handle.get().unwrap().name(), "Day watch");
    assert_eq!(
        organization.team_by_name("Day watch").unwrap().id(),
        team.id()
    );
    assert_eq!(lent.get().unwrap().roles(), ["GROUP_OWNER"]);
    assert!(project.teams().any(|one| one.unwrap().id() == team.id()));
    assert!(
        organization
            .teams()
            .any(|one| one.unwrap().id() == team.id())
    );
    lent.remove().unwrap();
    handle.delete().unwrap();
    assert!(handle.get().unwrap_err().is_not_found());
}
