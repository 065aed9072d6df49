//! Rate limits in effect.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::rate_limits::{EndpointSet, REFILL_SECONDS, sets};
use crate::call::{ApiResponse, Call};
use crate::resources::Route;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("listRateLimits", list), ("getRateLimit", get)];

/// `GET /rateLimits`
pub(crate) fn list(_: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let name = call.query.get("name").unwrap_or_default();
    let path = call.query.get("endpointPath").unwrap_or_default();
    let matching: Vec<_> = sets()
        .iter()
        .filter(|set| set.id.contains(name))
        .filter(|set| {
            set.endpoints
                .iter()
                .any(|(_, endpoint)| endpoint.contains(path))
        })
        .collect();
    page::respond(call, &[], &matching, |set| render_document(set))
}

/// `GET /rateLimits/{endpointSetId}`
pub(crate) fn get(_: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let id = call.path("endpointSetId");
    let set = sets().iter().find(|set| set.id == id);
    set.map(|set| ApiResponse::ok(render_document(set)))
        .ok_or_else(|| ApiError::named_not_found("ENDPOINT_SET", id))
}

fn render_document(set: &EndpointSet) -> Value {
    let value = |number: u64| json!({ "defaultValue": number, "value": number });
    let endpoints = set
        .endpoints
        .iter()
        .map(|(method, path)| json!({ "method": method, "path": path }));
    json!({
        "capacity": value(set.capacity.into()),
        "endpointSetId": set.id,
        "endpointSetName": set.id,
        "endpoints": endpoints.collect::<Value>(),
        "refillDurationSeconds": value(REFILL_SECONDS),
        "refillRate": value(set.capacity.into()),
        "scope": set.scope,
    })
}
