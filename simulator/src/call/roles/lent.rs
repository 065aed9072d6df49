//! The roles that projects lend to keys, accounts, teams and people.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use super::wire_name;
use crate::call::error::ApiError;
use crate::schema::document::{Document, Operation};

/// The role that everyone in an organization has.
pub(crate) const MEMBER: &str = "ORG_MEMBER";

/// What a project can lend: every role of a project that some operation asks for.
static OF_PROJECTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let operations = Document::vendored().map_or(&[][..], Document::operations);
    let roles = operations.iter().flat_map(|it| &it.roles);
    let of_projects = roles.filter(|it| it.starts_with("Project "));
    of_projects.map(|it| wire_name(it)).collect()
});

/// Refuses roles in a body that a project cannot lend; the document lists only those of organizations.
pub(crate) fn check_lent(operation: &Operation, body: &Value) -> Result<(), ApiError> {
    if !operation.path.contains("/groups/{groupId}/") {
        return Ok(());
    }
    let bodies = body
        .as_array()
        .map_or(std::slice::from_ref(body), Vec::as_slice);
    let lists = bodies.iter().flat_map(|body| {
        ["groupRoles", "roleNames", "roles"].map(|field| (field, body.get(field)))
    });
    let named = lists.flat_map(|(field, list)| {
        let words = list.and_then(Value::as_array).into_iter().flatten();
        words.map(move |word| (field, word))
    });
    let single = bodies
        .iter()
        .filter_map(|it| Some(("groupRole", it.get("groupRole")?)));
    let words = named
        .chain(single)
        .filter_map(|(field, word)| Some((field, word.as_str()?)));
    for (field, word) in words {
        check_project_role(field, word)?;
    }
    Ok(())
}

/// Refuses a role in a field of the body that no project can lend.
pub(crate) fn check_project_role(field: &str, role: &str) -> Result<(), ApiError> {
    // Whoever is in a project is a member of its organization, so saying it does no harm.
    if role == MEMBER || OF_PROJECTS.contains(role) {
        return Ok(());
    }
    let words: Vec<_> = OF_PROJECTS.iter().map(String::as_str).collect();
    let expected = format!("one of {}", words.join(", "));
    Err(ApiError::invalid_attribute(field, &expected))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_project_lends_its_own_roles_only() {
        let operations = Document::vendored().unwrap().operations();
        let operation = |id: &str| operations.iter().find(|it| it.id == id).unwrap();
        let refused = |id: &str, body: Value| check_lent(operation(id), &body).is_err();

        assert!(refused(
            "createGroupApiKey",
            json!({ "roles": ["ORG_OWNER"] })
        ));
        assert!(refused(
            "addGroupTeams",
            json!([{ "roleNames": ["NONSENSE"] }])
        ));
        assert!(refused(
            "addGroupUserRole",
            json!({ "groupRole": "GROUP_OWNR" })
        ));
        assert!(!refused(
            "createGroupApiKey",
            json!({ "roles": ["GROUP_OWNER"] })
        ));
        assert!(!refused(
            "createOrgApiKey",
            json!({ "roles": ["ORG_OWNER"] })
        ));
    }
}
