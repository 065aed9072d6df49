//! The backup compliance policy of a project, and what clusters may not do under one.

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

/// What a policy hides that somebody chose.
const CHOSEN: &str = "chosen";

/// `GET /groups/{groupId}/backupCompliancePolicy`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut reply = generic::respond(state, call)?;
    if let Some(policy) = &mut reply.document {
        policy["projectId"] = json!(call.path("groupId"));
    }
    Ok(reply)
}

/// `PUT /groups/{groupId}/backupCompliancePolicy`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let reply = get(state, call)?;
    if let Some(policy) = state.store.single_mut(&path(call.path("groupId"))) {
        policy.hidden.insert(CHOSEN.to_owned(), json!(true));
    }
    Ok(reply)
}

/// `DELETE /groups/{groupId}/backupCompliancePolicy`: of one that says that it can be deleted
///
/// No code is known for this refusal; it is called after what the policy says of itself.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    let project = call.path("groupId");
    let policy = state.store.single(&path(project));
    let is_deletable = policy.is_some_and(|it| it.document["deletable"] == true);
    if is_chosen(state, project) && !is_deletable {
        let detail = "Only the support of Atlas can take this backup compliance policy back.";
        let code = "BACKUP_COMPLIANCE_POLICY_NOT_DELETABLE";
        return Err(ApiError::rejected(400, code, detail, vec![json!(project)]));
    }
    generic::respond(state, call)
}

/// Refuses to switch off the backups that a policy of the project asks for.
pub(crate) fn check_change(
    state: &State,
    project: &str,
    cluster: &Cluster,
    change: &ClusterChange,
) -> Result<(), ApiError> {
    if !is_chosen(state, project) {
        return Ok(());
    }
    let policy = state.store.single(&path(project));
    let keeps_every_moment = policy.is_some_and(|it| it.document["pitEnabled"] == true);
    let (now, next) = (&cluster.settings, change.applied_to(&cluster.settings));
    let refusal = |code, detail: &str| Err(ApiError::rejected(400, code, detail, Vec::new()));
    if now.backup_enabled && !next.backup_enabled {
        return refusal(
            "CANNOT_DISABLE_CLOUD_BACKUP_WITH_BACKUP_COMPLIANCE_POLICY",
            "The backup compliance policy of the project keeps backup enabled.",
        );
    }
    if keeps_every_moment && now.pit_enabled && !next.pit_enabled {
        return refusal(
            // The letter too many is the service's.
            "CANNOT_DISABLE_PIT_WITH_BACKUUP_COMPLIANCE_POLICY",
            "The backup compliance policy of the project keeps continuous backup enabled.",
        );
    }
    Ok(())
}

/// `DELETE …/backup/snapshots/{snapshotId}`: where no policy keeps them
pub(crate) fn delete_snapshot(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    check_deletion(state, call.path("groupId"))?;
    generic::respond(state, call)
}

/// Refuses to delete snapshots that a policy of the project keeps.
pub(crate) fn check_deletion(state: &State, project: &str) -> Result<(), ApiError> {
    if is_chosen(state, project) {
        return Err(ApiError::rejected(
            400,
            "CANNOT_DELETE_SNAPSHOT_WITH_BACKUP_COMPLIANCE_POLICY",
            "The backup compliance policy of the project keeps its snapshots.",
            Vec::new(),
        ));
    }
    Ok(())
}

/// Whether a project has a policy that somebody chose.
pub(crate) fn is_chosen(state: &State, project: &str) -> bool {
    let policy = state.store.single(&path(project));
    policy.is_some_and(|it| it.hidden.contains_key(CHOSEN))
}

fn path(project: &str) -> String {
    format!("/groups/{project}/backupCompliancePolicy")
}
