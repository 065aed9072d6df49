//! Lookup of users and of their roles in projects, for invitations, members and project users.

use std::time::Duration;

use serde_json::{Value, json};

use crate::call::Call;
use crate::call::error::ApiError;
use crate::resources::organization::cloud_users::{DEFAULT_USER, collection_path};
use crate::state::clock::{after, format_time};
use crate::state::{Record, State};

pub(crate) const INVITATION_LIFETIME: Duration = Duration::from_hours(30 * 24);
/// Status of a user whose invitation has expired.
pub(crate) const EXPIRED_STATUS: &str = "INVITATION_EXPIRED";

/// Returns the email address in a body. Accepts any string with an `@` between two other
/// characters, since the rules of Atlas are not known.
pub(crate) fn parse_username(body: &Value) -> Result<&str, ApiError> {
    let name = body["username"].as_str();
    let name = name.ok_or_else(|| ApiError::missing_attribute("username"))?;
    let parts = name.rsplit_once('@');
    let has_parts = parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
    if !has_parts || name.contains(char::is_whitespace) {
        return Err(ApiError::invalid_attribute("username", "an email address"));
    }
    Ok(name)
}

/// Removes a user whose invitation has expired, so that a new invitation is possible.
pub(crate) fn remove_expired(state: &mut State, organization: &str, username: &str) {
    let path = collection_path(organization);
    let users = state.store.list_mut(&path);
    let is_expired = |user: &Record| user.string("orgMembershipStatus") == EXPIRED_STATUS;
    users.retain(|user| user.string("username") != username || !is_expired(user));
}

/// Returns a user of the organization by id.
pub(crate) fn find_user<'a>(
    state: &'a mut State,
    call: &Call,
    id: &str,
) -> Result<&'a mut Record, ApiError> {
    let path = collection_path(&call.organization);
    let user = state.store.find_mut(&path, &["id"], id);
    user.ok_or_else(|| ApiError::named_not_found("USER", id))
}

/// Returns the document of a newly invited user.
pub(crate) fn new_invited_user(state: &mut State, call: &Call, username: &str) -> Value {
    json!({
        "id": state.ids().next(call.now),
        "invitationCreatedAt": format_time(call.now),
        "invitationExpiresAt": format_time(after(call.now, INVITATION_LIFETIME)),
        "inviterUsername": DEFAULT_USER,
        "mobileNumber": null,
        "orgMembershipStatus": "PENDING",
        "roles": { "groupRoleAssignments": [], "orgRoles": [] },
        "teamIds": [],
        "username": username,
    })
}

/// Returns the roles of a user in a project, or `None` if the user has no assignment.
pub(crate) fn project_roles<'a>(user: &'a Record, project: &str) -> Option<&'a Value> {
    let assignments = user.document["roles"]["groupRoleAssignments"].as_array()?;
    let mut assignments = assignments.iter();
    let assignment = assignments.find(|assignment| assignment["groupId"] == project)?;
    assignment.get("groupRoles")
}

/// Returns the roles of a user in a project. Creates an empty assignment if the user has none.
pub(crate) fn assignment_mut<'a>(user: &'a mut Record, project: &str) -> &'a mut Value {
    let roles = &mut user.document["roles"];
    let mut assignments = roles["groupRoleAssignments"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let position = assignments
        .iter()
        .position(|assignment| assignment["groupId"] == project);
    let position = position.unwrap_or_else(|| {
        assignments.push(json!({ "groupId": project, "groupRoles": [] }));
        assignments.len() - 1
    });
    roles["groupRoleAssignments"] = json!(assignments);
    &mut roles["groupRoleAssignments"][position]["groupRoles"]
}
