//! Which project a cluster is in, where nobody said it.

use std::{collections::BTreeMap, pin::pin};

use futures_util::StreamExt;
use mongodbatlas::{Atlas, ProjectId};

use super::inventory;
use crate::{error::CliError, terminal::printable, ui::Ui};

/// A project with a cluster of the name.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) id: ProjectId,
    /// The project's name.
    name: String,
}

/// The projects of the organization that have a cluster of one of these names, by those names.
pub(super) async fn places<'a>(
    atlas: &Atlas,
    names: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<&'a str, Vec<Place>>, CliError> {
    let mut places: BTreeMap<&str, Vec<Place>> = names.map(|name| (name, Vec::new())).collect();
    tracing::debug!("looking for the clusters in all projects");
    let mut inventory = pin!(inventory::projects(atlas));
    while let Some(project) = inventory.next().await {
        let (project, clusters) = project?;
        for cluster in clusters? {
            if let Some(places) = places.get_mut(cluster.name()) {
                places.push(Place {
                    id: project.id().clone(),
                    name: project.name().to_owned(),
                });
            }
        }
    }
    Ok(places)
}

/// The error that no project has a cluster of this name.
pub(super) fn unknown(name: &str) -> CliError {
    CliError::failure(format!("no project has a cluster `{name}`")).with_hint(
        "check the cluster's name; `atlascli --list` shows the clusters that these keys can see",
    )
}

/// Says that several projects have a cluster of this name, with a line for each of them.
pub(super) fn show(name: &str, places: &[Place], ui: &mut Ui) {
    ui.error(&format!(
        "{} projects have a cluster `{name}`",
        places.len()
    ));
    for place in places {
        let project = printable(&place.name);
        ui.hint(&format!(
            "for the one of '{project}' add `-pid {}`",
            place.id
        ));
    }
}
