//! Pinned namespaces of a cluster, for which Atlas always records query latency metrics.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupClusterCollStatPinnedNamespaces", list),
    ("pinGroupClusterCollStatPinnedNamespaces", replace),
    ("updateGroupClusterCollStatPinnedNamespaces", add),
    ("unpinGroupClusterCollStatUnpinNamespaces", remove),
];

/// `GET …/clusters/{clusterName}/collStats/pinned`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let pinned = pinned_namespaces(state, call);
    respond(state, &context, &pinned)
}

/// `PUT …/collStats/pinned`
///
/// Replaces all pinned namespaces.
pub(crate) fn replace(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    change_namespaces(state, call, |_, requested| requested)
}

/// `PATCH …/collStats/pinned`
///
/// Adds pinned namespaces.
pub(crate) fn add(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    change_namespaces(state, call, |mut pinned, requested| {
        let new: Vec<_> = requested
            .into_iter()
            .filter(|namespace| !pinned.contains(namespace))
            .collect();
        pinned.extend(new);
        pinned
    })
}

/// `PATCH …/collStats/unpin`
pub(crate) fn remove(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    change_namespaces(state, call, |mut pinned, requested| {
        pinned.retain(|namespace| !requested.contains(namespace));
        pinned
    })
}

fn change_namespaces(
    state: &mut State,
    call: &Call,
    apply: impl FnOnce(Vec<Value>, Vec<Value>) -> Vec<Value>,
) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let requested = body["namespaces"].as_array().cloned().unwrap_or_default();
    let pinned = apply(pinned_namespaces(state, call), requested);
    let record = Record::new("", json!(pinned), call.now);
    state.store.put_single(&settings_path(call), record);
    respond(state, &context, &pinned)
}

fn pinned_namespaces(state: &State, call: &Call) -> Vec<Value> {
    let record = state.store.single(&settings_path(call));
    let pinned = record.and_then(|record| record.document.as_array());
    pinned.cloned().unwrap_or_default()
}

fn respond(
    state: &State,
    context: &Context<'_>,
    pinned: &[Value],
) -> Result<ApiResponse, ApiError> {
    let (project, name) = (
        context.call.path("groupId"),
        context.call.path("clusterName"),
    );
    let cluster = state.project(project)?.cluster(name)?;
    let document = json!({
        "clusterId": cluster.id,
        "groupId": project,
        "pinnedNamespaces": pinned,
    });
    Ok(generic::responses::build(context, document))
}

fn settings_path(call: &Call) -> String {
    let (project, cluster) = (call.path("groupId"), call.path("clusterName"));
    format!("/groups/{project}/clusters/{cluster}/collStats/pinned")
}
