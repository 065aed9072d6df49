//! Invitations to an organization or a project, which are good for thirty days.

use std::time::Duration;

use serde_json::json;

use crate::call::{Call, Reply};
use crate::clock::{after, written};
use crate::error::ApiError;
use crate::generic::{self, Context, requests, writing};
use crate::state::State;

/// How long an invitation can be accepted.
pub(super) const LIFETIME: Duration = Duration::from_hours(30 * 24);

/// `POST /orgs/{orgId}/invites` and `POST /groups/{groupId}/invites`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let mut body = requests::body(&context)?.unwrap_or_default();
    let place = call.parameter(0);
    if let Ok(project) = state.project(place) {
        body["groupName"] = json!(project.name);
    } else if let Ok(organization) = state.organization(place) {
        body["orgName"] = json!(organization.name);
    }
    body["expiresAt"] = json!(written(after(call.now, LIFETIME)));
    let invitation = writing::keep(state, &context, &body)?;
    Ok(generic::shown(state, &context, &invitation))
}
