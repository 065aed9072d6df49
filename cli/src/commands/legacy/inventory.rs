//! Lists projects and their clusters; fetches them concurrently and returns them in order.
//!
//! [`Atlas::inventory`] lists the projects of each organization instead, which requires a role in the
//! organization and another request for each one.

use futures_util::{Stream, StreamExt};
use mongodbatlas::{Atlas, Cluster, FlexCluster, Project, ProjectHandle, ProjectId, Result};

/// Number of projects whose clusters are requested or buffered.
///
/// Twice the number of concurrent requests of the client, so that one slow response does not leave
/// the connections behind it idle.
const BUFFERED_PROJECTS: usize = 64;

/// A project and its clusters, or the error if they could not be listed.
#[derive(Debug)]
pub(super) struct ListedProject {
    pub(super) project: Project,
    pub(super) clusters: Result<Vec<Cluster>>,
}

/// Returns the projects that the credentials can see, and the clusters of each project.
pub(super) fn projects(atlas: &Atlas) -> impl Stream<Item = Result<ListedProject>> + use<> {
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
            Ok(ListedProject { project, clusters })
        })
        .buffered(BUFFERED_PROJECTS)
}

/// Returns the clusters of these projects.
pub(super) fn clusters(
    atlas: &Atlas,
    ids: &[ProjectId],
) -> impl Stream<Item = (ProjectId, Result<Vec<Cluster>>)> + use<> {
    let projects: Vec<_> = ids.iter().map(|id| atlas.project(id)).collect();
    futures_util::stream::iter(projects)
        .map(|project| async move {
            let clusters = list_clusters(&project, project.id().as_str()).await;
            (project.id().clone(), clusters)
        })
        .buffered(BUFFERED_PROJECTS)
}

/// Returns the flex clusters of these projects, each with the id and name of its project.
pub(super) fn flex_clusters(
    projects: Vec<(ProjectHandle, String)>,
) -> impl Stream<Item = (ProjectId, String, Result<Vec<FlexCluster>>)> {
    futures_util::stream::iter(projects)
        .map(|(project, name)| async move {
            tracing::debug!("listing the flex clusters of `{name}`");
            let clusters = project.flex_clusters().collect().await;
            (project.id().clone(), name, clusters)
        })
        .buffered(BUFFERED_PROJECTS)
}

async fn list_clusters(project: &ProjectHandle, name: &str) -> Result<Vec<Cluster>> {
    tracing::debug!("listing the clusters of `{name}`");
    project.clusters().collect().await
}
