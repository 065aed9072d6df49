//! Database access history: one generated authentication attempt per hour for each database user.
//!
//! Every sixth attempt fails. The history of a user starts at the time of the user's creation.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::Context;
use crate::resources::Route;
use crate::resources::deployments::clusters;
use crate::resources::monitoring::processes;
use crate::state::State;
use crate::state::clock::{before, format_time};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupDbAccessHistoryCluster", list_of_cluster),
    ("getGroupDbAccessHistoryProcess", list_of_process),
];

const HOUR: i64 = 3600;
/// Age of the oldest entry.
const RETENTION: Duration = Duration::from_hours(7 * 24);
/// Maximum number of entries in a response; also the default value of `nLogs`.
const MAX_ENTRIES: usize = 20_000;
/// IP address of all clients.
const ADDRESS: &str = "203.0.113.7";
/// Time format, which equals Java's `Date.toString()`.
const JAVA_DATE: &str = "%a %b %d %H:%M:%S GMT %Y";
/// Interval of failed attempts in hours.
const FAILURE_INTERVAL: i64 = 6;

/// `GET /groups/{groupId}/dbAccessHistory/clusters/{clusterName}`
pub(crate) fn list_of_cluster(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let project = call.path("groupId");
    let cluster = state.project(project)?.cluster(call.path("clusterName"))?;
    let since = cluster.created;
    let hosts = clusters::list_hosts(cluster);
    let host = hosts.first().map(|(host, _)| host.as_str());
    Ok(respond(state, call, host.unwrap_or_default(), since))
}

/// `GET /groups/{groupId}/dbAccessHistory/processes/{hostname}`
pub(crate) fn list_of_process(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let (project, host) = (call.path("groupId"), call.path("hostname"));
    let cluster = processes::cluster_of(state, project, host)?;
    let since = state.project(project)?.cluster(&cluster)?.created;
    Ok(respond(state, call, host, since))
}

fn respond(state: &State, call: &Call, host: &str, since: Timestamp) -> ApiResponse {
    let query = &call.query;
    let time = |name: &str| {
        let milliseconds = query.get(name)?.parse().ok()?;
        Timestamp::from_millisecond(milliseconds).ok()
    };
    let (from, to) = (time("start"), time("end").unwrap_or(call.now));
    let (result, address) = (query.flag("authResult"), query.get("ipAddress"));
    let limit = query.get("nLogs").and_then(|count| count.parse().ok());
    let is_selected = |entry: &Value| {
        result.is_none_or(|result| entry["authResult"] == result)
            && address.is_none_or(|address| entry["ipAddress"] == address)
    };
    let users = state
        .store
        .list(&format!("/groups/{}/databaseUsers", call.path("groupId")));
    let mut entries: Vec<(Timestamp, Value)> = Vec::new();
    for user in users {
        let oldest = before(call.now, RETENTION);
        let first = since
            .max(user.created)
            .max(from.unwrap_or(oldest))
            .max(oldest);
        let attempts = list_attempts(first, to.min(call.now));
        entries.extend(attempts.map(|(at, is_successful)| {
            let name = (user.string("username"), user.string("databaseName"));
            (at, render_attempt(call, host, name, at, is_successful))
        }));
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let entries = entries.into_iter().map(|(_, entry)| entry);
    let logs: Vec<Value> = entries
        .filter(is_selected)
        .take(limit.unwrap_or(MAX_ENTRIES))
        .collect();
    ApiResponse::ok(json!({ "accessLogs": logs }))
}

/// Returns the times of a user's attempts, each with `true` if the attempt succeeds.
fn list_attempts(first: Timestamp, last: Timestamp) -> impl Iterator<Item = (Timestamp, bool)> {
    let hours = first.as_second().div_euclid(HOUR) + 1..=last.as_second().div_euclid(HOUR);
    hours.filter_map(|hour| {
        let at = Timestamp::from_second(hour * HOUR).ok()?;
        Some((at, hour % FAILURE_INTERVAL != 0))
    })
}

fn render_attempt(
    call: &Call,
    host: &str,
    (user, database): (&str, &str),
    at: Timestamp,
    is_successful: bool,
) -> Value {
    let line = json!({
        "t": { "$date": format_time(at) },
        "s": "I",
        "c": "ACCESS",
        "msg": if is_successful { "Authentication succeeded" } else { "Authentication failed" },
        "attr": { "principalName": user, "authenticationDatabase": database, "remote": ADDRESS },
    });
    let mut entry = json!({
        "authResult": is_successful,
        "authSource": database,
        "groupId": call.path("groupId"),
        "hostname": host,
        "ipAddress": ADDRESS,
        "logLine": line.to_string(),
        "timestamp": at.strftime(JAVA_DATE).to_string(),
        "username": user,
    });
    entry["failureReason"] = if is_successful {
        Value::Null
    } else {
        json!("AuthenticationFailed: wrong password")
    };
    entry
}
