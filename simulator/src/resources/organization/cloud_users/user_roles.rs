//! Roles of users in request bodies, and the rule that an organization keeps an owner.

use serde_json::{Map, Value, json};

use crate::call::error::ApiError;
use crate::call::roles::{MEMBER_ROLE, check_project_role};
use crate::resources::organization::cloud_users::collection_path;
use crate::state::{ApiRejection, Record, State};

/// Role of the owners of an organization.
pub(crate) const ORGANIZATION_OWNER: &str = "ORG_OWNER";

/// Returns `true` if a user has a role in the organization.
pub(crate) fn has_role(user: &Record, role: &str) -> bool {
    let roles = user.document["roles"]["orgRoles"].as_array();
    roles.is_some_and(|roles| roles.contains(&json!(role)))
}

/// Reads the roles of a body: in the organization, in projects, or in both.
pub(crate) fn roles_in_body(
    state: &State,
    organization: &str,
    body: &Value,
) -> Result<Map<String, Value>, ApiError> {
    let mut parts = Map::new();
    if let Some(roles) = body["roles"].get("orgRoles") {
        parts.insert("orgRoles".to_owned(), roles.clone());
    }
    if let Some(list) = body["roles"].get("groupRoleAssignments") {
        let assignments = parse_assignments(state, organization, list, "groupRoles")?;
        parts.insert("groupRoleAssignments".to_owned(), json!(assignments));
    }
    Ok(parts)
}

/// Reads role assignments in projects from a list whose entries have their roles in `field`. Merges
/// entries of the same project.
pub(crate) fn parse_assignments(
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

/// Reads roles from a list of single roles, the format of version 2023-01-01.
pub(crate) fn parse_single_list(
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
    // Users of a project are members of its organization.
    if in_organization.is_empty() {
        in_organization.push(json!(MEMBER_ROLE));
    }
    Ok(json!({ "groupRoleAssignments": assignments, "orgRoles": in_organization }))
}

fn assign(assignments: &mut Vec<Value>, project: &str, role: &Value) {
    let existing = assignments
        .iter()
        .position(|assignment| assignment["groupId"] == project);
    let index = existing.unwrap_or_else(|| {
        assignments.push(json!({ "groupId": project, "groupRoles": [] }));
        assignments.len() - 1
    });
    let roles = assignments.get_mut(index);
    if let Some(roles) = roles.and_then(|assignment| assignment["groupRoles"].as_array_mut())
        && !roles.contains(role)
    {
        roles.push(role.clone());
    }
}

/// Rejects a project that does not exist or belongs to another organization.
fn check_project(state: &State, organization: &str, id: &str) -> Result<(), ApiError> {
    let project = state.project(id)?;
    if project.organization == organization {
        return Ok(());
    }
    Err(ApiRejection::ProjectNotFound { id: id.to_owned() }.into())
}

/// A change by which an owner of an organization loses the owner role.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OwnerChange {
    Removal,
    Demotion,
}

/// Rejects a change that leaves an organization without an active owner.
pub(crate) fn check_owner_remains(
    state: &State,
    organization: &str,
    id: &str,
    change: OwnerChange,
) -> Result<(), ApiError> {
    let users = state.store.list(&collection_path(organization)).iter();
    let owners = users.filter(|user| {
        user.string("orgMembershipStatus") == "ACTIVE" && has_role(user, ORGANIZATION_OWNER)
    });
    let owners: Vec<&str> = owners.map(|user| user.key.as_str()).collect();
    if owners != [id] {
        return Ok(());
    }
    let (code, detail) = match change {
        OwnerChange::Removal => (
            "CANNOT_DELETE_LAST_OWNER",
            "Cannot remove the last owner from the organization.",
        ),
        OwnerChange::Demotion => (
            "CANNOT_DEMOTE_LAST_ORG_OWNER",
            "Cannot demote the last owner of the organization.",
        ),
    };
    Err(ApiError::rejected(403, code, detail, Vec::new()))
}
