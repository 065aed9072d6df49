//! Invitations to an organization or a project. They expire after 30 days.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::resources::organization::cloud_users::team_members;
use crate::resources::organization::cloud_users::{self, memberships, pending, user_roles};
use crate::state::clock::{after, format_time};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createOrgInvite", create),
    ("createGroupInvite", create),
    ("addGroupAccessUser", add_access),
    ("deleteOrgInvite", delete),
    ("deleteGroupInvite", delete),
    ("updateOrgInvites", update),
    ("updateOrgInviteById", update),
    ("updateGroupInvites", update),
    ("updateGroupInviteById", update),
];

/// `POST /orgs/{orgId}/invites` and `POST /groups/{groupId}/invites`
///
/// A second invitation replaces the roles and the expiry of the first. The behaviour of Atlas is
/// not known.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    // The OpenAPI document does not require a name.
    let username = body
        .get("username")
        .map(|_| memberships::parse_username(&body));
    let username = username.transpose()?;
    let mut fields = read_body(state, &call.organization, &body)?;
    if let Some(id) = call.find_path("groupId") {
        let project = state.project(id)?;
        fields["groupName"] = json!(project.name);
    } else {
        let organization = state.organization(call.path("orgId"))?;
        fields["orgName"] = json!(organization.name);
        for field in ["groupRoleAssignments", "teamIds"] {
            if fields.get(field).is_none() {
                fields[field] = json!([]);
            }
        }
    }
    fields["expiresAt"] = json!(format_time(after(
        call.now,
        memberships::INVITATION_LIFETIME
    )));
    let invitations = &context.collection;
    let project = call.find_path("groupId");
    cloud_users::ensure_defaults(state, call);
    if let Some(name) = username {
        pending::on_invitation(state, call, name, &fields, project);
    }
    let existing = username.and_then(|name| state.store.find_mut(invitations, &["username"], name));
    let invitation = if let Some(existing) = existing {
        existing.merge(&fields, call.now);
        existing.clone()
    } else {
        writes::insert(state, &context, &fields)?
    };
    Ok(generic::item_response(&context, &invitation))
}

/// `PATCH` of an invitation, by the id in the path or by the username in the body
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let (field, value) = match call.find_path("invitationId") {
        Some(id) => ("id", id),
        None => ("username", memberships::parse_username(&body)?),
    };
    let change = read_body(state, &call.organization, &body)?;
    let missing = || ApiError::named_not_found("INVITATION", value);
    let invitation = state.store.find_mut(&context.collection, &[field], value);
    let invitation = invitation.ok_or_else(missing)?;
    invitation.merge(&change, call.now);
    let invitation = invitation.clone();
    let (name, project) = (invitation.string("username"), call.find_path("groupId"));
    pending::on_invitation(state, call, name, &invitation.document, project);
    Ok(generic::item_response(&context, &invitation))
}

/// `DELETE` of an invitation
///
/// Also removes the pending user.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let id = call.path("invitationId");
    let invitation = state.store.find(&context.collection, &["id"], id);
    let invitation = invitation.ok_or_else(|| context.not_found())?;
    let username = invitation.string("username").to_owned();
    let reply = generic::respond(state, call)?;
    pending::remove_user(state, &call.organization, &username);
    Ok(reply)
}

/// `POST /groups/{groupId}/access`
///
/// Adds a user to a project, or invites the user to the organization.
pub(crate) fn add_access(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let username = memberships::parse_username(&body)?;
    cloud_users::ensure_defaults(state, call);
    let users = cloud_users::collection_path(&call.organization);
    let project = call.path("groupId");
    let user = state.store.find_mut(&users, &["username"], username);
    if let Some(user) = user.filter(|user| user.string("orgMembershipStatus") == "ACTIVE") {
        *memberships::assignment_mut(user, project) =
            json!(body["roles"].as_array().cloned().unwrap_or_default());
        return Ok(ApiResponse::no_content());
    }
    pending::on_invitation(state, call, username, &body, Some(project));
    pending::remove_invitations(state, &call.organization, username);
    let user = state.store.find(&users, &["username"], username);
    let user = user.map(|user| user.document.clone()).unwrap_or_default();
    pending::add_invitation(state, call, &user);
    let path = pending::invitations(&call.organization);
    let invitation = state.store.list(&path).last().cloned();
    let invitation = invitation.ok_or_else(|| context.not_found())?;
    Ok(generic::responses::build(&context, invitation.document))
}

/// Removes expired invitations, and marks the users whose invitation has expired.
pub(crate) fn expire(state: &mut State, now: Timestamp) {
    let is_past = |document: &Value, field: &str| {
        let end = document[field].as_str();
        let end = end.and_then(|end| end.parse::<Timestamp>().ok());
        end.is_some_and(|end| end <= now)
    };
    let is_expired = |invitation: &Record| is_past(&invitation.document, "expiresAt");
    state.store.remove_where("/invites", is_expired);
    for user in state.store.all_mut("/users") {
        let is_pending = user.string("orgMembershipStatus") == "PENDING";
        if is_pending && is_past(&user.document, "invitationExpiresAt") {
            user.document["orgMembershipStatus"] = json!(memberships::EXPIRED_STATUS);
        }
    }
}

/// Returns the fields of an invitation. A request groups roles in projects by project; a response
/// lists each role separately.
fn read_body(state: &State, organization: &str, body: &Value) -> Result<Value, ApiError> {
    let mut fields = body.clone();
    team_members::check_teams(state, organization, body)?;
    if let Some(assignments) = body.get("groupRoleAssignments") {
        let assignments = user_roles::parse_assignments(state, organization, assignments, "roles")?;
        let mut roles = Vec::new();
        for assignment in &assignments {
            let project = &assignment["groupId"];
            let project_roles = assignment["groupRoles"].as_array().into_iter().flatten();
            roles
                .extend(project_roles.map(|role| json!({ "groupId": project, "groupRole": role })));
        }
        fields["groupRoleAssignments"] = json!(roles);
    }
    Ok(fields)
}
