//! Teams and the people in them, who agree on that whichever of them is asked.

use serde_json::json;

use super::{NOBODY, OWNER, World, id, last};

#[tokio::test]
async fn people_and_teams_agree_on_who_is_in() {
    let world = World::new().await;
    let (first, second) = (
        world.team("First", json!([OWNER])).await,
        world.team("Second", json!([OWNER])).await,
    );
    let members = async |team: &str| world.names(&format!("{team}/users")).await;
    let owner = world.owner().await;
    let teams = async |user: &str| world.atlas.get(user).await.field("/teamIds");
    assert_eq!(teams(&owner).await, json!([last(&first), last(&second)]));

    let made = world
        .invite("new", json!({ "teamIds": [last(&first)] }))
        .await;
    let new = format!("{}/users/{}", world.organization, id(&made));
    assert_eq!(members(&first).await, [OWNER, "new@example.com"]);
    let moved = json!({ "teamIds": [last(&second)] });
    world.atlas.patch(&new, moved).await;
    assert_eq!(members(&first).await, [OWNER]);
    assert_eq!(members(&second).await, [OWNER, "new@example.com"]);

    let who = json!({ "id": last(&new) });
    let added = world
        .atlas
        .post(&format!("{first}:addUser"), who.clone())
        .await;
    assert_eq!(
        added.field("/teamIds"),
        json!([last(&second), last(&first)])
    );
    let removed = world
        .atlas
        .post(&format!("{second}:removeUser"), who.clone())
        .await;
    assert_eq!(removed.field("/teamIds"), json!([last(&first)]));
    world
        .atlas
        .delete(&format!("{first}/users/{}", last(&new)))
        .await;
    assert_eq!(teams(&new).await, json!([]));
    world
        .atlas
        .post(&format!("{second}/users"), json!([who]))
        .await;
    assert_eq!(teams(&new).await, json!([last(&second)]));

    world.atlas.delete(&second).await;
    assert_eq!(teams(&new).await, json!([]));
    world
        .atlas
        .post(&format!("{first}:addUser"), json!({ "id": last(&new) }))
        .await;
    world.atlas.delete(&new).await;
    assert_eq!(members(&first).await, [OWNER]);
}

#[tokio::test]
async fn teams_that_are_not_there_are_refused() {
    let world = World::new().await;
    let nowhere = json!({ "teamIds": [NOBODY] });
    let member = world.member("member").await;

    let refused = world.invite("other", nowhere.clone()).await;
    refused.refused(404, "TEAM_NOT_FOUND");
    let refused = world.atlas.patch(&member, nowhere).await;
    refused.refused(404, "TEAM_NOT_FOUND");
    let invites = format!("{}/invites", world.organization);
    let asked = json!({ "username": "guest@example.com", "teamIds": [NOBODY] });
    let refused = world.atlas.post(&invites, asked).await;
    refused.refused(404, "TEAM_NOT_FOUND");
}

#[tokio::test]
async fn names_are_addresses_and_of_one_team() {
    let world = World::new().await;
    let users = format!("{}/users", world.organization);
    let asked = json!({ "username": "no-address", "roles": { "orgRoles": ["ORG_MEMBER"] } });
    let refused = world.atlas.post(&users, asked).await;
    refused.refused(400, "INVALID_ATTRIBUTE");
    assert_eq!(refused.field("/parameters"), json!(["username"]));

    let first = world.team("First", json!([OWNER])).await;
    world.team("Second", json!([OWNER])).await;
    let named = |name: &str| json!({ "name": name });
    let taken = world.atlas.patch(&first, named("Second")).await;
    taken.refused(409, "TEAM_ALREADY_EXISTS");
    assert_eq!(world.atlas.get(&first).await.field("/name"), "First");
    let same = world.atlas.patch(&first, named("First")).await;
    assert_eq!(same.status, 200);
}
