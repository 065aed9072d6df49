//! Users of a project and its owner.

use serde_json::json;

use super::{OWNER, UNKNOWN_ID, World, assignment, id, last_segment};

#[tokio::test]
async fn project_users_include_others_on_request() {
    let world = World::new().await;
    let users = format!("{}/users", world.group);
    let in_team = world.member("team").await;
    let team = world.team("Backend", json!(["team@example.com"])).await;
    let assignment = json!([{ "teamId": last_segment(&team), "roleNames": ["GROUP_READ_ONLY"] }]);
    world
        .atlas
        .post(&format!("{}/teams", world.group), assignment)
        .await;
    let reader = world.member("reader").await;
    let role = json!({ "orgRole": "ORG_READ_ONLY" });
    world.atlas.post(&format!("{reader}:addRole"), role).await;

    assert_eq!(world.usernames(&users).await, [OWNER]);
    for (query, other) in [
        ("flattenTeams=true", "team@example.com"),
        ("includeOrgUsers=true", "reader@example.com"),
    ] {
        let list = format!("{users}?{query}");
        assert_eq!(world.usernames(&list).await, [OWNER, other], "{query}");
        let response = world.atlas.get(&list).await;
        assert_eq!(response.field("/results/0/roles"), json!(["GROUP_OWNER"]));
        assert_eq!(
            response.field("/results/1/roles"),
            json!(["GROUP_READ_ONLY"])
        );
    }
    let response = world
        .atlas
        .get(&format!("{users}/{}", last_segment(&in_team)))
        .await;
    assert_eq!(response.field("/roles"), json!(["GROUP_READ_ONLY"]));
}

#[tokio::test]
async fn new_project_has_an_owner() {
    let world = World::new().await;
    let groups = "/api/atlas/v2/groups";
    let body = |name: &str| json!({ "name": name, "orgId": last_segment(&world.organization) });
    let boss = world.member("boss").await;

    let default_owner = id(&world.atlas.post(groups, body("Default")).await);
    let requested_owner = format!("{groups}?projectOwnerId={}", last_segment(&boss));
    let requested_owner = id(&world.atlas.post(&requested_owner, body("Chosen")).await);

    let users = |project: &str| format!("{groups}/{project}/users");
    assert_eq!(world.usernames(&users(&default_owner)).await, [OWNER]);
    assert_eq!(
        world.usernames(&users(&requested_owner)).await,
        ["boss@example.com"]
    );
    let roles = "/roles/groupRoleAssignments";
    let owned = assignment(&requested_owner, "GROUP_OWNER");
    assert_eq!(world.atlas.get(&boss).await.field(roles), owned);
    let unknown = format!("{groups}?projectOwnerId={UNKNOWN_ID}");
    let unknown = world.atlas.post(&unknown, body("Other")).await;
    unknown.assert_error(404, "USER_NOT_FOUND");

    world
        .atlas
        .delete(&format!("{groups}/{requested_owner}"))
        .await;
    assert_eq!(world.atlas.get(&boss).await.field(roles), json!([]));
}
