//! Fields and operations that a later GET does not show, with the reasons.

/// Optional fields that the bodies do not have: each excludes another one or renames the resource.
pub(super) const NOT_SENT: [(&str, &str); 5] = [
    ("acknowledgeGroupAlert", "unacknowledgeAlert"),
    ("updateGroupCluster", "paused"),
    ("updateGroupCluster", "name"),
    ("updateGroupDataFederation", "name"),
    ("updateGroupStreamProcessor", "name"),
];

/// Fields that a later GET does not show as they were sent, with the reason.
pub(super) const NOT_SHOWN: &[(&str, &str)] = &[
    ("createGroup.regionUsageRestrictions", "not stored"),
    ("createGroupApiKey.roles", "objects in responses"),
    ("createGroupIntegration.id", "chosen by Atlas"),
    ("createGroupIntegration.serviceKey", "masked"),
    (
        "createGroupServiceAccount.secretExpiresAfterHours",
        "shown as the expiry of the secret",
    ),
    (
        "createGroupPrivateNetworkSettingEndpointId.status",
        "set by Atlas",
    ),
    (
        "createGroupLiveMigration.destination",
        "not in the response",
    ),
    ("createGroupLiveMigration.source", "not in the response"),
    ("createOrg.federationSettingsId", "not in the response"),
    ("createOrg.orgOwnerId", "shown as a role of the user"),
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
        "updateGroupBackupCompliancePolicy.projectId",
        "the project of the path",
    ),
    (
        "updateGroupCluster.acceptDataRisksAndForceReplicaSetReconfig",
        "a confirmation of the request",
    ),
    ("updateGroupCluster.adaptiveCapacity", "not stored"),
    (
        "updateGroupCluster.configServerManagementMode",
        "not stored",
    ),
    (
        "updateGroupCluster.retainBackups",
        "a parameter of the deletion",
    ),
    (
        "updateGroupCluster.useAwsTimeBasedSnapshotCopyForFastInitialSync",
        "not stored",
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
    (
        "updateGroupUserSecurity.ldap",
        "without `authzQueryTemplate`",
    ),
    ("updateOrgApiKey.roles", "objects in responses"),
    (
        "validateGroupLiveMigrations.destination",
        "not in the response",
    ),
    (
        "validateGroupLiveMigrations.migrationHosts",
        "not in the response",
    ),
    ("validateGroupLiveMigrations.source", "not in the response"),
    (
        "verifyGroupUserSecurityLdap.authzQueryTemplate",
        "shown in `request`",
    ),
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

/// Operations whose effect no GET of the same resource shows: actions, and changes of a member or a
/// part of another resource.
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
