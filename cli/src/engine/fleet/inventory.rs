//! Reads the clusters of projects.

use futures_util::StreamExt as _;
use mongodbatlas::{Document, operation, operations::Operation};

use super::{ClusterTarget, Kind};
use crate::{
    engine::{Invocation, session::Place},
    error::CliError,
};

/// The number of projects whose clusters are read at the same time.
const CONCURRENCY: usize = 32;

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
    /// Missing credentials.
    pub(crate) async fn clusters_of(
        &self,
        projects: Vec<Place>,
    ) -> Result<Vec<ProjectClusters>, CliError> {
        self.session.atlas().await?;
        let lists = futures_util::stream::iter(projects).map(|project| async move {
            let clusters = self.clusters_of_project(&project).await;
            ProjectClusters { project, clusters }
        });
        Ok(lists.buffered(CONCURRENCY).collect().await)
    }

    async fn clusters_of_project(&self, project: &Place) -> Result<Vec<ClusterTarget>, CliError> {
        let wanted = self.text("kind").unwrap_or_default().to_lowercase();
        let tier = self.text("tier").unwrap_or_default().to_uppercase();
        let is_flex_only = tier == "FLEX" && self.command.verb == "list";
        let is_empty = project.clusters == Some(0);
        let mut clusters = Vec::new();
        for (kind, operation) in [
            (Kind::Dedicated, operation::LIST_GROUP_CLUSTERS),
            (Kind::Flex, operation::LIST_GROUP_FLEX_CLUSTERS),
            (Kind::Serverless, operation::LIST_GROUP_SERVERLESS_INSTANCES),
        ] {
            let is_wanted = match wanted.as_str() {
                "" => kind != Kind::Serverless && !(is_flex_only && kind == Kind::Dedicated),
                "all" => true,
                name => name == kind.name(),
            };
            if is_wanted && !(is_empty && kind == Kind::Dedicated) {
                let documents = self.documents(operation, project).await?;
                let targets = documents.into_iter();
                clusters.extend(
                    targets.map(|document| ClusterTarget::read(project.clone(), kind, document)),
                );
            }
        }
        Ok(clusters)
    }

    async fn documents(
        &self,
        operation: &'static Operation,
        project: &Place,
    ) -> Result<Vec<Document>, CliError> {
        let failed = |error: mongodbatlas::Error| {
            CliError::of_request(
                &error,
                &format!("cannot list the clusters of project `{}`", project.label()),
            )
        };
        let atlas = self.session.atlas().await?;
        let pager = atlas
            .operation(operation)
            .with("groupId", &project.id)
            .items()
            .map_err(failed)?;
        pager.collect().await.map_err(failed)
    }
}
