//! Effects of a pause on the resources of a cluster.

use jiff::Timestamp;
use serde_json::json;

use crate::call::Call;
use crate::call::error::ApiError;
use crate::generic::progress::PAUSED_FIELD;
use crate::resources::backups::compliance;
use crate::schema::document::Operation;
use crate::state::{ApiRejection, LifecycleEvent, ProjectEvent, State};

/// Rejects new snapshots of a paused cluster and changes of its other resources, such as a search
/// index.
pub(crate) fn check(state: &State, operation: &Operation, call: &Call) -> Result<(), ApiError> {
    let is_change = matches!(operation.method, "PATCH" | "POST" | "PUT");
    let below = operation.path.split_once("/clusters/{clusterName}/");
    let takes_backup = operation.id == "takeGroupClusterBackupSnapshots";
    let is_rejected = |(_, rest): (&str, &str)| takes_backup || !rest.starts_with("backup/");
    if !is_change || !below.is_some_and(is_rejected) {
        return Ok(());
    }
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    if cluster.lifecycle.is_paused() {
        let name = cluster.name.clone();
        return Err(ApiRejection::CannotUpdatePaused { name }.into());
    }
    Ok(())
}

/// Pauses the search nodes of a paused cluster.
pub(crate) fn on_pause(state: &mut State, project: &str, cluster: &str) {
    if let Some(nodes) = state
        .store
        .single_mut(&search(project, cluster, "deployment"))
    {
        nodes.hidden.insert(PAUSED_FIELD.to_owned(), json!(true));
    }
}

/// Rebuilds the search indexes, and enables backup if the project has a compliance policy.
pub(crate) fn on_resume(state: &mut State, project: &str, cluster: &str, at: Timestamp) {
    if let Some(nodes) = state
        .store
        .single_mut(&search(project, cluster, "deployment"))
    {
        nodes.hidden.remove(PAUSED_FIELD);
        nodes.updated = at;
        for index in state.store.list_mut(&search(project, cluster, "indexes")) {
            index.started = at;
        }
    }
    if compliance::is_enabled(state, project)
        && let Ok((project, _)) = state.project_mut(project)
        && let Ok(cluster) = project.cluster_mut(cluster)
    {
        cluster.settings.backup_enabled = true;
    }
}

/// Applies the effects of automatic pauses and resumes.
pub(crate) fn on_lifecycle_events(state: &mut State, events: &[ProjectEvent]) {
    for event in events {
        match event.event {
            LifecycleEvent::Resumed => on_resume(state, &event.project, &event.cluster, event.at),
            LifecycleEvent::Paused => on_pause(state, &event.project, &event.cluster),
            LifecycleEvent::Created | LifecycleEvent::Updated | LifecycleEvent::Deleted => {}
        }
    }
}

fn search(project: &str, cluster: &str, part: &str) -> String {
    format!("/groups/{project}/clusters/{cluster}/search/{part}")
}
