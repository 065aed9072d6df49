//! Searches all projects for clusters of one kind.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::pythonic::{
    client::Atlas,
    paging::pager::Pager,
    resources::{
        deployments::{clusters::Cluster, flex_clusters::FlexCluster},
        organization::projects::{Project, ProjectHandle},
    },
    workflows::{
        find::{
            Found,
            messages::{self, Hit},
        },
        inventory::{Failure, Inventory, InventoryEvent},
    },
};

/// A kind of cluster. Atlas lists dedicated and flex clusters separately.
pub(super) trait Searchable: Sized + Send + 'static {
    /// The other kind.
    type Other: Searchable;

    /// Returns an inventory of this kind only.
    fn inventory(inventory: Inventory) -> Inventory;

    fn from_event(event: InventoryEvent) -> Option<Self>;

    fn name(&self) -> &str;

    async fn get(project: &ProjectHandle, name: &str) -> Result<Self>;

    fn list(project: &ProjectHandle) -> Pager<Self>;

    /// Creates the error for a cluster of this kind where the other kind is required.
    fn wrong_kind_error(name: &str, project: &str) -> Error;

    /// Finds the cluster with this name in a project.
    async fn find_in_project(project: &Project, name: &str) -> Result<Self> {
        let handle = project.handle();
        let error = match Self::get(&handle, name).await {
            Err(error) if error.is_not_found() || is_other_kind(&error) => error,
            outcome => return outcome,
        };
        if Self::Other::get(&handle, name).await.is_ok() {
            return Err(Self::Other::wrong_kind_error(name, project.name()).with_source(error));
        }
        let own_clusters = Self::list(&handle).collect().await.unwrap_or_default();
        let other_clusters = Self::Other::list(&handle).collect().await;
        let other_clusters = other_clusters.unwrap_or_default();
        let names = own_clusters.iter().map(Self::name);
        let names: Vec<_> = names
            .chain(other_clusters.iter().map(Self::Other::name))
            .collect();
        let not_found = messages::not_found_error("cluster", name, Some(project.name()), &names);
        Err(not_found.with_source(error))
    }
}

/// Returns `true` if Atlas reports that the cluster is of the other kind.
fn is_other_kind(error: &Error) -> bool {
    matches!(
        error.error_code(),
        Some("CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API" | "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API")
    )
}

impl Searchable for Cluster {
    type Other = FlexCluster;

    fn inventory(inventory: Inventory) -> Inventory {
        inventory.without_flex_clusters()
    }

    fn from_event(event: InventoryEvent) -> Option<Self> {
        match event {
            InventoryEvent::Cluster(cluster) => Some(cluster),
            _ => None,
        }
    }

    fn name(&self) -> &str {
        self.data.name()
    }

    async fn get(project: &ProjectHandle, name: &str) -> Result<Self> {
        project.cluster(name).get().await
    }

    fn list(project: &ProjectHandle) -> Pager<Self> {
        project.clusters()
    }

    fn wrong_kind_error(name: &str, project: &str) -> Error {
        messages::dedicated_cluster_error(name, project)
    }
}

impl Searchable for FlexCluster {
    type Other = Cluster;

    fn inventory(inventory: Inventory) -> Inventory {
        inventory.with_flex_clusters_only()
    }

    fn from_event(event: InventoryEvent) -> Option<Self> {
        match event {
            InventoryEvent::FlexCluster(cluster) => Some(cluster),
            _ => None,
        }
    }

    fn name(&self) -> &str {
        self.data.name()
    }

    async fn get(project: &ProjectHandle, name: &str) -> Result<Self> {
        project.flex_cluster(name).get().await
    }

    fn list(project: &ProjectHandle) -> Pager<Self> {
        project.flex_clusters()
    }

    fn wrong_kind_error(name: &str, project: &str) -> Error {
        messages::flex_cluster_error(name, project)
    }
}

/// The result of a search of all projects.
pub(super) struct Search<C> {
    pub(super) hits: Vec<Hit<C>>,
    /// The names of the clusters that do not match.
    pub(super) other_names: Vec<String>,
    pub(super) failures: Vec<Failure>,
    /// The number of visible projects.
    pub(super) projects: usize,
}

impl<C> Search<C> {
    pub(super) fn into_clusters(self) -> Found<Vec<C>> {
        let clusters = self.hits.into_iter().map(|hit| hit.cluster).collect();
        Found::new(clusters, self.failures)
    }
}

impl Atlas {
    /// Searches all projects for the clusters that match.
    pub(super) async fn search<C: Searchable>(
        &self,
        mut is_match: impl FnMut(&C) -> bool,
    ) -> Result<Search<C>> {
        let mut events = C::inventory(self.inventory()).events();
        let (mut organization, mut project) = (String::new(), (String::new(), String::new()));
        let mut search = Search {
            hits: Vec::new(),
            other_names: Vec::new(),
            failures: Vec::new(),
            projects: 0,
        };
        while let Some(event) = events.try_next().await? {
            match event {
                InventoryEvent::Organization(current) => {
                    current.name().clone_into(&mut organization);
                }
                InventoryEvent::Project(current) => {
                    project = (current.name().to_owned(), current.id().to_string());
                    search.projects += 1;
                }
                InventoryEvent::Failure(failure) => {
                    if failure.has_no_owner() {
                        organization.clear();
                    }
                    search.failures.push(failure);
                }
                event => {
                    let Some(cluster) = C::from_event(event) else {
                        continue;
                    };
                    if !is_match(&cluster) {
                        search.other_names.push(cluster.name().to_owned());
                        continue;
                    }
                    search.hits.push(Hit {
                        organization: organization.clone(),
                        project: project.0.clone(),
                        project_id: project.1.clone(),
                        cluster,
                    });
                }
            }
        }
        Ok(search)
    }

    /// Finds the cluster with this name, or returns an error that explains the result of the search.
    pub(super) async fn find_in_all_projects<C: Searchable>(&self, name: &str) -> Result<Found<C>> {
        let mut own_search = self.search(|cluster: &C| cluster.name() == name).await?;
        match (own_search.hits.pop(), own_search.hits.is_empty()) {
            (Some(hit), true) => return Ok(Found::new(hit.cluster, own_search.failures)),
            (Some(last), false) => {
                own_search.hits.push(last);
                return Err(messages::ambiguous_cluster_error(name, &own_search.hits));
            }
            (None, _) => {}
        }
        if own_search.projects == 0 && own_search.failures.is_empty() {
            let hint = self.visibility_hint().await.ok().flatten();
            return Err(messages::nothing_visible_error("cluster", name, hint));
        }
        let other_search = self
            .search(|cluster: &C::Other| cluster.name() == name)
            .await?;
        if let Some(hit) = other_search.hits.first() {
            return Err(C::Other::wrong_kind_error(name, &hit.project));
        }
        let names = own_search
            .other_names
            .iter()
            .chain(&other_search.other_names);
        let names: Vec<_> = names.map(String::as_str).collect();
        let error = messages::not_found_error("cluster", name, None, &names);
        // a project of which both lists fail counts once
        let mut owner_ids = BTreeSet::new();
        let mut failures = own_search.failures;
        failures.extend(other_search.failures);
        failures.retain(|failure| owner_ids.insert(failure.owner_id().to_owned()));
        Err(messages::add_failures(error, failures))
    }
}
