//! Users of organizations and projects, and their roles.

mod project_users;
mod teams;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, Response};

const OWNER: &str = "simulator@example.com";
const API_2023_01: &str = "application/vnd.atlas.2023-01-01+json";
/// An id that no resource has.
const UNKNOWN_ID: &str = "6a6f78e0cab84da5c4476b25";

/// The demo organization and a project in it.
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

    /// Invites a user with additional fields of the body.
    async fn invite(&self, name: &str, mut body: Value) -> Response {
        body["username"] = json!(format!("{name}@example.com"));
        body["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let users = format!("{}/users", self.organization);
        self.atlas.post(&users, body).await
    }

    /// Invites a user and returns the user's path.
    async fn member(&self, name: &str) -> String {
        let created = self.invite(name, json!({})).await;
        format!("{}/users/{}", self.organization, id(&created))
    }

    /// Returns the path of the owner.
    async fn owner(&self) -> String {
        let users = format!("{}/users?username={OWNER}", self.organization);
        let response = self.atlas.get(&users).await;
        let id = response.field("/results/0/id");
        format!("{}/users/{}", self.organization, id.as_str().unwrap())
    }

    /// Creates a team and returns its path.
    async fn team(&self, name: &str, usernames: Value) -> String {
        let teams = format!("{}/teams", self.organization);
        let body = json!({ "name": name, "usernames": usernames });
        let created = self.atlas.post(&teams, body).await;
        format!("{teams}/{}", id(&created))
    }

    /// Creates a user in version 2023-01-01.
    async fn create_user(&self, name: &str, roles: Value) -> Response {
        let body = json!({
            "username": name, "emailAddress": name, "password": "long-enough", "country": "IE",
            "firstName": "Ada", "lastName": "L", "mobileNumber": "2125550199", "roles": roles,
        });
        let body = Some(body.to_string());
        let path = "/api/atlas/v2/users";
        self.atlas.call(Method::POST, path, API_2023_01, body).await
    }

    async fn usernames(&self, path: &str) -> Vec<String> {
        let list = self.atlas.get(path).await.field("/results");
        let names = list.as_array().unwrap().iter();
        names
            .map(|user| user["username"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn count_events(&self) -> usize {
        let count = async |path: &str| {
            let list = self.atlas.get(&format!("{path}/events")).await;
            list.field("/results").as_array().unwrap().len()
        };
        count(&self.organization).await + count(&self.group).await
    }
}

fn id(created: &Response) -> String {
    created.field("/id").as_str().unwrap().to_owned()
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

fn assignment(project: &str, role: &str) -> Value {
    json!([{ "groupId": project, "groupRoles": [role] }])
}

#[tokio::test]
async fn invited_user_has_roles_in_projects() {
    let world = World::new().await;
    let assignments = assignment(&world.project, "GROUP_READ_ONLY");
    let roles = json!({ "roles": { "groupRoleAssignments": assignments } });

    let created = world.invite("reader", roles).await;

    assert_eq!(created.field("/roles/groupRoleAssignments"), assignments);
    let user = format!("{}/users/{}", world.organization, id(&created));
    let in_project = format!("{}/users/{}", world.group, id(&created));
    let response = world.atlas.get(&in_project).await;
    assert_eq!(response.field("/roles"), json!(["GROUP_READ_ONLY"]));

    // Omitted fields keep their values.
    let change = json!({ "roles": { "orgRoles": ["ORG_READ_ONLY"] } });
    let changed = world.atlas.patch(&user, change).await;
    assert_eq!(changed.field("/roles/orgRoles"), json!(["ORG_READ_ONLY"]));
    assert_eq!(changed.field("/roles/groupRoleAssignments"), assignments);

    for (project, role, status, code) in [
        (UNKNOWN_ID, "GROUP_OWNER", 404, "GROUP_NOT_FOUND"),
        (&world.project, "GROUP_KING", 400, "INVALID_ENUM_VALUE"),
        (&world.project, "ORG_OWNER", 400, "INVALID_ENUM_VALUE"),
    ] {
        let roles = json!({ "groupRoleAssignments": assignment(project, role) });
        let rejected = world.invite("other", json!({ "roles": roles })).await;
        rejected.assert_error(status, code);
        let mut change = json!({ "roles": roles });
        change["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let rejected = world.atlas.patch(&user, change).await;
        rejected.assert_error(status, code);
    }
}

#[tokio::test]
async fn user_created_in_2023_01_01_has_requested_roles() {
    let world = World::new().await;
    let organization = last_segment(&world.organization);
    let roles = json!([
        { "orgId": organization, "roleName": "ORG_READ_ONLY" },
        { "groupId": world.project, "roleName": "GROUP_OWNER" },
    ]);

    let created = world.create_user("ada@example.com", roles.clone()).await;

    assert_eq!(created.field("/roles"), roles);
    let users = format!("{}/users", world.group);
    assert!(
        world
            .usernames(&users)
            .await
            .contains(&"ada@example.com".to_owned())
    );
    let unknown_project = json!([{ "groupId": UNKNOWN_ID, "roleName": "GROUP_OWNER" }]);
    let rejected = world.create_user("bob@example.com", unknown_project).await;
    rejected.assert_error(404, "GROUP_NOT_FOUND");
    let invalid_role = json!([{ "groupId": world.project, "roleName": "ORG_OWNER" }]);
    let rejected = world.create_user("bob@example.com", invalid_role).await;
    rejected.assert_error(400, "INVALID_ENUM_VALUE");
}

#[tokio::test]
async fn last_owner_cannot_be_removed() {
    let world = World::new().await;
    let owner = world.owner().await;
    let role = json!({ "orgRole": "ORG_OWNER" });
    let member = json!({ "orgRoles": ["ORG_MEMBER"] });
    // Pending users do not count as owners.
    let invited = world.member("invited").await;
    let granted = world
        .atlas
        .post(&format!("{invited}:addRole"), role.clone())
        .await;
    assert_eq!(granted.status, 200);

    let code = "CANNOT_DEMOTE_LAST_ORG_OWNER";
    let deleted = world.atlas.delete(&owner).await;
    deleted.assert_error(403, "CANNOT_DELETE_LAST_OWNER");
    let removed = world
        .atlas
        .post(&format!("{owner}:removeRole"), role.clone())
        .await;
    removed.assert_error(403, code);
    let replaced = world
        .atlas
        .put(&format!("{owner}/roles"), member.clone())
        .await;
    replaced.assert_error(403, code);
    let changed = json!({ "roles": member });
    world
        .atlas
        .patch(&owner, changed.clone())
        .await
        .assert_error(403, code);
    let response = world.atlas.get(&owner).await;
    assert_eq!(response.field("/roles/orgRoles"), json!(["ORG_OWNER"]));

    let own = json!([{ "orgId": last_segment(&world.organization), "roleName": "ORG_OWNER" }]);
    world.create_user("second@example.com", own).await;
    let changed = world.atlas.patch(&owner, changed).await;
    assert_eq!(changed.field("/roles/orgRoles"), json!(["ORG_MEMBER"]));
    assert_eq!(world.atlas.delete(&owner).await.status, 204);
}

#[tokio::test]
async fn removal_of_unknown_member_returns_404() {
    let world = World::new().await;
    let users = format!("{}/users", world.group);
    let body = json!({ "username": "guest@example.com", "roles": ["GROUP_READ_ONLY"] });
    let guest = id(&world.atlas.post(&users, body.clone()).await);
    let second = world.atlas.post(&users, body).await;
    second.assert_error(409, "USER_ALREADY_IN_GROUP");
    let team = world.team("Backend", json!([OWNER])).await;

    assert_eq!(
        world.atlas.delete(&format!("{users}/{guest}")).await.status,
        204
    );
    let before = world.count_events().await;
    for path in [
        format!("{users}/{guest}"),
        format!("{team}/users/{UNKNOWN_ID}"),
        format!("{team}/users/{guest}"),
    ] {
        let rejected = world.atlas.delete(&path).await;
        rejected.assert_error(404, "USER_NOT_FOUND");
    }
    let role = json!({ "groupRole": "GROUP_READ_ONLY" });
    let rejected = world
        .atlas
        .post(&format!("{users}/{guest}:removeRole"), role)
        .await;
    rejected.assert_error(404, "USER_NOT_FOUND");
    let rejected = world
        .atlas
        .post(&format!("{team}:removeUser"), json!({ "id": guest }))
        .await;
    rejected.assert_error(404, "USER_NOT_FOUND");
    assert_eq!(world.count_events().await, before);
}
