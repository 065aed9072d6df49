//! Finds clusters by name in all projects.

use std::{collections::BTreeMap, pin::pin};

use futures_util::StreamExt;
use mongodbatlas::{Atlas, ProjectId};

use super::inventory;
use crate::{error::CliError, terminal::printable, ui::Ui};

/// A project that contains a cluster of the requested name.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) project: ProjectId,
    project_name: String,
}

/// Returns the projects that contain a cluster of one of these names, by cluster name.
pub(super) async fn find<'a>(
    atlas: &Atlas,
    names: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<&'a str, Vec<Match>>, CliError> {
    let mut found: BTreeMap<&str, Vec<Match>> = names.map(|name| (name, Vec::new())).collect();
    tracing::debug!("searching all projects for the clusters");
    let mut inventory = pin!(inventory::projects(atlas));
    while let Some(project) = inventory.next().await {
        let (project, clusters) = project?;
        for cluster in clusters? {
            if let Some(matches) = found.get_mut(cluster.name()) {
                matches.push(Match {
                    project: project.id().clone(),
                    project_name: project.name().to_owned(),
                });
            }
        }
    }
    Ok(found)
}

/// Returns the error for a name that no cluster has.
pub(super) fn not_found(name: &str) -> CliError {
    CliError::failure(format!("cluster `{name}` not found in any project")).with_hint(
        "check the cluster's name; `atlascli --list` lists the clusters that the credentials can \
         see",
    )
}

/// Reports a name that clusters of several projects have, with a hint for each project.
pub(super) fn report_ambiguous(name: &str, matches: &[Match], ui: &mut Ui) {
    ui.error(&format!(
        "{} projects have a cluster `{name}`",
        matches.len()
    ));
    for found in matches {
        let project = printable(&found.project_name);
        ui.hint(&format!(
            "add `-pid {}` for the cluster in project `{project}`",
            found.project
        ));
    }
}
