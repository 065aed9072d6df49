//! Network containers and peering connections.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::access::access_list::Block;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupContainer", put_container),
    ("updateGroupContainer", put_container),
    ("createGroupPeer", put_peer),
    ("updateGroupPeer", put_peer),
];

/// `POST` and `PATCH` of `/groups/{groupId}/containers`
pub(crate) fn put_container(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let body = body(state, call)?;
    if let Some(block) = body["atlasCidrBlock"].as_str()
        && Block::parse(block).is_none()
    {
        let detail = format!("{block} is not a block of addresses in CIDR notation.");
        return Err(ApiError::rejected(
            400,
            "INVALID_CIDR_BLOCK",
            detail,
            vec![json!(block)],
        ));
    }
    generic::respond(state, call)
}

/// `POST` and `PATCH` of `/groups/{groupId}/peers`: the container has to exist
pub(crate) fn put_peer(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let body = body(state, call)?;
    let containers = format!("/groups/{}/containers", call.path("groupId"));
    if let Some(id) = body["containerId"].as_str()
        && state.store.find(&containers, &["id"], id).is_none()
    {
        return Err(ApiError::thing_not_found("CLOUD_PROVIDER_CONTAINER", id));
    }
    generic::respond(state, call)
}

fn body(state: &mut State, call: &Call) -> Result<Value, ApiError> {
    let context = Context::prepare(state, call)?;
    Ok(requests::body(&context)?.unwrap_or_default())
}
