//! State changes of stored resources over time: `behaviour/timelines.toml`. [`completions`] sets the
//! fields that depend on the state.

mod completions;

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use completions::COMPLETIONS;
pub(crate) use completions::flex_finish_time;

use super::Context;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::Record;
use crate::state::clock::{after, format_time};

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
    /// Field values that a document must have for the timeline to apply.
    #[serde(default)]
    when: BTreeMap<String, String>,
    field: Option<String>,
    /// The states: seconds since the start, and the value of the field from then on.
    #[serde(default)]
    states: Vec<(u64, String)>,
    /// Seconds until the end of a timeline without state changes.
    duration: Option<u64>,
    /// The field that contains the end time.
    end: Option<String>,
    #[serde(default)]
    since: Since,
}

/// The start of a timeline.
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

/// Returns the document of a record at the time of the request.
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
