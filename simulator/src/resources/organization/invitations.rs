//! Invitations to an organization or a project, which are good for thirty days: one for each person.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests, writing};
use crate::resources::Route;
use crate::resources::organization::{memberships, team_members, user_roles};
use crate::state::clock::{after, written};
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createOrgInvite", create),
    ("createGroupInvite", create),
    ("updateOrgInvites", update),
    ("updateOrgInviteById", update),
    ("updateGroupInvites", update),
    ("updateGroupInviteById", update),
];

/// `POST /orgs/{orgId}/invites` and `POST /groups/{groupId}/invites`: whoever is invited once more
/// keeps the invitation, with the roles and the time of the last one. Whether the service refuses
/// that is not known.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    // The document does not ask for a name, so nobody in particular can be invited.
    let username = body.get("username").map(|_| memberships::username(&body));
    let username = username.transpose()?;
    let mut asked = read(state, &call.organization, &body)?;
    if let Some(id) = call.find_path("groupId") {
        let project = state.project(id)?;
        asked["groupName"] = json!(project.name);
    } else {
        let organization = state.organization(call.path("orgId"))?;
        asked["orgName"] = json!(organization.name);
        for field in ["groupRoleAssignments", "teamIds"] {
            if asked.get(field).is_none() {
                asked[field] = json!([]);
            }
        }
    }
    asked["expiresAt"] = json!(written(after(call.now, memberships::LIFETIME)));
    let invitations = &context.collection;
    let known = username.and_then(|it| state.store.find_mut(invitations, &["username"], it));
    let invitation = if let Some(known) = known {
        known.merge(&asked, call.now);
        known.clone()
    } else {
        writing::keep(state, &context, &asked)?
    };
    Ok(generic::item_response(&context, &invitation))
}

/// `PATCH` of an invitation, by the id in the path or by the person in the body
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let (field, value) = match call.find_path("invitationId") {
        Some(id) => ("id", id),
        None => ("username", memberships::username(&body)?),
    };
    let change = read(state, &call.organization, &body)?;
    let missing = || ApiError::thing_not_found("INVITATION", value);
    let found = state.store.find_mut(&context.collection, &[field], value);
    let invitation = found.ok_or_else(missing)?;
    invitation.merge(&change, call.now);
    let invitation = invitation.clone();
    Ok(generic::item_response(&context, &invitation))
}

/// Removes expired invitations, and marks the users whose invitation has expired.
pub(crate) fn expire(state: &mut State, now: Timestamp) {
    let is_over = |document: &Value, field: &str| {
        let end = document[field].as_str();
        let end = end.and_then(|it| it.parse::<Timestamp>().ok());
        end.is_some_and(|end| end <= now)
    };
    let is_late = |it: &Record| is_over(&it.document, "expiresAt");
    state.store.remove_all("/invites", is_late);
    for user in state.store.all_mut("/users") {
        let is_pending = user.text("orgMembershipStatus") == "PENDING";
        if is_pending && is_over(&user.document, "invitationExpiresAt") {
            user.document["orgMembershipStatus"] = json!(memberships::EXPIRED);
        }
    }
}

/// What a body says of an invitation. Roles in projects are sent a project at a time, and shown a
/// role at a time.
fn read(state: &State, organization: &str, body: &Value) -> Result<Value, ApiError> {
    let mut asked = body.clone();
    team_members::check_teams(state, organization, body)?;
    if let Some(given) = body.get("groupRoleAssignments") {
        let assignments = user_roles::assignments(state, organization, given, "roles")?;
        let mut roles = Vec::new();
        for assignment in &assignments {
            let project = &assignment["groupId"];
            let lent = assignment["groupRoles"].as_array().into_iter().flatten();
            roles.extend(lent.map(|role| json!({ "groupId": project, "groupRole": role })));
        }
        asked["groupRoleAssignments"] = json!(roles);
    }
    Ok(asked)
}
