//! Outages that are only simulated: they begin, last until they are ended, and are gone then.

use std::time::Duration;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::after;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterOutageSimulation", get),
    ("startGroupClusterOutageSimulation", start),
    ("endGroupClusterOutageSimulation", end),
];

/// What an outage hides once it is to end.
const ENDED: &str = "ended";
/// What an outage says of itself, from so many seconds on.
const BEGINNING: [(u64, &str); 3] = [(0, "START_REQUESTED"), (10, "STARTING"), (60, "SIMULATING")];
/// The same after its end was asked for; at the last of these it is gone.
const ENDING: [(u64, &str); 3] = [
    (0, "RECOVERY_REQUESTED"),
    (10, "RECOVERING"),
    (60, "COMPLETE"),
];

/// `GET …/clusters/{clusterName}/outageSimulation`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    expire(state, &context);
    shown(state, &context)
}

/// `POST …/outageSimulation`
pub(crate) fn start(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    requests::body(&context)?;
    expire(state, &context);
    if state.store.single(&context.collection).is_some() {
        let name = call.path("clusterName");
        return Err(ApiError::already_exists("OUTAGE_SIMULATION", name));
    }
    generic::respond(state, call)?;
    shown(state, &context)
}

/// `DELETE …/outageSimulation`
pub(crate) fn end(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    expire(state, &context);
    let outage = state.store.single_mut(&context.collection);
    let outage = outage.ok_or_else(|| context.not_found())?;
    if outage
        .hidden
        .insert(ENDED.to_owned(), json!(true))
        .is_none()
    {
        outage.begun = call.now;
    }
    shown(state, &context)
}

/// Removes an outage that has ended.
fn expire(state: &mut State, context: &Context<'_>) {
    let outage = state.store.single(&context.collection);
    if outage.is_some_and(|it| word(it, context.call) == "COMPLETE") {
        state.store.remove_single(&context.collection);
    }
}

fn shown(state: &State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let outage = state.store.single(&context.collection);
    let mut outage = outage.cloned().ok_or_else(|| context.not_found())?;
    outage.document["state"] = json!(word(&outage, context.call));
    Ok(generic::item_response(context, &outage))
}

/// The state that an outage has reached.
fn word(outage: &Record, call: &Call) -> &'static str {
    let is_ended = outage.hidden.contains_key(ENDED);
    let words = if is_ended { ENDING } else { BEGINNING };
    let is_reached = |seconds| after(outage.begun, Duration::from_secs(seconds)) <= call.now;
    let reached = words
        .into_iter()
        .rev()
        .find(|(seconds, _)| is_reached(*seconds));
    reached.map_or(words[0].1, |(_, word)| word)
}
