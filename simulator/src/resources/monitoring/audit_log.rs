//! The audit log configuration of a project.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{Context, requests, responses};
use crate::resources::Route;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("getGroupAuditLog", get), ("updateGroupAuditLog", update)];

/// `GET /groups/{groupId}/auditLog`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let configuration = find_settings(state, &context);
    Ok(responses::build(&context, configuration.document))
}

/// `PATCH /groups/{groupId}/auditLog`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut change = requests::parse_body(&context)?.unwrap_or_default();
    if let Some(filter) = change["auditFilter"].as_str() {
        let filter = filter.trim_end().to_owned();
        let is_object = serde_json::from_str::<Value>(&filter).is_ok_and(|json| json.is_object());
        if !filter.is_empty() && !is_object {
            // Atlas's error code is not known.
            return Err(ApiError::invalid_attribute("auditFilter", "a JSON object"));
        }
        let kind = if filter.is_empty() {
            "NONE"
        } else {
            "FILTER_JSON"
        };
        change["configurationType"] = json!(kind);
        change["auditFilter"] = json!(filter);
    } else if let Some(change) = change.as_object_mut() {
        change.remove("configurationType");
        change.remove("auditFilter");
    }
    let mut configuration = find_settings(state, &context);
    configuration.merge(&change, call.now);
    let document = configuration.document.clone();
    state.store.put_single(&context.collection, configuration);
    Ok(responses::build(&context, document))
}

/// Returns the configuration of a project. Default: a disabled audit log.
fn find_settings(state: &State, context: &Context<'_>) -> Record {
    let stored = state.store.single(&context.collection).cloned();
    stored.unwrap_or_else(|| {
        let document = json!({
            "auditAuthorizationSuccess": false,
            "configurationType": "NONE",
            "enabled": false,
        });
        Record::new("", document, context.call.now)
    })
}
