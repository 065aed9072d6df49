//! Summaries of the clusters of all projects.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::resources::monitoring::alerts;
use crate::resources::monitoring::processes::replica_set_name;
use crate::resources::{Route, render_tags, visible_projects};
use crate::state::{Cluster, ClusterType, Project, Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("listClusterDetails", list)];

/// `GET /clusters`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    page::respond(call, &[], &visible_projects(state, call), |project| {
        let alerts = alerts::find_open(state, &project.id);
        // Atlas omits clusters with more than one cloud provider.
        let clusters = project
            .clusters
            .iter()
            .filter(|cluster| !cluster.is_multi_cloud());
        json!({
            "clusters": clusters.map(|cluster| render_document(cluster, &alerts)).collect::<Value>(),
            "groupId": project.id,
            "groupName": project.name,
            "orgId": project.organization,
            "orgName": state.organization(&project.organization).map(|organization| &organization.name).ok(),
            "planType": plan(project),
            "tags": render_tags(&[]),
        })
    })
}

/// Returns the billing plan of a project.
fn plan(project: &Project) -> &'static str {
    if project.clusters.iter().all(Cluster::is_tenant) {
        "Free Tier"
    } else {
        "Atlas"
    }
}

/// Returns `true` if an alert is about a cluster or about a node of the cluster.
fn is_about(alert: &Record, cluster: &Cluster) -> bool {
    alert.string("clusterName") == cluster.name
        || alert.string("clusterId") == cluster.id
        || alert.string("replicaSetName") == replica_set_name(&cluster.name)
}

fn render_document(cluster: &Cluster, alerts: &[&Record]) -> Value {
    let is_sharded = cluster.kind != ClusterType::ReplicaSet;
    json!({
        "alertCount": alerts.iter().filter(|alert| is_about(alert, cluster)).count(),
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
