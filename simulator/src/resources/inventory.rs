//! All clusters of all projects in one list, with little about each.

use serde_json::{Value, json};

use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::page;
use crate::resources::{seen, tags_document};
use crate::state::{Cluster, ClusterType, Project, State};

/// `GET /clusters`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    page::answer(call, &[], &seen(state, call), |project| {
        json!({
            "clusters": project.clusters.iter().map(document).collect::<Value>(),
            "groupId": project.id,
            "groupName": project.name,
            "orgId": project.organization,
            "orgName": state.organization(&project.organization).map(|it| &it.name).ok(),
            "planType": plan(project),
            "tags": tags_document(&[]),
        })
    })
}

/// The plan a project is billed by.
fn plan(project: &Project) -> &'static str {
    if project.clusters.iter().all(Cluster::is_tenant) {
        "Free Tier"
    } else {
        "Atlas"
    }
}

fn document(cluster: &Cluster) -> Value {
    let is_sharded = cluster.kind != ClusterType::ReplicaSet;
    json!({
        "alertCount": 0,
        "authEnabled": true,
        "availability": if cluster.lifecycle.is_paused() { "unavailable" } else { "available" },
        "backupEnabled": cluster.settings.backup_enabled,
        "clusterId": cluster.id,
        "dataSizeBytes": 0,
        "name": cluster.name,
        "nodeCount": cluster.node_count(),
        "sslEnabled": true,
        "type": if is_sharded { "SHARDED_CLUSTER" } else { "REPLICA_SET" },
        "versions": [cluster.settings.full_version()],
    })
}
