//! `--listproj`, `--listcluster` and `--cluster`: complete documents.

use std::pin::pin;

use futures_util::StreamExt;
use mongodbatlas::Cluster;

use super::inventory;
use crate::{
    arguments::ClusterPath,
    context::Context,
    error::CliError,
    output::{datetime::LocalZone, lines, python},
    ui::Ui,
};

/// Prints all projects with headings, or the projects with these ids without.
pub(super) async fn projects(
    context: &Context,
    ids: &[String],
    ui: &mut Ui,
) -> Result<(), CliError> {
    let zone = LocalZone::of_system();
    if ids.is_empty() {
        tracing::debug!("listing the projects");
        let mut projects = context.atlas().projects();
        while let Some(project) = projects.try_next().await? {
            let document = python::document_with_created(project.document(), zone);
            ui.print(&(lines::project_heading(&project) + &document))?;
        }
        return Ok(());
    }
    for id in super::project_ids(ids)? {
        tracing::debug!("fetching the project `{id}`");
        let handle = context.atlas().project(&id);
        let project = Box::pin(handle.get()).await?;
        ui.print(&python::document_with_created(project.document(), zone))?;
    }
    Ok(())
}

/// Prints the clusters of all projects, or of the projects with these ids.
pub(super) async fn clusters(
    context: &Context,
    ids: &[String],
    ui: &mut Ui,
) -> Result<(), CliError> {
    if ids.is_empty() {
        tracing::debug!("listing the projects");
        let mut inventory = pin!(inventory::projects(context.atlas()));
        while let Some(project) = inventory.next().await {
            print_clusters(&project?.1?, ui)?;
        }
        return Ok(());
    }
    let mut inventory = pin!(inventory::clusters(
        context.atlas(),
        &super::project_ids(ids)?
    ));
    while let Some(clusters) = inventory.next().await {
        print_clusters(&clusters?, ui)?;
    }
    Ok(())
}

/// Prints one cluster.
pub(super) async fn cluster(
    context: &Context,
    path: &ClusterPath,
    ui: &mut Ui,
) -> Result<(), CliError> {
    tracing::debug!("fetching the cluster `{}`", path.name);
    let handle = context.atlas().cluster(&path.project, &path.name);
    let cluster = Box::pin(handle.get()).await?;
    ui.print(&python::document(cluster.document()))
}

fn print_clusters(clusters: &[Cluster], ui: &mut Ui) -> Result<(), CliError> {
    for cluster in clusters {
        let document = python::document(cluster.document());
        ui.print(&(lines::cluster_heading(cluster) + &document))?;
    }
    Ok(())
}
