//! Organizations of `/api/atlas/v2`.

use serde_json::{Value, json};

use super::projects;
use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::page;
use crate::resources::link;
use crate::state::{Organization, Project, State};

/// `GET /orgs`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let name = call.query.get("name").unwrap_or_default();
    let found: Vec<_> = Some(&state.organization)
        .filter(|it| starts_with(&it.name, name))
        .into_iter()
        .collect();
    page::answer(call, &[("name", name)], &found, |it| document(it, call))
}

/// `GET /orgs/{orgId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let organization = state.organization(call.parameter(0))?;
    Ok(Reply::ok(document(organization, call)))
}

/// `GET /orgs/{orgId}/groups`
pub(crate) fn projects(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    state.organization(call.parameter(0))?;
    let name = call.query.get("name").unwrap_or_default();
    let found: Vec<&Project> = projects::seen(state, call)
        .into_iter()
        .filter(|project| starts_with(&project.name, name))
        .collect();
    let organization = &state.organization.id;
    page::answer(call, &[("name", name)], &found, |project| {
        projects::document(project, organization, call)
    })
}

/// Names are filtered by their beginning, whatever the case.
fn starts_with(name: &str, beginning: &str) -> bool {
    name.to_lowercase().starts_with(&beginning.to_lowercase())
}

fn document(organization: &Organization, call: &Call) -> Value {
    let path = format!("/api/atlas/v2/orgs/{}", organization.id);
    json!({
        "id": organization.id,
        "isDeleted": false,
        "links": [link(call, &path, "self")],
        "name": organization.name,
        "skipDefaultAlertsSettings": false,
    })
}
