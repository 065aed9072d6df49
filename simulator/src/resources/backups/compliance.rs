//! The backup compliance policy of a project, and the changes that it forbids.

use std::time::Duration;

use serde_json::{Value, json};

use super::policies;
use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::{Cluster, ClusterChange, Ids, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupBackupCompliancePolicy", get),
    ("updateGroupBackupCompliancePolicy", update),
    ("disableGroupBackupCompliancePolicy", delete),
];

/// Hidden field of a policy that a request has enabled.
const ENABLED_FIELD: &str = "enabled";

/// `GET /groups/{groupId}/backupCompliancePolicy`
///
/// Returns `{}` if the project has no policy.
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    if !is_enabled(state, call.path("groupId")) {
        return Ok(ApiResponse::ok(json!({})));
    }
    Ok(add_project(generic::respond(state, call)?, call))
}

/// `PUT /groups/{groupId}/backupCompliancePolicy`
///
/// Replaces the policy. The `state` in the response is `ENABLING` or `UPDATING`.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = generic::requests::parse_body(&context)?.unwrap_or_default();
    let project = call.path("groupId");
    if call.query.get("overwriteBackupPolicies") == Some("false") {
        check_schedules(state, project, &body)?;
    }
    let transition = if is_enabled(state, project) {
        "UPDATING"
    } else {
        "ENABLING"
    };
    let mut response = generic::respond(state, call)?;
    if let Some(policy) = state.store.single_mut(&policy_path(project)) {
        policy.hidden.insert(ENABLED_FIELD.to_owned(), json!(true));
        policy.document["state"] = json!("ACTIVE");
    }
    apply_to_clusters(state, project, &body)?;
    overwrite_schedules(state, call, &body);
    if let Some(policy) = &mut response.document {
        policy["state"] = json!(transition);
    }
    Ok(add_project(response, call))
}

fn add_project(mut response: ApiResponse, call: &Call) -> ApiResponse {
    if let Some(policy) = &mut response.document {
        policy["projectId"] = json!(call.path("groupId"));
    }
    response
}

/// `DELETE /groups/{groupId}/backupCompliancePolicy`
///
/// Rejects the request unless the policy is `deletable`.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let project = call.path("groupId");
    let policy = state.store.single(&policy_path(project));
    let is_deletable = policy.is_some_and(|policy| policy.document["deletable"] == true);
    if is_enabled(state, project) && !is_deletable {
        let code = "BACKUP_COMPLIANCE_POLICY_NOT_DELETABLE";
        return Err(ApiError::from_code_without_parameters(code));
    }
    generic::respond(state, call)
}

/// Rejects a policy that a backup schedule of the project does not meet.
fn check_schedules(state: &State, project: &str, policy: &Value) -> Result<(), ApiError> {
    for path in schedule_paths(state, project) {
        let schedule = state.store.single(&path);
        let is_met = |schedule: &Value| policies::find_unmet(schedule, policy).is_empty();
        if schedule.is_some_and(|schedule| !is_met(&schedule.document)) {
            let code = "BACKUP_POLICIES_NOT_MEETING_BACKUP_COMPLIANCE_POLICY_REQUIREMENTS";
            return Err(ApiError::from_code_without_parameters(code));
        }
    }
    Ok(())
}

/// Enables the backup features that a policy requires in running clusters.
fn apply_to_clusters(state: &mut State, project: &str, policy: &Value) -> Result<(), ApiError> {
    let (project, _) = state.project_mut(project)?;
    let clusters = project.clusters.iter_mut();
    for cluster in clusters.filter(|cluster| !cluster.is_tenant()) {
        if !cluster.lifecycle.is_paused() {
            cluster.settings.backup_enabled = true;
            cluster.settings.pit_enabled |= policy["pitEnabled"] == true;
        }
    }
    Ok(())
}

/// Adds the items that a policy requires to the backup schedules of the project.
fn overwrite_schedules(state: &mut State, call: &Call, policy: &Value) {
    for path in schedule_paths(state, call.path("groupId")) {
        let Some(schedule) = state.store.single(&path) else {
            continue;
        };
        let mut document = schedule.document.clone();
        for item in policies::find_unmet(&schedule.document.clone(), policy) {
            add_item(&mut document, item, state.ids(), call);
        }
        if let Some(schedule) = state.store.single_mut(&path) {
            schedule.document = document;
        }
    }
}

