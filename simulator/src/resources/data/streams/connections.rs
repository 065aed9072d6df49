//! Connections of stream workspaces.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("createGroupStreamConnection", create),
    ("updateGroupStreamConnection", update),
];

/// `POST /groups/{groupId}/streams/{tenantName}/connections`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    if body["type"] == "Kafka" && body["networking"].is_null() {
        body["networking"] = json!({ "access": { "type": "PUBLIC" } });
    }
    let connection = writes::insert(state, &context, &body)?;
    Ok(generic::item_response(&context, &connection))
}

/// `PATCH …/connections/{connectionName}`
///
/// Updates a connection. Ignores `name` and `type`.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let mut change = requests::remove_secrets(&context, &body);
    if let Some(fields) = change.as_object_mut() {
        fields.retain(|name, _| name != "name" && name != "type");
    }
    let name = call.path("connectionName");
    let connection = state.store.find_mut(&context.collection, &["name"], name);
    let connection = connection.ok_or_else(|| context.not_found())?;
    connection.merge(&change, call.now);
    let connection = connection.clone();
    Ok(generic::item_response(&context, &connection))
}

/// Returns the connection to the sample stream of solar panels.
pub(super) fn build_solar_sample(workspace: &Record, now: Timestamp) -> Record {
    let id = derived_id(&format!("sample connection {}", workspace.key));
    let region = &workspace.document["dataProcessRegion"]["region"];
    let document = json!({
        "id": id,
        "name": "sample_stream_solar",
        "region": region.as_str().map_or(Value::from("VIRGINIA_USA"), Value::from),
        "state": "READY",
        "type": "Sample",
    });
    Record::new(id, document, now)
}
