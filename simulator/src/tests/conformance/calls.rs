//! Asking every operation once, for something that is there.

use std::sync::LazyLock;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::json;

use super::bodies::{completed, sample};
use super::identifiers::value_of;
use crate::call::error::ApiError;
use crate::call::page_faults::PageFaults;
use crate::call::roles::Caller;
use crate::call::{Call, Query, Reply};
use crate::http::options::seed::Seed;
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::state::State;
use crate::state::clock::before;

/// A demo project with clusters of both kinds.
pub(super) const PROJECT: &str = "Älvsjö: sensors, edge";

type Answer = Result<Reply, ApiError>;

/// Every operation with its answer: what adds was asked first, and what removes last.
pub(super) static ANSWERS: LazyLock<Vec<(&Operation, Answer)>> = LazyLock::new(ask_all);

fn ask_all() -> Vec<(&'static Operation, Answer)> {
    let document = Document::vendored().unwrap();
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut state = prepared(now);
    let mut operations: Vec<_> = document.operations().iter().collect();
    operations.sort_by_key(|operation| rank(operation));
    operations
        .into_iter()
        .map(|operation| (operation, ask(&mut state, operation, now)))
        .collect()
}

/// When an operation is asked. What lies deeper is added later and removed earlier.
fn rank(operation: &Operation) -> (u8, usize) {
    let length = operation.path.len();
    match (operation.id.as_str(), operation.method) {
        // Removing these would leave nothing to ask about.
        ("deleteGroupCluster" | "deleteGroup" | "deleteOrg", _) => (6, usize::MAX - length),
        ("updateGroupMaintenanceWindow", _) => (0, 0),
        (_, "POST") if operation.path.contains(':') => (3, length),
        (_, "POST") => (1, length),
        (_, "GET") => (2, length),
        (_, "DELETE") => (5, usize::MAX - length),
        _ => (4, length),
    }
}

/// The demo organization with what no operation brings about, or only where it is not asked.
pub(super) fn prepared(now: Timestamp) -> State {
    let mut state = Seed::demo().grow(now);
    resources::backups::schedules::seed(&mut state, now);
    let project = state.project_by_name(PROJECT, "").unwrap().id.clone();
    let sharded = state.project_by_name("データ基盤", "").unwrap().id.clone();
    resources::monitoring::alerts::open(&mut state, &project, "NO_PRIMARY", Some("telemetry"), now)
        .unwrap();
    // One index more, since there are two ways to delete one.
    let index = r#"{"collectionName": "a", "database": "b", "name": "c", "definition": {"mappings": {"dynamic": true}}}"#;
    // A container before there is a peer of it, since their paths are sorted otherwise.
    let container =
        r#"{"providerName": "AWS", "atlasCidrBlock": "10.8.0.0/21", "regionName": "US_EAST_1"}"#;
    let asked = [
        (&project, "", "createGroupContainer", container),
        (
            &sharded,
            "events",
            "updateGroupCluster",
            r#"{"backupEnabled": true}"#,
        ),
        (&sharded, "events", "takeGroupClusterBackupSnapshots", "{}"),
        (
            &project,
            "telemetry",
            "createGroupClusterSearchIndex",
            index,
        ),
    ];
    for (project, cluster, id, body) in asked {
        let operation = operation(id);
        let mut parameters = vec![project.clone(), cluster.to_owned()];
        parameters.retain(|it| !it.is_empty());
        let earlier = before(now, Duration::from_hours(1));
        let call = called(
            operation,
            parameters,
            Vec::new(),
            Bytes::from(body),
            earlier,
        );
        answer(&mut state, &call).unwrap();
    }
    state
}

/// The same after everything was created that can be.
pub(super) fn populated(now: Timestamp) -> State {
    let mut state = prepared(now);
    let operations = Document::vendored().unwrap().operations().iter();
    let mut creating: Vec<_> = operations.filter(|it| rank(it).0 < 2).collect();
    creating.sort_by_key(|operation| rank(operation));
    for operation in creating {
        ask(&mut state, operation, now).unwrap();
    }
    state
}

/// Answers a call, for the organization that it is about.
pub(super) fn answer(state: &mut State, call: &Call) -> Answer {
    let organization = resources::organization_of(state, call);
    let handler = resources::handler_for(call.operation.unwrap());
    handler(state, &call.in_organization(&organization))
}

fn operation(id: &str) -> &'static Operation {
    let mut operations = Document::vendored().unwrap().operations().iter();
    operations.find(|it| it.id == id).unwrap()
}

fn ask(state: &mut State, operation: &'static Operation, now: Timestamp) -> Answer {
    let call = call(state, operation, now);
    resources::advance_to(state, now);
    let call = call.in_organization(&resources::organization_of(state, &call));
    let answer = answer(state, &call);
    if let Ok(reply) = &answer {
        resources::monitoring::events::note(state, &call, operation, reply);
    }
    answer
}

fn call(state: &mut State, operation: &'static Operation, now: Timestamp) -> Call {
    let schemas = Document::vendored().unwrap().schemas();
    let mut parameters = Vec::new();
    for name in operation.path_names() {
        parameters.push(value_of(state, operation, name, &parameters, now));
    }
    let body = operation
        .request
        .as_ref()
        .map(|schema| sample(schemas, schema, "", 0))
        .map(|body| completed(state, operation, body));
    let query = asked_for(operation);
    let body = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
    called(operation, parameters, query, body, now)
}

/// What the query of an operation has to have, and what leads to everything there is.
pub(super) fn asked_for(operation: &Operation) -> Vec<(String, String)> {
    let schemas = Document::vendored().unwrap().schemas();
    let queries = operation
        .parameters
        .iter()
        .filter(|it| it.is_query && it.is_required);
    let query = queries.map(|it| {
        let sample = match it.name.as_str() {
            "granularity" => json!("PT1M"),
            name => sample(schemas, &it.schema, name, 0),
        };
        let text = sample
            .as_str()
            .map_or_else(|| sample.to_string(), str::to_owned);
        (
            it.name.clone(),
            text.trim_matches(['[', ']', '"']).to_owned(),
        )
    });
    let mut query: Vec<_> = query.collect();
    if query.iter().any(|(name, _)| name == "granularity") {
        query.push(("period".to_owned(), "P1D".to_owned()));
    }
    if operation.id == "listFederationSettingIdentityProviders" {
        query.push(("protocol".to_owned(), "OIDC".to_owned()));
    }
    query
}

/// A call of an operation in its newest version.
pub(super) fn called(
    operation: &'static Operation,
    parameters: Vec<String>,
    query: Vec<(String, String)>,
    body: Bytes,
    now: Timestamp,
) -> Call {
    let mut path = operation.path.clone();
    for (name, value) in operation.path_names().zip(&parameters) {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    Call {
        operation: Some(operation),
        query: Query::new(query),
        request_path: path,
        parameters: operation.path_names().zip(parameters).collect(),
        body,
        origin: "http://127.0.0.1".to_owned(),
        version: operation.versions.last().unwrap().version.clone(),
        suffix: operation
            .answer
            .suffixes
            .last()
            .cloned()
            .unwrap_or_else(|| "json".to_owned()),
        now,
        caller: Caller::owner("simulate"),
        organization: String::new(),
        page_faults: PageFaults::default(),
        shows_requested_specs: false,
    }
}
