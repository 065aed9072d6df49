//! Options of a cluster's processes, with those that only the oldest version has.

use serde_json::Value;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic;
use crate::resources::Route;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterProcessArgs", answer),
    ("updateGroupClusterProcessArgs", answer),
];

const OLDEST: &str = "2023-01-01";
/// Options of databases that are no longer supported.
const BYGONE: [&str; 2] = ["defaultReadConcern", "failIndexKeyTooLong"];

/// `GET` and `PATCH …/clusters/{clusterName}/processArgs`
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut reply = generic::respond(state, call)?;
    if let Some(Value::Object(document)) = &mut reply.document
        && call.version == OLDEST
    {
        for option in BYGONE {
            document.entry(option).or_insert(Value::Null);
        }
    }
    Ok(reply)
}
