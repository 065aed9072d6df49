//! Whether Atlas chooses when an operation counts as slow, which it does until it is told not to.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupManagedSlowMs", get),
    ("enableGroupManagedSlowMs", enable),
    ("disableGroupManagedSlowMs", disable),
];

/// `GET /groups/{groupId}/managedSlowMs`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let chosen = state.store.single(&path(call));
    let is_managed = chosen.is_none_or(|setting| setting.document == true);
    Ok(generic::answers::reply(&context, json!(is_managed)))
}

/// `POST …/managedSlowMs/enable`
pub(crate) fn enable(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    choose(state, call, true)
}

/// `DELETE …/managedSlowMs/disable`
pub(crate) fn disable(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    choose(state, call, false)
}

fn choose(state: &mut State, call: &Call, is_managed: bool) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let chosen = Record::new("", json!(is_managed), call.now);
    state.store.put_single(&path(call), chosen);
    Ok(generic::answers::reply(&context, Value::Null))
}

fn path(call: &Call) -> String {
    format!("/groups/{}/managedSlowMs", call.path("groupId"))
}
