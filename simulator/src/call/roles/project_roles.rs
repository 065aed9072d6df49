//! Roles that a project can grant to keys, service accounts, teams and users.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use super::wire_name;
use crate::call::error::ApiError;
use crate::schema::document::{Document, Operation};

/// The role of every member of an organization.
pub(crate) const MEMBER_ROLE: &str = "ORG_MEMBER";

/// The project roles that at least one operation requires.
static PROJECT_ROLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let operations = Document::vendored().map_or(&[][..], Document::operations);
    let roles = operations.iter().flat_map(|operation| &operation.roles);
    let project_roles = roles.filter(|role| role.starts_with("Project "));
    project_roles.map(|role| wire_name(role)).collect()
});

/// Rejects roles in a body that a project cannot grant. The OpenAPI document does not list these roles.
pub(crate) fn check_project_roles(operation: &Operation, body: &Value) -> Result<(), ApiError> {
    if !operation.path.contains("/groups/{groupId}/") {
        return Ok(());
    }
    let bodies = body
        .as_array()
        .map_or(std::slice::from_ref(body), Vec::as_slice);
    let lists = bodies.iter().flat_map(|body| {
        ["groupRoles", "roleNames", "roles"].map(|field| (field, body.get(field)))
    });
    let listed = lists.flat_map(|(field, list)| {
        let roles = list.and_then(Value::as_array).into_iter().flatten();
        roles.map(move |role| (field, role))
    });
    let single = bodies
        .iter()
        .filter_map(|body| Some(("groupRole", body.get("groupRole")?)));
    let roles = listed
        .chain(single)
        .filter_map(|(field, role)| Some((field, role.as_str()?)));
    let is_of_keys = operation.path.contains("/apiKeys");
    for (field, role) in roles {
        let check = check_project_role(field, role);
        if check.is_err() && is_of_keys {
            return Err(ApiError::invalid_role(field, role, &project_roles()));
        }
        check?;
    }
    Ok(())
}

/// Rejects a role in a field of the body that a project cannot grant.
pub(crate) fn check_project_role(field: &str, role: &str) -> Result<(), ApiError> {
    // Every user of a project is a member of its organization.
    if role == MEMBER_ROLE || PROJECT_ROLES.contains(role) {
        return Ok(());
    }
    Err(ApiError::invalid_enum_value(field, role, &project_roles()))
}

fn project_roles() -> Vec<&'static str> {
    PROJECT_ROLES.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn project_grants_only_project_roles() {
        let operations = Document::vendored().unwrap().operations();
        let find = |id: &str| operations.iter().find(|operation| operation.id == id);
        let is_rejected =
            |id: &str, body: Value| check_project_roles(find(id).unwrap(), &body).is_err();

        assert!(is_rejected(
            "createGroupApiKey",
            json!({ "roles": ["ORG_OWNER"] })
        ));
        assert!(is_rejected(
            "addGroupTeams",
            json!([{ "roleNames": ["NONSENSE"] }])
        ));
        assert!(is_rejected(
            "addGroupUserRole",
            json!({ "groupRole": "GROUP_OWNR" })
        ));
        assert!(!is_rejected(
            "createGroupApiKey",
            json!({ "roles": ["GROUP_OWNER"] })
        ));
        assert!(!is_rejected(
            "createOrgApiKey",
            json!({ "roles": ["ORG_OWNER"] })
        ));
    }
}
