//! Compares the roles of the API key with those that operations need.

use mongodbatlas::operations::Operation;
use serde_json::Value;

use crate::{
    commands::ROOT,
    engine::{definition::Noun, line::words::join},
};

/// A role of the API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    /// The role, such as `GROUP_OWNER`.
    pub(crate) role: String,
    /// The id of the project; `None` for a role in the organization.
    pub(crate) project: Option<String>,
}

/// Returns the roles of the API key from the response of `getSystemStatus`. Returns no roles for other credentials.
pub(crate) fn grants(status: &Value) -> Vec<Grant> {
    let roles = status.pointer("/apiKey/roles").and_then(Value::as_array);
    let grants = roles.into_iter().flatten().filter_map(|role| {
        let project = role.get("groupId").and_then(Value::as_str);
        Some(Grant {
            role: role.get("roleName")?.as_str()?.to_owned(),
            project: project.map(str::to_owned),
        })
    });
    grants.collect()
}

/// Returns `true` if roles allow an operation in a project, or in any project if none is given.
pub(crate) fn is_allowed(grants: &[Grant], operation: &Operation, project: Option<&str>) -> bool {
    let applies = |grant: &&Grant| match (&grant.project, project) {
        (Some(granted), Some(project)) => granted == project,
        _ => true,
    };
    operation.roles.is_empty()
        || grants
            .iter()
            .filter(applies)
            .any(|grant| operation.roles.iter().any(|role| contains(grant, role)))
}

/// Returns `true` if a role of the key is the role of the document, or includes it.
fn contains(grant: &Grant, role: &str) -> bool {
    let name = role
        .to_uppercase()
        .replace("ORGANIZATION BILLING VIEWER", "ORG_BILLING_READ_ONLY")
        .replace("ORGANIZATION", "ORG")
        .replace("PROJECT", "GROUP")
        .replace(' ', "_");
    let is_read = name == "GROUP_READ_ONLY" || name == "ORG_MEMBER";
    match grant.role.as_str() {
        role if role == name => true,
        "ORG_OWNER" => true,
        "GROUP_OWNER" => name.starts_with("GROUP_"),
        "ORG_BILLING_ADMIN" => name == "ORG_BILLING_READ_ONLY" || name == "ORG_MEMBER",
        "ORG_READ_ONLY" => is_read,
        role if role.starts_with("GROUP_") => is_read,
        role if role.starts_with("ORG_") => name == "ORG_MEMBER",
        _ => false,
    }
}

/// A command with an operation that the roles do not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefusedCommand {
    /// The words, such as `clusters create`.
    pub(crate) words: String,
    /// The roles of which the operation needs one.
    pub(crate) roles: &'static [&'static str],
}

/// Returns the commands whose operation needs a role that the key does not have in any project.
pub(crate) fn refused_commands(grants: &[Grant]) -> Vec<RefusedCommand> {
    fn walk(noun: &Noun, words: &str, grants: &[Grant], refused: &mut Vec<RefusedCommand>) {
        for command in noun.commands.iter().filter(|command| !command.hidden) {
            if let Some(operation) = command.operation
                && !is_allowed(grants, operation, None)
            {
                refused.push(RefusedCommand {
                    words: join(words, command.verb),
                    roles: operation.roles,
                });
            }
        }
        for below in noun.nouns {
            walk(below, &join(words, below.name), grants, refused);
        }
    }
    let mut refused = Vec::new();
    walk(&ROOT, "", grants, &mut refused);
    refused
}

#[cfg(test)]
mod tests {
    use mongodbatlas::operation;

    use super::*;

    fn grant(role: &str, project: Option<&str>) -> Grant {
        Grant {
            role: role.to_owned(),
            project: project.map(str::to_owned),
        }
    }

    #[test]
    fn roles_include_weaker_roles() {
        for (role, document, is_contained) in [
            ("GROUP_READ_ONLY", "Project Read Only", true),
            ("GROUP_OWNER", "Project Cluster Manager", true),
            ("GROUP_CLUSTER_MANAGER", "Project Read Only", true),
            ("ORG_OWNER", "Organization Member", true),
            ("ORG_READ_ONLY", "Project Read Only", true),
            ("ORG_BILLING_READ_ONLY", "Organization Billing Viewer", true),
            ("GROUP_READ_ONLY", "Project Owner", false),
            ("ORG_MEMBER", "Project Read Only", false),
            ("GROUP_OWNER", "Organization Owner", false),
        ] {
            assert_eq!(
                contains(&grant(role, None), document),
                is_contained,
                "{role} {document}"
            );
        }
    }

    #[test]
    fn role_in_one_project_does_not_allow_changes_in_another() {
        let grants = [grant("GROUP_OWNER", Some("a"))];
        let create = operation::CREATE_GROUP_CLUSTER;

        assert!(is_allowed(&grants, create, Some("a")));
        assert!(!is_allowed(&grants, create, Some("b")));
        assert!(is_allowed(&grants, create, None));
    }
}
