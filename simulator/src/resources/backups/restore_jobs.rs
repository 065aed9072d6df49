//! Restore jobs of dedicated clusters.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::backups::backups;
use crate::resources::{Route, render_link};
use crate::state::clock::{before, format_time};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupClusterBackupRestoreJob", create),
    ("cancelGroupClusterBackupRestoreJob", cancel),
];

/// Default restore window of point-in-time restores, in days.
const DEFAULT_WINDOW: u64 = 7;

/// Path of the restore jobs of a cluster.
const RESTORE_JOBS: &str = "/clusters/{clusterName}/backup/restoreJobs";

/// Target cluster of a restore job.
struct Target {
    project: String,
    cluster: String,
}

/// `POST …/clusters/{clusterName}/backup/restoreJobs`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let snapshot = find_snapshot(state, &context, &body)?;
    let target = find_target(state, call, &body)?;
    check_unfinished(state, &context, target.as_ref())?;
    let point = parse_point_in_time(state, call, &body)?;
    let id = state.ids().next(call.now);
    let mut document = json!({
        "cancelled": false,
        "deliveryType": body["deliveryType"],
        "deliveryUrl": [],
        "desiredTimestamp": render_timestamp(point, &body),
        "expired": false,
        "failed": false,
        "id": id,
        "links": render_links(call, &id, snapshot),
        "timestamp": format_time(call.now),
    });
    if let Some(target) = target {
        document["targetClusterName"] = json!(target.cluster);
        document["targetDeploymentItemName"] = json!(format!("atlas-{}", &id[..6]));
        document["targetGroupId"] = json!(target.project);
    }
    if let Some(snapshot) = snapshot {
        document["snapshotId"] = json!(snapshot);
    }
    let job = Record::new(id, document.clone(), call.now);
    state.store.list_mut(&context.collection).push(job);
    Ok(generic::responses::build(&context, document))
}

/// `DELETE …/backup/restoreJobs/{restoreJobId}`
///
/// Cancels a restore job. Lists still contain the cancelled job.
pub(crate) fn cancel(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let job = generic::find_records(state, &context).into_iter().next();
    let job = job.ok_or_else(|| context.not_found())?;
    let document = generic::progress::advance(&context, &job);
    if !document["finishedAt"].is_null() || !document["expiresAt"].is_null() {
        return Err(ApiError::from_code_without_parameters(
            "RESTORE_JOB_ALREADY_FINISHED",
        ));
    }
    let jobs = state.store.list_mut(&context.collection);
    if let Some(stored) = jobs.iter_mut().find(|stored| stored.key == job.key) {
        stored.document["cancelled"] = json!(true);
    }
    Ok(generic::responses::build(&context, Value::Null))
}

fn render_links(call: &Call, id: &str, snapshot: Option<&str>) -> Value {
    let group = format!("/api/atlas/v2/groups/{}", call.path("groupId"));
    let cluster = format!("{group}/clusters/{}", call.path("clusterName"));
    let related = |path: &str, name: &str| {
        let relation = format!("https://cloud.mongodb.com/{name}");
        render_link(call, path, &relation)
    };
    let mut links = vec![render_link(
        call,
        &format!("{}/{id}", call.request_path),
        "self",
    )];
    if let Some(snapshot) = snapshot {
        let path = format!("{cluster}/backup/snapshots/{snapshot}");
        links.push(related(&path, "snapshot"));
    }
    links.push(related(&cluster, "cluster"));
    links.push(related(&group, "group"));
    Value::Array(links)
}

fn render_timestamp(point: Option<Timestamp>, body: &Value) -> Value {
    json!({
        "date": point.map(format_time),
        "increment": body["oplogInc"],
        "time": point.map(Timestamp::as_second),
    })
}

fn is_point_in_time(body: &Value) -> bool {
    body["deliveryType"] == "pointInTime"
}

