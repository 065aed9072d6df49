//! Snapshots of dedicated clusters, and GET requests for their restore jobs.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::compliance;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, progress, requests};
use crate::resources::{Route, render_link};
use crate::state::clock::{after, format_time};
use crate::state::{ClusterType, Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("takeGroupClusterBackupSnapshots", create),
    ("listGroupClusterBackupSnapshots", read),
    ("getGroupClusterBackupSnapshot", read),
    ("listGroupClusterBackupRestoreJobs", read),
    ("getGroupClusterBackupRestoreJob", read),
    ("updateGroupClusterBackupSnapshot", update_retention),
    ("deleteGroupClusterBackupSnapshot", delete),
];

/// The `type` of snapshots of sharded clusters.
pub(crate) const SHARDED_TYPE: &str = "shardedCluster";
/// Path of the snapshots of a cluster.
const SNAPSHOTS: &str = "/clusters/{clusterName}/backup/snapshots";
/// Path prefix of the API v1.0, for which the error about disabled backup is known.
const V1_ROOT: &str = "/api/atlas/v1.0/";
const DAY: Duration = Duration::from_hours(24);

/// `POST …/clusters/{clusterName}/backup/snapshots`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let name = call.path("clusterName");
    check_enabled(state, call)?;
    let mut snapshots = state.store.list(&context.collection).iter();
    let is_unfinished = |snapshot: &Record| {
        snapshot.string("frequencyType") == "ondemand" && !is_completed(snapshot, call.now)
    };
    if snapshots.any(is_unfinished) {
        return Err(ApiError::from_code_without_parameters(
            "UNFINISHED_ON_DEMAND_SNAPSHOT",
        ));
    }
    let days = body["retentionInDays"].as_u64().unwrap_or(1);
    let retention = parse_retention(days, 1)?;
    compliance::check_retention(state, call.path("groupId"), retention)?;
    let id = state.ids().next(call.now);
    let cluster_path = format!(
        "/api/atlas/v2/groups/{}/clusters/{name}",
        call.path("groupId")
    );
    let expires = after(call.now, retention);
    let kind = state.project(call.path("groupId"))?.cluster(name)?.kind;
    let mut document = build_snapshot(name, kind, expires);
    document["description"] = json!(body["description"].as_str().unwrap_or_default());
    document["id"] = json!(id);
    document["links"] = render_links(call, &call.request_path, &cluster_path, &id);
    let snapshot = Record::new(id, document.clone(), call.now);
    state.store.list_mut(&context.collection).push(snapshot);
    Ok(generic::responses::build(&context, document))
}

/// Returns the retention of a snapshot, which is at least one unit.
fn parse_retention(count: u64, days: u64) -> Result<Duration, ApiError> {
    match u32::try_from(count.saturating_mul(days)) {
        Ok(days) if days > 0 => Ok(DAY * days),
        _ => {
            let code = "BACKUP_SNAPSHOT_RETENTION_VALUE_INVALID";
            Err(ApiError::from_code_without_parameters(code))
        }
    }
}

/// `PATCH …/clusters/{clusterName}/backup/snapshots/{snapshotId}`
pub(crate) fn update_retention(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let days = match body["retentionUnit"].as_str() {
        Some("WEEKS") => 7,
        Some("MONTHS") => 31,
        Some("YEARS") => 365,
        _ => 1,
    };
    let retention = parse_retention(body["retentionValue"].as_u64().unwrap_or_default(), days)?;
    let id = call.path("snapshotId");
    let snapshot = state.store.find(&context.collection, &["id"], id);
    let snapshot = snapshot.ok_or_else(|| context.not_found())?;
    if !is_completed(snapshot, call.now) {
        let code = "CANNOT_MODIFY_IN_PROGRESS_SNAPSHOT_RETENTION";
        return Err(ApiError::from_code_without_parameters(code));
    }
    let expires = after(snapshot.created, retention);
    let current: Option<Timestamp> = snapshot.string("expiresAt").parse().ok();
    let is_shorter = current.is_some_and(|current| expires < current);
    if is_shorter && compliance::is_enabled(state, call.path("groupId")) {
        let code = "CANNOT_DECREASE_SNAPSHOT_RETENTION_WITH_BACKUP_COMPLIANCE_POLICY";
        return Err(ApiError::from_code_without_parameters(code));
    }
    let snapshot = state.store.find_mut(&context.collection, &["id"], id);
    let snapshot = snapshot.ok_or_else(|| context.not_found())?;
    snapshot.document["expiresAt"] = json!(format_time(expires));
    Ok(generic::responses::build(
        &context,
        snapshot.document.clone(),
    ))
}

