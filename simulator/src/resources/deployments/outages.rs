//! Outage simulations of a cluster, which last until a request ends them.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::after;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterOutageSimulation", get),
    ("startGroupClusterOutageSimulation", start),
    ("endGroupClusterOutageSimulation", end),
];

/// Hidden field of an outage that a request has ended.
const END_FIELD: &str = "ended";
/// States of an outage, with the seconds since its start.
const START_STATES: [(u64, &str); 3] =
    [(0, "START_REQUESTED"), (10, "STARTING"), (60, "SIMULATING")];
/// States after the request that ends the outage, with the seconds since that request. The outage
/// is removed in the last state.
const END_STATES: [(u64, &str); 3] = [
    (0, "RECOVERY_REQUESTED"),
    (10, "RECOVERING"),
    (60, "COMPLETE"),
];

/// `GET …/clusters/{clusterName}/outageSimulation`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    expire(state, &context);
    respond(state, &context)
}

/// `POST …/outageSimulation`
pub(crate) fn start(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    requests::parse_body(&context)?;
    expire(state, &context);
    if state.store.single(&context.collection).is_some() {
        let name = call.path("clusterName");
        return Err(ApiError::already_exists("OUTAGE_SIMULATION", name));
    }
    generic::respond(state, call)?;
    respond(state, &context)
}

/// `DELETE …/outageSimulation`
pub(crate) fn end(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    expire(state, &context);
    let outage = state.store.single_mut(&context.collection);
    let outage = outage.ok_or_else(|| context.not_found())?;
    if outage
        .hidden
        .insert(END_FIELD.to_owned(), json!(true))
        .is_none()
    {
        outage.started = call.now;
    }
    respond(state, &context)
}

/// Removes an outage that has ended.
fn expire(state: &mut State, context: &Context<'_>) {
    let outage = state.store.single(&context.collection);
    if outage.is_some_and(|outage| state_at(outage, context.call.now) == "COMPLETE") {
        state.store.remove_single(&context.collection);
    }
}

fn respond(state: &State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let outage = state.store.single(&context.collection);
    let mut outage = outage.cloned().ok_or_else(|| context.not_found())?;
    outage.document["state"] = json!(state_at(&outage, context.call.now));
    Ok(generic::item_response(context, &outage))
}

/// Returns the state of an outage at a time.
fn state_at(outage: &Record, now: Timestamp) -> &'static str {
    let is_ended = outage.hidden.contains_key(END_FIELD);
    let states = if is_ended { END_STATES } else { START_STATES };
    let is_reached = |seconds| after(outage.started, Duration::from_secs(seconds)) <= now;
    let reached = states
        .into_iter()
        .rev()
        .find(|(seconds, _)| is_reached(*seconds));
    reached.map_or(states[0].1, |(_, state)| state)
}
