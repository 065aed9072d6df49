//! Search indexes: an update increments the version of the definition.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::State;
use crate::state::clock::format_time;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("updateGroupClusterSearchIndex", update),
    ("updateGroupClusterSearchIndexByName", update),
];

/// `PATCH …/clusters/{clusterName}/search/indexes/{indexId}`, and by its name
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let updated = generic::find_records(state, &context).into_iter().next();
    let mut response = generic::respond(state, call)?;
    let index = updated.and_then(|updated| {
        let indexes = state.store.list_mut(&context.collection);
        indexes.iter_mut().find(|index| index.key == updated.key)
    });
    if let (Some(index), Some(document)) = (index, &mut response.document) {
        let version = index.document["latestDefinitionVersion"]["version"].as_u64();
        let version = json!({
            "createdAt": format_time(call.now),
            "version": version.unwrap_or_default() + 1,
        });
        index.document["latestDefinitionVersion"] = version.clone();
        document["latestDefinitionVersion"] = version;
    }
    Ok(response)
}
