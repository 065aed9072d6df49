//! `--list`: the organizations, their projects and clusters, one line for each.

use std::pin::{Pin, pin};

use futures_util::{Stream, StreamExt, future::join};
use mongodbatlas::{Organization, OrganizationId};

use super::{
    inventory::{self, ListedProject},
    report,
};
use crate::{
    context::Context,
    error::CliError,
    exit::Exit,
    output::{lines, python},
    ui::Ui,
};

/// Prints the organizations and the projects of each one.
///
/// Requests the organizations and the first projects concurrently to save a round trip.
pub(super) async fn list(context: &Context, ui: &mut Ui) -> Result<Exit, CliError> {
    tracing::debug!("listing the projects");
    tracing::debug!("fetching the organization");
    let atlas = context.atlas();
    let mut projects = pin!(inventory::projects(atlas).peekable());
    let organizations = atlas.organizations().collect();
    let (_, organizations) = join(projects.as_mut().peek(), organizations).await;
    match &visible(organizations?)[..] {
        [] => Err(
            CliError::failure("the credentials see no organization").with_hint(
                "grant the API key or the service account the role `Organization Member` or \
             `Organization Read Only` in Atlas: Organization → Access Manager",
            ),
        ),
        [organization] => {
            print_organization(organization, ui)?;
            print_projects(projects, ui).await
        }
        organizations => print_by_organization(organizations, projects, ui).await,
    }
}

/// Returns the organizations without deleted ones, unless all are deleted.
fn visible(mut organizations: Vec<Organization>) -> Vec<Organization> {
    if organizations
        .iter()
        .any(|organization| !organization.is_deleted())
    {
        organizations.retain(|organization| !organization.is_deleted());
    }
    organizations
}

fn print_organization(organization: &Organization, ui: &mut Ui) -> Result<(), CliError> {
    let document = python::document(organization.document());
    ui.print(&(document + &lines::organization(organization)))
}

/// Prints each project as soon as its clusters are fetched.
async fn print_projects(
    mut projects: Pin<&mut impl Stream<Item = mongodbatlas::Result<ListedProject>>>,
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let mut exit = Exit::Success;
    let mut is_empty = true;
    while let Some(listed) = projects.next().await {
        is_empty = false;
        match listed {
            Ok(listed) => print_project(listed, &mut exit, ui)?,
            Err(error) => return Err(report::projects_not_listed(error)),
        }
    }
    if is_empty {
        report::warn_no_projects(ui);
    }
    Ok(exit)
}

/// Prints a project and its clusters. Reports the error if they cannot be listed.
fn print_project(listed: ListedProject, exit: &mut Exit, ui: &mut Ui) -> Result<(), CliError> {
    let ListedProject { project, clusters } = listed;
    ui.print(&lines::project(&project))?;
    match clusters {
        Ok(clusters) => ui.print(&clusters.iter().map(lines::cluster).collect::<String>()),
        Err(error) => {
            ui.report(&report::clusters_not_listed(project.name(), error));
            *exit = Exit::Failure;
            Ok(())
        }
    }
}

/// Prints several organizations and the projects of each one.
async fn print_by_organization(
    organizations: &[Organization],
    mut projects: Pin<&mut impl Stream<Item = mongodbatlas::Result<ListedProject>>>,
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let mut listed = Vec::new();
    let mut exit = Exit::Success;
    while let Some(project) = projects.next().await {
        match project {
            Ok(project) => listed.push(project),
            Err(error) => {
                ui.report(&report::projects_not_listed(error));
                exit = Exit::Failure;
            }
        }
    }
    if listed.is_empty() && exit == Exit::Success {
        report::warn_no_projects(ui);
    }
    for organization in organizations {
        print_organization(organization, ui)?;
        let owner = Some(organization.id());
        for project in listed.extract_if(.., |listed| owner_of(listed).as_ref() == owner) {
            print_project(project, &mut exit, ui)?;
        }
    }
    for project in listed {
        if let Some(id) = owner_of(&project) {
            ui.print(&lines::unlisted_organization(&id))?;
        }
        print_project(project, &mut exit, ui)?;
    }
    Ok(exit)
}

fn owner_of(listed: &ListedProject) -> Option<OrganizationId> {
    listed.project.organization_id()
}
