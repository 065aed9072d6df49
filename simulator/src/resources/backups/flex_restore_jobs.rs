//! Restore jobs of flex clusters.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::progress::flex_finish_time;
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::state::State;
use crate::state::clock::format_time;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("createGroupFlexClusterBackupRestoreJob", create)];

/// `POST …/flexClusters/{name}/backup/restoreJobs`: the default target is the same project
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::body(&context)?.unwrap_or_default();
    let snapshots = context.collection.replace("/restoreJobs", "/snapshots");
    let snapshot = body["snapshotId"].as_str().unwrap_or_default();
    let snapshot = state.store.find(&snapshots, &["id"], snapshot);
    let finished = snapshot.map_or(call.now, flex_finish_time);
    body["snapshotFinishedDate"] = json!(format_time(finished));
    if body["targetProjectId"].is_null() {
        body["targetProjectId"] = json!(call.path("groupId"));
    }
    let job = writes::insert(state, &context, &body)?;
    Ok(generic::item_response(&context, &job))
}
