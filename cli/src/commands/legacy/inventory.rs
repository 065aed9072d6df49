//! Projects and their clusters, fetched side by side and given in order.

use futures_util::{Stream, StreamExt};
use mongodbatlas::{Atlas, Cluster, Project, ProjectId, Result};

/// How many projects are asked for their clusters, or have them and wait for their turn.
///
/// It is twice what the client sends at a time: otherwise a late answer would leave every place
/// behind it empty until it comes.
const AHEAD: usize = 64;

/// The projects that the keys can see, each with its clusters.
pub(super) fn projects(
    atlas: &Atlas,
) -> impl Stream<Item = Result<(Project, Result<Vec<Cluster>>)>> + use<> {
    atlas
        .projects()
        .map(|project| async {
            let project = project?;
            // A call less: the project says that there is nothing.
            let clusters = if project.cluster_count() == Some(0) {
                Ok(Vec::new())
            } else {
                of(&project.handle(), project.name()).await
            };
            Ok((project, clusters))
        })
        .buffered(AHEAD)
}

/// The clusters of these projects.
pub(super) fn clusters(
    atlas: &Atlas,
    ids: &[ProjectId],
) -> impl Stream<Item = Result<Vec<Cluster>>> + use<> {
    let projects: Vec<_> = ids.iter().map(|id| atlas.project(id)).collect();
    futures_util::stream::iter(projects)
        .map(|project| async move { of(&project, project.id().as_str()).await })
        .buffered(AHEAD)
}

async fn of(project: &mongodbatlas::ProjectHandle, name: &str) -> Result<Vec<Cluster>> {
    tracing::debug!("listing the clusters of `{name}`");
    project.clusters().collect().await
}
