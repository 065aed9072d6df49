//! Who tried to sign in to the databases: the database users of a project, once an hour.
//!
//! Nobody connects to a simulator, so the history is made up: it begins when a user does, and
//! every sixth attempt has the wrong password.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::Context;
use crate::resources::Route;
use crate::resources::deployments::clusters;
use crate::resources::monitoring::processes;
use crate::state::State;
use crate::state::clock::{before, written};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupDbAccessHistoryCluster", of_cluster),
    ("getGroupDbAccessHistoryProcess", of_process),
];

const HOUR: i64 = 3600;
/// How long the service keeps a history.
const KEPT: Duration = Duration::from_hours(7 * 24);
/// The most entries of an answer, unless it is asked for fewer.
const MOST: usize = 20_000;
/// From where everybody connects.
const ADDRESS: &str = "203.0.113.7";
/// Every so many hours the password was wrong.
const FAILS: i64 = 6;

/// `GET /groups/{groupId}/dbAccessHistory/clusters/{clusterName}`
pub(crate) fn of_cluster(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    let project = call.path("groupId");
    let cluster = state.project(project)?.cluster(call.path("clusterName"))?;
    let since = cluster.created;
    let hosts = clusters::hosts(cluster);
    let host = hosts.first().map(|(host, _)| host.as_str());
    Ok(answer(state, call, host.unwrap_or_default(), since))
}

/// `GET /groups/{groupId}/dbAccessHistory/processes/{hostname}`
pub(crate) fn of_process(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    let (project, host) = (call.path("groupId"), call.path("hostname"));
    let cluster = processes::cluster_of(state, project, host)?;
    let since = state.project(project)?.cluster(&cluster)?.created;
    Ok(answer(state, call, host, since))
}

fn answer(state: &State, call: &Call, host: &str, since: Timestamp) -> Reply {
    let query = &call.query;
    let moment = |name: &str| {
        let milliseconds = query.get(name)?.parse().ok()?;
        Timestamp::from_millisecond(milliseconds).ok()
    };
    let (from, to) = (moment("start"), moment("end").unwrap_or(call.now));
    let (wanted, address) = (query.flag("authResult"), query.get("ipAddress"));
    let most = query.get("nLogs").and_then(|count| count.parse().ok());
    let is_asked_for = |entry: &Value| {
        wanted.is_none_or(|wanted| entry["authResult"] == wanted)
            && address.is_none_or(|address| entry["ipAddress"] == address)
    };
    let users = state
        .store
        .list(&format!("/groups/{}/databaseUsers", call.path("groupId")));
    let mut entries: Vec<(Timestamp, Value)> = Vec::new();
    for user in users {
        let oldest = before(call.now, KEPT);
        let first = since
            .max(user.created)
            .max(from.unwrap_or(oldest))
            .max(oldest);
        let attempts = attempts(first, to.min(call.now));
        entries.extend(attempts.map(|(at, is_right)| {
            let name = (user.text("username"), user.text("databaseName"));
            (at, entry(call, host, name, at, is_right))
        }));
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let entries = entries.into_iter().map(|(_, entry)| entry);
    let logs: Vec<Value> = entries
        .filter(is_asked_for)
        .take(most.unwrap_or(MOST))
        .collect();
    Reply::ok(json!({ "accessLogs": logs }))
}

/// The attempts of one user: each full hour, and whether the password was right.
fn attempts(first: Timestamp, last: Timestamp) -> impl Iterator<Item = (Timestamp, bool)> {
    let hours = first.as_second().div_euclid(HOUR) + 1..=last.as_second().div_euclid(HOUR);
    hours.filter_map(|hour| {
        let at = Timestamp::from_second(hour * HOUR).ok()?;
        Some((at, hour % FAILS != 0))
    })
}

fn entry(
    call: &Call,
    host: &str,
    (user, database): (&str, &str),
    at: Timestamp,
    is_right: bool,
) -> Value {
    let line = json!({
        "t": { "$date": written(at) },
        "s": "I",
        "c": "ACCESS",
        "msg": if is_right { "Authentication succeeded" } else { "Authentication failed" },
        "attr": { "principalName": user, "authenticationDatabase": database, "remote": ADDRESS },
    });
    let mut entry = json!({
        "authResult": is_right,
        "authSource": database,
        "groupId": call.path("groupId"),
        "hostname": host,
        "ipAddress": ADDRESS,
        "logLine": line.to_string(),
        "timestamp": written(at),
        "username": user,
    });
    if !is_right {
        entry["failureReason"] = json!("AuthenticationFailed: wrong password");
    }
    entry
}
