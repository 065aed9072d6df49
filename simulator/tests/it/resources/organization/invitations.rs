//! Invitations: one for each person, changed by their id or by who was invited, and good for a time.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

const ORGS: &str = "/api/atlas/v2/orgs";
const GROUPS: &str = "/api/atlas/v2/groups";
const GUEST: &str = "guest@example.com";
const DAY: Duration = Duration::from_hours(24);

/// The paths of invitations to the organization and to a project, and two roles that each can give.
fn places(atlas: &Atlas) -> [(String, &'static str, &'static str); 2] {
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

fn asked(username: &str, role: &str) -> Value {
    json!({ "username": username, "roles": [role] })
}

#[tokio::test]
async fn an_invitation_is_changed_by_who_was_invited() {
    let atlas = Atlas::demo().await;
    for (invites, first, second) in places(&atlas) {
        let made = atlas.post(&invites, asked(GUEST, first)).await.json();
        let other = asked("other@example.com", first);
        atlas.post(&invites, other).await;

        let changed = atlas.patch(&invites, asked(GUEST, second)).await.json();

        assert_eq!(changed["id"], made["id"]);
        assert_eq!(changed["createdAt"], made["createdAt"]);
        assert_eq!(changed["roles"], json!([second]));
        let path = format!("{invites}/{}", made["id"].as_str().unwrap());
        assert_eq!(atlas.get(&path).await.json(), changed);
        let list = atlas.get(&invites).await;
        assert_eq!(list.field("/1/roles"), json!([first]));

        let unknown = asked("nobody@example.com", second);
        let unknown = atlas.patch(&invites, unknown).await;
        unknown.refused(404, "INVITATION_NOT_FOUND");
        assert_eq!(
            atlas.get(&invites).await.json().as_array().unwrap().len(),
            2
        );
    }
}

#[tokio::test]
async fn nobody_is_invited_twice() {
    let atlas = Atlas::demo().await;
    for (invites, first, second) in places(&atlas) {
        let made = atlas.post(&invites, asked(GUEST, first)).await.json();
        atlas.simulator.advance(DAY);

        let again = atlas.post(&invites, asked(GUEST, second)).await.json();
        // Those of an organization have the lists they show, even if nothing is in them.
        let lists = invites.starts_with(ORGS).then(|| json!([]));
        assert_eq!(made.get("groupRoleAssignments"), lists.as_ref());

        assert_eq!(again["id"], made["id"]);
        assert_eq!(again["roles"], json!([second]));
        assert!(again["expiresAt"].as_str() > made["expiresAt"].as_str());
        assert_eq!(atlas.get(&invites).await.json(), json!([again]));

        let nobody = atlas.patch(&invites, json!({ "roles": [first] })).await;
        nobody.refused(400, "MISSING_ATTRIBUTE");
        let odd = atlas.post(&invites, asked("nobody", first)).await;
        odd.refused(400, "INVALID_ATTRIBUTE");
    }
}

#[tokio::test]
async fn an_invitation_shows_each_role_in_a_project_by_itself() {
    let atlas = Atlas::demo().await;
    let [(invites, member, _), _] = places(&atlas);
    let project = atlas.project("Storefront");
    let with = |project: &str, role: &str| {
        let roles = json!([{ "groupId": project, "roles": ["GROUP_READ_ONLY", role] }]);
        json!({ "username": GUEST, "roles": [member], "groupRoleAssignments": roles })
    };

    let made = atlas.post(&invites, with(&project, "GROUP_OWNER")).await;

    let role = |name: &str| json!({ "groupId": project, "groupRole": name });
    assert_eq!(
        made.field("/groupRoleAssignments"),
        json!([role("GROUP_READ_ONLY"), role("GROUP_OWNER")])
    );
    let elsewhere = with("6a6f78e0cab84da5c4476b25", "GROUP_OWNER");
    let elsewhere = atlas.patch(&invites, elsewhere).await;
    elsewhere.refused(404, "GROUP_NOT_FOUND");
    let odd = atlas.patch(&invites, with(&project, "ORG_OWNER")).await;
    odd.refused(400, "INVALID_ATTRIBUTE");
}

#[tokio::test]
async fn invitations_are_open_for_thirty_days() {
    let atlas = Atlas::demo().await;
    let users = format!("{ORGS}/{}/users", atlas.simulator.organization_id());
    let roles = json!({ "orgRoles": ["ORG_MEMBER"] });
    let late = json!({ "username": "late@example.com", "roles": roles });
    let made = atlas.post(&users, late.clone()).await;
    let path = format!("{users}/{}", made.field("/id").as_str().unwrap());
    let places = places(&atlas);
    for (invites, first, _) in &places {
        atlas.post(invites, asked(GUEST, first)).await;
    }

    atlas.simulator.advance(29 * DAY);
    assert_eq!(
        atlas.get(&path).await.field("/orgMembershipStatus"),
        "PENDING"
    );
    for (invites, ..) in &places {
        assert_eq!(atlas.get(invites).await.field("/0/username"), GUEST);
    }

    atlas.simulator.advance(2 * DAY);
    let expired = format!("{users}?orgMembershipStatuses=INVITATION_EXPIRED");
    let expired = atlas.get(&expired).await;
    assert_eq!(expired.field("/totalCount"), 1);
    assert_eq!(expired.field("/results/0/username"), "late@example.com");
    for (invites, first, _) in &places {
        assert_eq!(atlas.get(invites).await.json(), json!([]));
        let gone = atlas.patch(invites, asked(GUEST, first)).await;
        gone.refused(404, "INVITATION_NOT_FOUND");
    }

    // Who let an invitation pass can be invited anew.
    let again = atlas.post(&users, late).await;
    assert_eq!(again.field("/orgMembershipStatus"), "PENDING");
    let all = atlas
        .get(&format!("{users}?username=late@example.com"))
        .await;
    assert_eq!(all.field("/totalCount"), 1);
}
