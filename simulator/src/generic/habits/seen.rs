//! The habits that were seen; one of a single operation comes before that of its collection.

use super::{Habit, NONE};

pub(super) const HABITS: [Habit; 30] = [
    Habit {
        operation: "updateGroupStreamConnection",
        collection: "/connections",
        hidden: &["links", "state"],
        ..NONE
    },
    Habit {
        operation: "listGroupClusterFtsIndex",
        collection: "/fts/indexes",
        hidden: &["links"],
        shown: &[("synonyms", "[]"), ("type", "\"search\"")],
        not_null: &["mappings.fields"],
    },
    Habit {
        collection: "/backup/exports",
        hidden: &["components", "links", "stateReason"],
        shown: &[
            ("customData", "[]"),
            (
                "exportStatus",
                r#"{"exportedCollections":0,"totalCollections":0}"#,
            ),
        ],
        ..NONE
    },
    Habit {
        collection: "/backup/exportBuckets",
        hidden: &["links", "region"],
        shown: &[("requirePrivateNetworking", "false")],
        ..NONE
    },
    Habit {
        collection: "/flexClusters/{name}/backup/restoreJobs",
        hidden: &["links", "snapshotUrl"],
        ..NONE
    },
    Habit {
        collection: "/flexClusters/{name}/backup/snapshots",
        hidden: &["links"],
        ..NONE
    },
    Habit {
        collection: "/endpointService",
        hidden: &["links"],
        shown: &[("errorMessage", "null")],
        ..NONE
    },
    Habit {
        collection: "/sampleDatasetLoad",
        hidden: &["links"],
        shown: &[("completeDate", "null"), ("errorMessage", "null")],
        ..NONE
    },
    Habit {
        collection: "/onlineArchives",
        hidden: &["links", "dataSetName"],
        shown: &[("paused", "false"), ("schedule", r#"{"type":"DEFAULT"}"#)],
        ..NONE
    },
    Habit {
        collection: "/search/deployment",
        hidden: &["links"],
        ..NONE
    },
    Habit {
        collection: "/search/indexes",
        hidden: &["links", "statusDetail"],
        ..NONE
    },
    Habit {
        collection: "/customDBRoles/roles",
        hidden: &["links"],
        shown: &[("inheritedRoles", "[]")],
        ..NONE
    },
    Habit {
        collection: "/databaseUsers/{username}/certs",
        hidden: &["links"],
        ..NONE
    },
    Habit {
        collection: "/auditLog",
        hidden: &["links"],
        ..NONE
    },
    Habit {
        collection: "/invites",
        hidden: &["links"],
        ..NONE
    },
    Habit {
        collection: "/streams",
        hidden: &["links", "connections"],
        shown: &[("failoverRegions", "[]")],
        ..NONE
    },
    Habit {
        collection: "/connections",
        hidden: &["links"],
        ..NONE
    },
    Habit {
        collection: "/dataFederation",
        hidden: &["links"],
        shown: &[
            ("dataProcessRegion", "null"),
            ("storage.databases", "null"),
            ("storage.stores", "null"),
        ],
        ..NONE
    },
    Habit {
        collection: "/userSecurity",
        hidden: &["links", "ldap.authzQueryTemplate"],
        shown: &[("customerX509", "{}")],
        ..NONE
    },
    Habit {
        collection: "/groups/{groupId}/settings",
        shown: &[
            ("isClusterAiAssistantEnabled", "true"),
            ("isCollectDatabaseSpecificsStatisticsEnabled", "true"),
            ("isDataExplorerEnabled", "true"),
            ("isDataExplorerGenAIFeaturesEnabled", "true"),
            ("isDataValidationEnabled", "true"),
            ("isExtendedStorageSizesEnabled", "false"),
            ("isNativeRerankingEnabled", "false"),
            ("isPerformanceAdvisorEnabled", "true"),
            ("isRealtimePerformancePanelEnabled", "true"),
            ("isSchemaAdvisorEnabled", "true"),
        ],
        ..NONE
    },
    Habit {
        collection: "/autoScalingConfiguration",
        shown: &[("autoScalingMode", "\"CLUSTER_WIDE_SCALING\"")],
        ..NONE
    },
    Habit {
        collection: "/orgs/{orgId}/federationSettings",
        shown: &[
            ("hasRoleMappings", "false"),
            ("identityProviderId", "\"6a6f78e0cab84da5c447\""),
            ("identityProviderStatus", "\"ACTIVE\""),
        ],
        ..NONE
    },
    Habit {
        collection: "/connectedOrgConfigs",
        shown: &[
            ("dataAccessIdentityProviderIds", "[]"),
            ("domainAllowList", "[]"),
            ("identityProviderId", "\"6a6f78e0cab84da5c447\""),
            ("postAuthRoleGrants", "[]"),
            ("roleMappings", "[]"),
            ("userConflicts", "null"),
        ],
        ..NONE
    },
    Habit {
        collection: "/backupCompliancePolicy",
        shown: &[
            ("onDemandPolicyItem", "null"),
            ("restoreWindowDays", "0"),
            ("scheduledPolicyItems", "[]"),
        ],
        ..NONE
    },
    Habit {
        collection: "/integrations",
        hidden: &["links"],
        ..NONE
    },
    Habit {
        collection: "/cloudProviderAccess",
        hidden: &["links"],
        shown: &[("authorizedDate", "null"), ("iamAssumedRoleArn", "null")],
        ..NONE
    },
    Habit {
        collection: "/fts/indexes",
        hidden: &["links"],
        shown: &[
            ("mappings.fields", "null"),
            ("synonyms", "[]"),
            ("type", "\"search\""),
        ],
        ..NONE
    },
    Habit {
        collection: "/identityProviders",
        hidden: &["links"],
        shown: &[("associatedOrgs", "[]")],
        ..NONE
    },
    Habit {
        collection: "/processArgs",
        hidden: &["links"],
        shown: &[
            (
                "changeStreamOptionsPreAndPostImagesExpireAfterSeconds",
                "null",
            ),
            ("chunkMigrationConcurrency", "null"),
            ("customOpensslCipherConfigTls12", "[]"),
            ("customOpensslCipherConfigTls13", "[]"),
            ("defaultMaxTimeMS", "null"),
            ("defaultWriteConcern", "\"majority\""),
            ("javascriptEnabled", "true"),
            ("minimumEnabledTlsProtocol", "\"TLS1_2\""),
            ("noTableScan", "false"),
            ("oplogMinRetentionHours", "null"),
            ("oplogSizeMB", "null"),
            ("queryStatsLogVerbosity", "null"),
            ("sampleSizeBIConnector", "null"),
            ("tlsCipherConfigMode", "\"DEFAULT\""),
            ("transactionLifetimeLimitSeconds", "null"),
        ],
        ..NONE
    },
    Habit {
        collection: "/privateLinkConnections",
        hidden: &[
            "errorMessage",
            "interfaceEndpointId",
            "interfaceEndpointName",
            "links",
            "providerAccountId",
        ],
        ..NONE
    },
];
