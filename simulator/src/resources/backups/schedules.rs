//! Backup schedules: what is snapshot when, for how long, and the snapshots that follow.
//!
//! Nothing runs in the background: whoever looks next takes the snapshots that were due since the
//! last look, and lets go of those whose time is over.

mod old;
mod times;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::backups::backups;
use crate::resources::{Route, link};
use crate::state::clock::{after, before, written};
use crate::state::{Cluster, ClusterType, Record, State, derived_id};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterBackupSchedule", get),
    ("updateGroupClusterBackupSchedule", update),
    ("deleteGroupClusterBackupSchedule", clear),
];

/// Until when snapshots were taken, in seconds.
const TAKEN: &str = "taken";
const DAY: Duration = Duration::from_hours(24);
/// The most snapshots one look takes of a cluster.
const MOST: usize = 1000;

/// What a cluster with backup starts with: frequency, interval, retention.
const USUAL: [(&str, u64, &str, u64); 5] = [
    ("hourly", 6, "days", 7),
    ("daily", 1, "days", 7),
    ("weekly", 6, "weeks", 4),
    ("monthly", 40, "months", 12),
    ("yearly", 12, "years", 1),
];

/// A cluster that has snapshots taken, in short.
struct Kept {
    project: String,
    name: String,
    id: String,
    created: Timestamp,
    kind: ClusterType,
    is_paused: bool,
}

impl Kept {
    fn of(project: &str, cluster: &Cluster) -> Self {
        Self {
            project: project.to_owned(),
            name: cluster.name.clone(),
            id: cluster.id.clone(),
            created: cluster.created,
            kind: cluster.kind,
            is_paused: cluster.lifecycle.is_paused(),
        }
    }

    fn path(&self) -> String {
        format!("/groups/{}/clusters/{}/backup", self.project, self.name)
    }

    fn schedule(&self) -> String {
        format!("{}/schedule", self.path())
    }
}

/// The clusters with backup.
fn kept(state: &State) -> Vec<Kept> {
    let projects = state.projects().iter();
    projects
        .flat_map(|project| {
            let kept = project.clusters.iter();
            kept.filter(|it| it.settings.backup_enabled && !it.is_tenant())
                .map(|cluster| Kept::of(&project.id, cluster))
        })
        .collect()
}

/// Has the clusters of a seed look as if they had been backed up since they are there.
pub(crate) fn begin(state: &mut State, now: Timestamp) {
    for cluster in kept(state) {
        let created = cluster.created;
        start(state, &cluster, created);
    }
    advance_to(state, now);
}

/// Takes the snapshots that are due, and removes expired ones.
pub(crate) fn advance_to(state: &mut State, now: Timestamp) {
    for cluster in kept(state) {
        if state.store.single(&cluster.schedule()).is_none() {
            start(state, &cluster, now);
        }
        take_due(state, &cluster, now);
    }
}

fn start(state: &mut State, cluster: &Kept, since: Timestamp) {
    let items = USUAL.iter().map(|(frequency, interval, unit, value)| {
        json!({
            "frequencyInterval": interval,
            "frequencyType": frequency,
            "id": derived_id(&format!("{frequency} {}", cluster.id)),
            "retentionUnit": unit,
            "retentionValue": value,
        })
    });
    let document = json!({
        "autoExportEnabled": false,
        "clusterId": cluster.id,
        "clusterName": cluster.name,
        "copyPolicyItemsEnabled": false,
        "copySettings": [],
        "policies": [{
            "id": derived_id(&format!("policy {}", cluster.id)),
            "policyItems": items.collect::<Value>(),
        }],
        "referenceHourOfDay": since.as_second().div_euclid(3600).rem_euclid(24),
        "referenceMinuteOfHour": since.as_second().div_euclid(60).rem_euclid(60),
        "restoreWindowDays": 7,
        "useOrgAndGroupNamesInExportPrefix": false,
    });
    let mut schedule = Record::new("", document, since);
    schedule
        .hidden
        .insert(TAKEN.to_owned(), json!(since.as_second()));
    state.store.put_single(&cluster.schedule(), schedule);
}

fn take_due(state: &mut State, cluster: &Kept, now: Timestamp) {
    let Some(schedule) = state.store.single_mut(&cluster.schedule()) else {
        return;
    };
    let taken = schedule.hidden.get(TAKEN).and_then(Value::as_i64);
    let taken = taken.and_then(|it| Timestamp::from_second(it).ok());
    schedule
        .hidden
        .insert(TAKEN.to_owned(), json!(now.as_second()));
    let due = match taken.filter(|taken| *taken < now && !cluster.is_paused) {
        Some(taken) => due(&schedule.document, taken, now),
        None => BTreeMap::new(),
    };
    let snapshots = state
        .store
        .list_mut(&format!("{}/snapshots", cluster.path()));
    snapshots.retain(|it| {
        let expires = it.text("expiresAt").parse::<Timestamp>();
        expires.is_ok_and(|expires| expires > now)
    });
    for (at, items) in due {
        let Some(longest) = items.iter().max_by_key(|it| it.retention) else {
            continue;
        };
        let id = derived_id(&format!("snapshot {} {at}", cluster.id));
        let mut document =
            backups::snapshot(&cluster.name, cluster.kind, after(at, longest.retention));
        document["frequencyType"] = json!(longest.frequency);
        document["id"] = json!(id);
        document["policyItems"] = items.iter().map(|it| json!(it.id)).collect();
        document["snapshotType"] = json!("scheduled");
        snapshots.push(Record::new(id, document, at));
    }
    snapshots.sort_by_key(|it| it.created);
}

