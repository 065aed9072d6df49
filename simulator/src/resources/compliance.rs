//! The backup compliance policy of a project.

use serde_json::json;

use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::generic;
use crate::state::State;

/// What a policy hides that somebody chose.
const CHOSEN: &str = "chosen";

/// `GET /groups/{groupId}/backupCompliancePolicy`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut reply = generic::answer(state, call)?;
    if let Some(policy) = &mut reply.document {
        policy["projectId"] = json!(call.parameter(0));
    }
    Ok(reply)
}

/// `PUT /groups/{groupId}/backupCompliancePolicy`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let reply = get(state, call)?;
    if let Some(policy) = state.store.single_mut(&path(call.parameter(0))) {
        policy.hidden.insert(CHOSEN.to_owned(), json!(true));
    }
    Ok(reply)
}

/// Whether a project has a policy that somebody chose.
pub(crate) fn is_chosen(state: &State, project: &str) -> bool {
    let policy = state.store.single(&path(project));
    policy.is_some_and(|it| it.hidden.contains_key(CHOSEN))
}

fn path(project: &str) -> String {
    format!("/groups/{project}/backupCompliancePolicy")
}
