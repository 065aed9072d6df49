//! Snapshots of dedicated clusters, and reads of their restore jobs.

use std::time::Duration;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, link};
use crate::state::clock::{after, format_time};
use crate::state::{ClusterType, Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("takeGroupClusterBackupSnapshots", take),
    ("listGroupClusterBackupSnapshots", read),
    ("getGroupClusterBackupSnapshot", read),
    ("listGroupClusterBackupRestoreJobs", read),
    ("getGroupClusterBackupRestoreJob", read),
    ("updateGroupClusterBackupSnapshot", update_retention),
];

/// Value of `type` of the snapshots of sharded clusters.
pub(crate) const SHARDED: &str = "shardedCluster";

/// `POST …/clusters/{clusterName}/backup/snapshots`
pub(crate) fn take(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let name = call.path("clusterName");
    check_enabled(state, call)?;
    let days = body["retentionInDays"].as_u64().unwrap_or(1);
    let id = state.ids().next(call.now);
    let cluster_path = format!(
        "/api/atlas/v2/groups/{}/clusters/{name}",
        call.path("groupId")
    );
    let expires = after(call.now, Duration::from_secs(days.saturating_mul(86_400)));
    let kind = state.project(call.path("groupId"))?.cluster(name)?.kind;
    let mut document = snapshot(name, kind, expires);
    document["description"] = json!(body["description"].as_str().unwrap_or_default());
    document["id"] = json!(id);
    document["links"] = links(call, &call.request_path, &cluster_path, &id);
    let snapshot = Record::new(id, document.clone(), call.now);
    state.store.list_mut(&context.collection).push(snapshot);
    Ok(generic::responses::build(&context, document))
}

/// `PATCH …/clusters/{clusterName}/backup/snapshots/{snapshotId}`
pub(crate) fn update_retention(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let days = match body["retentionUnit"].as_str() {
        Some("WEEKS") => 7,
        Some("MONTHS") => 31,
        Some("YEARS") => 365,
        _ => 1,
    };
    let count = body["retentionValue"].as_u64().unwrap_or_default();
    let id = call.path("snapshotId");
    let snapshot = state.store.find_mut(&context.collection, &["id"], id);
    let snapshot = snapshot.ok_or_else(|| context.not_found())?;
    let retention = Duration::from_secs(count.saturating_mul(days * 86_400));
    snapshot.document["expiresAt"] = json!(format_time(after(snapshot.created, retention)));
    Ok(generic::responses::build(
        &context,
        snapshot.document.clone(),
    ))
}

/// Rejects requests about backups if the cluster has no backup.
pub(crate) fn check_enabled(state: &State, call: &Call) -> Result<(), ApiError> {
    let name = call.path("clusterName");
    let cluster = state.project(call.path("groupId"))?.cluster(name)?;
    if cluster.settings.backup_enabled {
        return Ok(());
    }
    let detail = format!("Backup is not enabled for cluster {name}.");
    let parameters = vec![json!(name)];
    Err(ApiError::rejected(
        400,
        "BACKUP_NOT_ENABLED",
        detail,
        parameters,
    ))
}

/// Renders a queued snapshot without its id.
pub(crate) fn snapshot(cluster: &str, kind: ClusterType, expires: jiff::Timestamp) -> Value {
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
        "type": if is_sharded { SHARDED } else { "replicaSet" },
    })
}

/// Renders the links of a snapshot.
pub(crate) fn links(call: &Call, snapshots: &str, cluster: &str, id: &str) -> Value {
    json!([
        link(call, &format!("{snapshots}/{id}"), "self"),
        link(call, cluster, "https://cloud.mongodb.com/cluster"),
    ])
}

/// `GET …/clusters/{clusterName}/backup/snapshots` and `…/restoreJobs`, and of one item
pub(crate) fn read(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let records = generic::find_records(state, &context);
    let cluster_path = format!(
        "/api/atlas/v2/groups/{}/clusters/{}",
        call.path("groupId"),
        call.path("clusterName")
    );
    let render = |record: &Record| {
        let mut document = generic::progress::advance(&context, record);
        if document["links"].is_null() {
            let snapshots = format!("{cluster_path}/backup/snapshots");
            document["links"] = links(call, &snapshots, &cluster_path, &record.key);
        }
        document
    };
    if context.plan.keys == 0 {
        return crate::call::page::respond(call, &[], &records, render);
    }
    let record = records.first().ok_or_else(|| context.not_found())?;
    Ok(Reply::ok(render(record)))
}
