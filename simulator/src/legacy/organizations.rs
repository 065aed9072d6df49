//! Organizations of `/api/atlas/v1.0`.

use serde_json::{Value, json};

use super::projects;
use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::page;
use crate::resources::link;
use crate::state::{Organization, State};

/// `GET /orgs`
pub(super) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let organizations = [state.organization.clone()];
    page::answer(call, &[], &organizations, |it| document(it, call))
}

/// `GET /orgs/{orgId}`
pub(super) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Ok(Reply::ok(document(
        state.organization(call.parameter(0))?,
        call,
    )))
}

/// `GET /orgs/{orgId}/groups`
pub(super) fn projects(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    state.organization(call.parameter(0))?;
    projects::list(state, call)
}

fn document(organization: &Organization, call: &Call) -> Value {
    let path = format!("{}/orgs/{}", super::ROOT, organization.id);
    json!({
        "id": organization.id,
        "isDeleted": false,
        "links": [link(call, &path, "self")],
        "name": organization.name,
    })
}
