//! Snapshots that a schedule takes, and their expiry.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{BackedUpCluster, LAST_SNAPSHOT, times};
use crate::resources::backups::{backups, policies};
use crate::state::clock::{after, before};
use crate::state::{Record, State, derived_id};

/// Maximum number of snapshots that one policy item takes in one run.
const MAX_DUE: usize = 1000;

/// Takes the snapshots of a cluster that are due, and removes expired ones.
pub(super) fn take_due(state: &mut State, cluster: &BackedUpCluster, now: Timestamp) {
    let Some(schedule) = state.store.single_mut(&cluster.schedule()) else {
        return;
    };
    let last_snapshot = schedule.hidden.get(LAST_SNAPSHOT).and_then(Value::as_i64);
    let last_snapshot = last_snapshot.and_then(|seconds| Timestamp::from_second(seconds).ok());
    schedule
        .hidden
        .insert(LAST_SNAPSHOT.to_owned(), json!(now.as_second()));
    let due = match last_snapshot.filter(|last_snapshot| *last_snapshot < now && !cluster.is_paused)
    {
        Some(last_snapshot) => find_due_items(&schedule.document, last_snapshot, now),
        None => BTreeMap::new(),
    };
    let snapshots = state
        .store
        .list_mut(&format!("{}/snapshots", cluster.path()));
    snapshots.retain(|snapshot| {
        let expires = snapshot.string("expiresAt").parse::<Timestamp>();
        expires.is_ok_and(|expires| expires > now)
    });
    for (at, items) in due {
        let Some(longest) = items.iter().max_by_key(|item| item.retention) else {
            continue;
        };
        let id = derived_id(&format!("snapshot {} {at}", cluster.id));
        let mut document =
            backups::build_snapshot(&cluster.name, cluster.kind, after(at, longest.retention));
        document["frequencyType"] = json!(longest.frequency);
        document["id"] = json!(id);
        document["policyItems"] = items.iter().map(|item| json!(item.id)).collect();
        document["snapshotType"] = json!("scheduled");
        snapshots.push(Record::new(id, document, at));
    }
    snapshots.sort_by_key(|snapshot| snapshot.created);
}

/// A policy item with a due snapshot.
struct DueItem {
    id: String,
    frequency: String,
    retention: Duration,
}

/// Returns the snapshots that became due in a time range and are not expired at its end.
fn find_due_items(
    schedule: &Value,
    from: Timestamp,
    to: Timestamp,
) -> BTreeMap<Timestamp, Vec<DueItem>> {
    let mut due: BTreeMap<Timestamp, Vec<DueItem>> = BTreeMap::new();
    for item in policies::effective_items(schedule) {
        let retention = policies::retention_of(item);
        let from = from.max(before(to, retention));
        for at in times::snapshot_times(item, reference_seconds(schedule), from)
            .take_while(|at| *at <= to)
            .take(MAX_DUE)
        {
            due.entry(at).or_default().push(DueItem {
                id: item["id"].as_str().unwrap_or_default().to_owned(),
                frequency: item["frequencyType"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                retention,
            });
        }
    }
    due
}

/// Returns the reference time of snapshots in seconds since midnight.
pub(super) fn reference_seconds(schedule: &Value) -> i64 {
    let number = |field: &str| schedule[field].as_i64().unwrap_or_default();
    number("referenceHourOfDay") * 3600 + number("referenceMinuteOfHour") * 60
}