/// `DELETE …/backup/snapshots/{snapshotId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    check_deletion(state, &context)?;
    generic::respond(state, call)
}

/// Rejects the deletion of a snapshot in progress. Under a compliance policy, rejects the
/// deletion of any snapshot.
pub(super) fn check_deletion(state: &mut State, context: &Context<'_>) -> Result<(), ApiError> {
    compliance::check_deletion(state, context.call.path("groupId"))?;
    let snapshot = generic::find_records(state, context).into_iter().next();
    let snapshot = snapshot.ok_or_else(|| context.not_found())?;
    if !is_completed(&snapshot, context.call.now) {
        let code = "CANNOT_DELETE_IN_PROGRESS_SNAPSHOT";
        return Err(ApiError::from_code(code, [snapshot.key]));
    }
    Ok(())
}

/// Returns `true` if a snapshot is completed at a time.
pub(super) fn is_completed(snapshot: &Record, now: Timestamp) -> bool {
    progress::end(SNAPSHOTS, snapshot).is_none_or(|end| end <= now)
}

/// Rejects a request about the backups of a cluster without backup.
pub(crate) fn check_enabled(state: &State, call: &Call) -> Result<(), ApiError> {
    let name = call.path("clusterName");
    let cluster = state.project(call.path("groupId"))?.cluster(name)?;
    if cluster.settings.backup_enabled {
        return Ok(());
    }
    if cluster.is_tenant() || call.request_path.starts_with(V1_ROOT) {
        let parameters = [name, call.path("groupId")];
        return Err(ApiError::from_code("BACKUP_CONFIG_NOT_FOUND", parameters));
    }
    Err(ApiError::from_code("BACKUP_NOT_ENABLED", [name]))
}

/// Renders a queued snapshot without its id.
pub(crate) fn build_snapshot(cluster: &str, kind: ClusterType, expires: Timestamp) -> Value {
    let is_sharded = kind != ClusterType::ReplicaSet;
    json!({
        "copyRegions": [],
        "description": "",
        "expiresAt": format_time(expires),
        "frequencyType": "ondemand",
        "policyItems": [],
        "replicaSetName": cluster,
        "snapshotType": "onDemand",
        "status": "queued",
        "storageSizeBytes": 0,
        "type": if is_sharded { SHARDED_TYPE } else { "replicaSet" },
    })
}

/// Renders the links of a snapshot.
pub(crate) fn render_links(call: &Call, snapshots: &str, cluster: &str, id: &str) -> Value {
    json!([
        render_link(call, &format!("{snapshots}/{id}"), "self"),
        render_link(call, cluster, "https://cloud.mongodb.com/cluster"),
    ])
}

/// `GET …/clusters/{clusterName}/backup/snapshots` and `…/restoreJobs`, and `GET` of an item
pub(crate) fn read(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let records = generic::find_records(state, &context);
    let cluster_path = format!(
        "/api/atlas/v2/groups/{}/clusters/{}",
        call.path("groupId"),
        call.path("clusterName")
    );
    let render = |record: &Record| {
        let mut document = progress::advance(&context, record);
        if document["links"].is_null() {
            let snapshots = format!("{cluster_path}/backup/snapshots");
            document["links"] = render_links(call, &snapshots, &cluster_path, &record.key);
        }
        document
    };
    if context.plan.keys == 0 {
        return page::respond(call, &[], &records, render);
    }
    let record = records.first().ok_or_else(|| context.not_found())?;
    Ok(ApiResponse::ok(render(record)))
}
