//! `--list`: the organization, its projects and their clusters, one line each.

use std::pin::pin;

use futures_util::{StreamExt, future::join};

use super::inventory;
use crate::{
    context::Context,
    error::CliError,
    output::{lines, python},
    ui::Ui,
};

/// Prints each project as soon as its clusters are there.
///
/// The projects are asked for first: the organization, though it is printed first, is then known no
/// later than the first clusters, and costs no round trip of its own.
pub(super) async fn list(context: &Context, ui: &mut Ui) -> Result<(), CliError> {
    tracing::debug!("listing the projects");
    tracing::debug!("looking for the organization of the keys");
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
