//! Fields of a document that depend on its state, such as the download URL of a finished restore job.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{PAUSED_FIELD, Progress};
use crate::state::clock::{after, before, format_time};
use crate::state::{Record, derived_id};

/// Lifetime of a download link.
const DOWNLOAD_LIFETIME: Duration = Duration::from_hours(1);

/// Path of the snapshots of flex clusters.
const FLEX_SNAPSHOTS: &str = "/flexClusters/{name}/backup/snapshots";
/// Retention of the snapshots of flex clusters.
const FLEX_RETENTION: Duration = Duration::from_hours(8 * 24);

/// The time between the request for a snapshot and its creation.
const SNAPSHOT_DELAY: Duration = Duration::from_secs(15);

/// Sets the fields of a document other than its state.
type Completion = fn(&mut Value, &Progress<'_>);

/// The completion of each collection, by the end of its path template.
pub(super) const COMPLETIONS: [(&str, Completion); 10] = [
    ("/onlineArchives", complete_archive),
    ("/peers", complete_peer),
    (
        "/clusters/{clusterName}/backup/restoreJobs",
        complete_restore,
    ),
    ("/flexClusters/{name}/backup/restoreJobs", complete_restore),
    (FLEX_SNAPSHOTS, complete_flex_snapshot),
    (
        "/endpointService/{endpointServiceId}/endpoint",
        complete_endpoint,
    ),
    ("/userSecurity/ldap/verify", complete_verification),
    ("/search/indexes", complete_index),
    ("/search/deployment", complete_deployment),
    (
        "/clusters/{clusterName}/backup/snapshots",
        complete_snapshot,
    ),
];

/// Duration of pausing and resuming an archive.
const ARCHIVE_PAUSE_TIME: Duration = Duration::from_secs(30);

/// Sets the state of a paused archive.
fn complete_archive(document: &mut Value, progress: &Progress<'_>) {
    if document["paused"] != true {
        return;
    }
    let end = after(progress.record.updated, ARCHIVE_PAUSE_TIME);
    let is_pausing = progress.context.call.now < end;
    document["state"] = json!(if is_pausing { "PAUSING" } else { "PAUSED" });
}

/// Adds the connection id of a finished AWS peering connection.
fn complete_peer(document: &mut Value, progress: &Progress<'_>) {
    if progress.is_finished && document["providerName"] == "AWS" {
        let mut digits = derived_id(&format!("peer {}", progress.record.key));
        digits.truncate(17);
        document["connectionId"] = json!(format!("pcx-{digits}"));
    }
}

/// Moves `definition` to `latestDefinition` and adds its version.
fn complete_index(document: &mut Value, progress: &Progress<'_>) {
    document["queryable"] = json!(progress.is_finished);
    if let Some(definition) = document
        .as_object_mut()
        .and_then(|document| document.remove("definition"))
    {
        document["latestDefinition"] = definition;
    }
    if document["latestDefinitionVersion"].is_null() {
        document["latestDefinitionVersion"] = json!({ "version": 0 });
    }
}

/// Adds the effective specification of a deployment, and its state while the cluster is paused.
fn complete_deployment(document: &mut Value, progress: &Progress<'_>) {
    let cluster = progress.context.cluster.as_ref();
    let mut specs = document["specs"].clone();
    for spec in specs.as_array_mut().into_iter().flatten() {
        if let Some(cluster) = cluster {
            spec["cloudProvider"] = json!(cluster.provider);
            spec["regionName"] = json!(cluster.region);
        }
    }
    document["effectiveSpecs"] = specs;
    document["encryptionAtRestProvider"] = json!("NONE");
    if progress.record.hidden.contains_key(PAUSED_FIELD) {
        document["stateName"] = json!("PAUSED");
    }
}

/// Adds the URL and the expiry of a finished download job.
fn complete_restore(document: &mut Value, progress: &Progress<'_>) {
    if !progress.is_finished || document["deliveryType"] != "download" {
        return;
    }
    let id = document["id"].as_str().unwrap_or_default();
    let path = format!("/downloads/restore-{id}.tar.gz");
    let url = progress.context.call.link(&path);
    document["deliveryUrl"] = json!([url]);
    document["expiresAt"] = json!(format_time(after(progress.end, DOWNLOAD_LIFETIME)));
    if let Some(document) = document.as_object_mut() {
        document.remove("finishedAt");
    }
}

/// Adds the times of a snapshot of a flex cluster.
fn complete_flex_snapshot(document: &mut Value, progress: &Progress<'_>) {
    let finished = flex_finish_time(progress.record);
    let time_before = |seconds| json!(format_time(before(finished, Duration::from_secs(seconds))));
    document["scheduledTime"] = time_before(106);
    document["startTime"] = time_before(79);
    document["finishTime"] = time_before(0);
    document["expiration"] = json!(format_time(after(finished, FLEX_RETENTION)));
}

/// Returns the time at which a generated snapshot of a flex cluster was finished.
pub(crate) fn flex_finish_time(snapshot: &Record) -> Timestamp {
    before(snapshot.created, Duration::from_hours(1))
}

/// Adds the checks of an LDAP connection.
fn complete_verification(document: &mut Value, progress: &Progress<'_>) {
    if progress.is_finished {
        document["validations"] = ["CONNECT", "AUTHENTICATE"]
            .into_iter()
            .map(|check| json!({ "status": "OK", "validationType": check }))
            .collect();
    }
}

/// Marks a connected private endpoint as available, in the field of its cloud provider.
fn complete_endpoint(document: &mut Value, progress: &Progress<'_>) {
    if !progress.is_finished {
        return;
    }
    let field = if document["connectionStatus"].is_null() {
        "status"
    } else {
        "connectionStatus"
    };
    document[field] = json!("AVAILABLE");
    let rules = document.get_mut("endpoints").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten() {
        rule["status"] = json!("AVAILABLE");
    }
}

/// Adds the fields of a finished snapshot.
fn complete_snapshot(document: &mut Value, progress: &Progress<'_>) {
    if !progress.is_finished {
        return;
    }
    document["createdAt"] = json!(format_time(after(progress.start, SNAPSHOT_DELAY)));
    if let Some(cluster) = &progress.context.cluster {
        document["cloudProvider"] = json!(cluster.provider);
        document["mongodVersion"] = json!(cluster.version);
    }
    document["storageSizeBytes"] = json!(1_288_490_188_u64);
}
