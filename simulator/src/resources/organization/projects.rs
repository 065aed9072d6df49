//! Projects, called groups in paths and fields.

use std::time::Duration;

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::requests;
use crate::resources::access::api_keys;
use crate::resources::organization::cloud_users::{project_users, select_organization};
use crate::resources::{Route, read_tags, render_link, render_tags};
use crate::state::clock::{after, format_time};
use crate::state::{Project, Record, State, Tag};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroups", list),
    ("getGroup", get),
    ("getGroupByName", get_by_name),
    ("createGroup", create),
    ("updateGroup", update),
    ("deleteGroup", delete),
    ("migrateGroup", migrate),
];

/// Time after the deletion of a project in which a second deletion also succeeds.
const DELETION_TIME: Duration = Duration::from_mins(1);
/// Related collections in the links of a project.
const LINKED_COLLECTIONS: [&str; 6] = [
    "containers",
    "clusters",
    "databaseUsers",
    "peers",
    "processes",
    "whitelist",
];
/// Maximum length of a project's name in characters.
const MAX_NAME_LENGTH: usize = 64;

/// `GET /groups`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    page::respond(call, &[], &visible_projects(state, call), |project| {
        render_document(project, call)
    })
}

/// Returns the projects that the caller has a role in.
pub(crate) fn visible_projects<'a>(state: &'a State, call: &Call) -> Vec<&'a Project> {
    let projects = state.projects().iter();
    let is_visible = |project: &&Project| {
        call.caller.belongs_to(&project.organization) && call.caller.can_read(&project.id)
    };
    projects.filter(is_visible).collect()
}

/// Returns the project with the name in the path if the caller has a role in it.
pub(crate) fn visible_project_by_name<'a>(
    state: &'a State,
    call: &Call,
) -> Result<&'a Project, ApiError> {
    let project = state.project_by_name(call.path("groupName"), &call.organization)?;
    if call.caller.belongs_to(&project.organization) && call.caller.can_read(&project.id) {
        Ok(project)
    } else {
        Err(ApiError::not_in_project())
    }
}

/// `GET /groups/{groupId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    Ok(ApiResponse::ok(render_document(project, call)))
}

/// `GET /groups/byName/{groupName}`
pub(crate) fn get_by_name(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = visible_project_by_name(state, call)?;
    Ok(ApiResponse::ok(render_document(project, call)))
}

/// `POST /groups`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let body = requests::parse_object(call, &Value::Null)?;
    let attributes = Attributes::new(&body);
    let name = check_name(attributes.required_string("name")?)?;
    let call = &select_organization(state, call, attributes.required_string("orgId")?)?;
    let tags = read_tags(&attributes, "tags")?;
    let default_alerts = attributes
        .boolean("withDefaultAlertsSettings")?
        .unwrap_or(true);

    let restrictions = attributes.string("regionUsageRestrictions")?;
    let restrictions = restrictions.map(str::to_owned);

    let project = create_owned(state, call, name, tags)?;
    project.default_alerts = default_alerts;
    project.region_restrictions = restrictions;
    // Atlas sends the root of its old API with two slashes.
    let location = call.link("//api/atlas/v1.0");
    let reply = ApiResponse::created(render_document(project, call)).with_location(location);
    Ok(reply.with_organization(&call.organization))
}

/// `PATCH /groups/{groupId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let id = call.path("groupId");
    let current = render_document(state.project(id)?, call);
    let body = requests::parse_object(call, &current)?;
    let attributes = Attributes::new(&body);
    let name = attributes.string("name")?.map(check_name).transpose()?;
    let tags = read_tags(&attributes, "tags")?;
    let default_alerts = attributes.boolean("withDefaultAlertsSettings")?;

    if let Some(name) = name {
        state.rename_project(id, name)?;
    }
    let (project, _) = state.project_mut(id)?;
    if tags.is_some() {
        project.tags = tags;
    }
    project.default_alerts = default_alerts.unwrap_or(project.default_alerts);
    Ok(ApiResponse::ok(render_document(project, call)))
}

