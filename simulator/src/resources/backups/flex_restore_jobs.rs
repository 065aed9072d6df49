//! Restore jobs and downloads of the snapshots of flex clusters.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::progress::flex_finish_time;
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::state::clock::{after, format_time};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupFlexClusterBackupRestoreJob", create),
    ("downloadGroupFlexClusterBackup", download),
];

/// Lifetime of a download link.
const DOWNLOAD_LIFETIME: std::time::Duration = std::time::Duration::from_hours(4);

/// `POST …/flexClusters/{name}/backup/restoreJobs`
///
/// Creates a restore job. Default target project: the project of the snapshot.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    let snapshots = context.collection.replace("/restoreJobs", "/snapshots");
    body["snapshotFinishedDate"] = finish_time(state, call, &snapshots, &body);
    if body["targetProjectId"].is_null() {
        body["targetProjectId"] = json!(call.path("groupId"));
    }
    let job = writes::insert(state, &context, &body)?;
    Ok(generic::item_response(&context, &job))
}

/// Returns the time at which the snapshot of a request was finished.
fn finish_time(state: &State, call: &Call, snapshots: &str, body: &Value) -> Value {
    let id = body["snapshotId"].as_str().unwrap_or_default();
    let snapshot = state.store.find(snapshots, &["id"], id);
    json!(format_time(snapshot.map_or(call.now, flex_finish_time)))
}

/// `POST …/flexClusters/{name}/backup/download`
///
/// Creates a restore job with a download URL that the simulator serves.
pub(crate) fn download(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let (project, name) = (call.path("groupId"), call.path("name"));
    let backup = format!("/groups/{project}/flexClusters/{name}/backup");
    let snapshots = format!("{backup}/snapshots");
    let id = state.ids().next(call.now);
    let url = format!("{}-{id}.tgz", call.link("/downloads/snapshot"));
    let document = json!({
        "deliveryType": "DOWNLOAD",
        "expirationDate": format_time(after(call.now, DOWNLOAD_LIFETIME)),
        "id": id,
        "instanceName": name,
        "projectId": project,
        "restoreScheduledDate": format_time(call.now),
        "snapshotFinishedDate": finish_time(state, call, &snapshots, &body),
        "snapshotId": body["snapshotId"],
        "snapshotUrl": url,
        "status": "PENDING",
        "targetDeploymentItemName": name,
        "targetProjectId": project,
    });
    let job = Record::new(id, document.clone(), call.now);
    let jobs = state.store.list_mut(&format!("{backup}/restoreJobs"));
    jobs.push(job);
    Ok(generic::responses::build(&context, document))
}
