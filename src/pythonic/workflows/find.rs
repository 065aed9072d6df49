//! Finds projects and clusters by name or filter.
//!
//! A search lists the clusters of all projects. If the list of a project fails, the search continues, and the
//! result contains the failure. `find/search.rs` implements the search, and `find/messages.rs` creates its errors.

mod found;
mod messages;
mod search;
mod visibility;

pub use found::Found;

use crate::error::Result;
use crate::pythonic::{
    client::Atlas,
    resources::{
        deployments::{cluster_path::ClusterPath, clusters::Cluster, flex_clusters::FlexCluster},
        organization::projects::Project,
    },
    workflows::filter::Filter,
};
use search::Searchable;

impl Atlas {
    /// Finds the project with this name or id.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if no project has the name,
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) if several projects (of different organizations) have it, or
    /// any [request error](crate::Error#request-errors). The error lists the candidates.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Café Zürich").await?;
    /// println!("{} clusters", project.clusters().collect().await?.len());
    /// # Ok(()) }) }
    /// ```
    pub async fn find_project(&self, name_or_id: &str) -> Result<Project> {
        if let Ok(id) = name_or_id.parse() {
            match self.project(&id).get().await {
                // the name of a project can look like an id
                Err(error) if error.is_not_found() => {}
                outcome => return outcome,
            }
        }
        let mut projects = self.projects().collect().await?;
        let is_match = |project: &mut Project| project.name() == name_or_id;
        let mut matches: Vec<_> = projects.extract_if(.., is_match).collect();
        match (matches.pop(), matches.is_empty()) {
            (Some(project), true) => Ok(project),
            (None, _) if projects.is_empty() => {
                let hint = self.visibility_hint().await.ok().flatten();
                Err(messages::nothing_visible_error("project", name_or_id, hint))
            }
            (None, _) => {
                let names: Vec<_> = projects.iter().map(|project| project.name()).collect();
                Err(messages::not_found_error(
                    "project", name_or_id, None, &names,
                ))
            }
            (Some(last), false) => {
                matches.push(last);
                let organizations = self.organizations().collect().await.unwrap_or_default();
                Err(messages::ambiguous_project_error(
                    name_or_id,
                    &matches,
                    &organizations,
                ))
            }
        }
    }

    /// Finds the cluster with this name or `PROJECT:NAME`, with a project's name or id; see
    /// [`ClusterPath`].
    ///
    /// A name is searched in all projects. [`Found::failures`] lists the projects that could not be searched, which
    /// may have another cluster with this name.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if no cluster has the name, and
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) if several clusters have it or it is the name of a flex
    /// cluster. The error lists the candidates and the number of projects that could not be searched. Returns any
    /// [request error](crate::Error#request-errors) if the named project cannot be fetched.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let cluster = atlas.find_cluster("shop-staging").await?;
    /// for failure in cluster.failures() {
    ///     eprintln!("warning: {failure}");
    /// }
    /// cluster.pause().await?;
    ///
    /// let error = atlas.find_cluster("shop-stagin").await.unwrap_err();
    /// println!("{}", error.hint().unwrap_or_default()); // did you mean `shop-staging`, …
    /// # Ok(()) }) }
    /// ```
    pub async fn find_cluster(&self, name: &str) -> Result<Found<Cluster>> {
        self.find(name).await
    }

    /// Finds the flex cluster with this name or `PROJECT:NAME`, as [`find_cluster`](Self::find_cluster).
    ///
    /// # Errors
    ///
    /// Returns the errors of [`find_cluster`](Self::find_cluster), and
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) if the name is that of a dedicated cluster.
    pub async fn find_flex_cluster(&self, name: &str) -> Result<Found<FlexCluster>> {
        self.find(name).await
    }

    /// Finds the projects that match a filter, in the order in which Atlas returns them.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn find_projects(&self, filter: &Filter) -> Result<Vec<Project>> {
        let mut projects = self.projects().collect().await?;
        projects.retain(|project| filter.matches(project));
        Ok(projects)
    }

    /// Finds the clusters that match a filter in all projects, in the order of an
    /// [inventory](Self::inventory). [`Found::failures`] lists the projects that could not be searched.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors) of the list of organizations.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// for cluster in atlas.find_clusters(&"env=dev".parse()?).await? {
    ///     cluster.pause().await?;
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn find_clusters(&self, filter: &Filter) -> Result<Found<Vec<Cluster>>> {
        let search = self.search(|cluster: &Cluster| filter.matches(cluster));
        Ok(search.await?.into_clusters())
    }

    /// Finds the flex clusters that match a filter, as [`find_clusters`](Self::find_clusters).
    ///
    /// # Errors
    ///
    /// Returns the errors of [`find_clusters`](Self::find_clusters).
    pub async fn find_flex_clusters(&self, filter: &Filter) -> Result<Found<Vec<FlexCluster>>> {
        let search = self.search(|cluster: &FlexCluster| filter.matches(cluster));
        Ok(search.await?.into_clusters())
    }

    async fn find<C: Searchable>(&self, name: &str) -> Result<Found<C>> {
        let path: ClusterPath = name.parse()?;
        match path.project() {
            None => self.find_in_all_projects(path.name()).await,
            Some(project) => {
                let project = self.find_project(project).await?;
                let cluster = C::find_in_project(&project, path.name()).await?;
                Ok(Found::new(cluster, Vec::new()))
            }
        }
    }
}
