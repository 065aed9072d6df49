//! Names of events, by operation and request body.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::schema::Schemas;
use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::Operation;

/// The event of each operation that has an entry; `None` for an operation that records no event.
static EVENTS: LazyLock<HashMap<String, Option<String>>> = LazyLock::new(|| {
    let events: Events = parse(behaviour!("events.toml"));
    let named = events.event.into_iter().flat_map(|event| {
        let Event { name, operations } = event;
        let operations = operations.into_iter();
        operations.map(move |operation| (operation, Some(name.clone())))
    });
    let silent = events
        .silent
        .into_iter()
        .flat_map(|silent| silent.operations);
    named
        .chain(silent.map(|operation| (operation, None)))
        .collect()
});

#[derive(Default, Deserialize)]
struct Events {
    event: Vec<Event>,
    silent: Vec<Silent>,
}

/// An event and the operations that record it.
#[derive(Deserialize)]
struct Event {
    name: String,
    operations: Vec<String>,
}

/// Operations that record no event.
#[derive(Deserialize)]
struct Silent {
    operations: Vec<String>,
}

/// Returns the name of an operation's event, such as `PEER_CREATED` for `createGroupPeer`.
/// Fallback: a change of project or organization settings.
pub(super) fn event_name(
    operation: &Operation,
    schemas: &Schemas,
    body: &Map<String, Value>,
) -> Option<String> {
    let id = operation.id.as_str();
    if let Some(name) = name_by_body(id, body) {
        return Some(name.to_owned());
    }
    if let Some(name) = EVENTS.get(id) {
        return name.clone();
    }
    let (schema, fallback) = if operation.path.contains("{groupId}") {
        ("EventTypeForNdsGroup", "AUTOMATION_CONFIG_PUBLISHED_AUDIT")
    } else {
        ("EventTypeForOrg", "ORG_SETTINGS_UPDATED")
    };
    let name = derive_name(id);
    let is_known = schemas.has_enum_value(schema, &name);
    Some(if is_known { name } else { fallback.to_owned() })
}

/// Derives an event name from an operation id.
fn derive_name(operation: &str) -> String {
    let mut name_parts: Vec<String> = Vec::new();
    for character in operation.chars() {
        match name_parts.last_mut() {
            Some(word) if !character.is_ascii_uppercase() => {
                word.push(character.to_ascii_uppercase());
            }
            _ => name_parts.push(character.to_ascii_uppercase().to_string()),
        }
    }
    let verb = name_parts.first().map_or("", String::as_str);
    let participle = match verb {
        "CREATE" => "CREATED",
        "DELETE" | "REMOVE" => "DELETED",
        "ADD" => "ADDED",
        _ => "UPDATED",
    };
    let nouns = name_parts.get(1..).unwrap_or_default();
    let is_scoped = matches!(nouns.first().map(String::as_str), Some("GROUP" | "ORG"));
    let nouns = if is_scoped && nouns.len() > 1 {
        &nouns[1..]
    } else {
        nouns
    };
    format!("{}_{participle}", nouns.join("_"))
}

/// Returns the name of an event that depends on the request body.
fn name_by_body(operation: &str, body: &Map<String, Value>) -> Option<&'static str> {
    let is_enabled = body.get("enabled") == Some(&Value::Bool(true));
    let is_tagged = body.contains_key("tags");
    Some(match operation {
        "updateGroupCluster" if is_tagged && body.len() == 1 => "CLUSTER_TAGS_MODIFIED",
        "updateGroup" if body.contains_key("name") => "GROUP_NAME_CHANGED",
        "updateGroup" if is_tagged => "GROUP_TAGS_MODIFIED",
        "updateOrgApiKey" if !body.contains_key("roles") => "API_KEY_DESCRIPTION_CHANGED",
        "updateOrgApiKey" => "API_KEY_ROLES_CHANGED",
        "toggleGroupAlertConfig" if is_enabled => "ALERT_CONFIG_ENABLED_AUDIT",
        "toggleGroupAlertConfig" => "ALERT_CONFIG_DISABLED_AUDIT",
        "toggleGroupPrivateEndpointRegionalMode" if is_enabled => {
            "REGIONALIZED_PRIVATE_ENDPOINT_MODE_ENABLED"
        }
        "toggleGroupPrivateEndpointRegionalMode" => "REGIONALIZED_PRIVATE_ENDPOINT_MODE_DISABLED",
        "acknowledgeGroupAlert" if body.get("unacknowledgeAlert") == Some(&Value::Bool(true)) => {
            "ALERT_UNACKNOWLEDGED_AUDIT"
        }
        "acknowledgeGroupAlert" => "ALERT_ACKNOWLEDGED_AUDIT",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::document::Document;

    fn name_of(id: &str) -> Option<String> {
        let document = Document::vendored().unwrap();
        let mut operations = document.operations().iter();
        let operation = operations.find(|operation| operation.id == id).unwrap();
        event_name(operation, document.schemas(), &Map::new())
    }

    #[test]
    fn event_names_derive_from_operation_ids() {
        let name = |id| name_of(id).unwrap();

        assert_eq!(name("createGroupPeer"), "PEER_CREATED");
        assert_eq!(name("deleteOrgTeam"), "TEAM_DELETED");
        assert_eq!(name("createGroup"), "GROUP_CREATED");
        assert_eq!(name("updateGroupCluster"), "CLUSTER_UPDATE_SUBMITTED");
        assert_eq!(name_of("validateOrgResourcePolicies"), None);
    }

    #[test]
    fn all_event_names_are_defined_in_the_document() {
        let document = Document::vendored().unwrap();
        let changes = document
            .operations()
            .iter()
            .filter(|operation| operation.method != "GET");

        let unknown: Vec<_> = changes
            .filter_map(|operation| Some((operation, name_of(&operation.id)?)))
            .filter(|(operation, name)| {
                let is_of_project = operation.path.contains("{groupId}");
                let list = ["EventTypeForOrg", "EventTypeForNdsGroup"][usize::from(is_of_project)];
                !document.schemas().has_enum_value(list, name)
            })
            .map(|(operation, name)| format!("{}: {name}", operation.id))
            .collect();
        let unused: Vec<_> = EVENTS
            .keys()
            .filter(|id| {
                let mut operations = document.operations().iter();
                !operations.any(|operation| operation.id == **id)
            })
            .collect();

        assert_eq!(unknown, Vec::<String>::new());
        assert_eq!(unused, Vec::<&String>::new());
    }
}
