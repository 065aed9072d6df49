//! Advanced configuration of a cluster, in the form of each version.

use serde_json::Value;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic;
use crate::resources::Route;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterProcessArgs", handle),
    ("updateGroupClusterProcessArgs", handle),
];

const OLDEST: &str = "2023-01-01";
/// Options of MongoDB versions that are no longer supported.
const OBSOLETE: [&str; 2] = ["defaultReadConcern", "failIndexKeyTooLong"];

/// `GET` and `PATCH …/clusters/{clusterName}/processArgs`
pub(crate) fn handle(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut response = generic::respond(state, call)?;
    if let Some(Value::Object(document)) = &mut response.document
        && call.version == OLDEST
    {
        for option in OBSOLETE {
            document.entry(option).or_insert(Value::Null);
        }
    }
    Ok(response)
}
