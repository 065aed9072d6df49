//! Pending users: users with the status `PENDING`, and the invitations that belong to them.

use serde_json::{Value, json};

use crate::call::Call;
use crate::resources::organization::cloud_users::collection_path;
use crate::resources::organization::cloud_users::memberships::{assignment_mut, new_invited_user};
use crate::state::{Record, State};

/// Returns the path of an organization's invitations in the store.
pub(crate) fn invitations(organization: &str) -> String {
    format!("/orgs/{organization}/invites")
}

/// Creates or updates the pending user of an invitation to an organization, or to `project`. Active
/// users keep their roles.
pub(crate) fn on_invitation(
    state: &mut State,
    call: &Call,
    username: &str,
    invitation: &Value,
    project: Option<&str>,
) {
    let users = collection_path(&call.organization);
    if state.store.find(&users, &["username"], username).is_none() {
        let mut user = new_invited_user(state, call, username);
        user["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let id = user["id"].as_str().unwrap_or_default().to_owned();
        let record = Record::new(id, user, call.now);
        state.store.list_mut(&users).push(record);
    }
    let Some(user) = state.store.find_mut(&users, &["username"], username) else {
        return;
    };
    if user.string("orgMembershipStatus") != "PENDING" {
        return;
    }
    let roles = invitation["roles"].as_array().cloned();
    if let Some(project) = project {
        *assignment_mut(user, project) = json!(roles.unwrap_or_default());
        return;
    }
    if let Some(roles) = roles {
        user.document["roles"]["orgRoles"] = json!(roles);
    }
    if invitation["teamIds"].is_array() {
        user.document["teamIds"] = invitation["teamIds"].clone();
    }
    for role in invitation["groupRoleAssignments"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let project = role["groupId"].as_str().unwrap_or_default();
        if let Some(roles) = assignment_mut(user, project).as_array_mut()
            && !roles.contains(&role["groupRole"])
        {
            roles.push(role["groupRole"].clone());
        }
    }
}

/// Creates the invitation of a user that a request has added to the organization.
pub(crate) fn add_invitation(state: &mut State, call: &Call, user: &Value) {
    let organization = state.organization(&call.organization);
    let name = organization.map_or_else(|_| String::new(), |found| found.name.clone());
    let id = state.ids().next(call.now);
    let assignments = user["roles"]["groupRoleAssignments"].as_array();
    let roles = assignments.into_iter().flatten().flat_map(|assignment| {
        let roles = assignment["groupRoles"].as_array().into_iter().flatten();
        roles.map(|role| json!({ "groupId": assignment["groupId"], "groupRole": role }))
    });
    let document = json!({
        "createdAt": user["invitationCreatedAt"],
        "expiresAt": user["invitationExpiresAt"],
        "groupRoleAssignments": roles.collect::<Value>(),
        "id": id,
        "inviterUsername": user["inviterUsername"],
        "orgId": call.organization,
        "orgName": name,
        "roles": user["roles"]["orgRoles"],
        "teamIds": user["teamIds"],
        "username": user["username"],
    });
    let path = invitations(&call.organization);
    let invitation = Record::new(id, document, call.now);
    state.store.list_mut(&path).push(invitation);
}

/// Removes the invitations of a removed user.
pub(crate) fn remove_invitations(state: &mut State, organization: &str, username: &str) {
    let path = invitations(organization);
    let invitations = state.store.list_mut(&path);
    invitations.retain(|invitation| invitation.string("username") != username);
}

/// Removes the pending user of a deleted invitation.
pub(crate) fn remove_user(state: &mut State, organization: &str, username: &str) {
    let users = state.store.list_mut(&collection_path(organization));
    users.retain(|user| {
        user.string("username") != username || user.string("orgMembershipStatus") != "PENDING"
    });
}
