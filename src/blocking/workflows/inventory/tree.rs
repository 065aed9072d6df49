//! The tree of an inventory, without `async`.

use crate::blocking::{
    client::{Atlas, IntoBlocking},
    deployments::{clusters::Cluster, flex_clusters::FlexCluster},
    organization::{organizations::Organization, projects::Project},
};
use crate::pythonic::workflows::inventory::Failure;

/// Everything that is visible to the credentials; the blocking counterpart of
/// [`Tree`](crate::Tree).
#[derive(Debug)]
#[non_exhaustive]
pub struct Tree {
    /// The organizations, in the order in which Atlas returns them.
    pub organizations: Vec<OrganizationTree>,
    /// The projects of organizations that could not be listed.
    pub other_projects: Vec<ProjectTree>,
    /// The failed lists that belong to no organization: the list of organizations and the list of all projects.
    pub list_failures: Vec<Failure>,
}

/// An organization with its projects; the blocking counterpart of
/// [`OrganizationTree`](crate::OrganizationTree).
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

/// A project with its clusters; the blocking counterpart of [`ProjectTree`](crate::ProjectTree).
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
}

impl IntoBlocking for crate::Tree {
    type Output = Tree;

    fn into_blocking(self, atlas: &Atlas) -> Tree {
        Tree {
            organizations: self.organizations.into_blocking(atlas),
            other_projects: self.other_projects.into_blocking(atlas),
            list_failures: self.list_failures,
        }
    }
}

impl IntoBlocking for crate::OrganizationTree {
    type Output = OrganizationTree;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationTree {
        OrganizationTree {
            organization: self.organization.into_blocking(atlas),
            projects: self.projects.into_blocking(atlas),
            failures: self.failures,
        }
    }
}

impl IntoBlocking for crate::ProjectTree {
    type Output = ProjectTree;

    fn into_blocking(self, atlas: &Atlas) -> ProjectTree {
        ProjectTree {
            project: self.project.into_blocking(atlas),
            clusters: self.clusters.into_blocking(atlas),
            flex_clusters: self.flex_clusters.into_blocking(atlas),
            failures: self.failures,
        }
    }
}
