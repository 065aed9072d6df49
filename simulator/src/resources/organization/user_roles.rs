//! The roles of people: what bodies say of them, and what an organization cannot do without.

use serde_json::{Map, Value, json};

use crate::call::error::ApiError;
use crate::call::roles::{MEMBER, check_project_role};
use crate::resources::organization::cloud_users::collection;
use crate::state::{Record, Refusal, State};

/// The role without which nobody could give any.
pub(crate) const ORGANIZATION_OWNER: &str = "ORG_OWNER";

/// Whether somebody has a role in the organization.
pub(crate) fn has(user: &Record, role: &str) -> bool {
    let roles = user.document["roles"]["orgRoles"].as_array();
    roles.is_some_and(|roles| roles.contains(&json!(role)))
}

/// Those parts of `roles` that a body says: in the organization, in projects, or both.
pub(crate) fn given(
    state: &State,
    organization: &str,
    body: &Value,
) -> Result<Map<String, Value>, ApiError> {
    let mut given = Map::new();
    if let Some(roles) = body["roles"].get("orgRoles") {
        given.insert("orgRoles".to_owned(), roles.clone());
    }
    if let Some(list) = body["roles"].get("groupRoleAssignments") {
        let assignments = assignments(state, organization, list, "groupRoles")?;
        given.insert("groupRoleAssignments".to_owned(), json!(assignments));
    }
    Ok(given)
}

/// Roles in projects of the organization, in the form that people keep them, from a list that has
/// them in `field`; a project that is named twice has the roles of both.
pub(crate) fn assignments(
    state: &State,
    organization: &str,
    list: &Value,
    field: &str,
) -> Result<Vec<Value>, ApiError> {
    let mut assignments = Vec::new();
    for entry in list.as_array().into_iter().flatten() {
        let project = entry["groupId"].as_str();
        let project = project.ok_or_else(|| ApiError::missing_attribute("groupId"))?;
        check_project(state, organization, project)?;
        for role in entry[field].as_array().into_iter().flatten() {
            check_project_role(field, role.as_str().unwrap_or_default())?;
            assign(&mut assignments, project, role);
        }
    }
    Ok(assignments)
}

/// The same from a list that says one role at a time, as that of 2023-01-01 does.
pub(crate) fn from_single(
    state: &State,
    organization: &str,
    list: &Value,
) -> Result<Value, ApiError> {
    let (mut in_organization, mut assignments) = (Vec::new(), Vec::new());
    for entry in list.as_array().into_iter().flatten() {
        let Some(role) = entry["roleName"].as_str() else {
            continue;
        };
        if let Some(project) = entry["groupId"].as_str() {
            check_project(state, organization, project)?;
            check_project_role("roles", role)?;
            assign(&mut assignments, project, &entry["roleName"]);
        } else if !role.starts_with("ORG_") {
            return Err(ApiError::invalid_attribute(
                "roles",
                "roles in an organization or a project",
            ));
        } else if !in_organization.contains(&entry["roleName"]) {
            in_organization.push(entry["roleName"].clone());
        }
    }
    // Whoever is in a project is in its organization.
    if in_organization.is_empty() {
        in_organization.push(json!(MEMBER));
    }
    Ok(json!({ "groupRoleAssignments": assignments, "orgRoles": in_organization }))
}

fn assign(assignments: &mut Vec<Value>, project: &str, role: &Value) {
    let known = assignments.iter().position(|it| it["groupId"] == project);
    let index = known.unwrap_or_else(|| {
        assignments.push(json!({ "groupId": project, "groupRoles": [] }));
        assignments.len() - 1
    });
    let roles = assignments.get_mut(index);
    if let Some(roles) = roles.and_then(|it| it["groupRoles"].as_array_mut())
        && !roles.contains(role)
    {
        roles.push(role.clone());
    }
}

/// Refuses a project that is not there, or is another organization's.
fn check_project(state: &State, organization: &str, id: &str) -> Result<(), ApiError> {
    let project = state.project(id)?;
    if project.organization == organization {
        return Ok(());
    }
    Err(Refusal::ProjectNotFound { id: id.to_owned() }.into())
}

/// Refuses that somebody stops being an owner, where nobody else who has joined is one. The code of
/// the service is not known, so this one is plausible only.
pub(crate) fn check_owner_remains(
    state: &State,
    organization: &str,
    id: &str,
) -> Result<(), ApiError> {
    let users = state.store.list(&collection(organization)).iter();
    let owners = users
        .filter(|it| it.text("orgMembershipStatus") == "ACTIVE" && has(it, ORGANIZATION_OWNER));
    let owners: Vec<&str> = owners.map(|it| it.key.as_str()).collect();
    if owners != [id] {
        return Ok(());
    }
    Err(ApiError::rejected(
        409,
        "CANNOT_REMOVE_LAST_ORG_OWNER",
        "An organization has to keep an owner.",
        Vec::new(),
    ))
}
