//! Teams that are let go.

use serde_json::{Value, json};

use super::users;
use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::generic::{self, Context};
use crate::state::State;

/// `DELETE /orgs/{orgId}/teams/{teamId}`: of one that works in no project
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    let id = call.parameter(1);
    let lent = |project: &str| {
        let teams = format!("/groups/{project}/teams");
        state.store.find(&teams, &["teamId"], id).is_some()
    };
    if state.projects().iter().any(|it| lent(&it.id)) {
        return Err(ApiError::refused(
            404,
            "CANNOT_DELETE_TEAM_ASSIGNED_TO_PROJECT",
            "A team that works in a project has to be taken out of it before it is deleted.",
            Vec::new(),
        ));
    }
    let reply = generic::answer(state, call)?;
    let users = users::collection(state);
    for user in state.store.list_mut(&users) {
        if let Some(teams) = user.document["teamIds"].as_array_mut() {
            teams.retain(|it| *it != json!(id));
        }
    }
    Ok(reply)
}

/// Refuses names of a body that nobody in the organization has.
pub(super) fn check_names(state: &State, names: &[Value]) -> Result<(), ApiError> {
    let users = state.store.list(&users::collection(state));
    let is_known = |name: &Value| users.iter().any(|it| it.document["username"] == *name);
    match names.iter().find(|it| !is_known(it)) {
        Some(unknown) => {
            let name = unknown.as_str().unwrap_or_default();
            let detail = format!("There is no user {name} in this organization.");
            let parameters = vec![unknown.clone()];
            Err(ApiError::refused(
                400,
                "BAD_USERNAME_REF",
                detail,
                parameters,
            ))
        }
        None => Ok(()),
    }
}
