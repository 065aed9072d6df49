//! `--list`: the organization, its projects and their clusters, one line for each.

use std::pin::pin;

use futures_util::{StreamExt, future::join};

use super::inventory;
use crate::{
    context::Context,
    error::CliError,
    output::{lines, python},
    ui::Ui,
};

/// Prints the organization, then each project as soon as its clusters are fetched.
///
/// Requests the organization and the first projects concurrently to save a round trip.
pub(super) async fn list(context: &Context, ui: &mut Ui) -> Result<(), CliError> {
    tracing::debug!("listing the projects");
    tracing::debug!("fetching the organization");
    let mut inventory = pin!(inventory::projects(context.atlas()).peekable());
    let (_, organization) = join(
        inventory.as_mut().peek(),
        context.atlas().this_organization(),
    )
    .await;
    let organization = organization?;
    let document = python::document(organization.document());
    ui.print(&(document + &lines::organization(&organization)))?;

    while let Some(project) = inventory.next().await {
        let (project, clusters) = project?;
        ui.print(&lines::project(&project))?;
        let clusters: String = clusters?.iter().map(lines::cluster).collect();
        ui.print(&clusters)?;
    }
    Ok(())
}