/// An item of a policy that asks for a snapshot.
struct Asking {
    id: String,
    frequency: String,
    retention: Duration,
}

/// What is due within a time, and would not be over again by its end.
fn due(schedule: &Value, from: Timestamp, to: Timestamp) -> BTreeMap<Timestamp, Vec<Asking>> {
    let mut due: BTreeMap<Timestamp, Vec<Asking>> = BTreeMap::new();
    for item in items(schedule) {
        let retention = retention(item);
        let from = from.max(before(to, retention));
        for at in times::of(item, reference(schedule), from)
            .take_while(|at| *at <= to)
            .take(MOST)
        {
            due.entry(at).or_default().push(Asking {
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

fn items(schedule: &Value) -> impl Iterator<Item = &Value> {
    let items = schedule["policies"][0]["policyItems"].as_array();
    let items = items.into_iter().flatten();
    items.filter(|it| it["frequencyType"] != "ondemand")
}

/// Hour and minute of the day that snapshots are taken at.
fn reference(schedule: &Value) -> i64 {
    let number = |field: &str| schedule[field].as_i64().unwrap_or_default();
    number("referenceHourOfDay") * 3600 + number("referenceMinuteOfHour") * 60
}

fn retention(item: &Value) -> Duration {
    let days = match item["retentionUnit"].as_str() {
        Some("weeks") => 7,
        Some("months") => 31,
        Some("years") => 366,
        _ => 1,
    };
    let value = item["retentionValue"].as_u64().unwrap_or(1).min(100);
    DAY * u32::try_from(days * value).unwrap_or(1)
}

/// `GET …/clusters/{clusterName}/backup/schedule`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let zones = old::Zones::of(state, call)?;
    let schedule = find(state, &context)?;
    Ok(Reply::ok(zones.shown(shown(schedule, call))))
}

/// `PATCH …/clusters/{clusterName}/backup/schedule`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    check(&body)?;
    let zones = old::Zones::of(state, call)?;
    let mut change = zones.read(requests::without_secrets(&context, &body));
    let policy = find(state, &context)?.document["policies"][0]["id"].clone();
    for policies in change["policies"].as_array_mut().into_iter().flatten() {
        if policies["id"].is_null() {
            policies["id"] = policy.clone();
        }
        for item in policies["policyItems"].as_array_mut().into_iter().flatten() {
            if item["id"].is_null() {
                item["id"] = json!(state.ids().next(call.now));
            }
        }
    }
    if let Some(change) = change.as_object_mut() {
        change.retain(|_, value| !value.is_null());
    }
    let schedule = find(state, &context)?;
    schedule.merge(&change, call.now);
    let document = zones.shown(shown(schedule, call));
    Ok(generic::answers::reply(&context, document))
}

/// `DELETE …/clusters/{clusterName}/backup/schedule`: the items go, the schedule stays
pub(crate) fn clear(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let zones = old::Zones::of(state, call)?;
    let schedule = find(state, &context)?;
    schedule.document["policies"][0]["policyItems"] = json!([]);
    let document = zones.shown(shown(schedule, call));
    Ok(generic::answers::reply(&context, document))
}

fn prepared<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    let context = Context::prepared(state, call)?;
    backups::check_enabled(state, call)?;
    advance_to(state, call.now);
    Ok(context)
}

fn find<'a>(state: &'a mut State, context: &Context<'_>) -> Result<&'a mut Record, ApiError> {
    let schedule = state.store.single_mut(&context.collection);
    schedule.ok_or_else(|| context.not_found())
}

/// Refuses times of the day there are none of.
fn check(body: &Value) -> Result<(), ApiError> {
    for (field, most) in [("referenceHourOfDay", 23), ("referenceMinuteOfHour", 59)] {
        let value = body[field].as_i64();
        if value.is_some_and(|value| !(0..=most).contains(&value)) {
            let expected = format!("between 0 and {most}");
            return Err(ApiError::invalid_attribute(field, &expected));
        }
    }
    Ok(())
}

fn shown(schedule: &Record, call: &Call) -> Value {
    let mut document = schedule.document.clone();
    let next = items(&document).filter_map(|item| {
        let mut times = times::of(item, reference(&document), call.now);
        times.next()
    });
    if let Some(next) = next.min() {
        document["nextSnapshot"] = json!(written(next));
    }
    let group = format!("/api/public/v1.0/groups/{}", call.path("groupId"));
    document["links"] = json!([
        link(call, &call.request_path, "self"),
        link(call, &group, "https://cloud.mongodb.com/group"),
    ]);
    document
}
