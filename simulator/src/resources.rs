//! The operations of `/api/atlas/v2`, by their ids in the API document.

mod access_history;
mod access_lists;
pub(crate) mod alerts;
mod api_keys;
mod backups;
mod cloud_access;
pub(crate) mod clusters;
mod compliance;
mod cost_explorer;
mod database_users;
pub(crate) mod events;
mod flex_clusters;
mod identity_providers;
mod integrations;
mod inventory;
mod invoices;
mod maintenance;
mod members;
mod old_members;
mod online_archives;
mod organizations;
pub(crate) mod pausing;
mod private_endpoints;
mod process_arguments;
mod processes;
mod projects;
mod rate_limits;
mod regions;
pub(crate) mod schedules;
mod search_indexes;
mod service_accounts;
mod sharded_snapshots;
mod stream_connections;
mod system;
mod upgrades;
mod user_security;
mod users;

use serde_json::{Value, json};

use crate::attributes::Attributes;
use crate::call::{Call, Reply};
use crate::document::Operation;
use crate::error::ApiError;
use crate::generic;
use crate::limits;
use crate::state::{State, Tag};

pub(crate) use access_lists::Block;
pub(crate) use api_keys::collection as keys_of;
pub(crate) use organizations::seen as seen_organizations;
pub(crate) use projects::{check_name, enter, seen, seen_by_name};
pub(crate) use service_accounts::SECRETS;

/// What answers an operation.
pub(crate) type Handler = fn(&mut State, &Call) -> Result<Reply, ApiError>;

/// The class that answers clusters, whose name depends on the version.
const CLUSTERS: &str = "ApiAtlasClusterDescriptionResource";

/// The value of the `X-Java-Method` header; empty where it is not known.
pub(crate) fn java_method(operation: &Operation, version: &str) -> String {
    let known = limits::java_method(&operation.id);
    let is_of_clusters = known.starts_with(CLUSTERS) || known.starts_with(CLUSTERS_OF_OLD);
    match (known.split_once("::"), version) {
        (Some(_), "2023-01-01") if is_of_clusters => String::new(),
        (Some((_, method)), "2023-02-01") if is_of_clusters => {
            format!("{CLUSTERS_OF_OLD}::{method}")
        }
        (Some((_, method)), version) if is_of_clusters => {
            format!("{CLUSTERS}{}::{method}", version.replace('-', ""))
        }
        _ => known.to_owned(),
    }
}

/// The class that answers clusters as they were in 2023-02-01.
const CLUSTERS_OF_OLD: &str = "ApiAtlasClusterDescriptionV15Resource";

/// Lets the time that passed since the last look take its effect.
pub(crate) fn settle(state: &mut State, now: jiff::Timestamp) {
    let happenings = state.settle(now);
    pausing::happened(state, &happenings);
    events::happened(state, happenings);
    schedules::settle(state, now);
}

/// Has the state speak of the organization that a call is about: the one in its path, that of its
/// project, or the caller's.
pub(crate) fn turn(state: &mut State, operation: &Operation, call: &Call) {
    let named = |name: &str| {
        let mut named = operation.path_names().zip(&call.parameters);
        named.find(|(it, _)| *it == name).map(|(_, value)| value)
    };
    let project = named("groupId").and_then(|id| state.project(id).ok());
    let of_project = project.map(|it| it.organization.clone());
    let organization = named("orgId").cloned().or(of_project);
    let organization = organization.or_else(|| call.caller.organization.clone());
    state.turn_to(organization.as_deref());
}

/// What answers an operation: behaviour of its own, or the document's schemas.
pub(crate) fn served(operation: &Operation) -> Handler {
    let id = operation.id.as_str();
    dedicated(id)
        .or_else(|| served_cluster(id))
        .or_else(|| served_access(id))
        .or_else(|| served_people(id))
        .or_else(|| served_watching(id))
        .or_else(|| served_backups(id))
        .or_else(|| served_alerts(id))
        .or_else(|| served_billing(id))
        .unwrap_or(generic::answer)
}

fn dedicated(operation: &str) -> Option<Handler> {
    Some(match operation {
        "createGroupIntegration" | "updateGroupIntegration" => integrations::put,
        "createGroupPrivateEndpointEndpointService" => private_endpoints::create,
        "getSystemStatus" => system::status,
        "listFederationSettingIdentityProviders" => identity_providers::list,
        "createFederationSettingIdentityProvider" => identity_providers::create,
        "getFederationSettingIdentityProvider" => identity_providers::get,
        "listOrgs" => organizations::list,
        "getOrg" => organizations::get,
        "createOrg" => organizations::create,
        "deleteOrg" => organizations::delete,
        "updateOrg" => organizations::update,
        "getOrgGroups" => organizations::projects,
        "listGroups" => projects::list,
        "getGroup" => projects::get,
        "getGroupByName" => projects::get_by_name,
        "createGroup" => projects::create,
        "updateGroup" => projects::update,
        "deleteGroup" => projects::delete,
        "listClusterDetails" => inventory::list,
        "updateGroupStreamConnection" => stream_connections::update,
        "listRateLimits" => rate_limits::list,
        "getRateLimit" => rate_limits::get,
        _ => return None,
    })
}

