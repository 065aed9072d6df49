//! Invitations to organizations and projects.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

const ORGS: &str = "/api/atlas/v2/orgs";
const GROUPS: &str = "/api/atlas/v2/groups";
const GUEST_NAME: &str = "guest@example.com";
const DAY: Duration = Duration::from_hours(24);

/// Returns the paths of invitations to the organization and to a project, each with two valid roles.
fn invitation_paths(atlas: &Atlas) -> [(String, &'static str, &'static str); 2] {
    let organization = atlas.simulator.organization_id();
    let project = atlas.project("Storefront");
    [
        (
            format!("{ORGS}/{organization}/invites"),
            "ORG_MEMBER",
            "ORG_READ_ONLY",
        ),
        (
            format!("{GROUPS}/{project}/invites"),
            "GROUP_READ_ONLY",
            "GROUP_OWNER",
        ),
    ]
}

fn body(username: &str, role: &str) -> Value {
    json!({ "username": username, "roles": [role] })
}

#[tokio::test]
async fn invitation_is_updated_by_username() {
    let atlas = Atlas::demo().await;
    for (invites, first, second) in invitation_paths(&atlas) {
        let created = atlas.post(&invites, body(GUEST_NAME, first)).await.json();
        let other = body("other@example.com", first);
        atlas.post(&invites, other).await;

        let changed = atlas.patch(&invites, body(GUEST_NAME, second)).await.json();

        assert_eq!(changed["id"], created["id"]);
        assert_eq!(changed["createdAt"], created["createdAt"]);
        assert_eq!(changed["roles"], json!([second]));
        let path = format!("{invites}/{}", created["id"].as_str().unwrap());
        assert_eq!(atlas.get(&path).await.json(), changed);
        let list = atlas.get(&invites).await;
        assert_eq!(list.field("/1/roles"), json!([first]));

        let unknown = body("unknown@example.com", second);
        let unknown = atlas.patch(&invites, unknown).await;
        unknown.assert_error(404, "INVITATION_NOT_FOUND");
        assert_eq!(
            atlas.get(&invites).await.json().as_array().unwrap().len(),
            2
        );
    }
}

#[tokio::test]
async fn second_invitation_updates_the_first() {
    let atlas = Atlas::demo().await;
    for (invites, first, second) in invitation_paths(&atlas) {
        let created = atlas.post(&invites, body(GUEST_NAME, first)).await.json();
        atlas.simulator.advance(DAY);

        let second_invitation = atlas.post(&invites, body(GUEST_NAME, second)).await.json();
        // Invitations to an organization contain the lists even if they are empty.
        let lists = invites.starts_with(ORGS).then(|| json!([]));
        assert_eq!(created.get("groupRoleAssignments"), lists.as_ref());

        assert_eq!(second_invitation["id"], created["id"]);
        assert_eq!(second_invitation["roles"], json!([second]));
        assert!(second_invitation["expiresAt"].as_str() > created["expiresAt"].as_str());
        assert_eq!(atlas.get(&invites).await.json(), json!([second_invitation]));

        let unnamed = atlas.patch(&invites, json!({ "roles": [first] })).await;
        unnamed.assert_error(400, "MISSING_ATTRIBUTE");
        let invalid = atlas.post(&invites, body("no-address", first)).await;
        invalid.assert_error(400, "INVALID_ATTRIBUTE");
    }
}

#[tokio::test]
async fn invitation_lists_each_project_role() {
    let atlas = Atlas::demo().await;
    let [(invites, member, _), _] = invitation_paths(&atlas);
    let project = atlas.project("Storefront");
    let with_role = |project: &str, role: &str| {
        let roles = json!([{ "groupId": project, "roles": ["GROUP_READ_ONLY", role] }]);
        json!({ "username": GUEST_NAME, "roles": [member], "groupRoleAssignments": roles })
    };

    let created = atlas
        .post(&invites, with_role(&project, "GROUP_OWNER"))
        .await;

    let role = |name: &str| json!({ "groupId": project, "groupRole": name });
    assert_eq!(
        created.field("/groupRoleAssignments"),
        json!([role("GROUP_READ_ONLY"), role("GROUP_OWNER")])
    );
    let unknown_project = with_role("6a6f78e0cab84da5c4476b25", "GROUP_OWNER");
    let unknown_project = atlas.patch(&invites, unknown_project).await;
    unknown_project.assert_error(404, "GROUP_NOT_FOUND");
    let invalid = atlas
        .patch(&invites, with_role(&project, "ORG_OWNER"))
        .await;
    invalid.assert_error(400, "INVALID_ENUM_VALUE");
}