/// Adds a required item in place of the items with the same frequency.
fn add_item(schedule: &mut Value, item: &Value, ids: &mut Ids, call: &Call) {
    if let Some(items) = schedule["policies"][0]["policyItems"].as_array_mut() {
        let mut item = item.clone();
        item["id"] = json!(ids.next(call.now));
        items.retain(|other| {
            other["frequencyType"] != item["frequencyType"]
                || other["frequencyInterval"] != item["frequencyInterval"]
        });
        items.push(item);
    }
}

/// Returns the paths of the backup schedules of clusters with backup.
fn schedule_paths(state: &State, project: &str) -> Vec<String> {
    let project = state.project(project).ok();
    let clusters = project.into_iter().flat_map(|project| &project.clusters);
    let backed_up = clusters.filter(|cluster| cluster.settings.backup_enabled);
    backed_up
        .map(|cluster| {
            let project = project.map_or("", |project| &project.id);
            format!(
                "/groups/{project}/clusters/{}/backup/schedule",
                cluster.name
            )
        })
        .collect()
}

/// Rejects a change that disables a backup feature that the project's policy requires.
pub(crate) fn check_change(
    state: &State,
    project: &str,
    cluster: &Cluster,
    change: &ClusterChange,
) -> Result<(), ApiError> {
    let Some(policy) = find_policy(state, project) else {
        return Ok(());
    };
    let (current, next) = (&cluster.settings, change.apply(&cluster.settings));
    if current.backup_enabled && !next.backup_enabled {
        let code = "CANNOT_DISABLE_CLOUD_BACKUP_WITH_BACKUP_COMPLIANCE_POLICY";
        return Err(ApiError::from_code_without_parameters(code));
    }
    if policy["pitEnabled"] == true && current.pit_enabled && !next.pit_enabled {
        // Atlas's spelling.
        let code = "CANNOT_DISABLE_PIT_WITH_BACKUUP_COMPLIANCE_POLICY";
        return Err(ApiError::from_code_without_parameters(code));
    }
    Ok(())
}

/// Rejects a backup schedule that does not meet the policy of the project.
pub(super) fn check_schedule(
    state: &State,
    project: &str,
    schedule: &Value,
) -> Result<(), ApiError> {
    let Some(policy) = find_policy(state, project) else {
        return Ok(());
    };
    let window = |document: &Value| document["restoreWindowDays"].as_u64();
    if window(schedule) < window(policy) {
        let code = "CANNOT_DECREASE_PIT_WINDOW_WITH_BACKUP_COMPLIANCE_POLICY";
        return Err(ApiError::from_code_without_parameters(code));
    }
    if !policies::find_unmet(schedule, policy).is_empty() {
        let code = "BACKUP_POLICY_NOT_MEETING_BACKUP_COMPLIANCE_POLICY_REQUIREMENTS";
        return Err(ApiError::from_code_without_parameters(code));
    }
    Ok(())
}

/// Rejects a snapshot whose retention is shorter than the project's policy requires.
pub(super) fn check_retention(
    state: &State,
    project: &str,
    retention: Duration,
) -> Result<(), ApiError> {
    let policy = find_policy(state, project);
    let item = policy.map(|policy| &policy["onDemandPolicyItem"]);
    let item = item.filter(|item| item.is_object());
    if item.is_some_and(|item| retention < policies::retention_of(item)) {
        let code = "SNAPSHOT_RETENTION_LESS_THAN_BACKUP_COMPLIANCE_POLICY";
        return Err(ApiError::from_code_without_parameters(code));
    }
    Ok(())
}

/// Rejects the deletion of snapshots if the project has a policy.
pub(super) fn check_deletion(state: &State, project: &str) -> Result<(), ApiError> {
    if is_enabled(state, project) {
        let code = "CANNOT_DELETE_SNAPSHOT_WITH_BACKUP_COMPLIANCE_POLICY";
        return Err(ApiError::from_code_without_parameters(code));
    }
    Ok(())
}

/// Returns `true` if the project has an enabled policy.
pub(crate) fn is_enabled(state: &State, project: &str) -> bool {
    find_policy(state, project).is_some()
}

/// Returns the enabled policy of a project.
fn find_policy<'a>(state: &'a State, project: &str) -> Option<&'a Value> {
    let policy = state.store.single(&policy_path(project))?;
    let is_enabled = policy.hidden.contains_key(ENABLED_FIELD);
    is_enabled.then_some(&policy.document)
}

fn policy_path(project: &str) -> String {
    format!("/groups/{project}/backupCompliancePolicy")
}
