//! System status: the caller's API key and the build.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::resources::{Route, link};
use crate::state::{State, derived_id};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("getSystemStatus", status)];

/// `GET /api/atlas/v2`
#[expect(clippy::unnecessary_wraps, reason = "all handlers have one signature")]
pub(crate) fn status(_: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Ok(Reply::ok(json!({
        "apiKey": {
            "accessList": [],
            "id": derived_id(call.sender()),
            "publicKey": call.sender(),
            "roles": [{ "orgId": call.organization, "roleName": "ORG_OWNER" }],
        },
        "appName": "MongoDB Atlas",
        "build": "simulator",
        "links": [link(call, &call.request_path, "self")],
        "throttling": false,
    })))
}
