//! Reads the clusters of projects.

use futures_util::{Stream, StreamExt as _, stream};
use mongodbatlas::{Atlas, Document, Pager, operation, operations::Operation};

use super::{ClusterTarget, Kind};
use crate::{
    engine::{Invocation, session::Place},
    error::CliError,
};

/// The number of projects whose clusters are read at the same time.
const CONCURRENCY: usize = 32;
/// The number of clusters on a page of a stream, which limits the memory for pages that are read ahead.
const PAGE_SIZE: u16 = 50;

/// The clusters of a project, or the error of one of its lists.
#[derive(Debug)]
pub(crate) struct ProjectClusters {
    pub(crate) project: Place,
    pub(crate) clusters: Result<Vec<ClusterTarget>, CliError>,
}

impl Invocation<'_> {
    /// Reads the clusters of projects, in the order of the projects.
    ///
    /// # Errors
    ///
    /// Fails without credentials.
    pub(crate) async fn clusters_of(
        &self,
        projects: Vec<Place>,
    ) -> Result<Vec<ProjectClusters>, CliError> {
        Ok(self.stream_projects(projects).await?.collect().await)
    }

    /// Returns a stream of projects and clusters, in the order of the projects. The stream does not borrow the
    /// invocation.
    ///
    /// # Errors
    ///
    /// Fails without credentials.
    pub(crate) async fn stream_projects(
        &self,
        projects: Vec<Place>,
    ) -> Result<impl Stream<Item = ProjectClusters> + use<>, CliError> {
        let atlas = self.session.atlas().await?;
        let lists = self.cluster_lists();
        let read = stream::iter(projects).map(move |project| {
            let (atlas, lists) = (atlas.clone(), lists.clone());
            async move {
                let clusters = read_clusters(&atlas, lists, &project).await;
                ProjectClusters { project, clusters }
            }
        });
        Ok(read.buffered(CONCURRENCY))
    }

    /// Returns the kinds of clusters that the command line selects, with the operations that list them.
    fn cluster_lists(&self) -> Vec<(Kind, &'static Operation)> {
        let selected = self.text("kind").unwrap_or_default().to_lowercase();
        let tier = self.text("tier").unwrap_or_default().to_uppercase();
        let is_flex_only = tier == "FLEX" && self.command.verb == "list";
        let mut lists = vec![
            (Kind::Dedicated, operation::LIST_GROUP_CLUSTERS),
            (Kind::Flex, operation::LIST_GROUP_FLEX_CLUSTERS),
            (Kind::Serverless, operation::LIST_GROUP_SERVERLESS_INSTANCES),
        ];
        lists.retain(|(kind, _)| match selected.as_str() {
            "" => *kind != Kind::Serverless && !(is_flex_only && *kind == Kind::Dedicated),
            "all" => true,
            name => name == kind.name(),
        });
        lists
    }

    /// Returns a stream of the clusters of projects, in the order of the projects. The stream holds one page of each
    /// project that is read ahead, and does not borrow the invocation.
    ///
    /// # Errors
    ///
    /// Fails without credentials.
    pub(crate) async fn stream_clusters(
        &self,
        projects: Vec<Place>,
    ) -> Result<impl Stream<Item = (Place, Result<ClusterTarget, CliError>)> + use<>, CliError>
    {
        let atlas = self.session.atlas().await?;
        let lists = self.cluster_lists();
        let opened = stream::iter(projects).map(move |project| {
            let (atlas, lists) = (atlas.clone(), lists.clone());
            async move { open_lists(&atlas, lists, project).await }
        });
        let opened = opened.buffered(CONCURRENCY).flat_map(stream::iter);
        Ok(opened.flat_map(|list| stream::unfold(list, OpenList::next)))
    }
}

async fn read_clusters(
    atlas: &Atlas,
    lists: Vec<(Kind, &'static Operation)>,
    project: &Place,
) -> Result<Vec<ClusterTarget>, CliError> {
    let failed = |error: mongodbatlas::Error| cannot_list(&error, project);
    let mut clusters = Vec::new();
    for (kind, operation) in lists {
        if has_clusters(project, kind) {
            let call = atlas.operation(operation).with("groupId", &project.id);
            let documents = call.items().map_err(failed)?.collect().await;
            let targets = documents.map_err(failed)?.into_iter();
            clusters.extend(
                targets.map(|document| ClusterTarget::read(project.clone(), kind, document)),
            );
        }
    }
    Ok(clusters)
}

/// A list of a project whose first page was read.
struct OpenList {
    project: Place,
    kind: Kind,
    first: Option<mongodbatlas::Result<Document>>,
    pager: Option<Pager<Document>>,
}

impl OpenList {
    /// Returns the next cluster. The list ends after an error.
    async fn next(mut self) -> Option<((Place, Result<ClusterTarget, CliError>), Self)> {
        let document = match (self.first.take(), &mut self.pager) {
            (Some(first), _) => first,
            (None, Some(pager)) => pager.try_next().await.transpose()?,
            (None, None) => return None,
        };
        let cluster = match document {
            Ok(document) => Ok(ClusterTarget::read(
                self.project.clone(),
                self.kind,
                document,
            )),
            Err(error) => {
                self.pager = None;
                Err(cannot_list(&error, &self.project))
            }
        };
        Some(((self.project.clone(), cluster), self))
    }
}

/// Reads the first pages of the lists of a project. An error ends the lists of the project.
async fn open_lists(
    atlas: &Atlas,
    lists: Vec<(Kind, &'static Operation)>,
    project: Place,
) -> Vec<OpenList> {
    let mut opened = Vec::new();
    for (kind, operation) in lists {
        if !has_clusters(&project, kind) {
            continue;
        }
        let call = atlas.operation(operation).with("groupId", &project.id);
        let (first, pager) = match call.items() {
            Ok(pager) => {
                let mut pager = pager.with_page_size(PAGE_SIZE);
                (pager.try_next().await.transpose(), Some(pager))
            }
            Err(error) => (Some(Err(error)), None),
        };
        let is_failed = matches!(first, Some(Err(_)));
        opened.extend(first.is_some().then(|| OpenList {
            project: project.clone(),
            kind,
            first,
            pager: pager.filter(|_| !is_failed),
        }));
        if is_failed {
            break;
        }
    }
    opened
}

/// Returns `false` if the project is known to have no clusters of a kind. The number of clusters of a project
/// does not include flex clusters and serverless instances.
fn has_clusters(project: &Place, kind: Kind) -> bool {
    kind != Kind::Dedicated || project.clusters != Some(0)
}

fn cannot_list(error: &mongodbatlas::Error, project: &Place) -> CliError {
    let action = format!("cannot list the clusters of project `{}`", project.label());
    CliError::from_request_error(error, &action)
}
