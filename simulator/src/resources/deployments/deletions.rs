//! Deleted clusters and their retained snapshots.

use jiff::Timestamp;

use crate::state::{LifecycleEvent, ProjectEvent, State};

/// Removes the resources of deleted clusters.
pub(crate) fn on_lifecycle_events(state: &mut State, events: &[ProjectEvent]) {
    let deleted = events.iter();
    for event in deleted.filter(|event| event.event == LifecycleEvent::Deleted) {
        remove_resources(state, &event.project, &event.cluster);
    }
}

/// Removes all resources of a cluster except retained snapshots.
fn remove_resources(state: &mut State, project: &str, name: &str) {
    let path = format!("/groups/{project}/clusters/{name}");
    let snapshots = snapshots_path(project, name);
    let retained_until = last_retained_deletion(state, project, name);
    let mut retained = std::mem::take(state.store.list_mut(&snapshots));
    retained.retain(|snapshot| retained_until.is_some_and(|until| snapshot.created <= until));
    state.store.remove_below(&path);
    let flex = format!("/groups/{project}/flexClusters/{name}");
    state.store.remove_below(&flex);
    if !retained.is_empty() {
        *state.store.list_mut(&snapshots) = retained;
    }
}

/// Returns the time of the last deletion of a cluster with this name whose snapshots are retained.
fn last_retained_deletion(state: &State, project: &str, name: &str) -> Option<Timestamp> {
    let retained = state.project(project).ok()?.retained.iter();
    let same_name = retained.filter(|(_, cluster)| cluster.name == name);
    same_name.map(|(at, _)| *at).max()
}

/// Removes expired snapshots of deleted clusters, and deleted clusters without snapshots.
pub(crate) fn expire(state: &mut State, now: Timestamp) {
    let projects = state.projects().iter();
    let retained = projects.flat_map(|project| {
        let retained = project.retained.iter();
        retained.map(|(at, cluster)| (project.id.clone(), cluster.name.clone(), *at))
    });
    let retained: Vec<_> = retained.collect();
    for (project, name, at) in retained {
        let snapshots = state.store.list_mut(&snapshots_path(&project, &name));
        snapshots.retain(|snapshot| {
            let expires = snapshot.string("expiresAt").parse::<Timestamp>();
            expires.is_ok_and(|expires| expires > now)
        });
        let has_snapshots = snapshots.iter().any(|snapshot| snapshot.created <= at);
        if let (false, Ok((project, _))) = (has_snapshots, state.project_mut(&project)) {
            project
                .retained
                .retain(|(deleted, cluster)| cluster.name != name || *deleted != at);
        }
    }
}

fn snapshots_path(project: &str, name: &str) -> String {
    format!("/groups/{project}/clusters/{name}/backup/snapshots")
}
