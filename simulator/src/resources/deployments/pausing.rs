//! What a pause means for what belongs to a cluster.

use jiff::Timestamp;
use serde_json::json;

use crate::call::Call;
use crate::call::error::ApiError;
use crate::generic::progress::PAUSED;
use crate::resources::backups::compliance;
use crate::schema::document::Operation;
use crate::state::{LifecycleEvent, ProjectEvent, Refusal, State};

/// Refuses changes below a cluster that is paused, such as one of its indexes. Its backups stay
/// within reach, but no new one is taken.
pub(crate) fn check(state: &State, operation: &Operation, call: &Call) -> Result<(), ApiError> {
    let is_change = matches!(operation.method, "PATCH" | "POST" | "PUT");
    let below = operation.path.split_once("/clusters/{clusterName}/");
    let takes_backup = operation.id == "takeGroupClusterBackupSnapshots";
    let is_refused = |(_, rest): (&str, &str)| takes_backup || !rest.starts_with("backup/");
    if !is_change || !below.is_some_and(is_refused) {
        return Ok(());
    }
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    if cluster.lifecycle.is_paused() {
        let name = cluster.name.clone();
        return Err(Refusal::CannotUpdatePaused { name }.into());
    }
    Ok(())
}

/// The search nodes of a paused cluster hold nothing.
pub(crate) fn paused(state: &mut State, project: &str, cluster: &str) {
    if let Some(nodes) = state
        .store
        .single_mut(&search(project, cluster, "deployment"))
    {
        nodes.hidden.insert(PAUSED.to_owned(), json!(true));
    }
}

/// Search nodes build their indexes again, and backup comes back where a policy of the project
/// asks for it.
pub(crate) fn resumed(state: &mut State, project: &str, cluster: &str, at: Timestamp) {
    if let Some(nodes) = state
        .store
        .single_mut(&search(project, cluster, "deployment"))
    {
        nodes.hidden.remove(PAUSED);
        nodes.updated = at;
        for index in state.store.list_mut(&search(project, cluster, "indexes")) {
            index.begun = at;
        }
    }
    if compliance::is_chosen(state, project)
        && let Ok((project, _)) = state.project_mut(project)
        && let Ok(cluster) = project.cluster_mut(cluster)
    {
        cluster.settings.backup_enabled = true;
    }
}

/// The same for clusters that Atlas paused or resumed.
pub(crate) fn on_lifecycle_events(state: &mut State, events: &[ProjectEvent]) {
    for event in events {
        match event.event {
            LifecycleEvent::Resumed => resumed(state, &event.project, &event.cluster, event.at),
            LifecycleEvent::Paused => paused(state, &event.project, &event.cluster),
            LifecycleEvent::Created | LifecycleEvent::Updated | LifecycleEvent::Deleted => {}
        }
    }
}

fn search(project: &str, cluster: &str, part: &str) -> String {
    format!("/groups/{project}/clusters/{cluster}/search/{part}")
}
