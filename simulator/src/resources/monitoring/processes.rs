//! Processes: one for each node of a running cluster, with generated measurements.

use http::header::CACHE_CONTROL;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{Call, Reply};
use crate::generic::time_ranges::TimeRange;
use crate::generic::{self, Context};
use crate::resources::deployments::clusters::hosts;
use crate::resources::{Route, link};
use crate::state::clock::format_time;
use crate::state::{State, derived_id};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupProcesses", list),
    ("getGroupProcess", get),
    ("getGroupProcessMeasurements", measurements),
    ("getGroupProcessDiskMeasurements", measurements),
    ("getGroupProcessDatabaseMeasurements", measurements),
];

/// Measurements of a process: name, unit and mean value.
const MEASURED: [(&str, &str, u32); 8] = [
    ("CONNECTIONS", "SCALAR", 40),
    ("CACHE_BYTES_READ_INTO", "BYTES_PER_SECOND", 9000),
    ("OPCOUNTER_QUERY", "SCALAR_PER_SECOND", 120),
    ("OPCOUNTER_INSERT", "SCALAR_PER_SECOND", 30),
    ("PROCESS_CPU_USER", "PERCENT", 12),
    ("SYSTEM_NORMALIZED_CPU_USER", "PERCENT", 8),
    ("MEMORY_RESIDENT", "MEGABYTES", 900),
    ("DISK_PARTITION_SPACE_USED", "BYTES", 4_000_000),
];

/// Measurements of a database.
const MEASURED_OF_DATABASES: [(&str, &str, u32); 5] = [
    ("DATABASE_AVERAGE_OBJECT_SIZE", "BYTES", 90),
    ("DATABASE_COLLECTION_COUNT", "SCALAR", 9),
    ("DATABASE_DATA_SIZE", "BYTES", 4_000_000),
    ("DATABASE_STORAGE_SIZE", "BYTES", 2_000_000),
    ("DATABASE_INDEX_SIZE", "BYTES", 500_000),
];

/// `Cache-Control` header of measurements.
const NO_CACHE: &str = "no-cache, no-transform, must-revalidate, proxy-revalidate, max-age=0";

/// A node of a cluster.
struct Process {
    host: String,
    port: u16,
    cluster: String,
    node: usize,
    created: jiff::Timestamp,
}

