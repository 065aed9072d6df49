//! Organizations of `/api/atlas/v1.0`.

use serde_json::{Value, json};

use super::projects;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::resources::{render_link, visible_organizations};
use crate::state::{Organization, State};

/// `GET /orgs`
pub(super) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    page::respond(
        call,
        &[],
        &visible_organizations(state, call),
        |organization| render_document(organization, call),
    )
}

/// `GET /orgs/{orgId}`
pub(super) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Ok(ApiResponse::ok(render_document(
        state.organization(call.path("orgId"))?,
        call,
    )))
}

/// `GET /orgs/{orgId}/groups`
pub(super) fn list_projects(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let id = call.path("orgId");
    state.organization(id)?;
    projects::list_matching(state, call, |project| project.organization == id)
}

fn render_document(organization: &Organization, call: &Call) -> Value {
    let path = format!("{}/orgs/{}", super::V1_ROOT, organization.id);
    json!({
        "id": organization.id,
        "isDeleted": false,
        "links": [render_link(call, &path, "self")],
        "name": organization.name,
    })
}
