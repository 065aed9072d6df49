//! Compares the roles of the API key with those that commands need.

use serde_json::Value;

use crate::{
    commands::ROOT,
    engine::{definition::Noun, line::words::join},
};

/// Returns the roles of the API key.
pub(super) fn roles(status: &Value) -> Vec<String> {
    let roles = status.pointer("/apiKey/roles").and_then(Value::as_array);
    let names = roles
        .into_iter()
        .flatten()
        .filter_map(|role| role.get("roleName")?.as_str());
    names.map(str::to_owned).collect()
}

/// Returns the commands whose operation needs a role that the key does not have.
pub(super) fn commands_without_role(roles: &[String]) -> Vec<String> {
    fn walk(noun: &Noun, words: &str, roles: &[String], missing: &mut Vec<String>) {
        for command in noun.commands {
            let Some(operation) = command.operation else {
                continue;
            };
            let is_allowed =
                operation.roles.is_empty() || operation.roles.iter().any(|role| has(roles, role));
            if !is_allowed {
                missing.push(join(words, command.verb));
            }
        }
        for below in noun.nouns {
            walk(below, &join(words, below.name), roles, missing);
        }
    }
    let mut missing = Vec::new();
    walk(&ROOT, "", roles, &mut missing);
    missing
}

/// Returns `true` if a role of the key is the role of the document, or contains it.
fn has(roles: &[String], role: &str) -> bool {
    let name = role
        .to_uppercase()
        .replace("ORGANIZATION", "ORG")
        .replace("PROJECT", "GROUP")
        .replace(' ', "_");
    roles.iter().any(|known| {
        *known == name
            || known == "ORG_OWNER"
            || known == "GROUP_OWNER" && name.starts_with("GROUP_")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_of_the_document_match_roles_of_a_key() {
        let roles = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };

        assert!(has(&roles(&["GROUP_READ_ONLY"]), "Project Read Only"));
        assert!(has(&roles(&["GROUP_OWNER"]), "Project Cluster Manager"));
        assert!(has(&roles(&["ORG_OWNER"]), "Organization Member"));
        assert!(!has(&roles(&["GROUP_READ_ONLY"]), "Project Owner"));
    }
}
