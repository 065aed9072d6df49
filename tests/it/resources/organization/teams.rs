//! Teams and their users, async and blocking.

use mongodbatlas::{OrganizationHandle, OrganizationRole, ProjectRole, UserId};

use crate::support::Local;

/// Returns the id and the name of a user of the organization.
async fn first_user(organization: &OrganizationHandle) -> (UserId, String) {
    let user = organization.users().try_next().await.unwrap();
    let user = user.expect("a user of the demo organization");
    (user.id().clone(), user.username().to_owned())
}

#[tokio::test]
async fn creates_renames_and_deletes_team() {
    let local = Local::demo();
    let organization = local.organization();
    let (_, username) = first_user(&organization).await;

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
async fn adds_and_removes_team_members() {
    let local = Local::demo();
    let organization = local.organization();
    let (_, username) = first_user(&organization).await;
    let team = organization
        .create_team("Night watch", &[&username])
        .await
        .unwrap();
    let ada = organization
        .invite_user("ada@example.com", &[OrganizationRole::Member])
        .await
        .unwrap();

    team.handle().add_user(ada.id()).await.unwrap();
    let both = team.handle().users().collect().await.unwrap();
    team.handle().remove_user(ada.id()).await.unwrap();
    let remaining = team.handle().users().collect().await.unwrap();

    assert_eq!((both.len(), remaining.len()), (2, 1));
    assert!(both.iter().any(|user| user.username() == "ada@example.com"));
}

#[tokio::test]
async fn assigns_team_to_project_and_removes_it() {
    let local = Local::demo();
    let organization = local.organization();
    let project = local.project();
    let (_, username) = first_user(&organization).await;
    let team = organization
        .create_team("Night watch", &[&username])
        .await
        .unwrap();

    let project_access = project.team(team.id());
    project_access
        .assign(&[ProjectRole::ReadOnly])
        .await
        .unwrap();
    project_access
        .set_roles(&[ProjectRole::Owner])
        .await
        .unwrap();
    let fetched = project_access.get().await.unwrap();
    let listed = project.teams().collect().await.unwrap();
    project_access.remove().await.unwrap();

    assert_eq!(fetched.roles(), [ProjectRole::Owner]);
    assert!(listed.iter().any(|listed| listed.id() == team.id()));
    assert!(project_access.get().await.unwrap_err().is_not_found());
}

#[test]
fn blocking_manages_teams_and_members() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());
    let user = organization.users().next().unwrap().unwrap();

    let team = organization
        .create_team("Night watch", &[user.username()])
        .unwrap();
    let ada = organization
        .invite_user("ada@example.com", &[OrganizationRole::Member])
        .unwrap();
    let handle = team.handle();
    handle.add_user(ada.id()).unwrap();
    let both = handle.users().count();
    handle.remove_user(ada.id()).unwrap();
    handle.rename("Day watch").unwrap();
    let project_access = project.team(team.id());
    project_access.assign(&[ProjectRole::ReadOnly]).unwrap();
    project_access.set_roles(&[ProjectRole::Owner]).unwrap();

    assert_eq!((both, handle.users().count()), (2, 1));
    assert_eq!(handle.get().unwrap().name(), "Day watch");
    assert_eq!(
        organization.team_by_name("Day watch").unwrap().id(),
        team.id()
    );
    assert_eq!(project_access.get().unwrap().roles(), [ProjectRole::Owner]);
    assert!(
        project
            .teams()
            .any(|listed| listed.unwrap().id() == team.id())
    );
    assert!(
        organization
            .teams()
            .any(|listed| listed.unwrap().id() == team.id())
    );
    project_access.remove().unwrap();
    handle.delete().unwrap();
    assert!(handle.get().unwrap_err().is_not_found());
}
