//! Jobs that restore the backups of flex clusters.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::progress::flex_finish;
use crate::generic::{self, Context, requests, writing};
use crate::resources::Route;
use crate::state::State;
use crate::state::clock::written;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("createGroupFlexClusterBackupRestoreJob", create)];

/// `POST …/flexClusters/{name}/backup/restoreJobs`: says when the snapshot was finished, and
/// stays in the project unless another one is named
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let mut body = requests::body(&context)?.unwrap_or_default();
    let snapshots = context.collection.replace("/restoreJobs", "/snapshots");
    let snapshot = body["snapshotId"].as_str().unwrap_or_default();
    let snapshot = state.store.find(&snapshots, &["id"], snapshot);
    let finished = snapshot.map_or(call.now, flex_finish);
    body["snapshotFinishedDate"] = json!(written(finished));
    if body["targetProjectId"].is_null() {
        body["targetProjectId"] = json!(call.path("groupId"));
    }
    let job = writing::keep(state, &context, &body)?;
    Ok(generic::item_response(&context, &job))
}
