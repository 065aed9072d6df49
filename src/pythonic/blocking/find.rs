//! Finding projects and clusters by what people call them; each verb waits for its async twin.

use super::{Atlas, Cluster, Project};
use crate::{error::Result, pythonic::Filter};

impl Atlas {
    /// The project of this name or id; as the async
    /// [`find_project`](crate::Atlas::find_project).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn find_project(&self, name_or_id: &str) -> Result<Project> {
        let project = self.wait(self.inner.find_project(name_or_id))?;
        Ok(project.with_client(self.clone()))
    }

    /// The cluster of this name or `PROJECT:NAME`; as the async
    /// [`find_cluster`](crate::Atlas::find_cluster).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn find_cluster(&self, name: &str) -> Result<Cluster> {
        let cluster = self.wait(self.inner.find_cluster(name))?;
        Ok(cluster.with_client(self.clone()))
    }

    /// The projects that a filter means.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn find_projects(&self, filter: &Filter) -> Result<Vec<Project>> {
        let projects = self.wait(self.inner.find_projects(filter))?.into_iter();
        Ok(projects.map(|it| it.with_client(self.clone())).collect())
    }

    /// The clusters that a filter means, of all projects.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn find_clusters(&self, filter: &Filter) -> Result<Vec<Cluster>> {
        let clusters = self.wait(self.inner.find_clusters(filter))?.into_iter();
        Ok(clusters.map(|it| it.with_client(self.clone())).collect())
    }
}
