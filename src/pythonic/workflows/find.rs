//! Finds projects and clusters by name or filter.

use crate::pythonic::{
    client::Atlas,
    resources::{
        deployments::{cluster_path::ClusterPath, clusters::Cluster},
        organization::projects::Project,
    },
    workflows::{filter::Filter, inventory::InventoryEvent},
};
use crate::{
    error::{Error, ErrorKind, Result},
    request::nearest,
};

/// Maximum number of candidates in an error.
const MAX_CANDIDATES: usize = 10;

impl Atlas {
    /// Finds the project with this name or id.
    ///
    /// # Errors
    ///
    /// Not found if no project has the name, and invalid input if several projects (of different organizations) have it;
    /// the error lists the candidates. Any [request error](crate::Error).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Café Zürich").await?;
    /// println!("{} clusters", project.clusters().collect().await?.len());
    /// # Ok(()) }) }
    /// ```
    pub async fn find_project(&self, name_or_id: &str) -> Result<Project> {
        if let Ok(id) = name_or_id.parse() {
            match self.project(&id).get().await {
                // a project can have a name in the form of an id
                Err(error) if error.is_not_found() => {}
                outcome => return outcome,
            }
        }
        let mut projects = self.projects().collect().await?;
        let is_match = |project: &Project| project.name() == name_or_id;
        let found = projects.extract_if(.., |project| is_match(project));
        let mut found: Vec<_> = found.collect();
        match (found.pop(), found.is_empty()) {
            (Some(project), true) => Ok(project),
            (None, _) => {
                let names: Vec<_> = projects.iter().map(|project| project.name()).collect();
                Err(missing("project", name_or_id, &names))
            }
            (Some(last), false) => {
                let candidates = found.iter().chain([&last]).map(|project| {
                    let organization = project.organization_id();
                    let organization = organization.as_ref().map_or("", |id| id.as_str());
                    format!("`{}` (organization {organization})", project.id())
                });
                let candidates = listed(candidates);
                let message =
                    format!("more than one project is called `{name_or_id}`: {candidates}");
                Err(ambiguous(
                    message,
                    "give the project's id instead of its name",
                ))
            }
        }
    }

    /// Finds the cluster with this name or `PROJECT:NAME`, with a project's name or id; see
    /// [`ClusterPath`].
    ///
    /// Does not find flex clusters.
    ///
    /// # Errors
    ///
    /// Not found if no cluster has the name, and invalid input if several clusters have it; the error lists the
    /// candidates. Any [request error](crate::Error), including those of a single project's list, because the name may
    /// not be unique.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let cluster = atlas.find_cluster("shop-staging").await?;
    /// let same = atlas.find_cluster("Storefront:shop-staging").await?;
    /// assert_eq!(cluster.id(), same.id());
    ///
    /// let error = atlas.find_cluster("shop-stagin").await.unwrap_err();
    /// println!("{}", error.hint().unwrap_or_default()); // did you mean `shop-staging`, …
    /// # Ok(()) }) }
    /// ```
    pub async fn find_cluster(&self, name: &str) -> Result<Cluster> {
        let path: ClusterPath = name.parse()?;
        match path.project() {
            None => self.find_cluster_anywhere(path.name()).await,
            Some(project) => {
                let project = self.find_project(project).await?;
                project.find_cluster(path.name()).await
            }
        }
    }

    /// Finds the projects that match a filter, in the order of Atlas.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn find_projects(&self, filter: &Filter) -> Result<Vec<Project>> {
        let mut projects = self.projects().collect().await?;
        projects.retain(|project| filter.matches(project));
        Ok(projects)
    }

    /// Finds the clusters that match a filter in all projects, in the order of an
    /// [inventory](Self::inventory).
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error), including those of a single project's list.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// for cluster in atlas.find_clusters(&"env=dev".parse()?).await? {
    ///     cluster.pause().await?;
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn find_clusters(&self, filter: &Filter) -> Result<Vec<Cluster>> {
        let clusters = self.clusters_with_projects(|cluster| filter.matches(cluster));
        let clusters = clusters.await?.into_iter();
        Ok(clusters.map(|(_, cluster)| cluster).collect())
    }

    async fn find_cluster_anywhere(&self, name: &str) -> Result<Cluster> {
        let mut names = Vec::new();
        let is_match = |cluster: &Cluster| {
            names.push(cluster.name().to_owned());
            cluster.name() == name
        };
        let mut found = self.clusters_with_projects(is_match).await?;
        match (found.pop(), found.is_empty()) {
            (Some((_, cluster)), true) => Ok(cluster),
            (None, _) => {
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                Err(missing("cluster", name, &names))
            }
            (Some(last), false) => {
                let projects = found.iter().chain([&last]);
                let candidates = projects.map(|(project, cluster)| {
                    format!("`{}:{name}` (project `{project}`)", cluster.project_id())
                });
                let candidates = listed(candidates);
                let message = format!("more than one cluster is called `{name}`: {candidates}");
                Err(ambiguous(message, "name its project too: PROJECT:NAME"))
            }
        }
    }

    /// Returns the matching clusters, each with its project's name.
    async fn clusters_with_projects(
        &self,
        mut is_match: impl FnMut(&Cluster) -> bool,
    ) -> Result<Vec<(String, Cluster)>> {
        let mut events = self.inventory().without_flex_clusters().events();
        let mut project = String::new();
        let mut found = Vec::new();
        while let Some(event) = events.try_next().await? {
            match event {
                InventoryEvent::Project(current) => current.name().clone_into(&mut project),
                InventoryEvent::Cluster(cluster) if is_match(&cluster) => {
                    found.push((project.clone(), cluster));
                }
                InventoryEvent::Failure(failure) => return Err(failure.into_error()),
                _ => {}
            }
        }
        Ok(found)
    }
}

impl Project {
    /// Finds the cluster with this name; the error lists the candidates.
    async fn find_cluster(&self, name: &str) -> Result<Cluster> {
        let error = match self.handle.cluster(name).get().await {
            Err(error) if error.is_not_found() => error,
            outcome => return outcome,
        };
        let clusters = self.clusters().collect().await?;
        let names: Vec<_> = clusters.iter().map(|cluster| cluster.name()).collect();
        let place = format!("cluster in project `{}`", self.name());
        Err(missing(&place, name, &names).with_source(error))
    }
}

/// Returns the error for a name that is not found, with a hint.
fn missing(noun: &str, wanted: &str, names: &[&str]) -> Error {
    let error = Error::new(
        ErrorKind::NotFound,
        format!("no {noun} is called `{wanted}`"),
    );
    let like = nearest(wanted, names.iter().copied());
    match like {
        Some(hint) => error.with_hint(hint),
        None if names.is_empty() => error.with_hint("there is none that these credentials can see"),
        None => {
            let names = listed(names.iter().map(|name| format!("`{name}`")));
            error.with_hint(format!("there are {names}"))
        }
    }
}

fn ambiguous(message: String, hint: &'static str) -> Error {
    Error::new(ErrorKind::InvalidInput, message).with_hint(hint)
}

/// Joins candidates into one line.
fn listed(candidates: impl Iterator<Item = String>) -> String {
    let mut candidates: Vec<_> = candidates.collect();
    let more = candidates.len().saturating_sub(MAX_CANDIDATES);
    candidates.truncate(MAX_CANDIDATES);
    if more > 0 {
        candidates.push(format!("and {more} more"));
    }
    candidates.join(", ")
}
