//! What the service shows and leaves out, whatever its document says.
//!
//! The document tells which fields an answer may have; these are the ones it was seen with and
//! without.

use serde_json::{Map, Value};

/// A collection's habits: fields that are never shown, and fields that always are; a name with a
/// point is that of a field in another one.
struct Habit {
    collection: &'static str,
    hidden: &'static [&'static str],
    /// Names and what stands there when nobody said anything, as JSON.
    shown: &'static [(&'static str, &'static str)],
}

const HABITS: [Habit; 27] = [
    Habit {
        collection: "/backup/exports",
        hidden: &["components", "links", "stateReason"],
        shown: &[
            ("customData", "[]"),
            (
                "exportStatus",
                r#"{"exportedCollections":0,"totalCollections":0}"#,
            ),
            ("snapshotId", "\"6a6f78e0cab84da5c4476b25\""),
        ],
    },
    Habit {
        collection: "/backup/exportBuckets",
        hidden: &["links", "region"],
        shown: &[],
    },
    Habit {
        collection: "/flexClusters/{name}/backup/restoreJobs",
        hidden: &["links", "snapshotUrl"],
        shown: &[("snapshotFinishedDate", "\"2026-08-02T17:06:56Z\"")],
    },
    Habit {
        collection: "/flexClusters/{name}/backup/snapshots",
        hidden: &["links"],
        shown: &[("finishTime", "\"2026-08-02T17:06:56Z\"")],
    },
    Habit {
        collection: "/endpointService",
        hidden: &["links"],
        shown: &[("errorMessage", "null")],
    },
    Habit {
        collection: "/sampleDatasetLoad",
        hidden: &["links"],
        shown: &[("completeDate", "null"), ("errorMessage", "null")],
    },
    Habit {
        collection: "/onlineArchives",
        hidden: &["links", "dataExpirationRule", "dataSetName"],
        shown: &[("paused", "false"), ("schedule", r#"{"type":"DEFAULT"}"#)],
    },
    Habit {
        collection: "/search/deployment",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/search/indexes",
        hidden: &["links", "statusDetail"],
        shown: &[],
    },
    Habit {
        collection: "/customDBRoles/roles",
        hidden: &["links"],
        shown: &[("inheritedRoles", "[]")],
    },
    Habit {
        collection: "/auditLog",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/invites",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/streams",
        hidden: &["links", "connections"],
        shown: &[("failoverRegions", "[]")],
    },
    Habit {
        collection: "/connections",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/dataFederation",
        hidden: &["links"],
        shown: &[
            ("dataProcessRegion", "null"),
            ("storage.databases", "null"),
            ("storage.stores", "null"),
        ],
    },
    Habit {
        collection: "/userSecurity",
        hidden: &["links", "ldap.authzQueryTemplate"],
        shown: &[("customerX509", "{}")],
    },
    Habit {
        collection: "/groups/{groupId}/settings",
        hidden: &[],
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
    },
    Habit {
        collection: "/autoScalingConfiguration",
        hidden: &[],
        shown: &[("autoScalingMode", "\"CLUSTER_WIDE_SCALING\"")],
    },
    Habit {
        collection: "/orgs/{orgId}/federationSettings",
        hidden: &[],
        shown: &[
            ("hasRoleMappings", "false"),
            ("identityProviderId", "\"6a6f78e0cab84da5c447\""),
            ("identityProviderStatus", "\"ACTIVE\""),
        ],
    },
    Habit {
        collection: "/connectedOrgConfigs",
        hidden: &[],
        shown: &[
            ("dataAccessIdentityProviderIds", "[]"),
            ("domainAllowList", "[]"),
            ("identityProviderId", "\"6a6f78e0cab84da5c447\""),
            ("postAuthRoleGrants", "[]"),
            ("roleMappings", "[]"),
            ("userConflicts", "null"),
        ],
    },
    Habit {
        collection: "/backupCompliancePolicy",
        hidden: &[],
        shown: &[
            ("onDemandPolicyItem", "null"),
            ("restoreWindowDays", "0"),
            ("scheduledPolicyItems", "[]"),
        ],
    },
    Habit {
        collection: "/integrations",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/cloudProviderAccess",
        hidden: &["links"],
        shown: &[("authorizedDate", "null"), ("iamAssumedRoleArn", "null")],
    },
    Habit {
        collection: "/fts/indexes",
        hidden: &["links"],
        shown: &[
            ("mappings.fields", "null"),
            ("synonyms", "[]"),
            ("type", "\"search\""),
        ],
    },
    Habit {
        collection: "/identityProviders",
        hidden: &["links"],
        shown: &[("associatedOrgs", "[]")],
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
        shown: &[],
    },
];

/// Makes a document what the service would show.
pub(super) fn apply(collection: &str, document: &mut Value) {
    let Some(habit) = HABITS.iter().find(|it| collection.ends_with(it.collection)) else {
        return;
    };
    for name in habit.hidden {
        if let Some((object, field)) = place(document, name) {
            object.remove(field);
        }
    }
    for (name, value) in habit.shown {
        let value = serde_json::from_str(value).unwrap_or_default();
        if let Some((object, field)) = place(document, name) {
            object.entry(field).or_insert(value);
        }
    }
}

/// The object a field is in, and the field's own name.
fn place<'a, 'n>(
    document: &'a mut Value,
    name: &'n str,
) -> Option<(&'a mut Map<String, Value>, &'n str)> {
    let (object, field) = match name.split_once('.') {
        Some((outer, field)) => (document.get_mut(outer)?, field),
        None => (document, name),
    };
    Some((object.as_object_mut()?, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_json() {
        for habit in HABITS {
            for (name, value) in habit.shown {
                assert!(
                    serde_json::from_str::<Value>(value).is_ok(),
                    "{name}: {value}"
                );
            }
        }
    }
}
