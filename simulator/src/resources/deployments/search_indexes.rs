//! Search indexes: every change of one makes a new version of its definition.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::State;
use crate::state::clock::written;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("updateGroupClusterSearchIndex", update),
    ("updateGroupClusterSearchIndexByName", update),
];

/// `PATCH …/clusters/{clusterName}/search/indexes/{indexId}`, and by its name
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let found = generic::find_records(state, &context).into_iter().next();
    let mut reply = generic::respond(state, call)?;
    let index = found.and_then(|found| {
        let indexes = state.store.list_mut(&context.collection);
        indexes.iter_mut().find(|it| it.key == found.key)
    });
    if let (Some(index), Some(shown)) = (index, &mut reply.document) {
        let version = index.document["latestDefinitionVersion"]["version"].as_u64();
        let version = json!({
            "createdAt": written(call.now),
            "version": version.unwrap_or_default() + 1,
        });
        index.document["latestDefinitionVersion"] = version.clone();
        shown["latestDefinitionVersion"] = version;
    }
    Ok(reply)
}
