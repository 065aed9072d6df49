//! State changes of stored resources over time: `behaviour/timelines.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::schema::behaviour::{behaviour, parse};
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

/// Hidden field of a record whose cluster is paused.
pub(crate) const PAUSED_FIELD: &str = "paused";

static TIMELINES: LazyLock<Vec<StateTimeline>> =
    LazyLock::new(|| parse::<Timelines>(behaviour!("timelines.toml")).timelines);

#[derive(Default, Deserialize)]
struct Timelines {
    #[serde(rename = "timeline")]
    timelines: Vec<StateTimeline>,
}

/// The states that a resource passes through.
#[derive(Deserialize)]
struct StateTimeline {
    /// The end of the path template of the collection.
    collection: String,
    /// Values of fields of the documents that the timeline is for.
    #[serde(default)]
    when: BTreeMap<String, String>,
    field: Option<String>,
    /// Seconds, and the value of the field from then on.
    #[serde(default)]
    states: Vec<(u64, String)>,
    /// Seconds until the end, without a change of state.
    duration: Option<u64>,
    /// The field with the date of the end.
    end: Option<String>,
    #[serde(default)]
    since: Since,
}

/// The moment that a timeline counts from.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Since {
    #[default]
    Created,
    Updated,
}

impl StateTimeline {
    /// Returns the timeline of a document in a collection.
    fn find(collection: &str, document: &Value) -> Option<&'static Self> {
        let mut timelines = TIMELINES.iter();
        timelines.find(|timeline| {
            let mut conditions = timeline.when.iter();
            collection.ends_with(&timeline.collection)
                && conditions.all(|(field, value)| document[field] == value.as_str())
        })
    }

    fn start(&self, record: &Record) -> Timestamp {
        match self.since {
            Since::Created => record.started,
            Since::Updated => record.updated,
        }
    }

    /// Returns the state of a record at a time.
    fn state_at(&self, record: &Record, now: Timestamp) -> Option<&str> {
        let start = self.start(record);
        let mut states = self.states.iter().rev();
        let reached =
            states.find(|(seconds, _)| after(start, Duration::from_secs(*seconds)) <= now);
        reached.map(|(_, state)| state.as_str())
    }

    fn end(&self, record: &Record) -> Timestamp {
        let last = self.states.last().map(|(seconds, _)| *seconds);
        let seconds = last.or(self.duration).unwrap_or_default();
        after(self.start(record), Duration::from_secs(seconds))
    }
}

/// Returns the end of the timeline of a record.
pub(crate) fn end(collection: &str, record: &Record) -> Option<Timestamp> {
    let timeline = StateTimeline::find(collection, &record.document)?;
    Some(timeline.end(record))
}

/// Returns `true` if a record is in a state at a time.
pub(crate) fn is_in_state(collection: &str, record: &Record, state: &str, now: Timestamp) -> bool {
    let timeline = StateTimeline::find(collection, &record.document);
    timeline.and_then(|timeline| timeline.state_at(record, now)) == Some(state)
}

/// A document on its timeline.
struct Progress<'a> {
    context: &'a Context<'a>,
    record: &'a Record,
    start: Timestamp,
    end: Timestamp,
    is_finished: bool,
}

/// Completes the fields of a document besides its state.
type Completion = fn(&mut Value, &Progress<'_>);

/// The completion of each collection, by the end of its path template.
const COMPLETIONS: [(&str, Completion); 10] = [
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

/// Returns the document of a record as it is at the time of the request.
pub(crate) fn advance(context: &Context<'_>, record: &Record) -> Value {
    let (collection, now) = (&context.plan.collection, context.call.now);
    let mut document = record.document.clone();
    if document["cancelled"] == true {
        return document;
    }
    let Some(timeline) = StateTimeline::find(collection, &document) else {
        return document;
    };
    if let (Some(state), Some(field)) = (timeline.state_at(record, now), &timeline.field) {
        document[field] = json!(state);
    }
    let (start, end) = (timeline.start(record), timeline.end(record));
    let progress = Progress {
        context,
        record,
        start,
        end,
        is_finished: end <= now,
    };
    if let (true, Some(field)) = (progress.is_finished, &timeline.end) {
        document[field] = json!(format_time(end));
    }
    let mut completions = COMPLETIONS.iter();
    if let Some((_, complete)) =
        completions.find(|(collection, _)| *collection == timeline.collection)
    {
        complete(&mut document, &progress);
    }
    document
}

/// Duration of pausing and resuming an archive.
const ARCHIVE_PAUSE_TIME: Duration = Duration::from_secs(30);

/// Shows the state of a paused archive.
fn complete_archive(document: &mut Value, progress: &Progress<'_>) {
    if document["paused"] != true {
        return;
    }
    let end = after(progress.record.updated, ARCHIVE_PAUSE_TIME);
    let is_pausing = progress.context.call.now < end;
    document["state"] = json!(if is_pausing { "PAUSING" } else { "PAUSED" });
}

/// Adds the id of an AWS peering connection that exists in the other network.
fn complete_peer(document: &mut Value, progress: &Progress<'_>) {
    if progress.is_finished && document["providerName"] == "AWS" {
        let mut digits = derived_id(&format!("peer {}", progress.record.key));
        digits.truncate(17);
        document["connectionId"] = json!(format!("pcx-{digits}"));
    }
}

/// Shows the definition of an index as its latest one.
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
    for rule in document["endpoints"].as_array_mut().into_iter().flatten() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generic::shape::Plan;
    use crate::schema::document::Document;

    #[test]
    fn timelines_name_collections_and_fields_of_the_document() {
        let document = Document::vendored().unwrap();
        let schemas = document.schemas();
        let mut idle = Vec::new();
        for timeline in TIMELINES.iter() {
            let operations = document.operations().iter();
            let schemas_of_responses = operations.filter_map(|operation| {
                let collection = Plan::of(document, operation).collection;
                let is_own = collection.ends_with(&timeline.collection);
                operation.success.schema.as_ref().filter(|_| is_own)
            });
            let responses: Vec<_> = schemas_of_responses.collect();
            let fields = timeline.field.iter().chain(&timeline.end);
            let unknown = fields.filter(|field| {
                !responses.iter().any(|response| {
                    let item = schemas.items(response).unwrap_or(response);
                    let variants = schemas.resolve(item)["oneOf"].as_array();
                    let mut variants = variants.into_iter().flatten().chain([item]);
                    variants.any(|variant| {
                        let fields = schemas.fields(variant, Some(&json!(timeline.when)));
                        fields.properties.contains_key(field.as_str())
                    })
                })
            });
            let unknown = unknown.map(|field| format!("{} {field}", timeline.collection));
            idle.extend(unknown);
            if responses.is_empty() {
                idle.push(timeline.collection.clone());
            }
        }

        assert_eq!(idle, Vec::<String>::new());
    }

    #[test]
    fn completions_belong_to_timelines() {
        for (collection, _) in COMPLETIONS {
            assert!(
                TIMELINES
                    .iter()
                    .any(|timeline| timeline.collection == collection)
            );
        }
    }
}
