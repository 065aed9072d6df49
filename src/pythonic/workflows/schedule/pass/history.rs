//! Reads when clusters were last changed, from the events of their projects.

use std::collections::HashMap;

use jiff::Timestamp;

use super::PlannedCluster;
use crate::{
    error::Result,
    operation,
    pythonic::{client::Atlas, ids::ProjectId, responses::document::Document},
};

/// The type of the event for a change of a cluster, which includes pauses and resumes.
const CHANGE: &str = "CLUSTER_UPDATE_SUBMITTED";

/// The times of the last changes, by project and name of the cluster.
type Changes = HashMap<(ProjectId, String), Timestamp>;

/// Returns the changes of clusters after their last boundaries.
///
/// Sends one request for each project, and further ones only if it has such events: an event does not name
/// its cluster in every response. Without permission to read events, there are no changes.
pub(super) async fn read(atlas: &Atlas, due: &[&mut PlannedCluster]) -> Changes {
    let mut by_project: HashMap<ProjectId, Vec<(&str, Timestamp)>> = HashMap::new();
    for cluster in due {
        if let Some(boundary) = cluster.decision.last_boundary {
            let project = by_project.entry(cluster.target.project_id.clone());
            project
                .or_default()
                .push((&cluster.target.name, boundary.time));
        }
    }
    let mut changes = Changes::new();
    for (project, clusters) in by_project {
        let since = clusters.iter().map(|(_, time)| *time).min();
        let names: Vec<_> = clusters.iter().map(|(name, _)| *name).collect();
        let Some(since) = since else { continue };
        match last_change(atlas, &project, &names, since).await {
            Ok(Some(change)) if names.len() == 1 => {
                changes.insert((project, names[0].to_owned()), change);
            }
            Ok(Some(_)) => {
                for (name, since) in clusters {
                    if let Ok(Some(change)) = last_change(atlas, &project, &[name], since).await {
                        changes.insert((project.clone(), name.to_owned()), change);
                    }
                }
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%project, %error, "cannot read the events of the project");
            }
        }
    }
    changes
}

/// Returns the time of the last change of these clusters since a time.
async fn last_change(
    atlas: &Atlas,
    project: &ProjectId,
    clusters: &[&str],
    since: Timestamp,
) -> Result<Option<Timestamp>> {
    let events = atlas
        .operation(operation::LIST_GROUP_EVENTS)
        .with("groupId", project)
        .with("eventType", CHANGE)
        .with("minDate", since)
        .with("itemsPerPage", 1)
        .with_each("clusterNames", clusters);
    let response = Box::pin(events.send()).await?;
    let document = response.document().map(Document::to_value);
    let created = document.as_ref().and_then(|document| {
        let event = document.get("results")?.get(0)?;
        event.get("created")?.as_str()
    });
    Ok(created.and_then(|created| created.parse().ok()))
}
