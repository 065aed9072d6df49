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
    /// The organizations, in the order in which Atlas returns them.
    pub organizations: Vec<OrganizationTree>,
    /// The projects of organizations that could not be listed.
    pub other_projects: Vec<ProjectTree>,
    /// The failed lists that belong to no organization: the list of organizations and the list of all projects.
    pub list_failures: Vec<Failure>,
}

/// An organization with its projects.
#[derive(Debug)]
#[non_exhaustive]
pub struct OrganizationTree {
    /// The organization itself.
    pub organization: Organization,
    /// The projects, in the order in which Atlas returns them.
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
    /// The dedicated and shared clusters, in the order in which Atlas returns them.
    pub clusters: Vec<Cluster>,
    /// The flex clusters, in the order in which Atlas returns them.
    pub flex_clusters: Vec<FlexCluster>,
    /// The lists of clusters that failed.
    pub failures: Vec<Failure>,
}

impl Tree {
    /// Returns all projects.
    pub fn projects(&self) -> impl Iterator<Item = &ProjectTree> {
        self.organizations
            .iter()
            .flat_map(|organization| &organization.projects)
            .chain(&self.other_projects)
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
        let organization_failures = self.organizations.iter().flat_map(|organization| {
            let projects = organization.projects.iter();
            let project_failures = projects.flat_map(|project| &project.failures);
            project_failures.chain(&organization.failures)
        });
        let other_projects = self.other_projects.iter();
        organization_failures
            .chain(other_projects.flat_map(|project| &project.failures))
            .chain(&self.list_failures)
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
            InventoryEvent::Failure(failure) if failure.has_no_owner() => {
                self.list_failures.push(failure);
                return;
            }
            event => event,
        };
        // events arrive in order, so an event belongs to the last organization and project; after the failure of the
        // list of organizations, projects belong to unknown organizations
        let organization = self.organizations.last_mut();
        let (projects, failures) = match organization.filter(|_| self.list_failures.is_empty()) {
            Some(organization) => (&mut organization.projects, &mut organization.failures),
            None => (&mut self.other_projects, &mut self.list_failures),
        };
        match (event, projects.last_mut()) {
            (InventoryEvent::Project(project), _) => projects.push(ProjectTree {
                project,
                clusters: Vec::new(),
                flex_clusters: Vec::new(),
                failures: Vec::new(),
            }),
            (InventoryEvent::Cluster(cluster), Some(project)) => project.clusters.push(cluster),
            (InventoryEvent::FlexCluster(cluster), Some(project)) => {
                project.flex_clusters.push(cluster);
            }
            (InventoryEvent::Failure(failure), Some(project)) if failure.is_in_project() => {
                project.failures.push(failure);
            }
            (InventoryEvent::Failure(failure), _) => failures.push(failure),
            _ => {}
        }
    }
}