/// Returns the id of the snapshot to restore, which is required unless the job restores a point in
/// time.
fn find_snapshot<'a>(
    state: &State,
    context: &Context<'_>,
    body: &'a Value,
) -> Result<Option<&'a str>, ApiError> {
    let Some(snapshot) = body["snapshotId"].as_str() else {
        return if is_point_in_time(body) {
            Ok(None)
        } else {
            Err(ApiError::missing_attribute("snapshotId"))
        };
    };
    let snapshots = context.collection.replace("/restoreJobs", "/snapshots");
    let record = state.store.find(&snapshots, &["id"], snapshot);
    let record = record.ok_or_else(|| context.item_not_found("SNAPSHOT", snapshot))?;
    if !backups::is_completed(record, context.call.now) {
        let is_download = body["deliveryType"] == "download";
        return Err(ApiError::from_code_without_parameters(if is_download {
            "CANNOT_DOWNLOAD_INCOMPLETE_SNAPSHOT"
        } else {
            "CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT"
        }));
    }
    Ok(Some(snapshot))
}

/// Rejects a restore into a cluster while an earlier restore into it is unfinished.
fn check_unfinished(
    state: &State,
    context: &Context<'_>,
    target: Option<&Target>,
) -> Result<(), ApiError> {
    let Some(target) = target else {
        return Ok(());
    };
    let mut jobs = state.store.list(&context.collection).iter();
    let is_unfinished = |job: &Record| {
        job.document["cancelled"] != true
            && job.string("targetClusterName") == target.cluster
            && job.string("targetGroupId") == target.project
            && generic::progress::end(RESTORE_JOBS, job).is_some_and(|end| end > context.call.now)
    };
    if jobs.any(is_unfinished) {
        let code = "ATLAS_CLUSTER_RESTORE_IN_PROGRESS";
        return Err(ApiError::from_code_without_parameters(code));
    }
    Ok(())
}

/// Returns the target cluster, which is required unless the job is a download.
fn find_target(state: &State, call: &Call, body: &Value) -> Result<Option<Target>, ApiError> {
    let project = body["targetGroupId"]
        .as_str()
        .unwrap_or(call.path("groupId"));
    let Some(name) = body["targetClusterName"].as_str() else {
        return if body["deliveryType"] == "download" {
            Ok(None)
        } else {
            Err(ApiError::missing_attribute("targetClusterName"))
        };
    };
    let cluster = state.project(project)?.cluster(name)?;
    if cluster.lifecycle.is_paused() {
        return Err(ApiError::from_code_without_parameters(
            "CLUSTER_PAUSED_CANNOT_RESTORE",
        ));
    }
    Ok(Some(Target {
        project: project.to_owned(),
        cluster: name.to_owned(),
    }))
}

/// Returns the point in time to restore, which must be in the restore window.
fn parse_point_in_time(
    state: &State,
    call: &Call,
    body: &Value,
) -> Result<Option<Timestamp>, ApiError> {
    if !is_point_in_time(body) {
        return Ok(None);
    }
    let seconds = body["pointInTimeUTCSeconds"].as_i64();
    let seconds = seconds.or_else(|| body["oplogTs"].as_i64());
    let point = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let Some(point) = point.filter(|point| *point <= call.now) else {
        return Err(ApiError::from_code_without_parameters(
            "INVALID_PIT_RESTORE_TIME",
        ));
    };
    let name = call.path("clusterName");
    let cluster = state.project(call.path("groupId"))?.cluster(name)?;
    if !cluster.settings.pit_enabled {
        return Err(ApiError::from_code_without_parameters(
            "NO_CHECKPOINT_FOR_PIT_RESTORE",
        ));
    }
    let days = restore_window(state, call);
    let oldest = before(call.now, Duration::from_secs(days.saturating_mul(86_400)));
    if point < oldest.max(cluster.created) {
        // Atlas's spelling, with a zero.
        let code = "UNABLE_T0_FIND_SNAPSHOT_PRIOR_TO_PIT_RESTORE_OPTIME";
        return Err(ApiError::from_code_without_parameters(code));
    }
    Ok(Some(point))
}

/// Returns the restore window of a cluster, in days.
fn restore_window(state: &State, call: &Call) -> u64 {
    let (project, name) = (call.path("groupId"), call.path("clusterName"));
    let schedule = format!("/groups/{project}/clusters/{name}/backup/schedule");
    let schedule = state.store.single(&schedule);
    let days = schedule.and_then(|schedule| schedule.document["restoreWindowDays"].as_u64());
    days.unwrap_or(DEFAULT_WINDOW)
}