#[tokio::test]
async fn invitations_expire_after_30_days() {
    let atlas = Atlas::demo().await;
    let users = format!("{ORGS}/{}/users", atlas.simulator.organization_id());
    let roles = json!({ "orgRoles": ["ORG_MEMBER"] });
    let invitation = json!({ "username": "late@example.com", "roles": roles });
    let created = atlas.post(&users, invitation.clone()).await;
    let path = format!("{users}/{}", created.field("/id").as_str().unwrap());
    let paths = invitation_paths(&atlas);
    for (invites, first, _) in &paths {
        atlas.post(invites, body(GUEST_NAME, first)).await;
    }

    atlas.simulator.advance(29 * DAY);
    assert_eq!(
        atlas.get(&path).await.field("/orgMembershipStatus"),
        "PENDING"
    );
    for (invites, ..) in &paths {
        assert!(atlas.get(invites).await.text.contains(GUEST_NAME));
    }

    atlas.simulator.advance(2 * DAY);
    let expired = format!("{users}?orgMembershipStatuses=INVITATION_EXPIRED");
    let expired = atlas.get(&expired).await;
    // An invitation to the organization creates a pending user.
    assert_eq!(expired.field("/totalCount"), 2);
    assert_eq!(expired.field("/results/0/username"), "late@example.com");
    assert_eq!(expired.field("/results/1/username"), GUEST_NAME);
    for (invites, first, _) in &paths {
        assert_eq!(atlas.get(invites).await.json(), json!([]));
        let missing = atlas.patch(invites, body(GUEST_NAME, first)).await;
        missing.assert_error(404, "INVITATION_NOT_FOUND");
    }

    // A user with an expired invitation can be invited again.
    let second_invitation = atlas.post(&users, invitation).await;
    assert_eq!(second_invitation.field("/orgMembershipStatus"), "PENDING");
    let users_with_name = atlas
        .get(&format!("{users}?username=late@example.com"))
        .await;
    assert_eq!(users_with_name.field("/totalCount"), 1);
}

#[tokio::test]
async fn invitations_and_pending_users_belong_together() {
    let atlas = Atlas::demo().await;
    let organization = format!("{ORGS}/{}", atlas.simulator.organization_id());
    let invites = format!("{organization}/invites");
    let users = format!("{organization}/users");
    let project = atlas.project("Storefront");

    atlas
        .post(&invites, body(GUEST_NAME, "ORG_READ_ONLY"))
        .await;
    let project_invite = body("dev@example.com", "GROUP_READ_ONLY");
    let created = atlas
        .post(&format!("{GROUPS}/{project}/invites"), project_invite)
        .await;
    let member = json!({ "username": "new@example.com", "roles": { "orgRoles": ["ORG_MEMBER"] } });
    atlas.post(&users, member).await;

    let find = async |name: &str| atlas.get(&format!("{users}?username={name}")).await;
    let guest = find(GUEST_NAME).await;
    assert_eq!(guest.field("/results/0/orgMembershipStatus"), "PENDING");
    assert_eq!(
        guest.field("/results/0/roles/orgRoles"),
        json!(["ORG_READ_ONLY"])
    );
    let developer = find("dev@example.com").await;
    let assignment = developer.field("/results/0/roles/groupRoleAssignments/0");
    let expected = json!({ "groupId": project, "groupRoles": ["GROUP_READ_ONLY"] });
    assert_eq!(assignment, expected);
    let list = atlas
        .get(&format!("{invites}?username=new@example.com"))
        .await;
    assert_eq!(list.field("/0/roles"), json!(["ORG_MEMBER"]));

    let invite = format!(
        "{GROUPS}/{project}/invites/{}",
        created.field("/id").as_str().unwrap()
    );
    atlas.delete(&invite).await;
    assert_eq!(find("dev@example.com").await.field("/totalCount"), 0);
}

#[tokio::test]
async fn eleventh_invitation_in_a_minute_is_rejected() {
    let atlas = Atlas::demo().await;
    let [(invites, role, _), _] = invitation_paths(&atlas);
    let send = async |index: usize| {
        let name = format!("guest{index}@example.com");
        atlas.post(&invites, body(&name, role)).await
    };
    for index in 0..10 {
        assert_eq!(send(index).await.status, 200);
    }

    let rejected = send(10).await;
    atlas.simulator.advance(Duration::from_mins(1));

    rejected.assert_error(400, "INVITATIONS_RATE_LIMITED_IP");
    assert_eq!(rejected.field("/parameters"), json!([10, 1]));
    assert_eq!(send(10).await.status, 200);
}
