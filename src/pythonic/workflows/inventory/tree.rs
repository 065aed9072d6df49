//! All of an inventory at once.

use crate::pythonic::workflows::inventory::{Failure, InventoryEvent};
use crate::pythonic::{
    client::Atlas,
    resources::{
        deployments::{clusters::Cluster, flex_clusters::FlexCluster},
        organization::{organizations::Organization, projects::Project},
    },
};

/// Everything that a key can see; made by [`Inventory::tree`](crate::Inventory::tree).
#[derive(Debug)]
#[non_exhaustive]
pub struct Tree<C = Atlas> {
    /// The organizations, in the server's order.
    pub organizations: Vec<OrganizationTree<C>>,
}

/// An organization with everything in it.
#[derive(Debug)]
#[non_exhaustive]
pub struct OrganizationTree<C = Atlas> {
    /// The organization itself.
    pub organization: Organization<C>,
    /// Its projects, in the server's order.
    pub projects: Vec<ProjectTree<C>>,
    /// Why there may be more projects.
    pub failures: Vec<Failure>,
}

/// A project with everything in it.
#[derive(Debug)]
#[non_exhaustive]
pub struct ProjectTree<C = Atlas> {
    /// The project itself.
    pub project: Project<C>,
    /// Its dedicated and shared clusters, in the server's order.
    pub clusters: Vec<Cluster<C>>,
    /// Its flex clusters, in the server's order.
    pub flex_clusters: Vec<FlexCluster<C>>,
    /// Why there may be more clusters.
    pub failures: Vec<Failure>,
}

impl<C> Default for Tree<C> {
    fn default() -> Self {
        Self {
            organizations: Vec::new(),
        }
    }
}

impl<C> Tree<C> {
    /// The projects of all organizations.
    pub fn projects(&self) -> impl Iterator<Item = &ProjectTree<C>> {
        self.organizations.iter().flat_map(|it| &it.projects)
    }

    /// The dedicated and shared clusters of all projects.
    pub fn clusters(&self) -> impl Iterator<Item = &Cluster<C>> {
        self.projects().flat_map(|it| &it.clusters)
    }

    /// The flex clusters of all projects.
    pub fn flex_clusters(&self) -> impl Iterator<Item = &FlexCluster<C>> {
        self.projects().flat_map(|it| &it.flex_clusters)
    }

    /// Everything that could not be listed; where there is nothing, the tree is whole.
    pub fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.organizations.iter().flat_map(|organization| {
            let projects = organization.projects.iter();
            let of_projects = projects.flat_map(|project| &project.failures);
            of_projects.chain(&organization.failures)
        })
    }

    /// Adds what comes next, to where it belongs.
    pub(crate) fn add(&mut self, event: InventoryEvent<C>) {
        let event = match event {
            InventoryEvent::Organization(organization) => {
                self.organizations.push(OrganizationTree {
                    organization,
                    projects: Vec::new(),
                    failures: Vec::new(),
                });
                return;
            }
            event => event,
        };
        // events come in order, so the last one is where it belongs
        let Some(organization) = self.organizations.last_mut() else {
            return;
        };
        match (event, organization.projects.last_mut()) {
            (InventoryEvent::Project(project), _) => organization.projects.push(ProjectTree {
                project,
                clusters: Vec::new(),
                flex_clusters: Vec::new(),
                failures: Vec::new(),
            }),
            (InventoryEvent::Cluster(cluster), Some(project)) => project.clusters.push(cluster),
            (InventoryEvent::FlexCluster(cluster), Some(project)) => {
                project.flex_clusters.push(cluster);
            }
            (InventoryEvent::Failure(failure), Some(project)) if !failure.is_of_projects() => {
                project.failures.push(failure);
            }
            (InventoryEvent::Failure(failure), _) => organization.failures.push(failure),
            _ => {}
        }
    }
}
