//! The tree of an inventory.

use crate::pythonic::resources::{
    deployments::{clusters::Cluster, flex_clusters::FlexCluster},
    organization::{organizations::Organization, projects::Project},
};
use crate::pythonic::workflows::inventory::{Failure, InventoryEvent};

/// Everything that is visible to the credentials; see [`Inventory::tree`](crate::Inventory::tree).
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Tree {
    /// The organizations, in the order of Atlas.
    pub organizations: Vec<OrganizationTree>,
}

/// An organization with its projects.
#[derive(Debug)]
#[non_exhaustive]
pub struct OrganizationTree {
    /// The organization itself.
    pub organization: Organization,
    /// The projects, in the order of Atlas.
    pub projects: Vec<ProjectTree>,
    /// The lists of projects that failed.
    pub failures: Vec<Failure>,
}

/// A project with its clusters.
#[derive(Debug)]
#[non_exhaustive]
pub struct ProjectTree {
    /// The project itself.
    pub project: Project,
    /// The dedicated and shared clusters, in the order of Atlas.
    pub clusters: Vec<Cluster>,
    /// The flex clusters, in the order of Atlas.
    pub flex_clusters: Vec<FlexCluster>,
    /// The lists of clusters that failed.
    pub failures: Vec<Failure>,
}

impl Tree {
    /// Returns the projects of all organizations.
    pub fn projects(&self) -> impl Iterator<Item = &ProjectTree> {
        self.organizations
            .iter()
            .flat_map(|organization| &organization.projects)
    }

    /// Returns the dedicated and shared clusters of all projects.
    pub fn clusters(&self) -> impl Iterator<Item = &Cluster> {
        self.projects().flat_map(|project| &project.clusters)
    }

    /// Returns the flex clusters of all projects.
    pub fn flex_clusters(&self) -> impl Iterator<Item = &FlexCluster> {
        self.projects().flat_map(|project| &project.flex_clusters)
    }

    /// Returns the lists that failed; empty if the tree is complete.
    pub fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.organizations.iter().flat_map(|organization| {
            let projects = organization.projects.iter();
            let project_failures = projects.flat_map(|project| &project.failures);
            project_failures.chain(&organization.failures)
        })
    }

    /// Adds the next event.
    pub(crate) fn add(&mut self, event: InventoryEvent) {
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
        // events arrive in order, so an event belongs to the last organization and project
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
            (InventoryEvent::Failure(failure), Some(project)) if !failure.is_project_list() => {
                project.failures.push(failure);
            }
            (InventoryEvent::Failure(failure), _) => organization.failures.push(failure),
            _ => {}
        }
    }
}
