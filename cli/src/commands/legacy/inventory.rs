//! Projects with their clusters, fetched concurrently and returned in order.

use futures_util::{Stream, StreamExt};
use mongodbatlas::{Atlas, Cluster, Project, ProjectHandle, ProjectId, Result};

/// Number of projects whose clusters are requested or buffered.
///
/// Twice the number of concurrent requests of the client, so that one slow response does not leave
/// the connections behind it idle.
const BUFFERED_PROJECTS: usize = 64;

/// Returns the projects that the credentials can see, each with its clusters.
pub(super) fn projects(
    atlas: &Atlas,
) -> impl Stream<Item = Result<(Project, Result<Vec<Cluster>>)>> + use<> {
    atlas
        .projects()
        .map(|project| async {
            let project = project?;
            // Saves a request.
            let clusters = if project.cluster_count() == Some(0) {
                Ok(Vec::new())
            } else {
                list_clusters(&project.handle(), project.name()).await
            };
            Ok((project, clusters))
        })
        .buffered(BUFFERED_PROJECTS)
}

/// Returns the clusters of these projects.
pub(super) fn clusters(
    atlas: &Atlas,
    ids: &[ProjectId],
) -> impl Stream<Item = Result<Vec<Cluster>>> + use<> {
    let projects: Vec<_> = ids.iter().map(|id| atlas.project(id)).collect();
    futures_util::stream::iter(projects)
        .map(|project| async move { list_clusters(&project, project.id().as_str()).await })
        .buffered(BUFFERED_PROJECTS)
}

async fn list_clusters(project: &ProjectHandle, name: &str) -> Result<Vec<Cluster>> {
    tracing::debug!("listing the clusters of `{name}`");
    project.clusters().collect().await
}
