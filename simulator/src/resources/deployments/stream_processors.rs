//! Stream processors: made, and then started and stopped.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupStreamProcessor", create),
    ("startGroupStreamProcessor", start),
    ("startGroupStreamProcessorWith", start),
    ("stopGroupStreamProcessor", stop),
];

/// `POST …/streams/{tenantName}/processor`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut reply = generic::respond(state, call)?;
    let created = state.store.list_mut(&collection(call)).last_mut();
    for document in created
        .map(|it| &mut it.document)
        .into_iter()
        .chain(&mut reply.document)
    {
        document["state"] = json!("CREATED");
    }
    Ok(reply)
}

/// `POST …/processor/{processorName}:start` and `:startWith`
pub(crate) fn start(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    turn(state, call, "STARTED")
}

/// `POST …/processor/{processorName}:stop`
pub(crate) fn stop(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    turn(state, call, "STOPPED")
}

fn turn(state: &mut State, call: &Call, word: &str) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    requests::body(&context)?;
    let name = call.path("processorName");
    let processor = state.store.find_mut(&collection(call), &["name"], name);
    let processor = processor.ok_or_else(|| ApiError::thing_not_found("PROCESSOR", name))?;
    processor.document["state"] = json!(word);
    processor.updated = call.now;
    Ok(generic::answers::reply(&context, json!({})))
}

fn collection(call: &Call) -> String {
    let (project, tenant) = (call.path("groupId"), call.path("tenantName"));
    format!("/groups/{project}/streams/{tenant}/processor")
}
