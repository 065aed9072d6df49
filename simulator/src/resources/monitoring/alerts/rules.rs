//! Opens and closes alerts.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{collection_path, defaults};
use crate::resources::monitoring::processes::{self, Reading};
use crate::state::clock::format_time;
use crate::state::{LifecycleEvent, ProjectEvent, Record, State};

/// Event of alert configurations with a process metric.
const METRIC_EVENT: &str = "OUTSIDE_METRIC_THRESHOLD";

/// A metric whose name in configurations differs from its name in measurements.
const CPU_METRIC_NAMES: (&str, &str) = ("NORMALIZED_SYSTEM_CPU_USER", "SYSTEM_NORMALIZED_CPU_USER");

/// Opens an alert for each process beyond a threshold, and closes the alerts of other processes.
pub(super) fn apply(state: &mut State, project: &str, now: Timestamp) {
    defaults::ensure_defaults(state, project);
    let rules = enabled_rules(state, project, METRIC_EVENT);
    for rule in rules {
        let threshold = &rule.document["metricThreshold"];
        let name = threshold["metricName"].as_str().unwrap_or_default();
        let measured = if name == CPU_METRIC_NAMES.0 {
            CPU_METRIC_NAMES.1
        } else {
            name
        };
        for reading in processes::take_readings(state, project, measured, now) {
            let is_beyond = is_beyond(threshold, reading.value)
                && matches(&rule, "HOSTNAME_AND_PORT", &reading.process)
                && matches(&rule, "CLUSTER_NAME", &reading.cluster);
            evaluate(state, project, &rule, &reading, is_beyond, now);
        }
    }
}

/// Opens or closes the alert for a rule and a process.
fn evaluate(
    state: &mut State,
    project: &str,
    rule: &Record,
    reading: &Reading,
    is_beyond: bool,
    now: Timestamp,
) {
    let current = json!({
        "number": reading.value,
        "units": rule.document["metricThreshold"]["units"],
    });
    let alerts = state.store.list_mut(&collection_path(project));
    let open = alerts.iter_mut().find(|alert| {
        alert.string("status") == "OPEN"
            && alert.string("alertConfigId") == rule.key
            && alert.string("hostnameAndPort") == reading.process
    });
    match (open, is_beyond) {
        (Some(alert), true) => alert.document["currentValue"] = current,
        (Some(alert), false) => resolve(alert, "CLOSED", now),
        (None, true) => {
            let details = json!({
                "currentValue": current,
                "hostnameAndPort": reading.process,
                "metricName": rule.document["metricThreshold"]["metricName"],
                "replicaSetName": reading.replica_set,
                "userAlias": reading.host,
            });
            add(state, project, rule, details, now);
        }
        (None, false) => {}
    }
}

fn is_beyond(threshold: &Value, value: f64) -> bool {
    let bound = threshold["threshold"].as_f64().unwrap_or(f64::INFINITY);
    match threshold["operator"].as_str() {
        Some("LESS_THAN") => value < bound,
        _ => value > bound,
    }
}

/// Returns `true` if all matchers that a rule has for a field accept a value.
fn matches(rule: &Record, field: &str, value: &str) -> bool {
    let matchers = rule.document["matchers"].as_array().into_iter().flatten();
    let mut of_field = matchers.filter(|matcher| matcher["fieldName"] == field);
    of_field.all(|matcher| {
        let pattern = matcher["value"].as_str().unwrap_or_default();
        match matcher["operator"].as_str() {
            Some("NOT_EQUALS") => value != pattern,
            Some("CONTAINS") => value.contains(pattern),
            Some("NOT_CONTAINS") => !value.contains(pattern),
            Some("STARTS_WITH") => value.starts_with(pattern),
            Some("ENDS_WITH") => value.ends_with(pattern),
            Some("REGEX") => regex::Regex::new(pattern).is_ok_and(|regex| regex.is_match(value)),
            _ => value == pattern,
        }
    })
}

