//! The cost explorer: a client sends a query once and fetches the result by a token.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] =
    &[("createOrgBillingCostExplorerUsageProcess", start)];

/// Length of a token in characters.
const TOKEN_LENGTH: usize = 64;

/// `POST /orgs/{orgId}/billing/costExplorer/usage`
pub(crate) fn start(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let query = requests::parse_body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let parts = ["first", "second", "third"].map(|part| derived_id(&format!("{part} {id}")));
    let token: String = parts.concat().chars().take(TOKEN_LENGTH).collect();
    let record = Record::new(token.clone(), query, call.now);
    state.store.list_mut(&context.collection).push(record);
    Ok(generic::responses::build(
        &context,
        json!({ "token": token }),
    ))
}
