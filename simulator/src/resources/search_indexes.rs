//! Search indexes: every change of one makes a new version of its definition.

use serde_json::json;

use crate::call::{Call, Reply};
use crate::clock::written;
use crate::error::ApiError;
use crate::generic::{self, Context};
use crate::state::State;

/// `GET …/clusters/{clusterName}/fts/indexes/{databaseName}/{collectionName}`: lists leave out the
/// fields of a mapping that maps none, where an index alone has a null.
pub(crate) fn list_old(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut reply = generic::answer(state, call)?;
    let indexes = reply.document.as_mut().and_then(|it| it.as_array_mut());
    for index in indexes.into_iter().flatten() {
        let mappings = index.get_mut("mappings").and_then(|it| it.as_object_mut());
        if let Some(mappings) = mappings {
            mappings.retain(|name, value| name != "fields" || !value.is_null());
        }
    }
    Ok(reply)
}

/// `PATCH …/clusters/{clusterName}/search/indexes/{indexId}`, and by its name
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let found = generic::found(state, &context).into_iter().next();
    let mut reply = generic::answer(state, call)?;
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
