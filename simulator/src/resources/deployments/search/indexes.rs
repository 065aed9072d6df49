//! Search indexes. An update rebuilds the index and increments the version of its definition.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::state::clock::format_time;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(crate) const ROUTES: &[Route] = &[
    ("createGroupClusterSearchIndex", create),
    ("updateGroupClusterSearchIndex", update),
    ("updateGroupClusterSearchIndexByName", update),
];

/// Field with the version of the latest definition.
const VERSION_FIELD: &str = "latestDefinitionVersion";

/// `POST …/clusters/{clusterName}/search/indexes`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let index = insert(state, &context, &body)?;
    Ok(generic::item_response(&context, &index))
}

/// Adds an index. Rejects a name that another index of the collection has.
pub(super) fn insert(
    state: &mut State,
    context: &Context<'_>,
    index: &Value,
) -> Result<Record, ApiError> {
    let names = ["database", "collectionName", "name"];
    let mut indexes = state.store.list(&context.collection).iter();
    let is_duplicate =
        indexes.any(|other| names.iter().all(|name| other.document[name] == index[name]));
    if is_duplicate {
        return Err(ApiError::from_code_without_parameters(
            "ATLAS_FTS_DUPLICATE_INDEX",
        ));
    }
    let mut record = writes::new_record(state, context, index);
    record.document["definition"] = index["definition"].clone();
    record.document["indexID"] = json!(record.key);
    let indexes = state.store.list_mut(&context.collection);
    indexes.push(record.clone());
    Ok(record)
}

/// `PATCH …/clusters/{clusterName}/search/indexes/{indexId}`, and the same operation by index name
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let updated = generic::find_records(state, &context).into_iter().next();
    generic::respond(state, call)?;
    let updated = updated.ok_or_else(|| context.not_found())?;
    let indexes = state.store.list_mut(&context.collection);
    let index = indexes.iter_mut().find(|index| index.key == updated.key);
    let index = index.ok_or_else(|| context.not_found())?;
    rebuild(index, call.now);
    Ok(generic::item_response(&context, index))
}

/// Starts a build of the index with a new definition.
pub(super) fn rebuild(index: &mut Record, now: Timestamp) {
    let version = index.document[VERSION_FIELD]["version"].as_u64();
    index.document[VERSION_FIELD] = json!({
        "createdAt": format_time(now),
        "version": version.unwrap_or_default() + 1,
    });
    index.started = now;
    index.updated = now;
}
