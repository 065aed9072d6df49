//! System status, and the IP addresses of the control plane.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::resources::{Route, render_link};
use crate::schema::behaviour::{behaviour, parse};
use crate::state::{State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getSystemStatus", status),
    ("listControlPlaneIpAddresses", list_addresses),
];

static ADDRESSES: LazyLock<Addresses> = LazyLock::new(|| parse(behaviour!("control-plane.toml")));

#[derive(Default, Deserialize)]
struct Addresses {
    region: Vec<Region>,
}

/// The CIDR blocks of the control plane in a region.
#[derive(Deserialize)]
struct Region {
    provider: String,
    name: String,
    inbound: Vec<String>,
    outbound: Vec<String>,
}

/// `GET /unauth/controlPlaneIPAddresses`
#[expect(clippy::unnecessary_wraps, reason = "all handlers have one signature")]
pub(crate) fn list_addresses(_: &mut State, _: &Call) -> Result<ApiResponse, ApiError> {
    let mut document = json!({ "inbound": {}, "outbound": {} });
    for region in &ADDRESSES.region {
        for (direction, blocks) in [("inbound", &region.inbound), ("outbound", &region.outbound)] {
            document[direction][&region.provider][&region.name] = json!(blocks);
        }
    }
    document["gateways"] = Value::Array(Vec::new());
    Ok(ApiResponse::ok(document))
}

/// `GET /api/atlas/v2`
#[expect(clippy::unnecessary_wraps, reason = "all handlers have one signature")]
pub(crate) fn status(_: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Ok(ApiResponse::ok(json!({
        "apiKey": {
            "accessList": [],
            "id": derived_id(call.sender()),
            "publicKey": call.sender(),
            "roles": call.caller.list_roles(&call.organization),
        },
        "appName": "MongoDB Atlas",
        "build": "simulator",
        "links": [render_link(call, &call.request_path, "self")],
        "throttling": false,
    })))
}
