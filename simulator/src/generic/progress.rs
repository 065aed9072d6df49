//! Work that goes on after the answer: what a resource says about itself as time passes.

use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::Record;
use crate::state::clock::{after, before, written};

/// How long what was asked for can be downloaded.
const DOWNLOADABLE: Duration = Duration::from_hours(1);

/// Where snapshots of flex clusters are.
const FLEX_SNAPSHOTS: &str = "/flexClusters/{name}/backup/snapshots";
/// How long they are kept.
const FLEX_RETENTION: Duration = Duration::from_hours(8 * 24);

/// The time between the request for a snapshot and its creation.
const SNAPSHOT_DELAY: Duration = Duration::from_secs(15);

/// What a record hides while its cluster is paused.
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
    /// Seconds until the end, where no field changes.
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
    is_over: bool,
}

/// Completes a document beside its state.
type Completion = fn(&mut Value, &Progress<'_>);

/// Functions that change more than the state, by the end of the path template of the collection.
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
        Since::Created => record.begun,
        Since::Updated => record.updated,
    };
    let moment = |seconds: u64| after(start, Duration::from_secs(seconds));
    let mut states = timeline.states.iter().rev();
    let reached = states.find(|(seconds, _)| moment(*seconds) <= now);
    if let (Some((_, value)), Some(field)) = (reached, &timeline.field)
        && !has_own_state(&document)
    {
        document[field] = json!(value);
    }
    let last = timeline.states.last().map(|(seconds, _)| *seconds);
    let end = moment(last.or(timeline.duration).unwrap_or_default());
    let progress = Progress {
        context,
        record,
        start,
        end,
        is_over: end <= now,
    };
    if let (true, Some(field)) = (progress.is_over, &timeline.end) {
        document[field] = json!(written(end));
    }
    let mut completions = COMPLETIONS.iter();
    if let Some((_, complete)) = completions.find(|(of, _)| *of == timeline.collection) {
        complete(&mut document, &progress);
    }
    document
}

/// Whether a client put it where it is, such as an archive that is paused.
fn has_own_state(document: &Value) -> bool {
    document["paused"] == true
}

/// An index shows its definition as the latest one.
fn complete_index(document: &mut Value, progress: &Progress<'_>) {
    document["queryable"] = json!(progress.is_over);
    if let Some(definition) = document
        .as_object_mut()
        .and_then(|it| it.remove("definition"))
    {
        document["latestDefinition"] = definition;
    }
    if document["latestDefinitionVersion"].is_null() {
        document["latestDefinitionVersion"] = json!({ "version": 0 });
    }
}

/// Adds the effective specification of a deployment, and its state while the cluster is paused.
fn complete_deployment(document: &mut Value, progress: &Progress<'_>) {
    let home = progress.context.home.as_ref();
    let mut specs = document["specs"].clone();
    for spec in specs.as_array_mut().into_iter().flatten() {
        if let Some(home) = home {
            spec["cloudProvider"] = json!(home.provider);
            spec["regionName"] = json!(home.region);
        }
    }
    document["effectiveSpecs"] = specs;
    document["encryptionAtRestProvider"] = json!("NONE");
    if progress.record.hidden.contains_key(PAUSED) {
        document["stateName"] = json!("PAUSED");
    }
}

/// Adds the address of a download that is ready; it has an expiry instead of an end.
fn complete_restore(document: &mut Value, progress: &Progress<'_>) {
    if !progress.is_over || document["deliveryType"] != "download" {
        return;
    }
    let id = document["id"].as_str().unwrap_or_default();
    let address = format!("https://restore-{id}.mongodb.example:27017/restore-{id}.tar.gz");
    document["deliveryUrl"] = json!([address]);
    document["expiresAt"] = json!(written(after(progress.end, DOWNLOADABLE)));
    if let Some(document) = document.as_object_mut() {
        document.remove("finishedAt");
    }
}

/// When a snapshot of a flex cluster was taken.
fn complete_flex_snapshot(document: &mut Value, progress: &Progress<'_>) {
    let finished = flex_finish(progress.record);
    let moment = |seconds| json!(written(before(finished, Duration::from_secs(seconds))));
    document["scheduledTime"] = moment(106);
    document["startTime"] = moment(79);
    document["finishTime"] = moment(0);
    document["expiration"] = json!(written(after(finished, FLEX_RETENTION)));
}

/// When a snapshot of a flex cluster was finished: an hour before anybody asked for it.
pub(crate) fn flex_finish(snapshot: &Record) -> Timestamp {
    before(snapshot.created, Duration::from_hours(1))
}

/// Adds the checks of an LDAP connection.
fn complete_verification(document: &mut Value, progress: &Progress<'_>) {
    if progress.is_over {
        let passed = ["CONNECT", "AUTHENTICATE"].into_iter();
        document["validations"] = passed
            .map(|check| json!({ "status": "OK", "validationType": check }))
            .collect();
    }
}

/// Each cloud has its own word for an endpoint that is connected.
fn complete_endpoint(document: &mut Value, progress: &Progress<'_>) {
    if !progress.is_over {
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

/// A snapshot knows these only when it is done.
fn complete_snapshot(document: &mut Value, progress: &Progress<'_>) {
    if !progress.is_over {
        return;
    }
    document["createdAt"] = json!(written(after(progress.start, SNAPSHOT_DELAY)));
    if let Some(home) = &progress.context.home {
        document["cloudProvider"] = json!(home.provider);
        document["mongodVersion"] = json!(home.version);
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
            let answers = operations.filter_map(|operation| {
                let collection = Plan::of(document, operation).collection;
                let is_own = collection.ends_with(&timeline.collection);
                operation.success.schema.as_ref().filter(|_| is_own)
            });
            let answers: Vec<_> = answers.collect();
            let fields = timeline.field.iter().chain(&timeline.end);
            let unknown = fields.filter(|field| {
                !answers.iter().any(|answer| {
                    let item = schemas.items(answer).unwrap_or(answer);
                    schemas
                        .fields(item, None)
                        .properties
                        .contains_key(field.as_str())
                })
            });
            let unknown = unknown.map(|field| format!("{} {field}", timeline.collection));
            idle.extend(unknown);
            if answers.is_empty() {
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
