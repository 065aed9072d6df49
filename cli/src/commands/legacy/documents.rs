//! `--listproj`, `--listcluster` and `--cluster`: complete documents.

use std::pin::pin;

use futures_util::StreamExt;
use mongodbatlas::{Cluster, Document, ProjectId};

use super::{inventory, report};
use crate::{
    arguments::ClusterPath,
    context::Context,
    error::CliError,
    exit::Exit,
    output::{datetime::LocalZone, lines, python},
    ui::Ui,
};

/// Prints all projects with headings, or the projects with these ids without.
pub(super) async fn projects(
    context: &Context,
    ids: &[ProjectId],
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let zone = LocalZone::of_system();
    if ids.is_empty() {
        return all_projects(context, zone, ui).await;
    }
    let mut exit = Exit::Success;
    for id in ids {
        tracing::debug!("fetching the project `{id}`");
        let handle = context.atlas().project(id);
        match Box::pin(handle.get()).await {
            Ok(project) => ui.print(&python::document_with_created(project.document(), zone))?,
            Err(error) if report::affects_all(&error) => return Err(error.into()),
            Err(error) => {
                ui.report(&error.into());
                exit = Exit::Failure;
            }
        }
    }
    Ok(exit)
}

async fn all_projects(context: &Context, zone: LocalZone, ui: &mut Ui) -> Result<Exit, CliError> {
    tracing::debug!("listing the projects");
    let mut projects = context.atlas().projects();
    let mut is_empty = true;
    while let Some(project) = projects
        .try_next()
        .await
        .map_err(report::projects_not_listed)?
    {
        is_empty = false;
        let document = python::document_with_created(project.document(), zone);
        ui.print(&(lines::project_heading(&project) + &document))?;
    }
    if is_empty {
        report::warn_no_projects(ui);
    }
    Ok(Exit::Success)
}

/// Prints the clusters of all projects, or of the projects with these ids.
pub(super) async fn clusters(
    context: &Context,
    ids: &[ProjectId],
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    if ids.is_empty() {
        return clusters_of_all_projects(context, ui).await;
    }
    let mut exit = Exit::Success;
    let mut projects = pin!(inventory::clusters(context.atlas(), ids));
    while let Some((project, clusters)) = projects.next().await {
        print_clusters(project.as_str(), clusters, &mut exit, ui)?;
    }
    Ok(exit)
}

async fn clusters_of_all_projects(context: &Context, ui: &mut Ui) -> Result<Exit, CliError> {
    tracing::debug!("listing the projects");
    let mut exit = Exit::Success;
    let mut is_empty = true;
    let mut projects = pin!(inventory::projects(context.atlas()));
    while let Some(listed) = projects.next().await {
        is_empty = false;
        let listed = listed.map_err(report::projects_not_listed)?;
        print_clusters(listed.project.name(), listed.clusters, &mut exit, ui)?;
    }
    if is_empty {
        report::warn_no_projects(ui);
    }
    Ok(exit)
}

/// Prints the clusters of a project. Reports the error if they cannot be listed.
fn print_clusters(
    project: &str,
    clusters: mongodbatlas::Result<Vec<Cluster>>,
    exit: &mut Exit,
    ui: &mut Ui,
) -> Result<(), CliError> {
    match clusters {
        Ok(clusters) => {
            for cluster in clusters {
                let document = python::document(cluster.document());
                ui.print(&(lines::cluster_heading(&cluster) + &document))?;
            }
        }
        Err(error) => {
            ui.report(&report::clusters_not_listed(project, error));
            *exit = Exit::Failure;
        }
    }
    Ok(())
}

/// Prints one cluster or flex cluster.
pub(super) async fn cluster(
    context: &Context,
    path: &ClusterPath,
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let document = fetch_cluster(context, path).await?;
    ui.print(&python::document(&document))?;
    Ok(Exit::Success)
}

async fn fetch_cluster(context: &Context, path: &ClusterPath) -> Result<Document, CliError> {
    tracing::debug!("fetching the cluster `{}`", path.name);
    let handle = context.atlas().cluster(&path.project, &path.name);
    let error = match Box::pin(handle.get()).await {
        Ok(cluster) => return Ok(cluster.document().clone()),
        Err(error) => error,
    };
    if report::is_flex_cluster(&error) || error.is_not_found() {
        let project = context.atlas().project(&path.project);
        let handle = project.flex_cluster(&path.name);
        match Box::pin(handle.get()).await {
            Ok(cluster) if cluster.name() == path.name => return Ok(cluster.document().clone()),
            _ => {}
        }
    }
    Err(error.into())
}
