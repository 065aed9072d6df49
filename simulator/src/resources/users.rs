//! Cloud users, of organizations and of projects.

mod old;

use serde_json::json;

use crate::call::{Call, Reply};
use crate::clock::written;
use crate::error::ApiError;
use crate::generic::{self, Context, filters};
use crate::resources::members;
use crate::state::{Record, State, derived_id};

pub(super) use old::{aged, old_form};

/// The one user every organization here has.
pub(super) const OWNER: &str = "simulator@example.com";

pub(super) fn collection(state: &State) -> String {
    format!("/orgs/{}/users", state.organization.id)
}

/// Puts the owner in, unless somebody is there.
fn settle(state: &mut State, call: &Call) {
    let path = collection(state);
    if state.store.existing(&path).is_some() {
        return;
    }
    let id = derived_id("user owner");
    let document = json!({
        "country": "IE",
        "createdAt": written(crate::clock::before(call.now, std::time::Duration::from_hours(9600))),
        "firstName": "Olive",
        "id": id,
        "lastAuth": written(call.now),
        "lastName": "Owner",
        "orgMembershipStatus": "ACTIVE",
        "roles": { "groupRoleAssignments": [], "orgRoles": ["ORG_OWNER"] },
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
    settle(state, call);
    let reply = generic::answer(state, call)?;
    Ok(aged(state, call, reply))
}

pub(super) fn prepared<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    settle(state, call);
    Context::prepared(state, call)
}

/// `GET /groups/{groupId}/users` and one of them
pub(crate) fn of_project(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let project = call.parameter(0);
    let users = state.store.list(&collection(state)).iter();
    let users: Vec<Record> = users
        .filter(|user| members::in_project(user, project).is_some())
        .cloned()
        .collect();
    let render = |user: &Record| members::in_project(user, project).unwrap_or_default();
    if context.plan.keys == 0 {
        let filters = filters::asked(&context);
        let users: Vec<_> = users
            .iter()
            .filter(|user| filters::keep(&filters, &render(user)))
            .collect();
        let render = |user: &&Record| render(user);
        let reply = crate::page::answer(call, &[], &users, render)?;
        return Ok(aged(state, call, reply));
    }
    let id = call.parameter(1);
    let user = users.iter().find(|it| it.key == id);
    let user = user.ok_or_else(|| ApiError::thing_not_found("USER", id))?;
    Ok(Reply::ok(render(user)))
}

/// `GET /users/{userId}` and `GET /users/byName/{userName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    prepared(state, call)?;
    let value = call.parameter(0);
    let user = state
        .store
        .find(&collection(state), &["id", "username"], value);
    let user = user.ok_or_else(|| ApiError::username_not_found(value))?;
    Ok(Reply::ok(old_form(state, user, call)))
}
