//! Resolves targets and selections to clusters.

use super::{ClusterTarget, inventory::ProjectClusters, selection::Selection, target::TargetText};
use crate::{
    config::Sourced,
    engine::{
        Invocation,
        names::suggest::nearest,
        names::{Matcher, is_glob},
        session::{Place, is_id},
    },
    error::CliError,
    exit::Exit,
};

/// The clusters that a command line names.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// `true` for a bulk run: a glob, a selection, `--all`, or several names.
    pub(crate) is_bulk: bool,
    pub(crate) clusters: Vec<ClusterTarget>,
    /// The names that no cluster or several clusters have, with the error.
    pub(crate) unresolved: Vec<(String, CliError)>,
    /// The projects whose clusters could not be read.
    pub(crate) refused: Vec<(Place, CliError)>,
}

impl Invocation<'_> {
    /// Resolves the targets of a command that changes clusters.
    ///
    /// # Errors
    ///
    /// Fails without a target, for an invalid target, and for a target that contradicts `--project`.
    pub(crate) async fn resolve_changes(
        &self,
        argument: &str,
        has_filters: bool,
    ) -> Result<Resolved, CliError> {
        let selection = Selection::read(self, has_filters)?;
        let targets = self
            .texts(argument)
            .iter()
            .map(|text| TargetText::parse(text));
        let targets = targets.collect::<Result<Vec<_>, _>>()?;
        let selects = self.is_on("all") || selection.is_narrow();
        if targets.is_empty() && !selects {
            return Err(CliError::usage(format!("`{}` needs a cluster", self.words))
                .with_hint("name clusters, or use a glob, `--select` or `--all`"));
        }
        if let ([target], false) = (&targets[..], selects)
            && !target.is_glob()
        {
            return self.resolve_one(target).await;
        }
        self.resolve_several(&targets, &selection).await
    }

    /// Resolves one literal name or id.
    pub(super) async fn resolve_one(&self, target: &TargetText) -> Result<Resolved, CliError> {
        let known = self.project_of(target).await?;
        if let Some(project) = &known
            && !target.is_id()
        {
            return Ok(Resolved {
                clusters: vec![ClusterTarget::unread(project.clone(), &target.name)],
                ..Resolved::default()
            });
        }
        let projects = match known {
            Some(project) => vec![project],
            None => self.session.projects(&self.values).await?,
        };
        let lists = self.clusters_of(projects).await?;
        let mut resolved =
            pick_clusters(std::slice::from_ref(target), &Selection::default(), lists)?;
        resolved.is_bulk = false;
        match resolved.unresolved.pop() {
            Some((_, error)) => Err(error),
            None => Ok(resolved),
        }
    }

    async fn resolve_several(
        &self,
        targets: &[TargetText],
        selection: &Selection,
    ) -> Result<Resolved, CliError> {
        for target in targets {
            self.check_project(target)?;
        }
        let names_projects =
            !targets.is_empty() && targets.iter().all(|target| target.project.is_some());
        let projects = match self.session.project_setting(&self.values) {
            Some(setting) if !names_projects => self.scope_projects(&setting).await?,
            _ => self.session.projects(&self.values).await?,
        };
        let projects = projects.into_iter().filter(|project| {
            targets.is_empty() || targets.iter().any(|target| is_in(target, project))
        });
        let lists = self.clusters_of(projects.collect()).await?;
        let resolved = pick_clusters(targets, selection, lists)?;
        if resolved.clusters.is_empty() && resolved.unresolved.is_empty() {
            return Err(CliError::failure("no cluster is selected")
                .with_exit(Exit::NotFound)
                .with_hint("`atlascli clusters list` shows the clusters and their fields"));
        }
        Ok(resolved)
    }

    /// Returns the projects that a setting names: an id, a name or a glob.
    async fn scope_projects(&self, setting: &Sourced) -> Result<Vec<Place>, CliError> {
        if !is_glob(&setting.value) {
            return Ok(vec![self.session.project(&self.values).await?]);
        }
        let matcher = Matcher::new(&setting.value)?;
        let mut projects = self.session.projects(&self.values).await?;
        projects.retain(|project| matcher.matches(project.label()));
        Ok(projects)
    }

    /// Returns the project that a target names or, if it names none, the configured one.
    pub(super) async fn project_of(&self, target: &TargetText) -> Result<Option<Place>, CliError> {
        self.check_project(target)?;
        match &target.project {
            Some(project) if is_id(project) => Ok(Some(Place::of_id(project, "the target"))),
            Some(project) => {
                let mut projects = self.session.projects(&self.values).await?;
                projects.retain(|place| {
                    target.organization.is_none() || place.organization == target.organization
                });
                let setting = Sourced {
                    value: project.clone(),
                    source: "the target".to_owned(),
                };
                crate::engine::session::pick(&projects, &setting, "project").map(Some)
            }
            None if self.session.project_setting(&self.values).is_some() => {
                self.session.project(&self.values).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Rejects a target whose project differs from `--project`.
    fn check_project(&self, target: &TargetText) -> Result<(), CliError> {
        match (&target.project, self.values.text("project")) {
            (Some(project), Some(flag))
                if !Matcher::new(flag)?.matches(project) && project != flag =>
            {
                Err(
                    CliError::usage(format!("`{}` contradicts `--project {flag}`", target.text))
                        .with_hint("leave out `--project`, or the project of the target"),
                )
            }
            _ => Ok(()),
        }
    }
}

/// Returns the clusters that match the targets and the selection.
fn pick_clusters(
    targets: &[TargetText],
    selection: &Selection,
    lists: Vec<ProjectClusters>,
) -> Result<Resolved, CliError> {
    let mut resolved = Resolved {
        is_bulk: true,
        ..Resolved::default()
    };
    let mut all = Vec::new();
    for list in lists {
        match list.clusters {
            Ok(clusters) => all.extend(clusters),
            Err(error) if matches!(error.exit(), Exit::Rejected | Exit::NotFound) => {
                resolved.refused.push((list.project, error));
            }
            Err(error) => return Err(error),
        }
    }
    if targets.is_empty() {
        resolved.clusters = all
            .into_iter()
            .filter(|cluster| selection.matches(cluster))
            .collect();
        return Ok(resolved);
    }
    for target in targets {
        let matcher = target.matcher()?;
        let is_match = |cluster: &&ClusterTarget| {
            is_in(target, &cluster.project)
                && (matcher.matches(&cluster.name)
                    || target.is_id() && cluster.id() == Some(&target.name))
        };
        let found: Vec<_> = all.iter().filter(is_match).collect();
        match found[..] {
            [] if !target.is_glob() => {
                let error = not_found(target, &all);
                resolved.unresolved.push((target.text.clone(), error));
            }
            [_, _, ..] if !target.is_glob() => {
                let error = ambiguous(target, &found);
                resolved.unresolved.push((target.text.clone(), error));
            }
            _ => {
                for cluster in found
                    .into_iter()
                    .filter(|cluster| selection.matches(cluster))
                {
                    let is_known = resolved.clusters.iter().any(|known| {
                        known.project.id == cluster.project.id && known.name == cluster.name
                    });
                    if !is_known {
                        resolved.clusters.push(cluster.clone());
                    }
                }
            }
        }
    }
    Ok(resolved)
}

/// Returns `true` if the target can be in the project.
pub(super) fn is_in(target: &TargetText, project: &Place) -> bool {
    let organization = &target.organization;
    if organization.is_some() && *organization != project.organization {
        return false;
    }
    match &target.project {
        None => true,
        Some(name) if is_id(name) => project.id.eq_ignore_ascii_case(name),
        Some(name) => Matcher::new(name).is_ok_and(|matcher| matcher.matches(project.label())),
    }
}

pub(super) fn not_found(target: &TargetText, clusters: &[ClusterTarget]) -> CliError {
    let error =
        CliError::failure(format!("cluster `{}` not found", target.text)).with_exit(Exit::NotFound);
    match nearest(
        &target.name,
        clusters.iter().map(|cluster| cluster.name.as_str()),
    ) {
        Some(name) => error.with_hint(format!("did you mean `{name}`?")),
        None => error.with_hint("`atlascli clusters list` shows the clusters"),
    }
}

pub(super) fn ambiguous(target: &TargetText, found: &[&ClusterTarget]) -> CliError {
    let paths = found.iter().map(|cluster| {
        let organization = cluster.project.organization.as_deref().unwrap_or_default();
        format!(
            "`{}` (project {}, organization {organization})",
            cluster.path(),
            cluster.project.id
        )
    });
    let paths = paths.collect::<Vec<_>>().join(", ");
    CliError::usage(format!("several clusters are called `{}`", target.text))
        .with_hint(format!("write one of {paths}"))
}
