//! Events: one for every change, newest first.

use serde_json::{Value, json};

use crate::call::{Call, Reply};
use crate::clock::written;
use crate::document::Operation;
use crate::error::ApiError;
use crate::generic::{self, Context};
use crate::resources::link;
use crate::state::{Record, State, derived_id};

/// Names that do not follow from the operation's.
const NAMES: [(&str, &str); 22] = [
    ("createGroupCluster", "CLUSTER_CREATED"),
    ("createGroupFlexCluster", "CLUSTER_CREATED"),
    ("updateGroupCluster", "CLUSTER_UPDATE_SUBMITTED"),
    ("updateGroupFlexCluster", "CLUSTER_UPDATE_SUBMITTED"),
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
    ("renameOrgTeam", "TEAM_NAME_CHANGED"),
    ("updateOrgApiKey", "API_KEY_ROLES_CHANGED"),
];

/// The most events that are kept in each list.
const KEPT: usize = 1000;

/// Notes a change that succeeded.
pub(crate) fn note(state: &mut State, call: &Call, operation: &Operation) {
    if operation.method == "GET" {
        return;
    }
    let organization = state.organization.id.clone();
    let id = state.ids().next(call.now);
    let mut named = operation.path_names().zip(&call.parameters);
    let project = named
        .find(|(name, _)| *name == "groupId")
        .map(|(_, id)| id.clone());
    let path = match &project {
        Some(project) => format!("/groups/{project}/events"),
        None => format!("/orgs/{organization}/events"),
    };
    let mut event = json!({
        "apiKeyId": derived_id(&call.public_key),
        "created": written(call.now),
        "eventTypeName": name_of(&operation.id),
        "id": id,
        "isGlobalAdmin": false,
        "links": [link(call, &format!("/api/atlas/v2{path}/{id}"), "self")],
        "orgId": organization,
        "publicKey": call.public_key,
        "remoteAddress": "127.0.0.1",
    });
    if let Some(project) = project {
        event["groupId"] = json!(project);
    }
    let cluster = operation.path_names().zip(&call.parameters);
    let cluster = cluster
        .filter(|(name, _)| *name == "clusterName")
        .map(|(_, name)| name.clone());
    let body = call.object().unwrap_or_default();
    let made = body.get("name").and_then(Value::as_str).map(str::to_owned);
    let is_of_clusters = operation.tag.contains("Clusters");
    if let Some(cluster) = cluster.last().or(made.filter(|_| is_of_clusters)) {
        event["clusterName"] = json!(cluster);
    }
    let events = state.store.list_mut(&path);
    events.insert(0, Record::new(id, event, call.now));
    events.truncate(KEPT);
}

/// The name of the event of an operation: `PEER_CREATED` for `createGroupPeer`.
fn name_of(operation: &str) -> String {
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

/// `GET /groups/{groupId}/events` and `GET /orgs/{orgId}/events`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::of(call)?;
    generic::prepare(state, &context)?;
    let kind = call.query.get("eventType");
    let (from, to) = (call.query.get("minDate"), call.query.get("maxDate"));
    let moment = |text: Option<&str>| text.and_then(|it| it.parse::<jiff::Timestamp>().ok());
    let (from, to) = (moment(from), moment(to));
    let is_asked_for = |event: &&Record| {
        kind.is_none_or(|kind| event.text("eventTypeName") == kind)
            && from.is_none_or(|from| event.created >= from)
            && to.is_none_or(|to| event.created <= to)
    };
    let events = state.store.list(&context.collection);
    let events: Vec<Record> = events.iter().filter(is_asked_for).cloned().collect();
    crate::page::answer(call, &[], &events, |event| event.document.clone())
}

/// `GET …/events/{eventId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::of(call)?;
    generic::prepare(state, &context)?;
    let id = call.parameter(1);
    let event = state.store.find(&context.collection, &["id"], id);
    let event = event.ok_or_else(|| ApiError::thing_not_found("EVENT", id))?;
    Ok(Reply::ok(event.document.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_named_after_what_was_done() {
        assert_eq!(name_of("createGroupPeer"), "PEER_CREATED");
        assert_eq!(name_of("deleteOrgTeam"), "TEAM_DELETED");
        assert_eq!(name_of("createGroup"), "GROUP_CREATED");
        assert_eq!(name_of("updateGroupCluster"), "CLUSTER_UPDATE_SUBMITTED");
    }
}
