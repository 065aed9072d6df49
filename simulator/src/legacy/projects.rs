//! Projects of `/api/atlas/v1.0`, which the wire calls groups.

use serde_json::{Value, json};

use crate::attributes::Attributes;
use crate::call::{Call, Reply};
use crate::clock::written;
use crate::error::ApiError;
use crate::page;
use crate::resources::{check_name, link, seen, seen_by_name};
use crate::state::{Project, State};

/// `GET /groups`
pub(super) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let organization = &state.organization.id;
    page::answer(call, &[], &seen(state, call), |project| {
        document(project, organization, call)
    })
}

/// `GET /groups/{groupId}`
pub(super) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = state.project(call.parameter(0))?;
    Ok(Reply::ok(document(project, &state.organization.id, call)))
}

/// `GET /groups/byName/{groupName}`
pub(super) fn get_by_name(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = seen_by_name(state, call)?;
    Ok(Reply::ok(document(project, &state.organization.id, call)))
}

/// `POST /groups`
pub(super) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let body = call.object()?;
    let attributes = Attributes::new(&body);
    let name = check_name(attributes.required_text("name")?)?;
    if let Some(organization) = attributes.text("orgId")? {
        state.organization(organization)?;
    }

    let organization = state.organization.id.clone();
    let project = state.create_project(name, None, call.now)?;
    Ok(Reply::created(document(project, &organization, call)))
}

/// `DELETE /groups/{groupId}`
pub(super) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    state.delete_project(call.parameter(0))?;
    Ok(Reply::accepted())
}

fn document(project: &Project, organization: &str, call: &Call) -> Value {
    let path = format!("{}/groups/{}", super::ROOT, project.id);
    let clusters = format!("{path}/clusters");
    json!({
        "clusterCount": project.clusters.len(),
        "created": written(project.created),
        "id": project.id,
        "links": [
            link(call, &path, "self"),
            link(call, &clusters, "https://cloud.mongodb.com/clusters"),
        ],
        "name": project.name,
        "orgId": organization,
    })
}
