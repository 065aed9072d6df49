//! Query limits of federated database instances.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{Context, errors, requests, responses};
use crate::resources::Route;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::clock::format_time;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupDataFederationLimits", list),
    ("getGroupDataFederationLimit", get),
    ("setGroupDataFederationLimit", set),
    ("deleteGroupDataFederationLimit", delete),
];

static DEFAULTS: LazyLock<Limits> = LazyLock::new(|| parse(behaviour!("query-limits.toml")));

#[derive(Default, Deserialize)]
struct Limits {
    limit: Vec<Limit>,
}

/// A limit that each instance has until a request sets or deletes it.
#[derive(Deserialize)]
struct Limit {
    name: String,
    value: u64,
    overrun_policy: String,
}

/// `GET /groups/{groupId}/dataFederation/{tenantName}/limits`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, call);
    let limits = state.store.list(&collection_path(call)).iter();
    let limits = limits.map(|limit| limit.document.clone());
    Ok(responses::build(&context, limits.collect()))
}

/// `GET …/dataFederation/{tenantName}/limits/{limitName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, call);
    let name = call.path("limitName");
    let limit = state.store.find(&collection_path(call), &["name"], name);
    let limit = limit.ok_or_else(|| not_found(call))?;
    Ok(responses::build(&context, limit.document.clone()))
}

/// `PATCH …/dataFederation/{tenantName}/limits/{limitName}`
///
/// Sets a limit. The response does not contain `overrunPolicy`.
pub(crate) fn set(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    ensure_defaults(state, call);
    let name = call.path("limitName");
    let mut limit = json!({
        "currentUsage": 0,
        "lastModifiedDate": format_time(call.now),
        "name": name,
        "tenantName": call.path("tenantName"),
        "value": body["value"],
    });
    let response = limit.clone();
    limit["overrunPolicy"] = body.get("overrunPolicy").cloned().unwrap_or(json!("BLOCK"));
    let limits = collection_path(call);
    state.store.remove(&limits, &["name"], name);
    let record = Record::new(name, limit, call.now);
    state.store.list_mut(&limits).push(record);
    Ok(responses::build(&context, response))
}

/// `DELETE …/dataFederation/{tenantName}/limits/{limitName}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    ensure_defaults(state, call);
    let name = call.path("limitName");
    let removed = state.store.remove(&collection_path(call), &["name"], name);
    removed.ok_or_else(|| not_found(call))?;
    Ok(ApiResponse::no_content())
}

/// Creates the default limits of an instance at its first use.
fn ensure_defaults(state: &mut State, call: &Call) {
    let limits = collection_path(call);
    if state.store.find_list(&limits).is_some() {
        return;
    }
    let defaults = DEFAULTS.limit.iter().map(|limit| {
        let document: Value = json!({
            "currentUsage": 0,
            "name": limit.name,
            "overrunPolicy": limit.overrun_policy,
            "tenantName": call.path("tenantName"),
            "value": limit.value,
        });
        Record::new(limit.name.clone(), document, call.now)
    });
    state.store.list_mut(&limits).extend(defaults);
}

fn collection_path(call: &Call) -> String {
    let (project, tenant) = (call.path("groupId"), call.path("tenantName"));
    format!("/groups/{project}/dataFederation/{tenant}/limits")
}

fn not_found(call: &Call) -> ApiError {
    let template = "/groups/{groupId}/dataFederation/{tenantName}/limits";
    errors::not_found(call, template, "limitName", call.path("limitName"))
}
