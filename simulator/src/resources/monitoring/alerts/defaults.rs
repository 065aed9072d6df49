//! The alert configurations a project has from its first day on.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::state::clock::written;
use crate::state::{Record, derived_id};

/// Events somebody is told of: their name, and after and every how many minutes.
const EVENTS: [(&str, u32, u32); 5] = [
    ("NO_PRIMARY", 15, 60),
    ("CLUSTER_MONGOS_IS_MISSING", 15, 60),
    ("HOST_HAS_INDEX_SUGGESTIONS", 10, 60),
    ("CREDIT_CARD_ABOUT_TO_EXPIRE", 0, 1440),
    ("JOINED_GROUP", 0, 60),
];

/// The event of certificates that are about to expire.
const CERTIFICATES: &str = "NDS_X509_USER_AUTHENTICATION_MANAGED_USER_CERTS_EXPIRATION_CHECK";

/// Metrics, and beyond which value somebody is told of them.
const METRICS: [(&str, f64); 4] = [
    ("CONNECTIONS_PERCENT", 80.0),
    ("DISK_PARTITION_SPACE_USED_DATA", 90.0),
    ("NORMALIZED_SYSTEM_CPU_USER", 95.0),
    ("QUERY_TARGETING_SCANNED_OBJECTS_PER_RETURNED", 1000.0),
];

/// The usual configurations of a project.
pub(super) fn of_project(project: &str, created: Timestamp) -> Vec<Record> {
    let event = |(kind, delay, interval)| (kind, delay, interval, json!({}));
    let mut usual: Vec<_> = EVENTS.into_iter().map(event).collect();
    let expiry = json!({
        "threshold": { "operator": "LESS_THAN", "threshold": 30, "units": "DAYS" },
    });
    usual.push((CERTIFICATES, 0, 1440, expiry));
    usual.extend(METRICS.into_iter().map(|(metric, threshold)| {
        let rule = json!({
            "metricThreshold": {
                "metricName": metric,
                "mode": "AVERAGE",
                "operator": "GREATER_THAN",
                "threshold": threshold,
                "units": "RAW",
            },
        });
        ("OUTSIDE_METRIC_THRESHOLD", 0, 60, rule)
    }));
    usual
        .into_iter()
        .enumerate()
        .map(|(index, (kind, delay, interval, rule))| {
            let id = derived_id(&format!("alert configuration {index} {project}"));
            let notifier = derived_id(&format!("notifier {id}"));
            let mut document = json!({
                "created": written(created),
                "enabled": true,
                "eventTypeName": kind,
                "groupId": project,
                "id": id,
                "matchers": [],
                "notifications": [{
                    "delayMin": delay,
                    "emailEnabled": true,
                    "intervalMin": interval,
                    "notifierId": notifier,
                    "roles": ["GROUP_OWNER"],
                    "smsEnabled": false,
                    "typeName": "GROUP",
                }],
                "updated": written(created),
            });
            if let (Some(document), Value::Object(rule)) = (document.as_object_mut(), rule) {
                document.extend(rule);
            }
            Record::new(id, document, created)
        })
        .collect()
}
