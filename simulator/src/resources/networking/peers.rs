//! Peering connections. A connection stays in the state in which the owner of the peer network must
//! accept it.

use serde_json::Value;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::access::access_list::Block;
use crate::resources::networking::containers;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("createGroupPeer", create), ("updateGroupPeer", update)];

/// Error code and identifying fields of a duplicate connection, by cloud provider.
const DUPLICATES: [(&str, &str, [&str; 2]); 3] = [
    ("AWS", "PEER_ALREADY_EXISTS", ["awsAccountId", "vpcId"]),
    (
        "AZURE",
        "PEER_ALREADY_EXISTS_AZURE",
        ["azureSubscriptionId", "vnetName"],
    ),
    (
        "GCP",
        "PEER_ALREADY_EXISTS_GCP",
        ["gcpProjectId", "networkName"],
    ),
];

/// `POST /groups/{groupId}/peers`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    check_container(state, call, &body)?;
    let peers = state.store.list(&context.collection);
    check_duplicate(peers, &body)?;
    check_block(state, call, peers, &body)?;
    let response = generic::respond(state, call)?;
    let container = body["containerId"].as_str().unwrap_or_default();
    containers::provision_for_peer(state, call.path("groupId"), container);
    Ok(response)
}

/// `PATCH /groups/{groupId}/peers/{peerId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    check_container(state, call, &body)?;
    generic::respond(state, call)
}

/// Rejects a container that does not exist.
fn check_container(state: &State, call: &Call, body: &Value) -> Result<(), ApiError> {
    let containers = format!("/groups/{}/containers", call.path("groupId"));
    match body["containerId"].as_str() {
        Some(id) if state.store.find(&containers, &["id"], id).is_none() => {
            let code = "CLOUD_PROVIDER_CONTAINER_NOT_FOUND";
            Err(ApiError::from_code(code, [id]))
        }
        _ => Ok(()),
    }
}

/// Rejects a second connection to the same network.
fn check_duplicate(peers: &[Record], body: &Value) -> Result<(), ApiError> {
    for (_, code, fields) in DUPLICATES {
        let is_same = |peer: &Record| {
            fields
                .iter()
                .all(|field| !body[field].is_null() && peer.document[field] == body[field])
        };
        if peers.iter().any(is_same) {
            return Err(ApiError::from_code(
                code,
                fields.map(|field| body[field].clone()),
            ));
        }
    }
    Ok(())
}

/// Rejects an address block that overlaps the block of another connection.
fn check_block(state: &State, call: &Call, peers: &[Record], body: &Value) -> Result<(), ApiError> {
    let Some(text) = body["routeTableCidrBlock"].as_str() else {
        return Ok(());
    };
    let overlaps = |other: &str| {
        let contains = |block: &str, address: &str| {
            let address = address.split('/').next().and_then(|text| text.parse().ok());
            Block::parse(block)
                .zip(address)
                .is_some_and(|(block, address)| block.contains(address))
        };
        contains(text, other) || contains(other, text)
    };
    let containers = format!("/groups/{}/containers", call.path("groupId"));
    let mut containers = state.store.list(&containers).iter();
    if containers.any(|container| overlaps(container.string("atlasCidrBlock"))) {
        return Err(ApiError::from_code("OVERLAPPING_ATLAS_CIDR_BLOCK", [text]));
    }
    let mut peers = peers.iter();
    if peers.any(|peer| overlaps(peer.string("routeTableCidrBlock"))) {
        return Err(ApiError::from_code("OVERLAPPING_CIDR_BLOCK", [text]));
    }
    Ok(())
}