/// Creates a closed alert for each rule about an event.
pub(crate) fn on_event(state: &mut State, project: &str, event: &Record) {
    let cluster = event.string("clusterName");
    for rule in enabled_rules(state, project, event.string("eventTypeName")) {
        if !matches(&rule, "CLUSTER_NAME", cluster) {
            continue;
        }
        let details = match cluster {
            "" => json!({}),
            name => json!({ "clusterName": name }),
        };
        let now = event.created;
        let id = add(state, project, &rule, details, now);
        let alert = state
            .store
            .find_mut(&collection_path(project), &["id"], &id);
        if let Some(alert) = alert {
            resolve(alert, "CLOSED", now);
        }
    }
}

/// Opens an alert for the first enabled configuration of an event, and returns the alert's id.
/// Returns `None` if no configuration is enabled for the event.
pub(crate) fn open(
    state: &mut State,
    project: &str,
    event: &str,
    cluster: Option<&str>,
    now: Timestamp,
) -> Option<String> {
    defaults::ensure_defaults(state, project);
    let rule = enabled_rules(state, project, event).into_iter().next()?;
    let details = match cluster {
        Some(name) => {
            let cluster = state.project(project).ok()?.cluster(name).ok()?;
            json!({ "clusterId": cluster.id, "replicaSetName": processes::replica_set_name(name) })
        }
        None => json!({}),
    };
    Some(add(state, project, &rule, details, now))
}

/// Closes an alert. Returns `true` if the alert was open.
pub(crate) fn close(state: &mut State, id: &str, now: Timestamp) -> bool {
    let projects: Vec<_> = state
        .projects()
        .iter()
        .map(|project| project.id.clone())
        .collect();
    projects.iter().any(|project| {
        let alert = state.store.find_mut(&collection_path(project), &["id"], id);
        let alert = alert.filter(|alert| alert.string("status") == "OPEN");
        alert.map(|alert| resolve(alert, "CLOSED", now)).is_some()
    })
}

/// Cancels the open alerts of a deleted configuration.
pub(super) fn cancel(state: &mut State, project: &str, configuration: &str, now: Timestamp) {
    for alert in state.store.list_mut(&collection_path(project)) {
        if alert.string("alertConfigId") == configuration && alert.string("status") == "OPEN" {
            resolve(alert, "CANCELLED", now);
        }
    }
}

/// Closes the open alerts about deleted clusters.
pub(crate) fn on_lifecycle_events(state: &mut State, events: &[ProjectEvent]) {
    let deleted = events.iter();
    for event in deleted.filter(|event| event.event == LifecycleEvent::Deleted) {
        close_for_cluster(state, &event.project, &event.cluster, event.at);
    }
}

fn close_for_cluster(state: &mut State, project: &str, cluster: &str, at: Timestamp) {
    if state.store.list(&collection_path(project)).is_empty() {
        return;
    }
    let replica_set = processes::replica_set_name(cluster);
    for alert in state.store.list_mut(&collection_path(project)) {
        let is_about =
            alert.string("clusterName") == cluster || alert.string("replicaSetName") == replica_set;
        if is_about && alert.string("status") == "OPEN" {
            resolve(alert, "CLOSED", at);
        }
    }
}

/// Returns the enabled configurations for an event.
fn enabled_rules(state: &State, project: &str, event: &str) -> Vec<Record> {
    let configurations = state.store.list(&defaults::collection_path(project)).iter();
    configurations
        .filter(|rule| rule.document["enabled"] == true && rule.string("eventTypeName") == event)
        .cloned()
        .collect()
}

fn resolve(alert: &mut Record, status: &str, now: Timestamp) {
    alert.document["resolved"] = json!(format_time(now));
    alert.document["status"] = json!(status);
    alert.document["updated"] = json!(format_time(now));
}

fn add(state: &mut State, project: &str, rule: &Record, details: Value, now: Timestamp) -> String {
    let id = state.ids().next(now);
    let mut document = json!({
        "alertConfigId": rule.key,
        "created": format_time(now),
        "eventTypeName": rule.document["eventTypeName"],
        "groupId": project,
        "id": id,
        "lastNotified": format_time(now),
        "orgId": state.project(project).map(|project| &project.organization).ok(),
        "status": "OPEN",
        "updated": format_time(now),
    });
    if let (Some(document), Value::Object(details)) = (document.as_object_mut(), details) {
        document.extend(details);
    }
    let alert = Record::new(id.clone(), document, now);
    state.store.list_mut(&collection_path(project)).push(alert);
    id
}
