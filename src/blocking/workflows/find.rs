//! Finds projects and clusters by name or filter, without `async`.

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        deployments::{clusters::Cluster, flex_clusters::FlexCluster},
        organization::projects::Project,
    },
    error::Result,
    pythonic::workflows::{filter::Filter, find::Found},
};

impl<T: IntoBlocking> IntoBlocking for Found<T> {
    type Output = Found<T::Output>;

    fn into_blocking(self, atlas: &Atlas) -> Self::Output {
        self.map(|value| value.into_blocking(atlas))
    }
}

impl Atlas {
    /// Finds the project with this name or id.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`find_project`](crate::Atlas::find_project). Fails inside
    /// an async runtime.
    pub fn find_project(&self, name_or_id: &str) -> Result<Project> {
        self.fetch(self.inner.find_project(name_or_id))
    }

    /// Finds the cluster with this name or `PROJECT:NAME`, with a project's name or id; see
    /// [`ClusterPath`](crate::ClusterPath).
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`find_cluster`](crate::Atlas::find_cluster). Fails inside
    /// an async runtime.
    pub fn find_cluster(&self, name: &str) -> Result<Found<Cluster>> {
        self.fetch(self.inner.find_cluster(name))
    }

    /// Finds the flex cluster with this name or `PROJECT:NAME`.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`find_flex_cluster`](crate::Atlas::find_flex_cluster). Fails
    /// inside an async runtime.
    pub fn find_flex_cluster(&self, name: &str) -> Result<Found<FlexCluster>> {
        self.fetch(self.inner.find_flex_cluster(name))
    }

    /// Finds the projects that match a filter, in the order in which Atlas returns them.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`find_projects`](crate::Atlas::find_projects). Fails inside
    /// an async runtime.
    pub fn find_projects(&self, filter: &Filter) -> Result<Vec<Project>> {
        self.fetch(self.inner.find_projects(filter))
    }

    /// Finds the clusters that match a filter in all projects, in the order of an
    /// [inventory](Self::inventory).
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`find_clusters`](crate::Atlas::find_clusters). Fails inside
    /// an async runtime.
    pub fn find_clusters(&self, filter: &Filter) -> Result<Found<Vec<Cluster>>> {
        self.fetch(self.inner.find_clusters(filter))
    }

    /// Finds the flex clusters that match a filter in all projects.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`find_flex_clusters`](crate::Atlas::find_flex_clusters). Fails
    /// inside an async runtime.
    pub fn find_flex_clusters(&self, filter: &Filter) -> Result<Found<Vec<FlexCluster>>> {
        self.fetch(self.inner.find_flex_clusters(filter))
    }

    /// Returns the roles to grant if the credentials see no project, or `None` if a project is visible.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`visibility_hint`](crate::Atlas::visibility_hint). Fails
    /// inside an async runtime.
    pub fn visibility_hint(&self) -> Result<Option<String>> {
        self.wait(self.inner.visibility_hint())
    }
}
