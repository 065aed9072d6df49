//! Jobs that restore the backups of dedicated clusters: what they need, and what they are.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, link};
use crate::state::clock::{before, written};
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupClusterBackupRestoreJob", create),
    ("cancelGroupClusterBackupRestoreJob", cancel),
];

/// For how many days a cluster can be restored to any moment, where its schedule does not say.
const USUAL_WINDOW: u64 = 7;

/// Where a backup goes to.
struct Target {
    project: String,
    cluster: String,
}

/// `POST …/clusters/{clusterName}/backup/restoreJobs`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let snapshot = snapshot(state, &context, &body)?;
    let target = target(state, call, &body)?;
    let moment = moment(state, call, &body)?;
    let id = state.ids().next(call.now);
    let mut document = json!({
        "cancelled": false,
        "deliveryType": body["deliveryType"],
        "deliveryUrl": [],
        "desiredTimestamp": desired(moment, &body),
        "expired": false,
        "failed": false,
        "id": id,
        "links": links(call, &id, snapshot),
        "timestamp": written(call.now),
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
    Ok(generic::answers::reply(&context, document))
}

/// `DELETE …/backup/restoreJobs/{restoreJobId}`: a job that goes on stops, and stays in the list
pub(crate) fn cancel(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let job = generic::find_records(state, &context).into_iter().next();
    let job = job.ok_or_else(|| context.not_found())?;
    let shown = generic::progress::advance(&context, &job);
    if !shown["finishedAt"].is_null() || !shown["expiresAt"].is_null() {
        // The service's own code is not known.
        return Err(ApiError::rejected(
            400,
            "RESTORE_JOB_ALREADY_FINISHED",
            "The restore job is finished and cannot be cancelled.",
            vec![json!(job.key)],
        ));
    }
    let jobs = state.store.list_mut(&context.collection);
    if let Some(kept) = jobs.iter_mut().find(|it| it.key == job.key) {
        kept.document["cancelled"] = json!(true);
    }
    Ok(generic::answers::reply(&context, Value::Null))
}

fn links(call: &Call, id: &str, snapshot: Option<&str>) -> Value {
    let group = format!("/api/atlas/v2/groups/{}", call.path("groupId"));
    let cluster = format!("{group}/clusters/{}", call.path("clusterName"));
    let related = |path: &str, name: &str| {
        let relation = format!("https://cloud.mongodb.com/{name}");
        link(call, path, &relation)
    };
    let mut links = vec![link(call, &format!("{}/{id}", call.request_path), "self")];
    if let Some(snapshot) = snapshot {
        let path = format!("{cluster}/backup/snapshots/{snapshot}");
        links.push(related(&path, "snapshot"));
    }
    links.push(related(&cluster, "cluster"));
    links.push(related(&group, "group"));
    Value::Array(links)
}

fn desired(moment: Option<Timestamp>, body: &Value) -> Value {
    json!({
        "date": moment.map(written),
        "increment": body["oplogInc"],
        "time": moment.map(Timestamp::as_second),
    })
}

fn is_to_a_moment(body: &Value) -> bool {
    body["deliveryType"] == "pointInTime"
}

/// The snapshot that is restored, which every job needs that is not to a moment.
fn snapshot<'a>(
    state: &State,
    context: &Context<'_>,
    body: &'a Value,
) -> Result<Option<&'a str>, ApiError> {
    let Some(snapshot) = body["snapshotId"].as_str() else {
        return if is_to_a_moment(body) {
            Ok(None)
        } else {
            Err(ApiError::missing_attribute("snapshotId"))
        };
    };
    let snapshots = context.collection.replace("/restoreJobs", "/snapshots");
    if state.store.find(&snapshots, &["id"], snapshot).is_none() {
        return Err(ApiError::thing_not_found("SNAPSHOT", snapshot));
    }
    Ok(Some(snapshot))
}

/// The cluster that is written over, which every job needs that is not for a download.
fn target(state: &State, call: &Call, body: &Value) -> Result<Option<Target>, ApiError> {
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
        let detail = format!("Cluster {name} is paused, and nothing can be restored to it.");
        let parameters = vec![json!(name)];
        return Err(ApiError::rejected(
            400,
            "CLUSTER_PAUSED_CANNOT_RESTORE",
            detail,
            parameters,
        ));
    }
    Ok(Some(Target {
        project: project.to_owned(),
        cluster: name.to_owned(),
    }))
}

/// The moment that is restored: one that continuous backup has kept.
///
/// How the service refuses a cluster without continuous backup is not known; here it is said of
/// the time.
fn moment(state: &State, call: &Call, body: &Value) -> Result<Option<Timestamp>, ApiError> {
    if !is_to_a_moment(body) {
        return Ok(None);
    }
    let seconds = body["pointInTimeUTCSeconds"].as_i64();
    let seconds = seconds.or_else(|| body["oplogTs"].as_i64());
    let moment = seconds.and_then(|it| Timestamp::from_second(it).ok());
    let Some(moment) = moment.filter(|it| *it <= call.now) else {
        return Err(no_time(
            "Give a time that has passed, or that of an operation.",
        ));
    };
    let name = call.path("clusterName");
    let cluster = state.project(call.path("groupId"))?.cluster(name)?;
    if !cluster.settings.pit_enabled {
        let detail = format!("Cluster {name} has no continuous backup to take a time of.");
        return Err(no_time(detail));
    }
    let days = window(state, call);
    let oldest = before(call.now, Duration::from_secs(days.saturating_mul(86_400)));
    if moment < oldest.max(cluster.created) {
        return Err(ApiError::rejected(
            404,
            // The digit is the service's.
            "UNABLE_T0_FIND_SNAPSHOT_PRIOR_TO_PIT_RESTORE_OPTIME",
            "No snapshot was taken before that time.",
            Vec::new(),
        ));
    }
    Ok(Some(moment))
}

fn no_time(detail: impl Into<String>) -> ApiError {
    ApiError::rejected(400, "INVALID_PIT_RESTORE_TIME", detail, Vec::new())
}

/// For how many days a cluster can be restored to any moment.
fn window(state: &State, call: &Call) -> u64 {
    let (project, name) = (call.path("groupId"), call.path("clusterName"));
    let schedule = format!("/groups/{project}/clusters/{name}/backup/schedule");
    let schedule = state.store.single(&schedule);
    let days = schedule.and_then(|it| it.document["restoreWindowDays"].as_u64());
    days.unwrap_or(USUAL_WINDOW)
}
