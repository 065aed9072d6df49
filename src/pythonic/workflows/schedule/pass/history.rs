//! Reads when clusters were last changed, from the events of their projects.

use std::collections::HashMap;

use jiff::Timestamp;

use super::PlannedCluster;
use crate::{
    error::{Error, Result},
    operation,
    pythonic::{
        client::Atlas,
        ids::ProjectId,
        responses::document::Document,
        workflows::schedule::decision::{MINIMUM_RUN, shift},
    },
};

/// The type of the event for a change to a cluster, which includes pauses and resumes.
const CHANGE: &str = "CLUSTER_UPDATE_SUBMITTED";

/// The number of clusters that one request names.
const CLUSTERS_PER_REQUEST: usize = 50;

/// The changes to clusters, and the projects whose events cannot be read.
#[derive(Default)]
pub(super) struct Histories {
    /// The times of the last changes, by project and name of the cluster.
    pub(super) changes: HashMap<(ProjectId, String), Timestamp>,
    /// The errors, by project.
    pub(super) errors: HashMap<ProjectId, Error>,
}

/// Returns the changes to clusters since an hour before their last boundaries.
///
/// Sends one request for up to 50 clusters of a project, and further ones only if there are such events: an event does
/// not name its cluster in every response.
pub(super) async fn read(atlas: &Atlas, due: &[&mut PlannedCluster]) -> Histories {
    let mut by_project: HashMap<ProjectId, Vec<(&str, Timestamp)>> = HashMap::new();
    for cluster in due {
        if let Some(boundary) = cluster.decision.last_boundary {
            let since = shift(boundary.time, -MINIMUM_RUN);
            let project = by_project.entry(cluster.target.project_id.clone());
            project.or_default().push((&cluster.target.name, since));
        }
    }
    let mut histories = Histories::default();
    for (project, clusters) in by_project {
        for clusters in clusters.chunks(CLUSTERS_PER_REQUEST) {
            if let Err(error) = read_changes(atlas, &project, clusters, &mut histories).await {
                histories.errors.insert(project.clone(), error);
            }
        }
    }
    histories
}

/// Reads the changes to clusters of one project.
async fn read_changes(
    atlas: &Atlas,
    project: &ProjectId,
    clusters: &[(&str, Timestamp)],
    histories: &mut Histories,
) -> Result<()> {
    let Some(since) = clusters.iter().map(|(_, since)| *since).min() else {
        return Ok(());
    };
    let names: Vec<_> = clusters.iter().map(|(name, _)| *name).collect();
    if last_change(atlas, project, &names, since).await?.is_none() {
        return Ok(());
    }
    for (name, since) in clusters {
        if let Some(change) = last_change(atlas, project, &[name], *since).await? {
            let key = (project.clone(), (*name).to_owned());
            histories.changes.insert(key, change);
        }
    }
    Ok(())
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
