//! Which operations have behaviour of their own.

use super::Handler;
use super::access::{
    access_list, ai_model_keys, api_keys, cloud_access, database_users, service_accounts,
    user_security,
};
use super::backups::{backups, compliance, flex_restores, restores, schedules, sharded_snapshots};
use super::billing::{cost_explorer, invoices};
use super::clusters::{
    clusters, flex_clusters, global_writes, mongodb_versions, online_archives, outages,
    process_arguments, regions, sample_datasets, search_deployments, search_indexes,
    stream_processors, upgrades,
};
use super::monitoring::{
    access_history, alerts, event_types, events, integrations, inventory, log_export, maintenance,
    pinned_namespaces, processes, rate_limits, slow_queries,
};
use super::networking::{networks, private_endpoints};
use super::organization::{
    cloud_users, federation, identity_providers, invitations, members, old_members, organizations,
    project_limits, project_users, projects, system, team_members, teams,
};
use crate::generic;
use crate::schema::document::Operation;

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
        "createGroupPrivateEndpointEndpointServiceEndpoint" => private_endpoints::connect,
        "deleteGroupPrivateEndpointEndpointServiceEndpoint" => private_endpoints::disconnect,
        "deleteGroupPrivateEndpointEndpointService" => private_endpoints::delete,
        "requestGroupSampleDatasetLoad" => sample_datasets::load,
        "createGroupContainer" | "updateGroupContainer" => networks::put_container,
        "createGroupPeer" | "updateGroupPeer" => networks::put_peer,
        "getSystemStatus" => system::status,
        "listEventTypes" => event_types::list,
        "listGroupLimits" | "getGroupLimit" => project_limits::answer,
        "setGroupLimit" => project_limits::set,
        "getOrgFederationSettings" => federation::get,
        "createGroupAiModelApiKey" => ai_model_keys::create,
        "listOrgAiModelApiKeys" => ai_model_keys::list_of_organization,
        "getOrgAiModelApiKey" => ai_model_keys::get_of_organization,
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
        "listRateLimits" => rate_limits::list,
        "getRateLimit" => rate_limits::get,
        _ => return None,
    })
}

fn served_cluster(operation: &str) -> Option<Handler> {
    Some(match operation {
        "getGroupMongoDbVersions" => mongodb_versions::list,
        "listGroupClusterProviderRegions" => regions::list,
        "getGroupClusterStatus" => clusters::status,
        "getGroupClusterGlobalWrites" => global_writes::get,
        "createGroupClusterGlobalWriteManagedNamespace" => global_writes::manage,
        "deleteGroupClusterGlobalWriteManagedNamespaces" => global_writes::release,
        "createGroupClusterGlobalWriteCustomZoneMapping" => global_writes::map,
        "deleteGroupClusterGlobalWriteCustomZoneMapping" => global_writes::unmap,
        "getGroupClusterOutageSimulation" => outages::get,
        "startGroupClusterOutageSimulation" => outages::start,
        "endGroupClusterOutageSimulation" => outages::end,
        "listGroupClusters" => clusters::list,
        "getGroupCluster" => clusters::get,
        "createGroupCluster" => clusters::create,
        "updateGroupCluster" => clusters::update,
        "deleteGroupCluster" => clusters::delete,
        "getGroupClusterProcessArgs" | "updateGroupClusterProcessArgs" => process_arguments::answer,
        "updateGroupClusterOnlineArchive" => online_archives::update,
        "createGroupClusterSearchDeployment" => search_deployments::create,
        "getGroupClusterSearchDeployment"
        | "updateGroupClusterSearchDeployment"
        | "deleteGroupClusterSearchDeployment" => search_deployments::answer,
        "updateGroupClusterSearchIndex" | "updateGroupClusterSearchIndexByName" => {
            search_indexes::update
        }
        "listGroupFlexClusters" => flex_clusters::list,
        "getGroupFlexCluster" => flex_clusters::get,
        "createGroupFlexClusterBackupRestoreJob" => flex_restores::create,
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
        "verifyGroupUserSecurityLdap" => user_security::verify,
        "deleteGroupUserSecurityLdapUserToDnMapping" => user_security::clear_mapping,
        "createOrgApiKeyAccessListEntry" => access_list::create_for_key,
        "createGroupAccessListEntry" => access_list::create,
        "createGroupDatabaseUser" => database_users::create,
        "updateGroupDatabaseUser" => database_users::update,
        "createGroupDatabaseUserCert" => database_users::certificate,
        _ => return None,
    })
}

