//! Projects of `/api/atlas/v1.0`, called groups in paths and bodies.

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::resources::{
    check_name, create_owned, delete_project, render_link, select_organization,
    visible_project_by_name, visible_projects,
};
use crate::state::clock::format_time;
use crate::state::{Project, State};

/// `GET /groups`
pub(super) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    list_matching(state, call, |_| true)
}

/// Returns a page of the projects that are visible to the caller and match a predicate.
pub(super) fn list_matching(
    state: &State,
    call: &Call,
    matches: impl Fn(&Project) -> bool,
) -> Result<ApiResponse, ApiError> {
    let mut projects = visible_projects(state, call);
    projects.retain(|project| matches(project));
    page::respond(call, &[], &projects, |project| {
        render_document(project, call)
    })
}

/// `GET /groups/{groupId}`
pub(super) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    Ok(ApiResponse::ok(render_document(project, call)))
}

/// `GET /groups/byName/{groupName}`
pub(super) fn get_by_name(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = visible_project_by_name(state, call)?;
    Ok(ApiResponse::ok(render_document(project, call)))
}

/// `POST /groups`
pub(super) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let body = call.object()?;
    let attributes = Attributes::new(&body);
    let name = check_name(attributes.required_string("name")?)?;
    let call = match attributes.string("orgId")? {
        Some(organization) => &select_organization(state, call, organization)?,
        None => call,
    };

    let project = create_owned(state, call, name, None)?;
    Ok(ApiResponse::created(render_document(project, call)).with_organization(&call.organization))
}

/// `DELETE /groups/{groupId}`
pub(super) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    delete_project(state, call)
}

fn render_document(project: &Project, call: &Call) -> Value {
    let path = format!("{}/groups/{}", super::V1_ROOT, project.id);
    let clusters = format!("{path}/clusters");
    json!({
        "clusterCount": project.clusters.len(),
        "created": format_time(project.created),
        "id": project.id,
        "links": [
            render_link(call, &path, "self"),
            render_link(call, &clusters, "https://cloud.mongodb.com/clusters"),
        ],
        "name": project.name,
        "orgId": project.organization,
    })
}
