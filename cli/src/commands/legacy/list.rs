//! `--list`: the organization, its projects and their clusters, one line each.

use std::pin::pin;

use futures_util::StreamExt;

use super::inventory;
use crate::{
    context::Context,
    error::CliError,
    output::{lines, python},
    ui::Ui,
};

/// Prints each project as soon as its clusters are there.
pub(super) async fn list(context: &Context, ui: &mut Ui) -> Result<(), CliError> {
    tracing::debug!("looking for the organization of the keys");
    let organization = context.atlas().this_organization().await?;
    let document = python::document(organization.document());
    ui.print(&(document + &lines::organization(&organization)))?;

    tracing::debug!("listing the projects");
    let mut inventory = pin!(inventory::projects(context.atlas()));
    while let Some(project) = inventory.next().await {
        let (project, clusters) = project?;
        ui.print(&lines::project(&project))?;
        let clusters: String = clusters?.iter().map(lines::cluster).collect();
        ui.print(&clusters)?;
    }
    Ok(())
}
