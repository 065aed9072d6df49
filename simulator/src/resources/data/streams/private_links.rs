//! Private link connections of stream processing.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] =
    &[("createGroupStreamPrivateLinkConnection", create)];

/// `POST /groups/{groupId}/streams/privateLinkConnections`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("state");
    }
    let provider = body["provider"].as_str().unwrap_or_default();
    body["provider"] = json!(provider.to_uppercase());
    if body["vendor"].is_null() {
        body["vendor"] = json!("GENERIC");
    }
    let connection = writes::insert(state, &context, &body)?;
    let mut reply = generic::item_response(&context, &connection);
    // The first response has no state.
    if let Some(document) = reply.document.as_mut().and_then(Value::as_object_mut) {
        document.remove("state");
    }
    Ok(reply)
}
