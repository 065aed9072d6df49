//! Processes, one for each node of a running cluster, with generated measurements.

pub(super) mod measurements;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::resources::deployments::clusters::{Node, list_nodes};
use crate::resources::{Route, render_link};
use crate::state::clock::format_time;
use crate::state::{State, derived_id};

use measurements::{Noise, find_mean};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("listGroupProcesses", list), ("getGroupProcess", get)];

/// A process of a cluster.
struct Process {
    host: String,
    port: u16,
    cluster: String,
    node: Node,
    created: jiff::Timestamp,
}

impl Process {
    /// Returns the name of the replica set, or `None` for a router.
    fn replica_set_name(&self) -> Option<String> {
        let set = replica_set_name(&self.cluster);
        let start = set.trim_end_matches("-shard-0");
        match (self.node.kind, self.node.shard) {
            (_, Some(shard)) => Some(format!("{start}-shard-{shard}")),
            ("SHARD_CONFIG", None) => Some(format!("{start}-config-0")),
            _ => None,
        }
    }
}

fn list_running(state: &State, project: &str) -> Result<Vec<Process>, ApiError> {
    let project = state.project(project)?;
    let running = project
        .clusters
        .iter()
        .filter(|cluster| !cluster.lifecycle.is_paused() && !cluster.is_tenant());
    let nodes = running.flat_map(|cluster| {
        list_nodes(cluster).into_iter().map(|node| Process {
            host: node.host.clone(),
            port: node.port,
            cluster: cluster.name.clone(),
            node,
            created: cluster.created,
        })
    });
    Ok(nodes.collect())
}

/// A measured value of a process.
pub(crate) struct Reading {
    /// Host name and port.
    pub(crate) process: String,
    pub(crate) host: String,
    pub(crate) cluster: String,
    pub(crate) replica_set: String,
    pub(crate) value: f64,
}

/// Returns the current value of a metric for each process of a project.
pub(crate) fn take_readings(
    state: &State,
    project: &str,
    metric: &str,
    now: jiff::Timestamp,
) -> Vec<Reading> {
    let mean = find_mean(metric);
    let processes = list_running(state, project).unwrap_or_default();
    let data_bearing = processes
        .into_iter()
        .filter(|process| process.node.shard.is_some());
    let readings = data_bearing.map(|process| Reading {
        process: format!("{}:{}", process.host, process.port),
        replica_set: replica_set_name(&process.cluster),
        value: Noise::new(&format!("{} {metric}", process.host)).value_at(mean, now, 60),
        host: process.host,
        cluster: process.cluster,
    });
    readings.collect()
}

pub(crate) fn replica_set_name(cluster: &str) -> String {
    let code = derived_id(cluster);
    format!("atlas-{}-shard-0", code.get(..6).unwrap_or_default())
}

/// Returns the name of the cluster that a host belongs to.
pub(crate) fn cluster_of(state: &State, project: &str, host: &str) -> Result<String, ApiError> {
    let mut processes = list_running(state, project)?.into_iter();
    let process = processes.find(|process| {
        host == format!("{}:{}", process.host, process.port) || host == process.host
    });
    process
        .map(|process| process.cluster)
        .ok_or_else(|| process_not_found(host))
}

fn process_not_found(host: &str) -> ApiError {
    let detail = format!("No host with hostname and port {host} exists.");
    ApiError::rejected(
        404,
        "HOSTNAME_AND_PORT_NOT_FOUND",
        detail,
        vec![json!(host)],
    )
}

fn find(state: &State, call: &Call) -> Result<Process, ApiError> {
    let id = call.path("processId");
    let mut processes = list_running(state, call.path("groupId"))?.into_iter();
    let process = processes
        .find(|process| id == format!("{}:{}", process.host, process.port) || id == process.host);
    process.ok_or_else(|| process_not_found(id))
}

/// `GET /groups/{groupId}/processes`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let processes = list_running(state, call.path("groupId"))?;
    page::respond(call, &[], &processes, |process| {
        render_document(process, call)
    })
}

/// `GET /groups/{groupId}/processes/{processId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let process = find(state, call)?;
    Ok(ApiResponse::ok(render_document(&process, call)))
}

fn render_document(process: &Process, call: &Call) -> Value {
    let group = call.path("groupId");
    let id = format!("{}:{}", process.host, process.port);
    let path = format!("/api/atlas/v2/groups/{group}/processes/{id}");
    let mut document = json!({
        "created": format_time(process.created),
        "groupId": group,
        "hostname": process.host,
        "id": id,
        "lastPing": format_time(call.now),
        "links": [
            render_link(call, &path, "self"),
            render_link(call, &format!("/api/atlas/v2/groups/{group}"), "https://cloud.mongodb.com/group"),
            render_link(
                call,
                &format!("{path}/measurements"),
                "https://cloud.mongodb.com/measurements",
            ),
        ],
        "port": process.port,
        "typeName": process.node.kind,
        "userAlias": process.host,
        "version": "8.0.29",
    });
    if let Some(name) = process.replica_set_name() {
        document["replicaSetName"] = json!(name);
        if process.node.kind.starts_with("SHARD_") {
            document["shardName"] = json!(name);
        }
    }
    document
}
