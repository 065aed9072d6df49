//! Projects of `/api/atlas/v2`, which the wire calls groups.

use serde_json::{Value, json};

use crate::attributes::Attributes;
use crate::call::{Call, Reply};
use crate::clock::written;
use crate::error::ApiError;
use crate::page;
use crate::resources::{link, read_tags, tags_document};
use crate::state::{Project, State};

/// What a project links to beside itself.
const RELATED: [&str; 6] = [
    "containers",
    "clusters",
    "databaseUsers",
    "peers",
    "processes",
    "whitelist",
];
/// The longest name of a project, in characters.
const LONGEST_NAME: usize = 64;

/// `GET /groups`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let organization = &state.organization.id;
    page::answer(call, &[], &seen(state, call), |project| {
        document(project, organization, call)
    })
}

/// The projects that the caller has a role in.
pub(crate) fn seen<'a>(state: &'a State, call: &Call) -> Vec<&'a Project> {
    let projects = state.projects().iter();
    projects.filter(|it| call.caller.sees(&it.id)).collect()
}

/// A project by its name, for a caller who has a role in it.
pub(crate) fn seen_by_name<'a>(state: &'a State, call: &Call) -> Result<&'a Project, ApiError> {
    let project = state.project_by_name(call.parameter(0))?;
    if call.caller.sees(&project.id) {
        Ok(project)
    } else {
        Err(ApiError::not_in_project())
    }
}

/// `GET /groups/{groupId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = state.project(call.parameter(0))?;
    Ok(Reply::ok(document(project, &state.organization.id, call)))
}

/// `GET /groups/byName/{groupName}`
pub(crate) fn get_by_name(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = seen_by_name(state, call)?;
    Ok(Reply::ok(document(project, &state.organization.id, call)))
}

/// `POST /groups`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let body = call.object()?;
    let attributes = Attributes::new(&body);
    let name = check_name(attributes.required_text("name")?)?;
    state.organization(attributes.required_text("orgId")?)?;
    let tags = read_tags(&attributes, "tags")?;
    let default_alerts = attributes
        .boolean("withDefaultAlertsSettings")?
        .unwrap_or(true);

    let organization = state.organization.id.clone();
    let project = state.create_project(name, tags, call.now)?;
    project.default_alerts = default_alerts;
    // Atlas names the root of its old API here, with two slashes: useless, but that is what comes.
    let location = call.link("//api/atlas/v1.0");
    Ok(Reply::created(document(project, &organization, call)).with_location(location))
}

/// `PATCH /groups/{groupId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let id = call.parameter(0);
    state.project(id)?;
    let body = call.object()?;
    let attributes = Attributes::new(&body);
    let name = attributes.text("name")?.map(check_name).transpose()?;
    let tags = read_tags(&attributes, "tags")?;
    let default_alerts = attributes.boolean("withDefaultAlertsSettings")?;

    if let Some(name) = name {
        state.rename_project(id, name)?;
    }
    let organization = state.organization.id.clone();
    let (project, _) = state.project_mut(id)?;
    if tags.is_some() {
        project.tags = tags;
    }
    project.default_alerts = default_alerts.unwrap_or(project.default_alerts);
    Ok(Reply::ok(document(project, &organization, call)))
}

/// `DELETE /groups/{groupId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    state.delete_project(call.parameter(0))?;
    Ok(Reply::accepted())
}

/// A project as this API shows it.
pub(crate) fn document(project: &Project, organization: &str, call: &Call) -> Value {
    let path = format!("/api/atlas/v2/groups/{}", project.id);
    let mut links = vec![link(call, &path, "self")];
    links.extend(RELATED.iter().map(|related| {
        let relation = format!("https://cloud.mongodb.com/{related}");
        link(call, &format!("{path}/{related}"), &relation)
    }));
    let mut document = json!({
        "clusterCount": project.clusters.len(),
        "created": written(project.created),
        "id": project.id,
        "links": links,
        "name": project.name,
        "orgId": organization,
        "withDefaultAlertsSettings": project.default_alerts,
    });
    if let Some(tags) = &project.tags {
        document["tags"] = tags_document(tags);
    }
    document
}

/// Refuses a name Atlas would refuse; spaces are fine whatever its document says.
pub(crate) fn check_name(name: &str) -> Result<&str, ApiError> {
    let is_allowed = |character: char| {
        character.is_alphanumeric() || character == ' ' || "-_.(),:&@+'".contains(character)
    };
    let length = name.chars().count();
    if name.trim().is_empty() || length > LONGEST_NAME || !name.chars().all(is_allowed) {
        return Err(ApiError::invalid_attribute(
            "name",
            "1 to 64 letters, numbers, spaces or any of -_.(),:&@+'",
        ));
    }
    Ok(name)
}
