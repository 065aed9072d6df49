//! Backup schedules and scheduled snapshots.
//!
//! Nothing runs in the background: [`advance_to`] takes the snapshots that became due since its last
//! run, and removes expired ones.

mod legacy;
mod snapshots;
mod times;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::backups::{backups, compliance, policies};
use crate::resources::{Route, render_link};
use crate::state::clock::format_time;
use crate::state::{Cluster, ClusterType, Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterBackupSchedule", get),
    ("updateGroupClusterBackupSchedule", update),
    ("deleteGroupClusterBackupSchedule", clear),
];

/// Hidden field: the Unix time up to which all due snapshots have been taken.
const LAST_SNAPSHOT: &str = "taken";

/// The policy items of a new schedule: frequency, interval, unit and value of the retention.
const DEFAULT_ITEMS: [(&str, u64, &str, u64); 5] = [
    ("hourly", 6, "days", 7),
    ("daily", 1, "days", 7),
    ("weekly", 6, "weeks", 4),
    ("monthly", 40, "months", 12),
    ("yearly", 12, "years", 1),
];

/// A cluster with backup.
struct BackedUpCluster {
    project: String,
    name: String,
    id: String,
    created: Timestamp,
    kind: ClusterType,
    is_paused: bool,
}

impl BackedUpCluster {
    fn new(project: &str, cluster: &Cluster) -> Self {
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

/// Returns the clusters with backup.
fn backed_up_clusters(state: &State) -> Vec<BackedUpCluster> {
    let projects = state.projects().iter();
    projects
        .flat_map(|project| {
            let clusters = project.clusters.iter();
            clusters
                .filter(|cluster| cluster.settings.backup_enabled && !cluster.is_tenant())
                .map(|cluster| BackedUpCluster::new(&project.id, cluster))
        })
        .collect()
}

/// Takes the snapshots of a seed's clusters since their creation.
pub(crate) fn seed(state: &mut State, now: Timestamp) {
    for cluster in backed_up_clusters(state) {
        let created = cluster.created;
        create_schedule(state, &cluster, created);
    }
    advance_to(state, now);
}

/// Takes the snapshots that are due, and removes expired ones.
pub(crate) fn advance_to(state: &mut State, now: Timestamp) {
    for cluster in backed_up_clusters(state) {
        if state.store.single(&cluster.schedule()).is_none() {
            create_schedule(state, &cluster, now);
        }
        snapshots::take_due(state, &cluster, now);
    }
}

fn create_schedule(state: &mut State, cluster: &BackedUpCluster, since: Timestamp) {
    let items = DEFAULT_ITEMS
        .iter()
        .map(|(frequency, interval, unit, value)| {
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
        .insert(LAST_SNAPSHOT.to_owned(), json!(since.as_second()));
    state.store.put_single(&cluster.schedule(), schedule);
}

/// `GET …/clusters/{clusterName}/backup/schedule`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let zones = legacy::Zones::new(state, call)?;
    let schedule = find(state, &context)?;
    Ok(ApiResponse::ok(
        zones.to_response(render_document(schedule, call)),
    ))
}

/// `PATCH …/clusters/{clusterName}/backup/schedule`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let current = find(state, &context)?.document.clone();
    check(&body, &current)?;
    let zones = legacy::Zones::new(state, call)?;
    let mut change = zones.parse(requests::remove_secrets(&context, &body));
    let policy = current["policies"][0]["id"].clone();
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
    let mut next = find(state, &context)?.clone();
    next.merge(&change, call.now);
    compliance::check_schedule(state, call.path("groupId"), &next.document)?;
    let schedule = find(state, &context)?;
    *schedule = next;
    let document = zones.to_response(render_document(schedule, call));
    Ok(generic::responses::build(&context, document))
}

/// `DELETE …/clusters/{clusterName}/backup/schedule`
///
/// Removes all policy items.
pub(crate) fn clear(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let zones = legacy::Zones::new(state, call)?;
    let mut next = find(state, &context)?.document.clone();
    next["policies"][0]["policyItems"] = json!([]);
    compliance::check_schedule(state, call.path("groupId"), &next)?;
    let schedule = find(state, &context)?;
    schedule.document = next;
    let document = zones.to_response(render_document(schedule, call));
    Ok(generic::responses::build(&context, document))
}

fn prepare<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    let context = Context::prepare(state, call)?;
    backups::check_enabled(state, call)?;
    advance_to(state, call.now);
    Ok(context)
}

fn find<'a>(state: &'a mut State, context: &Context<'_>) -> Result<&'a mut Record, ApiError> {
    let schedule = state.store.single_mut(&context.collection);
    schedule.ok_or_else(|| context.not_found())
}

/// Rejects invalid times, and policies and items that are not in the schedule.
fn check(body: &Value, current: &Value) -> Result<(), ApiError> {
    for (field, max, code) in [
        ("referenceHourOfDay", 23, "INVALID_REFERENCE_HOUR_OF_DAY"),
        (
            "referenceMinuteOfHour",
            59,
            "INVALID_REFERENCE_MINUTE_OF_HOUR",
        ),
    ] {
        let value = body[field].as_i64();
        if value.is_some_and(|value| !(0..=max).contains(&value)) {
            return Err(ApiError::from_code_without_parameters(code));
        }
    }
    let window = body["restoreWindowDays"].as_i64();
    if window.is_some_and(|days| days < 1) {
        return Err(ApiError::from_code_without_parameters(
            "INVALID_RESTORE_WINDOW",
        ));
    }
    let Some(policies) = body["policies"].as_array() else {
        return Ok(());
    };
    let [policy] = policies.as_slice() else {
        return Err(ApiError::from_code_without_parameters(
            "INVALID_NUM_OF_POLICIES",
        ));
    };
    let current = &current["policies"][0];
    if let Some(id) = policy["id"].as_str().filter(|id| current["id"] != *id) {
        return Err(ApiError::from_code("INVALID_POLICY_ID", [id]));
    }
    let items = policy["policyItems"].as_array().into_iter().flatten();
    let current_items = current["policyItems"].as_array();
    for item in items {
        check_item(item, current_items.map(Vec::as_slice).unwrap_or_default())?;
    }
    Ok(())
}

/// Rejects an unknown item id and a change of an existing item's frequency type.
fn check_item(item: &Value, current: &[Value]) -> Result<(), ApiError> {
    let Some(id) = item["id"].as_str() else {
        return Ok(());
    };
    let existing = current.iter().find(|existing| existing["id"] == id);
    let existing = existing.ok_or_else(|| ApiError::from_code("INVALID_POLICY_ITEM_ID", [id]))?;
    if existing["frequencyType"] != item["frequencyType"] {
        return Err(ApiError::from_code_without_parameters(
            "INVALID_FREQUENCY_TYPE_CHANGE",
        ));
    }
    Ok(())
}

fn render_document(schedule: &Record, call: &Call) -> Value {
    let mut document = schedule.document.clone();
    let next = policies::effective_items(&document).filter_map(|item| {
        let mut times =
            times::snapshot_times(item, snapshots::reference_seconds(&document), call.now);
        times.next()
    });
    if let Some(next) = next.min() {
        document["nextSnapshot"] = json!(format_time(next));
    }
    let group = format!("/api/public/v1.0/groups/{}", call.path("groupId"));
    document["links"] = json!([
        render_link(call, &call.request_path, "self"),
        render_link(call, &group, "https://cloud.mongodb.com/group"),
    ]);
    document
}
