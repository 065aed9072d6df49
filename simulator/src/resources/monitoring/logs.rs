//! Downloads of logs, with one generated line for each minute of the requested time range.

use std::time::Duration;

use http::HeaderName;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{Context, responses};
use crate::resources::Route;
use crate::state::State;
use crate::state::clock::{after, before, format_time};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("downloadGroupClusterLog", download_cluster_log),
    (
        "downloadGroupClusterOnlineArchiveQueryLogs",
        download_query_log,
    ),
    ("downloadGroupDataFederationQueryLogs", download_query_log),
    ("downloadGroupStreamAuditLogs", download_stream_log),
    ("downloadGroupStreamOperationalLogs", download_stream_log),
];

/// Length of a time range whose start or end is missing.
const DAY: Duration = Duration::from_hours(24);
/// Interval of the lines in seconds.
const LINE_INTERVAL: i64 = 60;
/// `Content-Type` of logs whose media type does not contain a version.
const GZIP: &str = "application/gzip";

/// A requested time range.
struct TimeRange {
    start: Timestamp,
    end: Timestamp,
}

impl TimeRange {
    /// Parses `startDate` and `endDate`. A missing value is 24 hours from the value that is
    /// present. If both are missing, the range is the last 24 hours.
    fn from_query(call: &Call) -> Self {
        let time = |name: &str| {
            let second = call.query.get(name)?.parse().ok()?;
            Timestamp::from_second(second).ok()
        };
        let (start, end) = match (time("startDate"), time("endDate")) {
            (Some(start), Some(end)) => (start, end),
            (Some(start), None) => (start, after(start, DAY)),
            (None, end) => {
                let end = end.unwrap_or(call.now);
                (before(end, DAY), end)
            }
        };
        Self { start, end }
    }

    /// Returns the full minutes of the range that are not in the future.
    fn minutes(&self, now: Timestamp) -> impl Iterator<Item = Timestamp> + use<> {
        let first = self.start.as_second().div_euclid(LINE_INTERVAL) + 1;
        let last = self.end.min(now).as_second().div_euclid(LINE_INTERVAL);
        (first..=last).filter_map(|minute| Timestamp::from_second(minute * LINE_INTERVAL).ok())
    }
}

/// `GET /groups/{groupId}/clusters/{hostName}/logs/{logName}.gz`
pub(crate) fn download_cluster_log(
    state: &mut State,
    call: &Call,
) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let range = TimeRange::from_query(call);
    let (host, name) = (call.path("hostName"), call.path("logName"));
    let line = if name.ends_with("audit-log") {
        audit_record
    } else {
        server_line
    };
    let log = render(&range, call.now, line);
    let format = |time: Timestamp| time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let kind = name.to_uppercase().replace('-', "_");
    let (start, end) = (format(range.start), format(range.end));
    let disposition = format!("attachment; filename=\"{host}_{start}_{end}_{kind}.log.gz\"");
    let length = HeaderName::from_static("x-uncompressed-content-length");
    Ok(ApiResponse::file(responses::gzip(&log))
        .with_header(CONTENT_DISPOSITION, disposition)
        .with_header(length, log.len().to_string()))
}

/// `GET …/dataFederation/{tenantName}/queryLogs.gz` and `GET …/onlineArchives/queryLogs.gz`
pub(crate) fn download_query_log(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let log = render(&TimeRange::from_query(call), call.now, query_line);
    Ok(ApiResponse::file(responses::gzip(&log)).with_header(CONTENT_TYPE, GZIP))
}

/// `GET …/streams/{tenantName}/auditLogs` and `GET …/streams/{tenantName}:downloadOperationalLogs`
pub(crate) fn download_stream_log(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let is_audit = context.operation.id == "downloadGroupStreamAuditLogs";
    let line = if is_audit { audit_record } else { stream_line };
    let log = render(&TimeRange::from_query(call), call.now, line);
    Ok(ApiResponse::file(responses::gzip(&log)).with_header(CONTENT_TYPE, GZIP))
}

/// Renders one JSON document per line.
fn render(range: &TimeRange, now: Timestamp, line: fn(Timestamp) -> Value) -> String {
    let lines = range
        .minutes(now)
        .map(|minute| format!("{}\n", line(minute)));
    lines.collect()
}

/// Returns a structured log line of a server.
fn server_line(time: Timestamp) -> Value {
    const ENTRIES: [(&str, &str, u32); 4] = [
        ("NETWORK", "Connection accepted", 22943),
        ("ACCESS", "Successfully authenticated", 5_286_306),
        ("COMMAND", "Slow query", 51803),
        ("NETWORK", "Connection ended", 22944),
    ];
    let minute = time.as_second().div_euclid(LINE_INTERVAL).unsigned_abs();
    let index = usize::try_from(minute % 4).unwrap_or_default();
    let (component, message, id) = ENTRIES.get(index).copied().unwrap_or(ENTRIES[0]);
    json!({
        "t": { "$date": format_time(time) },
        "s": "I",
        "c": component,
        "id": id,
        "ctx": format!("conn{}", minute % 10_000),
        "msg": message,
        "attr": { "remote": "203.0.113.7:50001" },
    })
}

/// Returns a record of an audit log.
fn audit_record(time: Timestamp) -> Value {
    json!({
        "atype": "authenticate",
        "ts": { "$date": format_time(time) },
        "local": { "ip": "192.0.2.10", "port": 27017 },
        "remote": { "ip": "203.0.113.7", "port": 50001 },
        "users": [{ "user": "app", "db": "admin" }],
        "roles": [{ "role": "readWrite", "db": "data" }],
        "param": { "user": "app", "db": "admin", "mechanism": "SCRAM-SHA-256" },
        "result": 0,
    })
}

/// Returns a line of a query log.
fn query_line(time: Timestamp) -> Value {
    json!({
        "timestamp": format_time(time),
        "queryType": "find",
        "namespace": "data.events",
        "executionTimeMillis": 120,
        "dataBytesProcessed": 1_048_576,
        "username": "app",
    })
}

/// Returns a line of the operational log of a stream workspace.
fn stream_line(time: Timestamp) -> Value {
    json!({
        "t": { "$date": format_time(time) },
        "s": "I",
        "c": "STREAMS",
        "msg": "Stream processor is running",
        "attr": {},
    })
}
