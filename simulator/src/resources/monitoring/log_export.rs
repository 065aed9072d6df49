//! Push-based log export of a project.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::resources::access::cloud_access;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupPushBasedLogExport", set),
    ("getGroupPushBasedLogExport", get),
    ("updateGroupPushBasedLogExport", set),
];

/// `GET /groups/{groupId}/pushBasedLogExport`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    if state.store.single(&context.collection).is_none() {
        let document = json!({ "state": "UNCONFIGURED" });
        return Ok(generic::responses::build(&context, document));
    }
    generic::respond(state, call)
}

/// `POST` and `PATCH /groups/{groupId}/pushBasedLogExport`
///
/// Rejects a role that is not authorized.
pub(crate) fn set(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    if let Some(id) = call.object()?.get("iamRoleId").and_then(Value::as_str) {
        cloud_access::find_authorized(state, call, id)?;
    }
    generic::respond(state, call)
}
