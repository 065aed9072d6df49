//! What is left of a cluster that is gone: the backups that were to stay, until their time is over.

use jiff::Timestamp;

use crate::state::{LifecycleEvent, ProjectEvent, State};

/// Removes what belonged to deleted clusters.
pub(crate) fn on_lifecycle_events(state: &mut State, events: &[ProjectEvent]) {
    let deleted = events.iter();
    for event in deleted.filter(|event| event.event == LifecycleEvent::Deleted) {
        forget(state, &event.project, &event.cluster);
    }
}

/// Forgets everything below a cluster but the snapshots of those of its name that left theirs.
fn forget(state: &mut State, project: &str, name: &str) {
    let path = format!("/groups/{project}/clusters/{name}");
    let snapshots = snapshots(project, name);
    let left = left_until(state, project, name);
    let mut kept = std::mem::take(state.store.list_mut(&snapshots));
    kept.retain(|it| left.is_some_and(|until| it.created <= until));
    state.store.remove_below(&path);
    let flex = format!("/groups/{project}/flexClusters/{name}");
    state.store.remove_below(&flex);
    if !kept.is_empty() {
        *state.store.list_mut(&snapshots) = kept;
    }
}

/// When the last cluster of this name went that left its backups.
fn left_until(state: &State, project: &str, name: &str) -> Option<Timestamp> {
    let retained = state.project(project).ok()?.retained.iter();
    let moments = retained.filter(|(_, it)| it.name == name);
    moments.map(|(at, _)| *at).max()
}

/// Removes expired snapshots of deleted clusters, and clusters without snapshots.
pub(crate) fn expire(state: &mut State, now: Timestamp) {
    let projects = state.projects().iter();
    let retained = projects.flat_map(|project| {
        let retained = project.retained.iter();
        retained.map(|(at, it)| (project.id.clone(), it.name.clone(), *at))
    });
    let retained: Vec<_> = retained.collect();
    for (project, name, at) in retained {
        let snapshots = state.store.list_mut(&snapshots(&project, &name));
        snapshots.retain(|it| {
            let expires = it.text("expiresAt").parse::<Timestamp>();
            expires.is_ok_and(|expires| expires > now)
        });
        let is_left = snapshots.iter().any(|it| it.created <= at);
        if let (false, Ok((project, _))) = (is_left, state.project_mut(&project)) {
            project
                .retained
                .retain(|(gone, it)| it.name != name || *gone != at);
        }
    }
}

fn snapshots(project: &str, name: &str) -> String {
    format!("/groups/{project}/clusters/{name}/backup/snapshots")
}
