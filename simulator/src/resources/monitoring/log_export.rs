//! Push-based log export of a project.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("getGroupPushBasedLogExport", get)];

/// `GET /groups/{groupId}/pushBasedLogExport`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    if state.store.single(&context.collection).is_none() {
        let document = json!({ "state": "UNCONFIGURED" });
        return Ok(generic::responses::build(&context, document));
    }
    generic::respond(state, call)
}
