//! Stream processors, which can be started and stopped.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupStreamProcessor", create),
    ("updateGroupStreamProcessor", update),
    ("startGroupStreamProcessor", start),
    ("startGroupStreamProcessorWith", start),
    ("stopGroupStreamProcessor", stop),
];

/// `POST …/streams/{tenantName}/processor`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut response = generic::respond(state, call)?;
    let created = state.store.list_mut(&collection_path(call)).last_mut();
    for document in created
        .map(|record| &mut record.document)
        .into_iter()
        .chain(&mut response.document)
    {
        document["state"] = json!("CREATED");
    }
    Ok(response)
}

/// `PATCH …/streams/{tenantName}/processor/{processorName}`
///
/// Removes the dead letter queue if the body contains an empty one. Does not store
/// `resumeFromCheckpoint`.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut body = call.object()?;
    if let Some(options) = body.get_mut("options").and_then(Value::as_object_mut) {
        options.remove("resumeFromCheckpoint");
        options.retain(|_, value| !value.is_null() && *value != json!({}));
    }
    let call = Call {
        body: Value::Object(body).to_string().into(),
        ..call.clone()
    };
    generic::respond(state, &call)
}

/// `POST …/processor/{processorName}:start` and `:startWith`
pub(crate) fn start(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    set_state(state, call, "STARTED")
}

/// `POST …/processor/{processorName}:stop`
pub(crate) fn stop(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    set_state(state, call, "STOPPED")
}

fn set_state(state: &mut State, call: &Call, name: &str) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    requests::parse_body(&context)?;
    let processor_name = call.path("processorName");
    let processor = state
        .store
        .find_mut(&collection_path(call), &["name"], processor_name);
    let processor =
        processor.ok_or_else(|| ApiError::named_not_found("PROCESSOR", processor_name))?;
    processor.document["state"] = json!(name);
    processor.updated = call.now;
    Ok(generic::responses::build(&context, json!({})))
}

fn collection_path(call: &Call) -> String {
    let (project, tenant) = (call.path("groupId"), call.path("tenantName"));
    format!("/groups/{project}/streams/{tenant}/processor")
}
