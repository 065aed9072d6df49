//! State changes of stored resources over time: `behaviour/timelines.toml`.

use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::Record;
use crate::state::clock::{after, before, format_time};

/// Lifetime of a download link.
const DOWNLOAD_LIFETIME: Duration = Duration::from_hours(1);

/// Path of the snapshots of flex clusters.
const FLEX_SNAPSHOTS: &str = "/flexClusters/{name}/backup/snapshots";
/// Retention of the snapshots of flex clusters.
const FLEX_RETENTION: Duration = Duration::from_hours(8 * 24);

/// The time between the request for a snapshot and its creation.
const SNAPSHOT_DELAY: Duration = Duration::from_secs(15);

/// Hidden field of a record whose cluster is paused.
pub(crate) const PAUSED: &str = "paused";

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
const COMPLETIONS: [(&str, Completion); 8] = [
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
    let mut timelines = TIMELINES.iter();
    let found = timelines.find(|timeline| collection.ends_with(&timeline.collection));
    let Some(timeline) = found else {
        return document;
    };
    let start = match timeline.since {
        Since::Created => record.started,
        Since::Updated => record.updated,
    };
    let time_of = |seconds: u64| after(start, Duration::from_secs(seconds));
    let mut states = timeline.states.iter().rev();
    let reached = states.find(|(seconds, _)| time_of(*seconds) <= now);
    if let (Some((_, value)), Some(field)) = (reached, &timeline.field)
        && document["paused"] != true
    {
        document[field] = json!(value);
    }
    let last = timeline.states.last().map(|(seconds, _)| *seconds);
    let end = time_of(last.or(timeline.duration).unwrap_or_default());
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
    if progress.record.hidden.contains_key(PAUSED) {
        document["stateName"] = json!("PAUSED");
    }
}

/// Adds the URL and the expiry of a finished download job.
fn complete_restore(document: &mut Value, progress: &Progress<'_>) {
    if !progress.is_finished || document["deliveryType"] != "download" {
        return;
    }
    let id = document["id"].as_str().unwrap_or_default();
    let url = format!("https://restore-{id}.mongodb.example:27017/restore-{id}.tar.gz");
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

/// Marks a connected private endpoint as available, in the field of its cloud.
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
                        let fields = schemas.fields(variant, None);
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
