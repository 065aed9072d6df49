//! The lines of `--list`. Scripts parse them, so they must not change by a byte.

use mongodbatlas::{Cluster, Organization, OrganizationId, Project};

use crate::terminal::printable;

/// Minimum width of a cluster's quoted name.
const NAME_WIDTH: usize = 24;

/// Returns the line of an organization.
pub(crate) fn organization(organization: &Organization) -> String {
    let (id, name) = (organization.id(), printable(organization.name()));
    format!("Organization ID:{id} Name:'{name}'\n")
}

/// Returns the line of an organization of which only the id is known.
pub(crate) fn unlisted_organization(id: &OrganizationId) -> String {
    format!("Organization ID:{id} Name:''\n")
}

/// Returns the line of a project.
pub(crate) fn project(project: &Project) -> String {
    let (id, name) = (project.id(), printable(project.name()));
    format!("     project ID:{id} Name:'{name}'\n")
}

/// Returns the line of a cluster. The state is `running` unless the cluster is paused.
pub(crate) fn cluster(cluster: &Cluster) -> String {
    let id = cluster.as_api().id.as_deref().unwrap_or_default();
    let name = format!("'{}'", printable(cluster.name()));
    let state = if cluster.is_paused() {
        "paused"
    } else {
        "running"
    };
    format!(
        "       Cluster ID:'{}' name:{name:NAME_WIDTH$} state={state}\n",
        printable(id)
    )
}

/// Returns the heading of a project's document.
pub(crate) fn project_heading(project: &Project) -> String {
    format!("\nProject: '{}'\n", printable(project.name()))
}

/// Returns the heading of a cluster's document.
pub(crate) fn cluster_heading(cluster: &Cluster) -> String {
    let (id, name) = (cluster.project_id(), printable(cluster.name()));
    format!("\nProject: '{id}' Cluster: '{name}'\n")
}
