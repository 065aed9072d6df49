//! Online archives: immutable fields, pausing and resuming.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, progress, requests, writes};
use crate::resources::Route;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupClusterOnlineArchive", create),
    ("getGroupClusterOnlineArchive", get),
    ("updateGroupClusterOnlineArchive", update),
    ("deleteGroupClusterOnlineArchive", delete),
];

/// Fields that an update cannot change.
const IMMUTABLE_FIELDS: [&str; 3] = ["collName", "collectionType", "dbName"];

/// `POST …/clusters/{clusterName}/onlineArchives`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut response = generic::respond(state, call)?;
    let archive = state.store.list_mut(&context.collection).last_mut();
    let archive = archive.map(|archive| &mut archive.document);
    for document in archive.into_iter().chain(&mut response.document) {
        clear_field_types(document);
    }
    Ok(response)
}

/// Sets the types of the partition fields to null, as Atlas does.
fn clear_field_types(archive: &mut Value) {
    let fields = archive.get_mut("partitionFields");
    let fields = fields.and_then(Value::as_array_mut);
    for field in fields.into_iter().flatten() {
        field["fieldType"] = Value::Null;
    }
}

/// `GET …/clusters/{clusterName}/onlineArchives/{archiveId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    find(state, &context)?;
    generic::respond(state, call)
}

/// `DELETE …/clusters/{clusterName}/onlineArchives/{archiveId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    find(state, &context)?;
    generic::respond(state, call)
}

/// `PATCH …/clusters/{clusterName}/onlineArchives/{archiveId}`
///
/// Updates an archive. Pauses or resumes it if the body contains `state` or `paused`.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let archive = find(state, &context)?;
    let current = progress::advance(&context, &archive);
    let is_changed = |field: &str| {
        body.get(field)
            .is_some_and(|value| *value != current[field])
    };
    let requested = requested_pause(&body);
    let is_pending = current["state"] == "PENDING";
    let has_invalid_state = is_pending && body["state"] == "ACTIVE";
    if has_invalid_state || IMMUTABLE_FIELDS.iter().any(|field| is_changed(field)) {
        let code = "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD";
        return Err(ApiError::from_code_without_parameters(code));
    }
    let is_active = current["state"] == "ACTIVE";
    if requested == Some(true) && current["paused"] != true && !is_active {
        let code = "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE";
        return Err(ApiError::from_code_without_parameters(code));
    }
    let mut change = remove_state(&body, requested);
    clear_field_types(&mut change);
    if change["dataExpirationRule"] == json!({}) {
        change["dataExpirationRule"] = Value::Null;
    }
    let call = Call {
        body: change.to_string().into(),
        ..call.clone()
    };
    context.call = &call;
    writes::update(state, &context)
}

fn find(state: &mut State, context: &Context<'_>) -> Result<Record, ApiError> {
    let archive = generic::find_records(state, context).into_iter().next();
    archive.ok_or_else(|| {
        let id = context.call.path("archiveId");
        let detail = format!("Cannot find resource Online archive with id {id}.");
        ApiError::rejected(404, "RESOURCE_NOT_FOUND", detail, vec![json!(id)])
    })
}

/// Returns `true` for a request that pauses the archive, `false` for one that resumes it, or `None`.
fn requested_pause(body: &Value) -> Option<bool> {
    match body["state"].as_str() {
        Some("PAUSING" | "PAUSED") => Some(true),
        Some("ACTIVE") => Some(false),
        _ => body["paused"].as_bool(),
    }
}

/// Returns the change with `paused` in place of `state`.
fn remove_state(body: &Value, paused: Option<bool>) -> Value {
    let mut change = body.as_object().cloned().unwrap_or_default();
    change.remove("state");
    change.remove("_id");
    if let Some(paused) = paused {
        change.insert("paused".to_owned(), json!(paused));
    }
    Value::Object(change)
}
