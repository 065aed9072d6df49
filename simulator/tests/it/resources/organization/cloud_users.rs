//! People: the roles they are given, the teams they are in, and what they are to projects.

mod teams;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas};

const OWNER: &str = "simulator@example.com";
const OLDEST: &str = "application/vnd.atlas.2023-01-01+json";
/// An id that nothing has.
const NOBODY: &str = "6a6f78e0cab84da5c4476b25";

/// The demo organization and one of its projects.
struct World {
    atlas: Atlas,
    organization: String,
    project: String,
    group: String,
}

impl World {
    async fn new() -> Self {
        let atlas = Atlas::demo().await;
        let organization = format!("/api/atlas/v2/orgs/{}", atlas.simulator.organization_id());
        let project = atlas.project("Storefront");
        let group = format!("/api/atlas/v2/groups/{project}");
        Self {
            atlas,
            organization,
            project,
            group,
        }
    }

    /// Invites somebody with more than a role; the answer.
    async fn invite(&self, name: &str, mut more: Value) -> Answer {
        more["username"] = json!(format!("{name}@example.com"));
        more["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let users = format!("{}/users", self.organization);
        self.atlas.post(&users, more).await
    }

    /// The path of somebody who was invited.
    async fn member(&self, name: &str) -> String {
        let made = self.invite(name, json!({})).await;
        format!("{}/users/{}", self.organization, id(&made))
    }

    /// The path of the owner.
    async fn owner(&self) -> String {
        let users = format!("{}/users?username={OWNER}", self.organization);
        let found = self.atlas.get(&users).await;
        let id = found.field("/results/0/id");
        format!("{}/users/{}", self.organization, id.as_str().unwrap())
    }

    /// Creates a team; its path.
    async fn team(&self, name: &str, usernames: Value) -> String {
        let teams = format!("{}/teams", self.organization);
        let body = json!({ "name": name, "usernames": usernames });
        let made = self.atlas.post(&teams, body).await;
        format!("{teams}/{}", id(&made))
    }

    /// Adds a user in the way of 2023-01-01.
    async fn add(&self, name: &str, roles: Value) -> Answer {
        let body = json!({
            "username": name, "emailAddress": name, "password": "long-enough", "country": "IE",
            "firstName": "Ada", "lastName": "L", "mobileNumber": "2125550199", "roles": roles,
        });
        let body = Some(body.to_string());
        let path = "/api/atlas/v2/users";
        self.atlas.call(Method::POST, path, OLDEST, body).await
    }

    async fn names(&self, path: &str) -> Vec<String> {
        let list = self.atlas.get(path).await.field("/results");
        let names = list.as_array().unwrap().iter();
        names
            .map(|it| it["username"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn count_events(&self) -> usize {
        let of = async |path: &str| {
            let list = self.atlas.get(&format!("{path}/events")).await;
            list.field("/results").as_array().unwrap().len()
        };
        of(&self.organization).await + of(&self.group).await
    }
}

fn id(made: &Answer) -> String {
    made.field("/id").as_str().unwrap().to_owned()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

fn lends(project: &str, role: &str) -> Value {
    json!([{ "groupId": project, "groupRoles": [role] }])
}

#[tokio::test]
async fn roles_in_projects_are_kept() {
    let world = World::new().await;
    let assignments = lends(&world.project, "GROUP_READ_ONLY");
    let roles = json!({ "roles": { "groupRoleAssignments": assignments } });

    let made = world.invite("reader", roles).await;

    assert_eq!(made.field("/roles/groupRoleAssignments"), assignments);
    let user = format!("{}/users/{}", world.organization, id(&made));
    let in_project = format!("{}/users/{}", world.group, id(&made));
    let shown = world.atlas.get(&in_project).await;
    assert_eq!(shown.field("/roles"), json!(["GROUP_READ_ONLY"]));

    // What a change does not mention stays.
    let change = json!({ "roles": { "orgRoles": ["ORG_READ_ONLY"] } });
    let changed = world.atlas.patch(&user, change).await;
    assert_eq!(changed.field("/roles/orgRoles"), json!(["ORG_READ_ONLY"]));
    assert_eq!(changed.field("/roles/groupRoleAssignments"), assignments);

    for (project, role, status, code) in [
        (NOBODY, "GROUP_OWNER", 404, "GROUP_NOT_FOUND"),
        (&world.project, "GROUP_KING", 400, "INVALID_ATTRIBUTE"),
        (&world.project, "ORG_OWNER", 400, "INVALID_ATTRIBUTE"),
    ] {
        let roles = json!({ "groupRoleAssignments": lends(project, role) });
        let refused = world.invite("other", json!({ "roles": roles })).await;
        refused.refused(status, code);
        let mut change = json!({ "roles": roles });
        change["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let refused = world.atlas.patch(&user, change).await;
        refused.refused(status, code);
    }
}

#[tokio::test]
async fn a_user_of_the_oldest_version_has_the_roles_that_were_asked_for() {
    let world = World::new().await;
    let organization = last(&world.organization);
    let roles = json!([
        { "orgId": organization, "roleName": "ORG_READ_ONLY" },
        { "groupId": world.project, "roleName": "GROUP_OWNER" },
    ]);

    let made = world.add("ada@example.com", roles.clone()).await;

    assert_eq!(made.field("/roles"), roles);
    let users = format!("{}/users", world.group);
    assert!(
        world
            .names(&users)
            .await
            .contains(&"ada@example.com".to_owned())
    );
    let nowhere = json!([{ "groupId": NOBODY, "roleName": "GROUP_OWNER" }]);
    let refused = world.add("bob@example.com", nowhere).await;
    refused.refused(404, "GROUP_NOT_FOUND");
    let odd = json!([{ "groupId": world.project, "roleName": "ORG_OWNER" }]);
    let refused = world.add("bob@example.com", odd).await;
    refused.refused(400, "INVALID_ATTRIBUTE");
}

#[tokio::test]
async fn an_organization_keeps_an_owner() {
    let world = World::new().await;
    let owner = world.owner().await;
    let role = json!({ "orgRole": "ORG_OWNER" });
    let less = json!({ "orgRoles": ["ORG_MEMBER"] });
    // Somebody who has not joined does not count.
    let invited = world.member("invited").await;
    let granted = world
        .atlas
        .post(&format!("{invited}:addRole"), role.clone())
        .await;
    assert_eq!(granted.status, 200);

    let code = "CANNOT_REMOVE_LAST_ORG_OWNER";
    world.atlas.delete(&owner).await.refused(409, code);
    let removed = world
        .atlas
        .post(&format!("{owner}:removeRole"), role.clone())
        .await;
    removed.refused(409, code);
    let replaced = world
        .atlas
        .put(&format!("{owner}/roles"), less.clone())
        .await;
    replaced.refused(409, code);
    let changed = json!({ "roles": less });
    world
        .atlas
        .patch(&owner, changed.clone())
        .await
        .refused(409, code);
    let shown = world.atlas.get(&owner).await;
    assert_eq!(shown.field("/roles/orgRoles"), json!(["ORG_OWNER"]));

    let own = json!([{ "orgId": last(&world.organization), "roleName": "ORG_OWNER" }]);
    world.add("second@example.com", own).await;
    let changed = world.atlas.patch(&owner, changed).await;
    assert_eq!(changed.field("/roles/orgRoles"), json!(["ORG_MEMBER"]));
    assert_eq!(world.atlas.delete(&owner).await.status, 204);
}

#[tokio::test]
async fn who_is_not_there_cannot_be_removed() {
    let world = World::new().await;
    let users = format!("{}/users", world.group);
    let asked = json!({ "username": "guest@example.com", "roles": ["GROUP_READ_ONLY"] });
    let guest = id(&world.atlas.post(&users, asked.clone()).await);
    let again = world.atlas.post(&users, asked).await;
    again.refused(409, "USER_ALREADY_IN_GROUP");
    let team = world.team("Backend", json!([OWNER])).await;

    assert_eq!(
        world.atlas.delete(&format!("{users}/{guest}")).await.status,
        204
    );
    let before = world.count_events().await;
    for path in [
        format!("{users}/{guest}"),
        format!("{team}/users/{NOBODY}"),
        format!("{team}/users/{guest}"),
    ] {
        let refused = world.atlas.delete(&path).await;
        refused.refused(404, "USER_NOT_FOUND");
    }
    let role = json!({ "groupRole": "GROUP_READ_ONLY" });
    let refused = world
        .atlas
        .post(&format!("{users}/{guest}:removeRole"), role)
        .await;
    refused.refused(404, "USER_NOT_FOUND");
    let refused = world
        .atlas
        .post(&format!("{team}:removeUser"), json!({ "id": guest }))
        .await;
    refused.refused(404, "USER_NOT_FOUND");
    assert_eq!(world.count_events().await, before);
}

#[tokio::test]
async fn a_project_lists_those_with_roles_of_their_own_and_others_on_request() {
    let world = World::new().await;
    let users = format!("{}/users", world.group);
    let in_team = world.member("team").await;
    let team = world.team("Backend", json!(["team@example.com"])).await;
    let offer = json!([{ "teamId": last(&team), "roleNames": ["GROUP_READ_ONLY"] }]);
    world
        .atlas
        .post(&format!("{}/teams", world.group), offer)
        .await;
    let reader = world.member("reader").await;
    let role = json!({ "orgRole": "ORG_READ_ONLY" });
    world.atlas.post(&format!("{reader}:addRole"), role).await;

    assert_eq!(world.names(&users).await, [OWNER]);
    for (query, other) in [
        ("flattenTeams=true", "team@example.com"),
        ("includeOrgUsers=true", "reader@example.com"),
    ] {
        let list = format!("{users}?{query}");
        assert_eq!(world.names(&list).await, [OWNER, other], "{query}");
        let shown = world.atlas.get(&list).await;
        assert_eq!(shown.field("/results/0/roles"), json!(["GROUP_OWNER"]));
        assert_eq!(shown.field("/results/1/roles"), json!(["GROUP_READ_ONLY"]));
    }
    let shown = world
        .atlas
        .get(&format!("{users}/{}", last(&in_team)))
        .await;
    assert_eq!(shown.field("/roles"), json!(["GROUP_READ_ONLY"]));
}

#[tokio::test]
async fn a_new_project_has_an_owner_until_it_is_gone() {
    let world = World::new().await;
    let groups = "/api/atlas/v2/groups";
    let body = |name: &str| json!({ "name": name, "orgId": last(&world.organization) });
    let boss = world.member("boss").await;

    let plain = id(&world.atlas.post(groups, body("Plain")).await);
    let chosen = format!("{groups}?projectOwnerId={}", last(&boss));
    let chosen = id(&world.atlas.post(&chosen, body("Chosen")).await);

    let users = |project: &str| format!("{groups}/{project}/users");
    assert_eq!(world.names(&users(&plain)).await, [OWNER]);
    assert_eq!(world.names(&users(&chosen)).await, ["boss@example.com"]);
    let roles = "/roles/groupRoleAssignments";
    let owned = lends(&chosen, "GROUP_OWNER");
    assert_eq!(world.atlas.get(&boss).await.field(roles), owned);
    let nobody = format!("{groups}?projectOwnerId={NOBODY}");
    let nobody = world.atlas.post(&nobody, body("Other")).await;
    nobody.refused(404, "USER_NOT_FOUND");

    world.atlas.delete(&format!("{groups}/{chosen}")).await;
    assert_eq!(world.atlas.get(&boss).await.field(roles), json!([]));
}
