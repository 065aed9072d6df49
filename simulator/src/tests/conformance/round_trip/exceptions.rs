//! Fields and operations that a later GET does not show, with the reasons.

/// Optional fields that the bodies omit, since each excludes another field or renames the resource.
pub(super) const NOT_SENT: [(&str, &str); 5] = [
    ("acknowledgeGroupAlert", "unacknowledgeAlert"),
    ("updateGroupCluster", "paused"),
    ("updateGroupCluster", "name"),
    ("updateGroupDataFederation", "name"),
    ("updateGroupStreamProcessor", "name"),
];

/// Fields that a later GET does not show as they were sent, with the reasons.
pub(super) const NOT_SHOWN: &[(&str, &str)] = &[
    ("createGroupApiKey.roles", "objects in responses"),
    ("createGroupDatabaseUser.groupId", "the project of the path"),
    ("createGroupIntegration.id", "chosen by Atlas"),
    ("createGroupIntegration.serviceKey", "masked"),
    (
        "createGroupServiceAccount.secretExpiresAfterHours",
        "shown as the expiry of the secret",
    ),
    ("createGroupLiveMigration.destination", "write-only"),
    ("createGroupLiveMigration.source", "write-only"),
    (
        "createGroupPrivateNetworkSettingEndpointId.status",
        "set by Atlas",
    ),
    ("createOrgApiKey.roles", "objects in responses"),
    (
        "createOrgServiceAccount.secretExpiresAfterHours",
        "shown as the expiry of the secret",
    ),
    ("createOrgTeam.usernames", "shown by the users of the team"),
    ("createUser.mobileNumber", "never in responses"),
    ("createUser.password", "secret"),
    (
        "takeGroupClusterBackupSnapshots.retentionInDays",
        "shown as the expiry of the snapshot",
    ),
    (
        "verifyGroupUserSecurityLdap.authzQueryTemplate",
        "shown in `request`",
    ),
    (
        "updateGroupStreamProcessor.options",
        "`resumeFromCheckpoint` applies to one request",
    ),
    (
        "updateGroupBackupCompliancePolicy.projectId",
        "the project of the path",
    ),
    (
        "updateGroupCluster.retainBackups",
        "a parameter of the deletion",
    ),
    (
        "updateGroupClusterBackupSnapshot.retentionUnit",
        "shown as the expiry of the snapshot",
    ),
    (
        "updateGroupClusterBackupSnapshot.retentionValue",
        "shown as the expiry of the snapshot",
    ),
    ("updateGroupIntegration.id", "chosen by Atlas"),
    ("updateGroupIntegration.serviceKey", "masked"),
    (
        "updateGroupMaintenanceWindow.startASAP",
        "false once the maintenance has started",
    ),
    ("updateGroupStreamConnection.name", "the name of the path"),
    (
        "updateGroupStreamWorkspace.cloudProvider",
        "shown in `dataProcessRegion`",
    ),
    (
        "updateGroupStreamWorkspace.processorStatus",
        "a command for the processors",
    ),
    (
        "updateGroupStreamWorkspace.region",
        "shown in `dataProcessRegion`",
    ),
    ("updateOrgApiKey.roles", "objects in responses"),
    ("validateGroupLiveMigrations.destination", "write-only"),
    ("validateGroupLiveMigrations.migrationHosts", "write-only"),
    ("validateGroupLiveMigrations.source", "write-only"),
    (
        "verifyGroupUserSecurityLdap.bindUsername",
        "shown in `request`",
    ),
    (
        "verifyGroupUserSecurityLdap.caCertificate",
        "shown in `request`",
    ),
    ("verifyGroupUserSecurityLdap.hostname", "shown in `request`"),
    ("verifyGroupUserSecurityLdap.port", "shown in `request`"),
];

/// Operations whose effect no GET of the same resource shows: actions, and changes of a member or
/// another part of a resource.
pub(super) const NOT_READABLE: [&str; 34] = [
    "acceptGroupStreamVpcPeeringConnection",
    "addGroupAccessUser",
    "addGroupApiKey",
    "addGroupUserRole",
    "addOrgTeamUser",
    "addOrgUserRole",
    "createGroupClusterGlobalWriteCustomZoneMapping",
    "createGroupClusterGlobalWriteManagedNamespace",
    "createGroupClusterIndexRollingIndex",
    "createGroupPrivateEndpointEndpointService",
    "createGroupServiceAccountSecret",
    "createOrgLiveMigrationLinkToken",
    "createOrgServiceAccountSecret",
    "downloadGroupFlexClusterBackup",
    "grantGroupClusterMongoDbEmployeeAccess",
    "inviteGroupServiceAccount",
    "migrateGroup",
    "pinGroupClusterFeatureCompatibilityVersion",
    "removeGroupUserRole",
    "removeOrgTeamUser",
    "removeOrgUserRole",
    "startGroupStreamProcessorWith",
    "tenantGroupFlexClusterUpgrade",
    "unpinGroupClusterCollStatUnpinNamespaces",
    "updateGroupApiKeyRoles",
    // Legacy backups have no snapshots.
    "updateGroupClusterSnapshot",
    "updateGroupPrivateEndpointEndpointService",
    "updateGroupUserRoles",
    "updateOrgUserRoles",
    "upgradeGroupClusterTenantUpgrade",
    "upgradeGroupClusterTenantUpgradeToServerless",
    "validateGroupClusterConfigurations",
    "validateOrgResourcePolicies",
    "withGroupStreamSampleConnections",
];
