//! Finding projects and clusters by what people call them.

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

/// How many candidates an error lists at the most.
const LISTED: usize = 10;

impl Atlas {
    /// The project of this name or id, among those that the key can see.
    ///
    /// # Errors
    ///
    /// Not found if there is none, and invalid input if several have the name, as projects of different
    /// organizations can; both list the candidates. What a call can end with.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Café Zürich").await?;
    /// let same = atlas.find_project(project.id().as_str()).await?;
    /// assert_eq!(same.name(), "Café Zürich");
    /// # Ok(()) }) }
    /// ```
    pub async fn find_project(&self, name_or_id: &str) -> Result<Project> {
        if let Ok(id) = name_or_id.parse() {
            match self.project(&id).get().await {
                // it may be the name after all
                Err(error) if error.is_not_found() => {}
                outcome => return outcome,
            }
        }
        let mut projects = self.projects().collect().await?;
        let is_meant = |project: &Project| project.name() == name_or_id;
        let found = projects.extract_if(.., |project| is_meant(project));
        let mut found: Vec<_> = found.collect();
        match (found.pop(), found.is_empty()) {
            (Some(project), true) => Ok(project),
            (None, _) => {
                let names: Vec<_> = projects.iter().map(Project::name).collect();
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

    /// The cluster of this name, wherever it is, or of this `PROJECT:NAME`, where the project is given
    /// by its name or id; see [`ClusterPath`].
    ///
    /// Flex clusters are not among them.
    ///
    /// # Errors
    ///
    /// Not found if there is none, and invalid input if several have the name; both list the
    /// candidates. What a call can end with: where a project's clusters cannot be listed, nobody knows
    /// whether the name is unique, so that is an error too.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let anywhere = atlas.find_cluster("shop-staging").await?;
    /// let there = atlas.find_cluster("Storefront:shop-staging").await?;
    /// assert_eq!(anywhere.id(), there.id());
    ///
    /// let error = atlas.find_cluster("shop-stagin").await.unwrap_err();
    /// println!("{}", error.hint().unwrap_or_default()); // did you mean `shop-staging`?
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

    /// The projects that a filter means, in the server's order.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn find_projects(&self, filter: &Filter) -> Result<Vec<Project>> {
        let mut projects = self.projects().collect().await?;
        projects.retain(|project| filter.matches(project));
        Ok(projects)
    }

    /// The clusters that a filter means, of all projects, in the order of an
    /// [inventory](Self::inventory).
    ///
    /// To act on those that can be seen although others cannot, go through an
    /// [inventory](Self::inventory) and ask [`Filter::matches`].
    ///
    /// # Errors
    ///
    /// What a call can end with, also when only one project's clusters cannot be listed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// for cluster in atlas.find_clusters(&"env=dev".parse()?).await? {
    ///     cluster.handle().pause().await?;
    /// }
    /// let staging = atlas.find_clusters(&"*-staging".parse()?).await?;
    /// assert!(staging.iter().all(|cluster| cluster.name().ends_with("-staging")));
    /// let fronts = atlas.find_projects(&"*front".parse()?).await?;
    /// assert_eq!(fronts[0].name(), "Storefront");
    /// # Ok(()) }) }
    /// ```
    pub async fn find_clusters(&self, filter: &Filter) -> Result<Vec<Cluster>> {
        let clusters = self.clusters_with_projects(|cluster| filter.matches(cluster));
        let clusters = clusters.await?.into_iter();
        Ok(clusters.map(|(_, cluster)| cluster).collect())
    }

    async fn find_cluster_anywhere(&self, name: &str) -> Result<Cluster> {
        let mut names = Vec::new();
        let is_meant = |cluster: &Cluster| {
            names.push(cluster.name().to_owned());
            cluster.name() == name
        };
        let mut found = self.clusters_with_projects(is_meant).await?;
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

    /// The clusters that are meant, each with its project's name.
    async fn clusters_with_projects(
        &self,
        mut is_meant: impl FnMut(&Cluster) -> bool,
    ) -> Result<Vec<(String, Cluster)>> {
        let mut events = self.inventory().without_flex_clusters().events();
        let mut project = String::new();
        let mut found = Vec::new();
        while let Some(event) = events.try_next().await? {
            match event {
                InventoryEvent::Project(it) => it.name().clone_into(&mut project),
                InventoryEvent::Cluster(it) if is_meant(&it) => found.push((project.clone(), it)),
                InventoryEvent::Failure(failure) => return Err(failure.into_error()),
                _ => {}
            }
        }
        Ok(found)
    }
}

impl Project {
    /// Its cluster of this name; an error of the kind not found lists the candidates.
    async fn find_cluster(&self, name: &str) -> Result<Cluster> {
        let error = match self.handle().atlas.cluster(self.id(), name).get().await {
            Err(error) if error.is_not_found() => error,
            outcome => return outcome,
        };
        let clusters = self.clusters().collect().await?;
        let names: Vec<_> = clusters.iter().map(Cluster::name).collect();
        let place = format!("cluster in project `{}`", self.name());
        Err(missing(&place, name, &names).with_source(error))
    }
}

/// Nothing has the name; these names there are.
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

/// Some candidates in one line.
fn listed(candidates: impl Iterator<Item = String>) -> String {
    let mut candidates: Vec<_> = candidates.collect();
    let more = candidates.len().saturating_sub(LISTED);
    candidates.truncate(LISTED);
    if more > 0 {
        candidates.push(format!("and {more} more"));
    }
    candidates.join(", ")
}
