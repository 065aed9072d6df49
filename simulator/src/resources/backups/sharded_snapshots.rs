//! Snapshots of sharded clusters: those of the cluster, with what is in them of every shard.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, writing};
use crate::resources::Route;
use crate::resources::backups::backups::{SHARDED, links};
use crate::resources::backups::compliance;
use crate::state::{Cluster, Record, State, derived_id};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupClusterBackupSnapshotShardedClusters", answer),
    ("getGroupClusterBackupSnapshotShardedCluster", answer),
    ("deleteGroupClusterBackupSnapshotShardedCluster", answer),
];

/// What only a replica set's snapshots have.
const OF_REPLICA_SETS: [&str; 3] = ["cloudProvider", "copyRegions", "replicaSetName"];

/// `GET …/backup/snapshots/shardedClusters`, and `GET` and `DELETE` of one of them
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let mut found = generic::find_records(state, &context);
    found.retain(|it| it.text("type") == SHARDED);
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    let render = |record: &Record| shown(&context, record, cluster);
    if context.plan.keys == 0 {
        return page::respond(call, &[], &found, render);
    }
    let record = found.first().ok_or_else(|| context.not_found())?;
    if context.operation.method == "DELETE" {
        compliance::check_deletion(state, call.path("groupId"))?;
        return writing::delete(state, &context);
    }
    Ok(Reply::ok(render(record)))
}

fn shown(context: &Context<'_>, record: &Record, cluster: &Cluster) -> Value {
    let call = context.call;
    let mut document = generic::progress::advance(context, record);
    if let Some(document) = document.as_object_mut() {
        document.retain(|name, _| !OF_REPLICA_SETS.contains(&name.as_str()));
    }
    let shards: Vec<Value> = cluster
        .shards
        .iter()
        .zip(0..)
        .map(|(shard, number)| {
            let provider = shard.regions.first().map(|it| &it.provider);
            json!({
                "cloudProvider": provider,
                "id": derived_id(&format!("{} {}", record.key, shard.id)),
                "replicaSetName": format!("{}-shard-{number}", cluster.name),
            })
        })
        .collect();
    document["snapshotIds"] = shards.iter().map(|it| it["id"].clone()).collect();
    document["members"] = Value::Array(shards);
    let path = format!(
        "/api/atlas/v2/groups/{}/clusters/{}",
        call.path("groupId"),
        cluster.name
    );
    let snapshots = format!("{path}/backup/snapshots/shardedCluster");
    document["links"] = links(call, &snapshots, &path, &record.key);
    document
}