/// Creates a project in the organization of the call, and assigns an owner.
pub(crate) fn create_owned<'a>(
    state: &'a mut State,
    call: &Call,
    name: &str,
    tags: Option<Vec<Tag>>,
) -> Result<&'a mut Project, ApiError> {
    let owner = project_users::find_requested_owner(state, call)?;
    let organization = &call.organization;
    let project = state.create_project(organization, name, tags, call.now)?;
    let id = project.id.clone();
    project_users::assign_owner(state, organization, &id, owner.as_deref());
    Ok(state.project_mut(&id)?.0)
}

/// `DELETE /groups/{groupId}`
///
/// Deletes a project, and the roles of keys and users in it.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let id = call.path("groupId");
    let deleted = format!("/deletedProjects/{id}");
    let earlier = state.store.single(&deleted);
    if earlier.is_some_and(|record| after(record.created, DELETION_TIME) > call.now) {
        return Ok(ApiResponse::accepted());
    }
    state.delete_project(id)?;
    let record = Record::new(id, Value::Null, call.now);
    state.store.put_single(&deleted, record);
    api_keys::remove_project_roles(state, id);
    project_users::remove_project_roles(state, id);
    Ok(ApiResponse::accepted())
}

/// `POST /groups/{groupId}:migrate`
///
/// Moves a project to another organization that the caller belongs to.
pub(crate) fn migrate(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let body = requests::parse_object(call, &Value::Null)?;
    let attributes = Attributes::new(&body);
    let organization = attributes.required_string("destinationOrgId")?;
    select_organization(state, call, organization)?;
    let id = call.path("groupId");
    let (project, _) = state.project_mut(id)?;
    if project.organization == organization {
        return Ok(ApiResponse::ok(render_document(project, call)));
    }
    organization.clone_into(&mut project.organization);
    api_keys::remove_project_roles(state, id);
    project_users::remove_project_roles(state, id);
    state.store.remove_below(&format!("/groups/{id}/teams"));
    state.store.list_mut(&format!("/groups/{id}/teams")).clear();
    project_users::assign_owner(state, organization, id, None);
    Ok(ApiResponse::ok(render_document(state.project(id)?, call)))
}

/// Renders a project.
pub(crate) fn render_document(project: &Project, call: &Call) -> Value {
    let path = format!("/api/atlas/v2/groups/{}", project.id);
    let mut links = vec![render_link(call, &path, "self")];
    links.extend(LINKED_COLLECTIONS.iter().map(|related| {
        let relation = format!("https://cloud.mongodb.com/{related}");
        render_link(call, &format!("{path}/{related}"), &relation)
    }));
    let mut document = json!({
        "clusterCount": project.clusters.len(),
        "created": format_time(project.created),
        "id": project.id,
        "name": project.name,
        "orgId": project.organization,
        "withDefaultAlertsSettings": project.default_alerts,
    });
    document["links"] = Value::Array(links);
    if let Some(restrictions) = &project.region_restrictions {
        document["regionUsageRestrictions"] = json!(restrictions);
    }
    if let Some(tags) = &project.tags {
        document["tags"] = render_tags(tags);
    }
    document
}

/// Rejects invalid names. Atlas accepts spaces, which the pattern in the OpenAPI document excludes.
pub(crate) fn check_name(name: &str) -> Result<&str, ApiError> {
    let is_allowed = |character: char| {
        character.is_alphanumeric() || character == ' ' || "-_.(),:&@+'".contains(character)
    };
    let length = name.chars().count();
    if name.trim().is_empty() || length > MAX_NAME_LENGTH || !name.chars().all(is_allowed) {
        return Err(ApiError::invalid_attribute(
            "name",
            "1 to 64 letters, numbers, spaces or any of -_.(),:&@+'",
        ));
    }
    Ok(name)
}
