//! The managed slow operation threshold, which is enabled by default.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupManagedSlowMs", get),
    ("enableGroupManagedSlowMs", enable),
    ("disableGroupManagedSlowMs", disable),
];

/// `GET /groups/{groupId}/managedSlowMs`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let setting = state.store.single(&settings_path(call));
    let is_managed = setting.is_none_or(|setting| setting.document == true);
    Ok(generic::responses::build(&context, json!(is_managed)))
}

/// `POST …/managedSlowMs/enable`
pub(crate) fn enable(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    set(state, call, true)
}

/// `DELETE …/managedSlowMs/disable`
pub(crate) fn disable(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    set(state, call, false)
}

fn set(state: &mut State, call: &Call, is_managed: bool) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let setting = Record::new("", json!(is_managed), call.now);
    state.store.put_single(&settings_path(call), setting);
    Ok(generic::responses::build(&context, Value::Null))
}

fn settings_path(call: &Call) -> String {
    format!("/groups/{}/managedSlowMs", call.path("groupId"))
}
