//! What an event is called: after the operation, and after what it was asked for.

use serde_json::{Map, Value};

/// Names that do not follow from the operation's.
const NAMES: [(&str, &str); 32] = [
    ("createGroupCluster", "CLUSTER_CREATED"),
    ("createGroupFlexCluster", "CLUSTER_CREATED"),
    ("updateGroupCluster", "CLUSTER_UPDATE_SUBMITTED"),
    ("updateGroupFlexCluster", "CLUSTER_UPDATE_SUBMITTED"),
    ("tenantGroupFlexClusterUpgrade", "CLUSTER_UPDATE_SUBMITTED"),
    (
        "upgradeGroupClusterTenantUpgrade",
        "CLUSTER_UPDATE_SUBMITTED",
    ),
    ("deleteGroupCluster", "CLUSTER_DELETE_SUBMITTED"),
    ("deleteGroupFlexCluster", "CLUSTER_DELETE_SUBMITTED"),
    ("createGroupDatabaseUser", "MONGODB_USER_ADDED"),
    ("updateGroupDatabaseUser", "MONGODB_USER_UPDATED"),
    ("deleteGroupDatabaseUser", "MONGODB_USER_DELETED"),
    (
        "createGroupDatabaseUserCert",
        "MONGODB_USER_X509_CERT_CREATED",
    ),
    ("createGroupCustomDbRoleRole", "MONGODB_ROLE_ADDED"),
    ("updateGroupCustomDbRoleRole", "MONGODB_ROLE_UPDATED"),
    ("deleteGroupCustomDbRoleRole", "MONGODB_ROLE_DELETED"),
    (
        "createGroupAccessListEntry",
        "NETWORK_PERMISSION_ENTRY_ADDED",
    ),
    (
        "deleteGroupAccessListEntry",
        "NETWORK_PERMISSION_ENTRY_REMOVED",
    ),
    ("createGroupAlertConfig", "ALERT_CONFIG_ADDED_AUDIT"),
    ("updateGroupAlertConfig", "ALERT_CONFIG_CHANGED_AUDIT"),
    ("deleteGroupAlertConfig", "ALERT_CONFIG_DELETED_AUDIT"),
    (
        "takeGroupClusterBackupSnapshots",
        "CPS_ON_DEMAND_SNAPSHOT_REQUESTED",
    ),
    (
        "createGroupClusterBackupRestoreJob",
        "CPS_RESTORE_REQUESTED_AUDIT",
    ),
    (
        "updateGroupClusterBackupSchedule",
        "CPS_SNAPSHOT_SCHEDULE_UPDATED_AUDIT",
    ),
    (
        "deleteGroupClusterBackupSchedule",
        "CPS_SNAPSHOT_SCHEDULE_UPDATED_AUDIT",
    ),
    (
        "updateGroupMaintenanceWindow",
        "ATLAS_MAINTENANCE_WINDOW_MODIFIED",
    ),
    (
        "resetGroupMaintenanceWindow",
        "ATLAS_MAINTENANCE_WINDOW_REMOVED",
    ),
    ("deferGroupMaintenanceWindow", "ATLAS_MAINTENANCE_DEFERRED"),
    ("renameOrgTeam", "TEAM_NAME_CHANGED"),
    ("addGroupTeams", "TEAM_ADDED_TO_GROUP"),
    ("addGroupApiKey", "API_KEY_ADDED_TO_GROUP"),
    ("removeGroupApiKey", "API_KEY_REMOVED_FROM_GROUP"),
    ("updateGroupApiKeyRoles", "API_KEY_ROLES_CHANGED"),
];

/// The name of the event of an operation: `PEER_CREATED` for `createGroupPeer`.
pub(super) fn of_operation(operation: &str, body: &Map<String, Value>) -> String {
    if let Some(name) = of_request(operation, body) {
        return name.to_owned();
    }
    if let Some((_, name)) = NAMES.iter().find(|(id, _)| *id == operation) {
        return (*name).to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for character in operation.chars() {
        match words.last_mut() {
            Some(word) if !character.is_ascii_uppercase() => {
                word.push(character.to_ascii_uppercase());
            }
            _ => words.push(character.to_ascii_uppercase().to_string()),
        }
    }
    let verb = words.first().map_or("", String::as_str);
    let done = match verb {
        "CREATE" => "CREATED",
        "DELETE" | "REMOVE" => "DELETED",
        "ADD" => "ADDED",
        _ => "UPDATED",
    };
    let things = words.get(1..).unwrap_or_default();
    let scoped = matches!(things.first().map(String::as_str), Some("GROUP" | "ORG"));
    let things = if scoped && things.len() > 1 {
        &things[1..]
    } else {
        things
    };
    format!("{}_{done}", things.join("_"))
}

/// The name of an event that depends on what was asked for.
fn of_request(operation: &str, body: &Map<String, Value>) -> Option<&'static str> {
    let is_tagged = body.contains_key("tags");
    Some(match operation {
        "updateGroupCluster" if is_tagged && body.len() == 1 => "CLUSTER_TAGS_MODIFIED",
        "updateGroup" if body.contains_key("name") => "GROUP_NAME_CHANGED",
        "updateGroup" if is_tagged => "GROUP_TAGS_MODIFIED",
        "updateOrgApiKey" if !body.contains_key("roles") => "API_KEY_DESCRIPTION_CHANGED",
        "updateOrgApiKey" => "API_KEY_ROLES_CHANGED",
        "toggleGroupAlertConfig" if body.get("enabled") == Some(&Value::Bool(true)) => {
            "ALERT_CONFIG_ENABLED_AUDIT"
        }
        "toggleGroupAlertConfig" => "ALERT_CONFIG_DISABLED_AUDIT",
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

    fn name_of(operation: &str) -> String {
        of_operation(operation, &Map::new())
    }

    #[test]
    fn events_are_named_after_what_was_done() {
        assert_eq!(name_of("createGroupPeer"), "PEER_CREATED");
        assert_eq!(name_of("deleteOrgTeam"), "TEAM_DELETED");
        assert_eq!(name_of("createGroup"), "GROUP_CREATED");
        assert_eq!(name_of("updateGroupCluster"), "CLUSTER_UPDATE_SUBMITTED");
    }
}
