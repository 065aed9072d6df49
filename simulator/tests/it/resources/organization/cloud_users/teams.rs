//! Teams and their members.

use serde_json::json;

use crate::support::Atlas;

use super::{OWNER, UNKNOWN_ID, World, id, last_segment};

#[tokio::test]
async fn users_and_teams_have_the_same_membership() {
    let world = World::new().await;
    let (first, second) = (
        world.team("First", json!([OWNER])).await,
        world.team("Second", json!([OWNER])).await,
    );
    let members = async |team: &str| world.usernames(&format!("{team}/users")).await;
    let owner = world.owner().await;
    let teams = async |path: &str| world.atlas.get(path).await.field("/teamIds");
    assert_eq!(
        teams(&owner).await,
        json!([last_segment(&first), last_segment(&second)])
    );

    let created = world
        .invite("new", json!({ "teamIds": [last_segment(&first)] }))
        .await;
    let new = format!("{}/users/{}", world.organization, id(&created));
    assert_eq!(members(&first).await, [OWNER, "new@example.com"]);
    let moved = json!({ "teamIds": [last_segment(&second)] });
    world.atlas.patch(&new, moved).await;
    assert_eq!(members(&first).await, [OWNER]);
    assert_eq!(members(&second).await, [OWNER, "new@example.com"]);

    let user = json!({ "id": last_segment(&new) });
    let added = world
        .atlas
        .post(&format!("{first}:addUser"), user.clone())
        .await;
    assert_eq!(
        added.field("/teamIds"),
        json!([last_segment(&second), last_segment(&first)])
    );
    let removed = world
        .atlas
        .post(&format!("{second}:removeUser"), user.clone())
        .await;
    assert_eq!(removed.field("/teamIds"), json!([last_segment(&first)]));
    world
        .atlas
        .delete(&format!("{first}/users/{}", last_segment(&new)))
        .await;
    assert_eq!(teams(&new).await, json!([]));
    world
        .atlas
        .post(&format!("{second}/users"), json!([user]))
        .await;
    assert_eq!(teams(&new).await, json!([last_segment(&second)]));

    world.atlas.delete(&second).await;
    assert_eq!(teams(&new).await, json!([]));
    world
        .atlas
        .post(
            &format!("{first}:addUser"),
            json!({ "id": last_segment(&new) }),
        )
        .await;
    world.atlas.delete(&new).await;
    assert_eq!(members(&first).await, [OWNER]);
}

#[tokio::test]
async fn unknown_teams_are_rejected() {
    let world = World::new().await;
    let unknown_team = json!({ "teamIds": [UNKNOWN_ID] });
    let member = world.member("member").await;

    let rejected = world.invite("other", unknown_team.clone()).await;
    rejected.assert_error(404, "TEAM_NOT_FOUND");
    let rejected = world.atlas.patch(&member, unknown_team).await;
    rejected.assert_error(404, "TEAM_NOT_FOUND");
    let invites = format!("{}/invites", world.organization);
    let body = json!({ "username": "guest@example.com", "teamIds": [UNKNOWN_ID] });
    let rejected = world.atlas.post(&invites, body).await;
    rejected.assert_error(404, "TEAM_NOT_FOUND");
}

#[tokio::test]
async fn usernames_and_team_names_are_validated() {
    let world = World::new().await;
    let users = format!("{}/users", world.organization);
    let body = json!({ "username": "no-address", "roles": { "orgRoles": ["ORG_MEMBER"] } });
    let rejected = world.atlas.post(&users, body).await;
    rejected.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(rejected.field("/parameters"), json!(["username"]));

    let first = world.team("First", json!([OWNER])).await;
    world.team("Second", json!([OWNER])).await;
    let rename = |name: &str| json!({ "name": name });
    let duplicate = world.atlas.patch(&first, rename("Second")).await;
    duplicate.assert_error(409, "TEAM_NAME_NOT_AVAILABLE");
    assert_eq!(world.atlas.get(&first).await.field("/name"), "First");
    let unchanged = world.atlas.patch(&first, rename("First")).await;
    assert_eq!(unchanged.status, 200);
}

#[tokio::test]
async fn team_has_users_and_is_assigned_to_projects() {
    let atlas = Atlas::demo().await;
    let organization = format!("/api/atlas/v2/orgs/{}", atlas.simulator.organization_id());
    let body = json!({ "name": "Backend", "usernames": ["simulator@example.com"] });

    let team = atlas.post(&format!("{organization}/teams"), body).await;
    let id = team.field("/id").as_str().unwrap().to_owned();
    let members = atlas.get(&format!("{organization}/teams/{id}/users")).await;
    let assignment = json!([{ "teamId": id, "roleNames": ["GROUP_READ_ONLY"] }]);
    let project = atlas.project("Storefront");
    let assigned = atlas
        .post(&format!("/api/atlas/v2/groups/{project}/teams"), assignment)
        .await;

    assert_eq!(team.status, 201);
    assert_eq!(
        members.field("/results/0/username"),
        "simulator@example.com"
    );
    assert_eq!(assigned.field("/results/0/roleNames/0"), "GROUP_READ_ONLY");
}

#[tokio::test]
async fn team_without_usernames_is_created() {
    let world = World::new().await;
    let teams = format!("{}/teams", world.organization);

    let created = world.atlas.post(&teams, json!({ "name": "empty" })).await;
    let duplicate = world.atlas.post(&teams, json!({ "name": "empty" })).await;
    let unknown = world.atlas.get(&format!("{teams}/byName/unknown")).await;

    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.field("/usernames"), json!([]));
    duplicate.assert_error(409, "TEAM_NAME_NOT_AVAILABLE");
    unknown.assert_error(404, "TEAM_NAME_NOT_FOUND");
}
