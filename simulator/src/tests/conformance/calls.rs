//! Calls every operation once, with ids of existing resources.

use std::sync::LazyLock;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::bodies::{complete, minimal_body};
use super::identifiers::value_of;
use crate::call::error::ApiError;
use crate::call::page_faults::PageFaults;
use crate::call::roles::Caller;
use crate::call::{ApiResponse, Call, Query};
use crate::http::options::seed::Seed;
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::state::State;
use crate::state::clock::before;

/// Demo project with dedicated and flex clusters.
pub(super) const PROJECT: &str = "Älvsjö: sensors, edge";

type Response = Result<ApiResponse, ApiError>;

/// All operations with their responses. Creating operations are called first, deleting operations last.
pub(super) static RESPONSES: LazyLock<Vec<(&Operation, Response)>> = LazyLock::new(call_all);

fn call_all() -> Vec<(&'static Operation, Response)> {
    let document = Document::vendored().unwrap();
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut state = prepare(now);
    let mut operations: Vec<_> = document.operations().iter().collect();
    operations.sort_by_key(|operation| rank(operation));
    operations
        .into_iter()
        .map(|operation| (operation, send(&mut state, operation, now)))
        .collect()
}

/// Returns the position of an operation in the order of calls. Nested resources are created after
/// their parents and deleted before them.
pub(super) fn rank(operation: &Operation) -> (u8, usize) {
    let length = operation.path.len();
    match (operation.id.as_str(), operation.method) {
        // Called last, since all other operations need these resources.
        ("deleteGroupCluster" | "deleteGroup" | "deleteOrg", _) => (6, usize::MAX - length),
        ("updateGroupMaintenanceWindow", _) => (0, 0),
        (_, "POST") if operation.path.contains(':') => (3, length),
        (_, "POST") => (1, length),
        (_, "GET") => (2, length),
        (_, "DELETE") => (5, usize::MAX - length),
        _ => (4, length),
    }
}

/// Returns the demo organization with resources that the calls need and do not create.
pub(super) fn prepare(now: Timestamp) -> State {
    let mut state = Seed::demo().build(now);
    resources::backups::schedules::seed(&mut state, now);
    let project = state.project_by_name(PROJECT, "").unwrap().id.clone();
    let sharded = state.project_by_name("データ基盤", "").unwrap().id.clone();
    resources::monitoring::alerts::open(&mut state, &project, "NO_PRIMARY", Some("telemetry"), now)
        .unwrap();
    // Two operations delete an index, so the calls need a second index.
    let index = r#"{"collectionName": "a", "database": "b", "name": "c", "definition": {"mappings": {"dynamic": true}}}"#;
    // By the length of their paths, peers would be created before containers.
    let container =
        r#"{"providerName": "AWS", "atlasCidrBlock": "10.8.0.0/21", "regionName": "US_EAST_1"}"#;
    let creations = [
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
    for (project, cluster, id, body) in creations {
        let operation = operation(id);
        let mut parameters = vec![project.clone(), cluster.to_owned()];
        parameters.retain(|parameter| !parameter.is_empty());
        let earlier = before(now, Duration::from_hours(1));
        let body = Bytes::from(body);
        let call = new_call(operation, parameters, Vec::new(), body, earlier);
        answer(&mut state, &call).unwrap();
    }
    authorize_role(&mut state, &project, now);
    state
}

/// Creates and authorizes an AWS role in a project.
fn authorize_role(state: &mut State, project: &str, now: Timestamp) {
    let mut send = |id: &str, parameters: Vec<String>, body: Value| {
        let body = Bytes::from(body.to_string());
        let call = new_call(operation(id), parameters, Vec::new(), body, now);
        answer(state, &call).unwrap().document.unwrap()
    };
    let create = json!({ "providerName": "AWS" });
    let project = project.to_owned();
    let role = send(
        "createGroupCloudProviderAccess",
        vec![project.clone()],
        create,
    );
    let id = role["roleId"].as_str().unwrap().to_owned();
    let arn = "arn:aws:iam::123456789012:role/exports";
    let authorization = json!({ "providerName": "AWS", "iamAssumedRoleArn": arn });
    let authorize = "authorizeGroupCloudProviderAccessRole";
    send(authorize, vec![project, id], authorization);
}

/// Returns the demo organization after a call of every creating operation.
pub(super) fn populate(now: Timestamp) -> State {
    let mut state = prepare(now);
    let operations = Document::vendored().unwrap().operations().iter();
    let mut creations: Vec<_> = operations
        .filter(|operation| rank(operation).0 < 2)
        .collect();
    creations.sort_by_key(|operation| rank(operation));
    for operation in creations {
        send(&mut state, operation, now).unwrap();
    }
    state
}

/// Runs the handler of a call.
pub(super) fn answer(state: &mut State, call: &Call) -> Response {
    let organization = resources::find_organization(state, call);
    let handler = resources::handler_for(call.operation.unwrap());
    handler(state, &call.with_organization(&organization))
}

fn operation(id: &str) -> &'static Operation {
    let mut operations = Document::vendored().unwrap().operations().iter();
    operations.find(|operation| operation.id == id).unwrap()
}

fn send(state: &mut State, operation: &'static Operation, now: Timestamp) -> Response {
    let call = call(state, operation, now);
    resources::advance_to(state, now);
    let call = call.with_organization(&resources::find_organization(state, &call));
    let response = answer(state, &call);
    if let Ok(reply) = &response {
        resources::monitoring::events::on_request(state, &call, operation, reply);
    }
    response
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
        .map(|schema| minimal_body(schemas, schema, "", 0))
        .map(|body| complete(state, operation, body));
    let query = required_query(operation);
    let body = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
    new_call(operation, parameters, query, body, now)
}

/// Returns the required query parameters of an operation, with values that exclude no items.
pub(super) fn required_query(operation: &Operation) -> Vec<(String, String)> {
    let schemas = Document::vendored().unwrap().schemas();
    let queries = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.is_query && parameter.is_required);
    let query = queries.map(|parameter| {
        let value = match parameter.name.as_str() {
            "granularity" => json!("PT1M"),
            "cloudProvider" => json!("aws"),
            name => minimal_body(schemas, &parameter.schema, name, 0),
        };
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (
            parameter.name.clone(),
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

/// Returns a call of an operation in its newest version.
pub(super) fn new_call(
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
            .success
            .suffixes
            .last()
            .cloned()
            .unwrap_or_else(|| "json".to_owned()),
        now,
        caller: Caller::owner("simulate"),
        organization: String::new(),
        page_faults: PageFaults::default(),
        is_configured_hardware_requested: false,
    }
}
