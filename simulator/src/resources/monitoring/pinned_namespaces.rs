//! The namespaces of a cluster that are always watched for the latency of their queries.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupClusterCollStatPinnedNamespaces", list),
    ("pinGroupClusterCollStatPinnedNamespaces", replace),
    ("updateGroupClusterCollStatPinnedNamespaces", add),
    ("unpinGroupClusterCollStatUnpinNamespaces", remove),
];

/// `GET …/clusters/{clusterName}/collStats/pinned`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let pinned = pinned(state, call);
    shown(state, &context, &pinned)
}

/// `PUT …/collStats/pinned`: these and no others
pub(crate) fn replace(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    change(state, call, |_, asked| asked)
}

/// `PATCH …/collStats/pinned`: these as well
pub(crate) fn add(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    change(state, call, |mut pinned, asked| {
        let new: Vec<_> = asked
            .into_iter()
            .filter(|namespace| !pinned.contains(namespace))
            .collect();
        pinned.extend(new);
        pinned
    })
}

/// `PATCH …/collStats/unpin`
pub(crate) fn remove(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    change(state, call, |mut pinned, asked| {
        pinned.retain(|namespace| !asked.contains(namespace));
        pinned
    })
}

fn change(
    state: &mut State,
    call: &Call,
    apply: impl FnOnce(Vec<Value>, Vec<Value>) -> Vec<Value>,
) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let asked = body["namespaces"].as_array().cloned().unwrap_or_default();
    let pinned = apply(pinned(state, call), asked);
    let kept = Record::new("", json!(pinned), call.now);
    state.store.put_single(&path(call), kept);
    shown(state, &context, &pinned)
}

fn pinned(state: &State, call: &Call) -> Vec<Value> {
    let kept = state.store.single(&path(call));
    let pinned = kept.and_then(|record| record.document.as_array());
    pinned.cloned().unwrap_or_default()
}

fn shown(state: &State, context: &Context<'_>, pinned: &[Value]) -> Result<Reply, ApiError> {
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
    Ok(generic::answers::reply(context, document))
}

fn path(call: &Call) -> String {
    let (project, cluster) = (call.path("groupId"), call.path("clusterName"));
    format!("/groups/{project}/clusters/{cluster}/collStats/pinned")
}