fn served_cluster(operation: &str) -> Option<Handler> {
    Some(match operation {
        "listGroupClusterProviderRegions" => regions::list,
        "listGroupClusters" => clusters::list,
        "getGroupCluster" => clusters::get,
        "createGroupCluster" => clusters::create,
        "updateGroupCluster" => clusters::update,
        "deleteGroupCluster" => clusters::delete,
        "getGroupClusterProcessArgs" | "updateGroupClusterProcessArgs" => process_arguments::answer,
        "updateGroupClusterOnlineArchive" => online_archives::update,
        "updateGroupClusterSearchIndex" | "updateGroupClusterSearchIndexByName" => {
            search_indexes::update
        }
        "listGroupClusterFtsIndex" => search_indexes::list_old,
        "listGroupFlexClusters" => flex_clusters::list,
        "getGroupFlexCluster" => flex_clusters::get,
        "createGroupFlexCluster" => flex_clusters::create,
        "updateGroupFlexCluster" => flex_clusters::update,
        "deleteGroupFlexCluster" => flex_clusters::delete,
        "tenantGroupFlexClusterUpgrade" => upgrades::of_flex,
        "upgradeGroupClusterTenantUpgrade" => upgrades::of_tenant,
        _ => return None,
    })
}

fn served_access(operation: &str) -> Option<Handler> {
    Some(match operation {
        "listOrgApiKeys" => api_keys::list,
        "getOrgApiKey" => api_keys::get,
        "createOrgApiKey" => api_keys::create,
        "updateOrgApiKey" => api_keys::update,
        "deleteOrgApiKey" => api_keys::delete,
        "listGroupApiKeys" => api_keys::list_of_project,
        "createGroupApiKey" => api_keys::create_in_project,
        "addGroupApiKey" | "updateGroupApiKeyRoles" => api_keys::assign,
        "removeGroupApiKey" => api_keys::remove_from_project,
        "createOrgServiceAccount" => service_accounts::create,
        "createGroupServiceAccount" => service_accounts::create_in_project,
        "inviteGroupServiceAccount" => service_accounts::invite,
        "updateOrgServiceAccount" | "updateGroupServiceAccount" => service_accounts::update,
        "deleteOrgServiceAccount" => service_accounts::delete,
        "listOrgServiceAccountAccessList"
        | "createOrgServiceAccountAccessList"
        | "deleteOrgServiceAccountAccessListEntry"
        | "listGroupServiceAccountAccessList"
        | "createGroupServiceAccountAccessList"
        | "deleteGroupServiceAccountAccessListEntry" => service_accounts::access_list,
        "createOrgServiceAccountSecret" | "createGroupServiceAccountSecret" => {
            service_accounts::create_secret
        }
        "deleteOrgServiceAccountSecret" | "deleteGroupServiceAccountSecret" => {
            service_accounts::delete_secret
        }
        "listGroupCloudProviderAccess" => cloud_access::list,
        "deleteGroupUserSecurityLdapUserToDnMapping" => user_security::clear_mapping,
        "createOrgApiKeyAccessListEntry" => access_lists::create_for_key,
        "createGroupAccessListEntry" => access_lists::create,
        "createGroupDatabaseUser" => database_users::create,
        "createGroupDatabaseUserCert" => database_users::certificate,
        _ => return None,
    })
}

fn served_people(operation: &str) -> Option<Handler> {
    Some(match operation {
        "listOrgUsers" | "getOrgUser" | "removeOrgUser" => users::of_organization,
        "createUser" => old_members::create,
        "createOrgUser" => members::invite,
        "updateOrgUser" => members::update,
        "addOrgUserRole" | "removeOrgUserRole" => members::change_role,
        "addGroupUsers" => members::add_to_project,
        "addGroupUserRole" | "removeGroupUserRole" => members::change_project_role,
        "removeGroupUser" => members::remove_from_project,
        "updateGroupUserRoles" => old_members::replace_project_roles,
        "updateOrgUserRoles" => old_members::replace_roles,
        "addOrgTeamUser" | "removeOrgTeamUser" => members::change_team,
        "getOrgServiceAccountGroups" => members::projects_of_account,
        "listGroupUsers" | "getGroupUser" => users::of_project,
        "getUser" | "getUserByName" => users::get,
        "createOrgTeam" => users::create_team,
        "getOrgTeam" | "getOrgTeamByName" | "renameOrgTeam" => users::team,
        "listOrgTeamUsers" | "addOrgTeamUsers" | "removeOrgTeamUserFromTeam" => users::team_users,
        "addGroupTeams" => users::lend_team,
        _ => return None,
    })
}

