//! The performance advisor: one generated slow query per hour and process, and the suggested
//! indexes for these queries.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::Context;
use crate::resources::Route;
use crate::resources::monitoring::processes;
use crate::state::clock::{after, before, format_time};
use crate::state::{State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupProcessPerformanceAdvisorNamespaces", namespaces),
    (
        "listGroupProcessPerformanceAdvisorSlowQueryLogs",
        slow_queries,
    ),
    (
        "listGroupProcessPerformanceAdvisorSuggestedIndexes",
        suggested_indexes,
    ),
];

const HOUR: i64 = 3600;
/// Length of a time range whose start or duration is missing.
const DAY: Duration = Duration::from_hours(24);
/// Default value of `nLogs`.
const MAX_LOGS: usize = 20_000;
/// The namespaces of slow queries, each with its unindexed field. The queries of successive hours
/// alternate.
const NAMESPACES: [(&str, &str); 2] = [("data.events", "user"), ("data.orders", "status")];

/// A slow query.
struct SlowQuery {
    at: Timestamp,
    namespace: &'static str,
    field: &'static str,
}

/// `GET …/processes/{processId}/performanceAdvisor/namespaces`
pub(crate) fn namespaces(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let queries = queries_of(state, call)?;
    let namespaces = distinct(&queries);
    let namespaces: Vec<Value> = namespaces
        .iter()
        .map(|(namespace, _)| json!({ "namespace": namespace, "type": "collection" }))
        .collect();
    Ok(ApiResponse::ok(json!({ "namespaces": namespaces })))
}

/// `GET …/processes/{processId}/performanceAdvisor/slowQueryLogs`
pub(crate) fn slow_queries(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let limit = call.query.get("nLogs").and_then(|count| count.parse().ok());
    let queries = queries_of(state, call)?.into_iter();
    let queries: Vec<Value> = queries
        .take(limit.unwrap_or(MAX_LOGS))
        .map(|query| json!({ "namespace": query.namespace, "line": line(&query).to_string() }))
        .collect();
    Ok(ApiResponse::ok(json!({ "slowQueries": queries })))
}

/// `GET …/processes/{processId}/performanceAdvisor/suggestedIndexes`
pub(crate) fn suggested_indexes(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let limit = call
        .query
        .get("nIndexes")
        .and_then(|count| count.parse().ok());
    let queries = queries_of(state, call)?;
    let distinct = distinct(&queries);
    let distinct = &distinct[..distinct.len().min(limit.unwrap_or(usize::MAX))];
    let shape_id = |namespace: &str| derived_id(&format!("shape {namespace}"));
    let indexes: Vec<Value> = distinct
        .iter()
        .map(|(namespace, field)| {
            json!({
                "avgObjSize": 512.0,
                "id": derived_id(&format!("index {namespace}")),
                "impact": [shape_id(namespace)],
                "index": [{ (*field): 1 }],
                "namespace": namespace,
                "weight": 1.5,
            })
        })
        .collect();
    let shapes: Vec<Value> = distinct
        .iter()
        .map(|(namespace, _)| {
            let count = queries.iter().filter(|query| query.namespace == *namespace);
            json!({
                "avgMs": 250,
                "count": count.count(),
                "id": shape_id(namespace),
                "inefficiencyScore": 1000,
                "namespace": namespace,
                "operations": [],
            })
        })
        .collect();
    Ok(ApiResponse::ok(
        json!({ "shapes": shapes, "suggestedIndexes": indexes }),
    ))
}

/// Returns the slow queries that the request selects, newest first.
fn queries_of(state: &mut State, call: &Call) -> Result<Vec<SlowQuery>, ApiError> {
    Context::prepare(state, call)?;
    processes::cluster_of(state, call.path("groupId"), call.path("processId"))?;
    let number = |name: &str| call.query.get(name)?.parse::<i64>().ok();
    let duration = number("duration").and_then(|duration| duration.try_into().ok());
    let duration = duration.map(Duration::from_millis);
    let since = number("since").and_then(|since| Timestamp::from_millisecond(since).ok());
    let (start, end) = match (since, duration) {
        (Some(start), Some(duration)) => (start, after(start, duration)),
        (Some(start), None) => (start, call.now),
        (None, duration) => (before(call.now, duration.unwrap_or(DAY)), call.now),
    };
    let parameters = call.query.all("namespaces");
    let selected: Vec<&str> = parameters
        .iter()
        .flat_map(|names| names.split(','))
        .collect();
    let first = start.as_second().div_euclid(HOUR) + 1;
    let last = end.min(call.now).as_second().div_euclid(HOUR);
    let queries = (first..=last).rev().filter_map(|hour| {
        let index = usize::try_from(hour.rem_euclid(2)).unwrap_or_default();
        let (namespace, field) = NAMESPACES[index];
        let at = Timestamp::from_second(hour * HOUR).ok()?;
        Some(SlowQuery {
            at,
            namespace,
            field,
        })
    });
    let queries =
        queries.filter(|query| selected.is_empty() || selected.contains(&query.namespace));
    Ok(queries.collect())
}

/// Returns the distinct pairs of namespace and field in the queries.
fn distinct(queries: &[SlowQuery]) -> Vec<(&'static str, &'static str)> {
    let all = NAMESPACES.into_iter();
    let used =
        all.filter(|(namespace, _)| queries.iter().any(|query| query.namespace == *namespace));
    used.collect()
}

/// Returns the log line of a query.
fn line(query: &SlowQuery) -> Value {
    json!({
        "t": { "$date": format_time(query.at) },
        "s": "I",
        "c": "COMMAND",
        "id": 51803,
        "msg": "Slow query",
        "attr": {
            "ns": query.namespace,
            "command": { "find": query.namespace, "filter": { (query.field): "a" } },
            "planSummary": "COLLSCAN",
            "durationMillis": 250,
        },
    })
}
