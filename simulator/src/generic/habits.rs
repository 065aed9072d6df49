//! What the service shows and leaves out, whatever its document says.
//!
//! The document tells which fields an answer may have; these are the ones it was seen with and
//! without.

use serde_json::Value;

/// A collection's habits: fields that are never shown, and fields that always are.
struct Habit {
    collection: &'static str,
    hidden: &'static [&'static str],
    /// Names and what stands there when nobody said anything, as JSON.
    shown: &'static [(&'static str, &'static str)],
}

const HABITS: [Habit; 20] = [
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
        shown: &[],
    },
    Habit {
        collection: "/endpointService",
        hidden: &["links"],
        shown: &[
            ("errorMessage", "null"),
            ("interfaceEndpoints", "[]"),
            ("supportedRemoteRegions", "null"),
        ],
    },
    Habit {
        collection: "/sampleDatasetLoad",
        hidden: &["links"],
        shown: &[("completeDate", "null"), ("errorMessage", "null")],
    },
    Habit {
        collection: "/onlineArchives",
        hidden: &["links", "dataExpirationRule", "dataSetName"],
        shown: &[("schedule", r#"{"type":"DEFAULT"}"#)],
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
        hidden: &["links", "auditFilter"],
        shown: &[],
    },
    Habit {
        collection: "/groups/{groupId}/alerts",
        hidden: &[
            "acknowledgingUsername",
            "acknowledgementComment",
            "acknowledgedUntil",
        ],
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
        shown: &[],
    },
    Habit {
        collection: "/userSecurity",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/integrations",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/cloudProviderAccess",
        hidden: &["links"],
        shown: &[],
    },
    Habit {
        collection: "/privateLinkConnections",
        hidden: &["links", "errorMessage"],
        shown: &[],
    },
];

/// Makes a document what the service would show.
pub(super) fn apply(collection: &str, document: &mut Value) {
    let Some(habit) = HABITS.iter().find(|it| collection.ends_with(it.collection)) else {
        return;
    };
    let Some(object) = document.as_object_mut() else {
        return;
    };
    for name in habit.hidden {
        object.remove(*name);
    }
    for (name, value) in habit.shown {
        let value = serde_json::from_str(value).unwrap_or_default();
        object.entry((*name).to_owned()).or_insert(value);
    }
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
