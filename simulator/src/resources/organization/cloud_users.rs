//! Cloud users, of organizations and of projects.

mod old;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::clock::written;
use crate::state::{Record, State, derived_id};

pub(crate) use old::{aged, old_form};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("listOrgUsers", of_organization),
    ("getOrgUser", of_organization),
    ("getUser", get),
    ("getUserByName", get),
];

/// The one user every organization here has.
pub(crate) const OWNER: &str = "simulator@example.com";

/// Returns the path of an organization's users in the store.
pub(crate) fn collection(organization: &str) -> String {
    format!("/orgs/{organization}/users")
}

/// Creates the owner of all projects, unless the organization has users.
pub(crate) fn ensure_defaults(state: &mut State, call: &Call) {
    let path = collection(&call.organization);
    if state.store.existing(&path).is_some() {
        return;
    }
    let id = derived_id("user owner");
    let projects = state.projects_of(&call.organization);
    let assignments: Vec<_> = projects
        .map(|it| json!({ "groupId": it.id, "groupRoles": ["GROUP_OWNER"] }))
        .collect();
    let document = json!({
        "country": "IE",
        "createdAt": written(crate::state::clock::before(call.now, std::time::Duration::from_hours(9600))),
        "firstName": "Olive",
        "id": id,
        "lastAuth": written(call.now),
        "lastName": "Owner",
        "orgMembershipStatus": "ACTIVE",
        "roles": { "groupRoleAssignments": assignments, "orgRoles": ["ORG_OWNER"] },
        "teamIds": [],
        "username": OWNER,
    });
    state
        .store
        .list_mut(&path)
        .push(Record::new(id, document, call.now));
}

/// Any operation of an organization's users that has no rules of its own.
pub(crate) fn of_organization(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    ensure_defaults(state, call);
    let reply = generic::respond(state, call)?;
    Ok(aged(state, call, reply))
}

pub(crate) fn prepared<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    ensure_defaults(state, call);
    Context::prepared(state, call)
}

/// `GET /users/{userId}` and `GET /users/byName/{userName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    prepared(state, call)?;
    let by_name = call.find_path("userName");
    let value = by_name.unwrap_or_else(|| call.path("userId"));
    let user = state
        .store
        .find(&collection(&call.organization), &["id", "username"], value);
    let user = user.ok_or_else(|| ApiError::username_not_found(value))?;
    Ok(Reply::ok(old_form(user, call)))
}