fn served_people(operation: &str) -> Option<Handler> {
    Some(match operation {
        "listOrgUsers" | "getOrgUser" => cloud_users::of_organization,
        "removeOrgUser" => members::remove,
        "createUser" => old_members::create,
        "createOrgUser" => members::invite,
        "updateOrgUser" => members::update,
        "addOrgUserRole" | "removeOrgUserRole" => members::change_role,
        "addGroupUsers" => members::add_to_project,
        "addGroupUserRole" | "removeGroupUserRole" => members::change_project_role,
        "removeGroupUser" => members::remove_from_project,
        "updateGroupUserRoles" => old_members::replace_project_roles,
        "updateOrgUserRoles" => old_members::replace_roles,
        "addOrgTeamUser" | "removeOrgTeamUser" => team_members::change,
        "getOrgServiceAccountGroups" => members::projects_of_account,
        "listGroupUsers" => project_users::list,
        "getGroupUser" => project_users::get,
        "getUser" | "getUserByName" => cloud_users::get,
        "createOrgInvite" | "createGroupInvite" => invitations::create,
        "updateOrgInvites"
        | "updateOrgInviteById"
        | "updateGroupInvites"
        | "updateGroupInviteById" => invitations::update,
        "createOrgTeam" => teams::create,
        "deleteOrgTeam" => teams::delete,
        "getOrgTeam" | "getOrgTeamByName" | "renameOrgTeam" => teams::one,
        "listOrgTeamUsers" | "addOrgTeamUsers" | "removeOrgTeamUserFromTeam" => {
            team_members::people
        }
        "addGroupTeams" => teams::lend,
        _ => return None,
    })
}

fn served_watching(operation: &str) -> Option<Handler> {
    Some(match operation {
        "getGroupManagedSlowMs" => slow_queries::get,
        "enableGroupManagedSlowMs" => slow_queries::enable,
        "disableGroupManagedSlowMs" => slow_queries::disable,
        "listGroupClusterCollStatPinnedNamespaces" => pinned_namespaces::list,
        "pinGroupClusterCollStatPinnedNamespaces" => pinned_namespaces::replace,
        "updateGroupClusterCollStatPinnedNamespaces" => pinned_namespaces::add,
        "unpinGroupClusterCollStatUnpinNamespaces" => pinned_namespaces::remove,
        "getGroupPushBasedLogExport" => log_export::get,
        "createGroupStreamProcessor" => stream_processors::create,
        "startGroupStreamProcessor" | "startGroupStreamProcessorWith" => stream_processors::start,
        "stopGroupStreamProcessor" => stream_processors::stop,
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
        "disableGroupBackupCompliancePolicy" => compliance::delete,
        "takeGroupClusterBackupSnapshots" => backups::take,
        "listGroupClusterBackupSnapshots"
        | "getGroupClusterBackupSnapshot"
        | "listGroupClusterBackupRestoreJobs"
        | "getGroupClusterBackupRestoreJob" => backups::read,
        "updateGroupClusterBackupSnapshot" => backups::keep,
        "deleteGroupClusterBackupSnapshot" => compliance::delete_snapshot,
        "listGroupClusterBackupSnapshotShardedClusters"
        | "getGroupClusterBackupSnapshotShardedCluster"
        | "deleteGroupClusterBackupSnapshotShardedCluster" => sharded_snapshots::answer,
        "createGroupClusterBackupRestoreJob" => restores::create,
        "cancelGroupClusterBackupRestoreJob" => restores::cancel,
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