fn processes_of(state: &State, project: &str) -> Result<Vec<Process>, ApiError> {
    let project = state.project(project)?;
    let running = project
        .clusters
        .iter()
        .filter(|cluster| !cluster.lifecycle.is_paused() && !cluster.is_tenant());
    let nodes = running.flat_map(|cluster| {
        hosts(cluster)
            .into_iter()
            .enumerate()
            .map(|(node, (host, port))| Process {
                host,
                port,
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

/// Mean value of all other measurements.
const DEFAULT_LEVEL: u32 = 10;

/// Returns the current value of a metric for each process of a project.
pub(crate) fn readings(
    state: &State,
    project: &str,
    metric: &str,
    now: jiff::Timestamp,
) -> Vec<Reading> {
    let measured = MEASURED.iter().find(|(name, ..)| *name == metric);
    let level = measured.map_or(DEFAULT_LEVEL, |(.., level)| *level);
    let processes = processes_of(state, project).unwrap_or_default();
    let readings = processes.into_iter().map(|process| Reading {
        process: format!("{}:{}", process.host, process.port),
        replica_set: replica_set(&process.cluster),
        value: value_at(&format!("{} {metric}", process.host), level, now, 60),
        host: process.host,
        cluster: process.cluster,
    });
    readings.collect()
}

pub(crate) fn replica_set(cluster: &str) -> String {
    let code = derived_id(cluster);
    format!("atlas-{}-shard-0", code.get(..6).unwrap_or_default())
}

/// Returns the name of the cluster of a host.
pub(crate) fn cluster_of(state: &State, project: &str, host: &str) -> Result<String, ApiError> {
    let mut processes = processes_of(state, project)?.into_iter();
    let process = processes.find(|process| {
        host == format!("{}:{}", process.host, process.port) || host == process.host
    });
    process
        .map(|process| process.cluster)
        .ok_or_else(|| missing(host))
}

fn missing(host: &str) -> ApiError {
    let detail = format!("No host with hostname and port {host} exists.");
    ApiError::rejected(404, "HOST_NOT_FOUND", detail, vec![json!(host)])
}

fn find(state: &State, call: &Call) -> Result<Process, ApiError> {
    let id = call.path("processId");
    let mut processes = processes_of(state, call.path("groupId"))?.into_iter();
    let process = processes
        .find(|process| id == format!("{}:{}", process.host, process.port) || id == process.host);
    process.ok_or_else(|| missing(id))
}

/// `GET /groups/{groupId}/processes`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let processes = processes_of(state, call.path("groupId"))?;
    page::respond(call, &[], &processes, |process| document(process, call))
}

/// `GET /groups/{groupId}/processes/{processId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let process = find(state, call)?;
    Ok(Reply::ok(document(&process, call)))
}

fn document(process: &Process, call: &Call) -> Value {
    let group = call.path("groupId");
    let id = format!("{}:{}", process.host, process.port);
    let path = format!("/api/atlas/v2/groups/{group}/processes/{id}");
    json!({
        "created": format_time(process.created),
        "groupId": group,
        "hostname": process.host,
        "id": id,
        "lastPing": format_time(call.now),
        "links": [link(call, &path, "self")],
        "port": process.port,
        "replicaSetName": replica_set(&process.cluster),
        "typeName": if process.node == 0 { "REPLICA_PRIMARY" } else { "REPLICA_SECONDARY" },
        "userAlias": process.host,
        "version": "8.0.29",
    })
}

/// `GET …/processes/{processId}/measurements` and those of a disk or a database
pub(crate) fn measurements(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::new(call)?;
    generic::requests::check_parameters(&context)?;
    let process = find(state, call)?;
    let granularity = call.query.get("granularity").unwrap_or("PT1M");
    let span = TimeRange::from_query(call, granularity)?;
    let requested = call.query.all("m");
    let is_of_database = context.operation.path.contains("/databases/");
    let all = if is_of_database {
        MEASURED_OF_DATABASES.as_slice()
    } else {
        MEASURED.as_slice()
    };
    let measured: Vec<_> = if requested.is_empty() {
        all.to_vec()
    } else {
        let known = |name| all.iter().find(|(metric, ..)| *metric == name).copied();
        let requested = requested.into_iter();
        requested
            .map(|name| known(name).unwrap_or((name, units_of(name), DEFAULT_LEVEL)))
            .collect()
    };
    let measured = measured.into_iter();
    let series = measured.map(|(name, units, level)| {
        let seed = format!("{} {name}", process.host);
        json!({ "dataPoints": points(&seed, level, span, call), "name": name, "units": units })
    });
    let id = format!("{}:{}", process.host, process.port);
    let host = format!(
        "/api/atlas/v2/groups/{}/processes/{id}",
        call.path("groupId")
    );
    let mut document = json!({
        "end": format_time(span.end),
        "granularity": granularity,
        "groupId": call.path("groupId"),
        "hostId": id,
        "links": [
            link(call, &call.request_path, "self"),
            link(call, &host, "https://cloud.mongodb.com/host"),
        ],
        "measurements": series.collect::<Value>(),
        "processId": id,
        "start": format_time(span.start),
    });
    for (name, value) in call.parameters.iter().skip(2) {
        document[*name] = json!(value);
    }
    Ok(Reply::ok(document).with_header(CACHE_CONTROL, NO_CACHE))
}

/// Returns the unit of a measurement, derived from its name.
fn units_of(name: &str) -> &'static str {
    const UNITS: [(&str, &str); 5] = [
        ("CPU", "PERCENT"),
        ("PERCENT", "PERCENT"),
        ("BYTES", "BYTES"),
        ("SPACE", "BYTES"),
        ("LATENCY", "MILLISECONDS"),
    ];
    let found = UNITS.iter().find(|(part, _)| name.contains(part));
    found.map_or("SCALAR", |(_, units)| *units)
}

/// Returns data points around a mean value. Equal times have equal values.
fn points(seed: &str, level: u32, span: TimeRange, call: &Call) -> Value {
    span.points(call.now)
        .map(|moment| {
            let value = value_at(seed, level, moment, span.step);
            json!({ "timestamp": format_time(moment), "value": value })
        })
        .collect()
}

/// Returns a value between 75 % and 125 % of a mean value.
fn value_at(seed: &str, level: u32, moment: jiff::Timestamp, step: u64) -> f64 {
    let slot = moment.as_second() / i64::try_from(step.max(1)).unwrap_or(60);
    let digits = derived_id(&format!("{seed} {slot}"));
    let noise = u32::from_str_radix(digits.get(..4).unwrap_or("0"), 16).unwrap_or_default();
    let value = f64::from(level) * (0.75 + f64::from(noise) / 131_070.0);
    (value * 100.0).round() / 100.0
}
