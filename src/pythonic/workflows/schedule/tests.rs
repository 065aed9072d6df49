//! Tests of decisions, on documents of schedule files.

mod decisions;
mod files;
mod overrides;
mod properties;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{ClusterHistory, ScheduleAction, ScheduleFile, ScheduleReason, ScheduleTarget};
use crate::pythonic::resources::deployments::state::ClusterState;

const RUNNING: ClusterState = ClusterState::Running;
const PAUSED: ClusterState = ClusterState::Paused;

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

/// Returns the action and the reason at `now`.
fn decide(
    file: &ScheduleFile,
    cluster: &ScheduleTarget,
    history: &ClusterHistory,
    now: &str,
) -> (Option<ScheduleAction>, ScheduleReason) {
    let decision = file.decide(cluster, history, time(now));
    (decision.action, decision.reason)
}

/// Returns the action at `now` without history.
fn action(file: &ScheduleFile, cluster: &ScheduleTarget, now: &str) -> Option<ScheduleAction> {
    decide(file, cluster, &ClusterHistory::default(), now).0
}

/// Returns a history with a change at this time.
fn changed(time_of_change: &str) -> ClusterHistory {
    ClusterHistory {
        last_change: Some(time(time_of_change)),
        ..ClusterHistory::default()
    }
}

/// Returns a history with a resume at this time.
fn resumed(time_of_resume: &str) -> ClusterHistory {
    ClusterHistory {
        last_change: Some(time(time_of_resume)),
        resumed: Some(time(time_of_resume)),
        refused_start: None,
    }
}
