//! The backup compliance policy of a project, and the changes that it forbids.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::{Cluster, ClusterChange, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupBackupCompliancePolicy", get),
    ("updateGroupBackupCompliancePolicy", update),
    ("disableGroupBackupCompliancePolicy", delete),
    ("deleteGroupClusterBackupSnapshot", delete_snapshot),
];

/// Hidden field of a policy that a request enabled.
const ENABLED: &str = "enabled";

/// `GET /groups/{groupId}/backupCompliancePolicy`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut response = generic::respond(state, call)?;
    if let Some(policy) = &mut response.document {
        policy["projectId"] = json!(call.path("groupId"));
    }
    Ok(response)
}

/// `PUT /groups/{groupId}/backupCompliancePolicy`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let response = get(state, call)?;
    if let Some(policy) = state.store.single_mut(&path(call.path("groupId"))) {
        policy.hidden.insert(ENABLED.to_owned(), json!(true));
    }
    Ok(response)
}

/// `DELETE /groups/{groupId}/backupCompliancePolicy`: rejected unless the policy is `deletable`
///
/// Atlas's error code is unknown.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepare(state, call)?;
    let project = call.path("groupId");
    let policy = state.store.single(&path(project));
    let is_deletable = policy.is_some_and(|policy| policy.document["deletable"] == true);
    if is_enabled(state, project) && !is_deletable {
        let detail = "Only the support of Atlas can take this backup compliance policy back.";
        let code = "BACKUP_COMPLIANCE_POLICY_NOT_DELETABLE";
        return Err(ApiError::rejected(400, code, detail, vec![json!(project)]));
    }
    generic::respond(state, call)
}

/// Rejects a change that disables backups which the policy of the project requires.
pub(crate) fn check_change(
    state: &State,
    project: &str,
    cluster: &Cluster,
    change: &ClusterChange,
) -> Result<(), ApiError> {
    if !is_enabled(state, project) {
        return Ok(());
    }
    let policy = state.store.single(&path(project));
    let requires_pit = policy.is_some_and(|policy| policy.document["pitEnabled"] == true);
    let (current, next) = (&cluster.settings, change.apply(&cluster.settings));
    let reject = |code, detail: &str| Err(ApiError::rejected(400, code, detail, Vec::new()));
    if current.backup_enabled && !next.backup_enabled {
        return reject(
            "CANNOT_DISABLE_CLOUD_BACKUP_WITH_BACKUP_COMPLIANCE_POLICY",
            "The backup compliance policy of the project keeps backup enabled.",
        );
    }
    if requires_pit && current.pit_enabled && !next.pit_enabled {
        return reject(
            // Atlas's spelling.
            "CANNOT_DISABLE_PIT_WITH_BACKUUP_COMPLIANCE_POLICY",
            "The backup compliance policy of the project keeps continuous backup enabled.",
        );
    }
    Ok(())
}

/// `DELETE …/backup/snapshots/{snapshotId}`
pub(crate) fn delete_snapshot(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepare(state, call)?;
    check_deletion(state, call.path("groupId"))?;
    generic::respond(state, call)
}

/// Rejects the deletion of snapshots if the project has a policy.
pub(crate) fn check_deletion(state: &State, project: &str) -> Result<(), ApiError> {
    if is_enabled(state, project) {
        return Err(ApiError::rejected(
            400,
            "CANNOT_DELETE_SNAPSHOT_WITH_BACKUP_COMPLIANCE_POLICY",
            "The backup compliance policy of the project keeps its snapshots.",
            Vec::new(),
        ));
    }
    Ok(())
}

/// Returns `true` if the project has an enabled policy.
pub(crate) fn is_enabled(state: &State, project: &str) -> bool {
    let policy = state.store.single(&path(project));
    policy.is_some_and(|policy| policy.hidden.contains_key(ENABLED))
}

fn path(project: &str) -> String {
    format!("/groups/{project}/backupCompliancePolicy")
}