fn served_watching(operation: &str) -> Option<Handler> {
    Some(match operation {
        "listGroupEvents" | "listOrgEvents" => events::list,
        "getGroupEvent" | "getOrgEvent" => events::get,
        "getGroupDbAccessHistoryCluster" => access_history::of_cluster,
        "getGroupDbAccessHistoryProcess" => access_history::of_process,
        "getGroupMaintenanceWindow" => maintenance::get,
        "updateGroupMaintenanceWindow" => maintenance::update,
        "deferGroupMaintenanceWindow" => maintenance::defer,
        "toggleGroupMaintenanceWindowAutoDefer" => maintenance::toggle_auto_defer,
        "resetGroupMaintenanceWindow" => maintenance::reset,
        "listGroupProcesses" => processes::list,
        "getGroupProcess" => processes::get,
        "getGroupProcessMeasurements"
        | "getGroupProcessDiskMeasurements"
        | "getGroupProcessDatabaseMeasurements" => processes::measurements,
        _ => return None,
    })
}

fn served_backups(operation: &str) -> Option<Handler> {
    Some(match operation {
        "getGroupBackupCompliancePolicy" => compliance::get,
        "updateGroupBackupCompliancePolicy" => compliance::update,
        "takeGroupClusterBackupSnapshots" => backups::take,
        "listGroupClusterBackupSnapshots"
        | "getGroupClusterBackupSnapshot"
        | "listGroupClusterBackupRestoreJobs"
        | "getGroupClusterBackupRestoreJob" => backups::read,
        "updateGroupClusterBackupSnapshot" => backups::keep,
        "listGroupClusterBackupSnapshotShardedClusters"
        | "getGroupClusterBackupSnapshotShardedCluster"
        | "deleteGroupClusterBackupSnapshotShardedCluster" => sharded_snapshots::answer,
        "createGroupClusterBackupRestoreJob" => backups::restore,
        "getGroupClusterBackupSchedule" => schedules::get,
        "updateGroupClusterBackupSchedule" => schedules::update,
        "deleteGroupClusterBackupSchedule" => schedules::clear,
        _ => return None,
    })
}

fn served_alerts(operation: &str) -> Option<Handler> {
    Some(match operation {
        "listGroupAlerts" => alerts::list,
        "getGroupAlertConfigAlerts" => alerts::of_configuration,
        "getGroupAlert" => alerts::get,
        "acknowledgeGroupAlert" => alerts::acknowledge,
        "listGroupAlertConfigs" => alerts::list_configurations,
        "getGroupAlertAlertConfigs" => alerts::of_alert,
        "getGroupAlertConfig" => alerts::get_configuration,
        "createGroupAlertConfig" => alerts::create,
        "updateGroupAlertConfig" => alerts::update,
        "toggleGroupAlertConfig" => alerts::toggle,
        "deleteGroupAlertConfig" => alerts::delete,
        _ => return None,
    })
}

fn served_billing(operation: &str) -> Option<Handler> {
    Some(match operation {
        "createOrgBillingCostExplorerUsageProcess" => cost_explorer::start,
        "listOrgInvoices" => invoices::list,
        "listOrgInvoicePending" => invoices::pending,
        "getOrgInvoice" | "getOrgInvoiceCsv" => invoices::get,
        "searchOrgInvoiceLineItems" => invoices::search,
        "listOrgInvoiceReports" | "createOrgInvoiceReport" | "getOrgInvoiceReport" => {
            invoices::below
        }
        _ => return None,
    })
}

/// A link of a document.
pub(crate) fn link(call: &Call, path: &str, relation: &str) -> Value {
    json!({ "href": call.link(path), "rel": relation })
}

/// A secret as answers show it: the last characters, and stars for the others.
pub(crate) fn masked(secret: &str) -> String {
    const SHOWN: usize = 4;
    let hidden = secret.chars().count().saturating_sub(SHOWN).max(SHOWN);
    let rest: String = secret.chars().skip(hidden).collect();
    format!("{}{rest}", "*".repeat(hidden))
}

/// Tags or labels of a request's body.
pub(crate) fn read_tags(
    attributes: &Attributes<'_>,
    field: &str,
) -> Result<Option<Vec<Tag>>, ApiError> {
    let Some(entries) = attributes.objects(field)? else {
        return Ok(None);
    };
    let tags = entries.iter().map(|entry| {
        Ok(Tag {
            key: entry.required_text("key")?.to_owned(),
            value: entry.required_text("value")?.to_owned(),
        })
    });
    tags.collect::<Result<_, _>>().map(Some)
}

/// Tags or labels of an answer.
pub(crate) fn tags_document(tags: &[Tag]) -> Value {
    tags.iter()
        .map(|tag| json!({ "key": tag.key, "value": tag.value }))
        .collect()
}

/// A document as the answer to a creation has it: without tags when there are none.
pub(crate) fn without_empty_tags(mut document: Value) -> Value {
    let has_no_tags = document["tags"].as_array().is_some_and(Vec::is_empty);
    if has_no_tags && let Some(object) = document.as_object_mut() {
        object.remove("tags");
    }
    document
}
