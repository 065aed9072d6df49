//! Tests of decisions, on documents of schedule files.

mod decisions;
mod files;
mod properties;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{ScheduleFile, ScheduleTarget};
use crate::pythonic::resources::deployments::state::ClusterState;

/// Returns a file with one schedule `office` for all clusters, in Berlin, with these keys in addition.
fn office_file(keys: &Value) -> ScheduleFile {
    let mut schedule = json!({ "select": ["*"], "running": ["mon-fri 08:00-18:00"] });
    for (key, value) in keys.as_object().unwrap() {
        schedule[key] = value.clone();
    }
    file(&json!({ "timezone": "Europe/Berlin", "schedules": { "office": schedule } }))
}

/// Reads a file without faults.
fn file(document: &Value) -> ScheduleFile {
    ScheduleFile::from_document(document).unwrap()
}

/// Returns an M10 cluster `dev-1` of the project `Storefront`.
fn cluster(state: ClusterState) -> ScheduleTarget {
    ScheduleTarget {
        project_id: "5a0a1e7e0f2912c554080adc".parse().unwrap(),
        project_name: "Storefront".to_owned(),
        name: "dev-1".to_owned(),
        state,
        created: Some(time("2025-01-01T00:00:00Z")),
        tags: Vec::new(),
        tiers: vec!["M10".to_owned()],
        regions: vec!["EU_WEST_1".to_owned()],
        providers: vec!["AWS".to_owned()],
        mongodb_version: Some("8.0.4".to_owned()),
        obstacle: None,
    }
}

/// Returns the cluster with a tag.
fn tagged(mut cluster: ScheduleTarget, key: &str, value: &str) -> ScheduleTarget {
    cluster.tags.push((key.to_owned(), value.to_owned()));
    cluster
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}
