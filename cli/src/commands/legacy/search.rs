//! Finds clusters by name in all projects.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
};

use futures_util::StreamExt;
use mongodbatlas::{Atlas, OrganizationId, Project, ProjectHandle, ProjectId};

use super::{
    inventory::{self, ListedProject},
    report,
};
use crate::{arguments::ClusterChange, context::Context, error::CliError, ui::Ui};

/// A project that contains a cluster of the requested name.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) project: ProjectId,
    project_name: String,
    organization: Option<OrganizationId>,
}

impl Match {
    fn new(project: &Project) -> Self {
        Self {
            project: project.id().clone(),
            project_name: project.name().to_owned(),
            organization: project.organization_id(),
        }
    }
}

/// The result of a search.
#[derive(Debug, Default)]
pub(super) struct Search<'a> {
    matches: BTreeMap<&'a str, Vec<Match>>,
    /// Projects with a flex cluster of a name that no other cluster has.
    flex_clusters: BTreeMap<&'a str, ProjectId>,
    projects: Vec<(ProjectHandle, String)>,
    /// Projects whose clusters cannot be listed.
    failed: BTreeSet<ProjectId>,
    /// `true` if a list failed.
    is_incomplete: bool,
}

impl<'a> Search<'a> {
    /// Searches all projects for clusters with these names. Warns about projects that cannot be
    /// searched.
    pub(super) async fn run(
        atlas: &Atlas,
        names: impl Iterator<Item = &'a str>,
        ui: &mut Ui,
    ) -> Result<Self, CliError> {
        let mut search = Self {
            matches: names.map(|name| (name, Vec::new())).collect(),
            ..Self::default()
        };
        tracing::debug!("searching all projects for the clusters");
        let mut projects = pin!(inventory::projects(atlas));
        while let Some(listed) = projects.next().await {
            match listed {
                Ok(listed) => search.add(listed, ui),
                Err(error) if search.projects.is_empty() => {
                    return Err(report::projects_not_listed(error));
                }
                Err(error) => {
                    search.is_incomplete = true;
                    report::warn_incomplete(error, ui);
                }
            }
        }
        search.find_flex_clusters(ui).await;
        Ok(search)
    }

    fn add(&mut self, listed: ListedProject, ui: &mut Ui) {
        let ListedProject { project, clusters } = listed;
        self.projects
            .push((project.handle(), project.name().to_owned()));
        match clusters {
            Ok(clusters) => {
                for cluster in clusters {
                    if let Some(matches) = self.matches.get_mut(cluster.name()) {
                        matches.push(Match::new(&project));
                    }
                }
            }
            Err(error) => {
                self.is_incomplete = true;
                self.failed.insert(project.id().clone());
                report::warn_not_searched(project.name(), error, ui);
            }
        }
    }

    /// Searches the flex clusters if a name was not found.
    async fn find_flex_clusters(&mut self, ui: &mut Ui) {
        let names = self.matches.iter();
        let missing = names.filter(|(_, matches)| matches.is_empty());
        let missing: BTreeSet<&'a str> = missing.map(|(name, _)| *name).collect();
        if missing.is_empty() {
            return;
        }
        let mut projects = pin!(inventory::flex_clusters(self.projects.clone()));
        while let Some((project, name, clusters)) = projects.next().await {
            match clusters {
                Ok(clusters) => {
                    for cluster in clusters {
                        if let Some(name) = missing.get(cluster.name()) {
                            self.flex_clusters.insert(name, project.clone());
                        }
                    }
                }
                Err(_) if self.failed.contains(&project) => {}
                Err(error) => {
                    self.is_incomplete = true;
                    report::warn_not_searched(&name, error, ui);
                }
            }
        }
    }

    /// Returns the projects with a cluster of this name.
    pub(super) fn matches(&self, name: &str) -> &[Match] {
        self.matches
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Returns the error for a name without matches.
    pub(super) fn not_found(&self, name: &str, change: ClusterChange) -> CliError {
        if let Some(project) = self.flex_clusters.get(name) {
            return flex_cluster(name, project, change);
        }
        if self.projects.is_empty() {
            return CliError::failure(format!(
                "cluster `{name}` not found: the credentials see no project"
            ))
            .with_hint(report::NO_PROJECTS_HINT);
        }
        if self.is_incomplete {
            return CliError::failure(format!(
                "cluster `{name}` not found in the projects that were searched"
            ))
            .with_hint(
                "resolve the warnings above, or select the project of the cluster with \
                 `--project_id ID`",
            );
        }
        CliError::failure(format!("cluster `{name}` not found in any project")).with_hint(
            "check the cluster's name; `atlascli --list` lists the clusters that the credentials \
             can see",
        )
    }
}

/// Returns the error for a flex cluster.
pub(super) fn flex_cluster(name: &str, project: &ProjectId, change: ClusterChange) -> CliError {
    CliError::failure(format!(
        "`{name}` is a flex cluster, which cannot be {}",
        change.participle()
    ))
    .with_hint(format!(
        "`atlascli --cluster {project}:{name}` prints it; its costs end when it is deleted"
    ))
}

/// Reports a name that clusters of several projects have, with a hint for each project.
pub(super) async fn report_ambiguous(
    context: &Context,
    name: &str,
    matches: &[Match],
    ui: &mut Ui,
) {
    ui.error(&format!(
        "{} projects have a cluster `{name}`",
        matches.len()
    ));
    let organizations = organization_names(context, matches).await;
    for found in matches {
        let organization = found.organization.as_ref();
        let organization = organization.and_then(|id| organizations.get(id));
        let organization = organization
            .map(|name| format!(" of organization `{name}`"))
            .unwrap_or_default();
        ui.hint(&format!(
            "add `-pid {}` for the cluster in project `{}`{organization}",
            found.project, found.project_name
        ));
    }
}

/// Returns the names of the organizations if the matches belong to several.
async fn organization_names(
    context: &Context,
    matches: &[Match],
) -> BTreeMap<OrganizationId, String> {
    let ids = matches
        .iter()
        .filter_map(|found| found.organization.clone());
    let mut names: BTreeMap<_, _> = ids.map(|id| (id.clone(), id.to_string())).collect();
    if names.len() < 2 {
        return BTreeMap::new();
    }
    // The ids are the fallback if the organizations cannot be listed.
    for organization in context
        .atlas()
        .organizations()
        .collect()
        .await
        .unwrap_or_default()
    {
        if let Some(name) = names.get_mut(organization.id()) {
            organization.name().clone_into(name);
        }
    }
    names
}
