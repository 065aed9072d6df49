//! Connections of stream workspaces, which have no state right after a change.

use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::generic;
use crate::state::State;

/// `PATCH …/streams/{tenantName}/connections/{connectionName}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut reply = generic::answer(state, call)?;
    if let Some(connection) = reply.document.as_mut().and_then(|it| it.as_object_mut()) {
        connection.remove("state");
    }
    Ok(reply)
}
