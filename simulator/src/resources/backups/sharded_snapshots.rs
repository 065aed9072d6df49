//! Snapshots of sharded clusters, each with one member for each shard.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, writes};
use crate::resources::Route;
use crate::resources::backups::backups::{SHARDED_TYPE, check_deletion, render_links};
use crate::state::{Cluster, Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupClusterBackupSnapshotShardedClusters", handle),
    ("getGroupClusterBackupSnapshotShardedCluster", handle),
    ("deleteGroupClusterBackupSnapshotShardedCluster", handle),
];

/// Fields that only replica set snapshots have.
const REPLICA_SET_FIELDS: [&str; 3] = ["cloudProvider", "copyRegions", "replicaSetName"];

/// `GET …/backup/snapshots/shardedClusters`, and `GET` and `DELETE` of a snapshot
pub(crate) fn handle(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    if context.operation.method == "DELETE" {
        check_deletion(state, &context)?;
    }
    let mut snapshots = generic::find_records(state, &context);
    snapshots.retain(|snapshot| snapshot.string("type") == SHARDED_TYPE);
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    let render = |record: &Record| render_document(&context, record, cluster);
    if context.plan.keys == 0 {
        return page::respond(call, &[], &snapshots, render);
    }
    let record = snapshots.first().ok_or_else(|| context.not_found())?;
    if context.operation.method == "DELETE" {
        return writes::delete(state, &context);
    }
    Ok(ApiResponse::ok(render(record)))
}

fn render_document(context: &Context<'_>, record: &Record, cluster: &Cluster) -> Value {
    let call = context.call;
    let mut document = generic::progress::advance(context, record);
    if let Some(document) = document.as_object_mut() {
        document.retain(|name, _| !REPLICA_SET_FIELDS.contains(&name.as_str()));
    }
    let shards: Vec<Value> = cluster
        .shards
        .iter()
        .zip(0..)
        .map(|(shard, number)| {
            let provider = shard.regions.first().map(|region| &region.provider);
            json!({
                "cloudProvider": provider,
                "id": derived_id(&format!("{} {}", record.key, shard.id)),
                "replicaSetName": format!("{}-shard-{number}", cluster.name),
            })
        })
        .collect();
    document["snapshotIds"] = shards.iter().map(|shard| shard["id"].clone()).collect();
    document["members"] = Value::Array(shards);
    let path = format!(
        "/api/atlas/v2/groups/{}/clusters/{}",
        call.path("groupId"),
        cluster.name
    );
    let snapshots = format!("{path}/backup/snapshots/shardedCluster");
    document["links"] = render_links(call, &snapshots, &path, &record.key);
    document
}
