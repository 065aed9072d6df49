//! Users of an organization.

mod legacy;
pub(crate) mod legacy_members;
pub(crate) mod members;
pub(crate) mod memberships;
pub(crate) mod pending;
pub(crate) mod project_users;
pub(crate) mod team_members;
pub(crate) mod user_roles;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::clock::format_time;
use crate::state::{Record, State, derived_id};

pub(crate) use legacy::{convert_response, render_2023_01};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listOrgUsers", respond),
    ("getOrgUser", respond),
    ("getUser", get),
    ("getUserByName", get),
];

/// Name of the default user.
pub(crate) const DEFAULT_USER: &str = "simulator@example.com";

/// Returns the path of an organization's users in the store.
pub(crate) fn collection_path(organization: &str) -> String {
    format!("/orgs/{organization}/users")
}

/// Creates a default user that owns the organization and its projects, unless the organization has users.
pub(crate) fn ensure_defaults(state: &mut State, call: &Call) {
    let path = collection_path(&call.organization);
    if state.store.find_list(&path).is_some() {
        return;
    }
    let id = derived_id("user owner");
    let projects = state.projects_of(&call.organization);
    let assignments: Vec<_> = projects
        .map(|project| json!({ "groupId": project.id, "groupRoles": ["GROUP_OWNER"] }))
        .collect();
    let document = json!({
        "country": "IE",
        "createdAt": format_time(crate::state::clock::before(call.now, std::time::Duration::from_hours(9600))),
        "firstName": "Olive",
        "id": id,
        "lastAuth": format_time(call.now),
        "lastName": "Owner",
        "mobileNumber": null,
        "orgMembershipStatus": "ACTIVE",
        "roles": { "groupRoleAssignments": assignments, "orgRoles": ["ORG_OWNER"] },
        "teamIds": [],
        "username": DEFAULT_USER,
    });
    state
        .store
        .list_mut(&path)
        .push(Record::new(id, document, call.now));
}

/// `GET /orgs/{orgId}/users` and `GET /orgs/{orgId}/users/{userId}`
pub(crate) fn respond(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    ensure_defaults(state, call);
    let reply = generic::respond(state, call)?;
    Ok(convert_response(state, call, reply))
}

/// Creates the default user and returns the context of a call.
pub(crate) fn prepare<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    ensure_defaults(state, call);
    Context::prepare(state, call)
}

/// `GET /users/{userId}` and `GET /users/byName/{userName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let by_name = call.find_path("userName");
    let value = by_name.unwrap_or_else(|| call.path("userId"));
    let user = state.store.find(
        &collection_path(&call.organization),
        &["id", "username"],
        value,
    );
    let user = user.ok_or_else(|| ApiError::username_not_found(value))?;
    Ok(ApiResponse::ok(render_2023_01(user, call)))
}

/// Returns the call for the organization in the request body. Rejects an organization that the
/// caller does not belong to.
pub(crate) fn select_organization(
    state: &State,
    call: &Call,
    organization: &str,
) -> Result<Call, ApiError> {
    state.organization(organization)?;
    if !call.caller.belongs_to(organization) {
        return Err(ApiError::not_authorized());
    }
    Ok(call.with_organization(organization))
}
