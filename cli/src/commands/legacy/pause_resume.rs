//! `--pause` and `--resume`.

use mongodbatlas::{ClusterHandle, Error, ProjectId};

use super::{
    Outcome, report,
    search::{self, Search},
};
use crate::{
    arguments::ClusterChange, context::Context, error::CliError, exit::Exit, terminal::printable,
    ui::Ui,
};

const NO_PROJECT: &str = "You must specify a --project_id for the cluster to be paused or resumed";

impl ClusterChange {
    fn start_of_line(self) -> &'static str {
        match self {
            Self::Pause => "Pausing",
            Self::Resume => "Resuming cluster",
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
        }
    }

    pub(super) fn participle(self) -> &'static str {
        match self {
            Self::Pause => "paused",
            Self::Resume => "resumed",
        }
    }
}

/// A cluster to pause or resume.
#[derive(Debug)]
struct Step<'a> {
    change: ClusterChange,
    name: &'a str,
    /// The projects to search, in this order.
    projects: Vec<ProjectId>,
}

/// The error of a step.
#[derive(Debug)]
struct Failure {
    error: CliError,
    /// `true` if the steps for other clusters would fail in the same way.
    affects_all: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            affects_all: report::affects_all(&error),
            error: error.into(),
        }
    }
}

/// Pauses, then resumes the clusters. Reports errors and continues with the other clusters.
///
/// A closed stdout does not stop the run either: a running cluster costs money.
pub(super) async fn run(
    context: &Context,
    changes: &[(ClusterChange, &str)],
    project_ids: &[ProjectId],
    ui: &mut Ui,
) -> Outcome {
    if changes.is_empty() {
        return Outcome::SUCCESS;
    }
    if project_ids.is_empty() {
        return run_in_all_projects(context, changes, ui).await;
    }
    if project_ids.len() > 1 {
        ui.warn(
            "the projects are searched in order for each cluster, and only the first match is \
             paused or resumed",
        );
    }
    let steps = changes.iter().map(|&(change, name)| Step {
        change,
        name,
        projects: project_ids.to_vec(),
    });
    run_steps(context, steps.collect(), ui).await
}

/// Searches all projects and changes the clusters whose names are unique.
async fn run_in_all_projects(
    context: &Context,
    changes: &[(ClusterChange, &str)],
    ui: &mut Ui,
) -> Outcome {
    let mut outcome = Outcome::SUCCESS;
    let names = changes.iter().map(|&(_, name)| name);
    let search = match Search::run(context.atlas(), names, ui).await {
        Ok(search) => search,
        Err(error) => {
            outcome.add(Err(error), ui);
            for &(change, name) in changes {
                warn_unchanged(change, name, ui);
            }
            return outcome;
        }
    };
    let steps = unique_matches(context, changes, &search, &mut outcome, ui).await;
    outcome.and(run_steps(context, steps, ui).await)
}

/// Returns a step for each name with one match. Reports the other names.
async fn unique_matches<'a>(
    context: &Context,
    changes: &[(ClusterChange, &'a str)],
    search: &Search<'a>,
    outcome: &mut Outcome,
    ui: &mut Ui,
) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let mut ambiguous = 0;
    for &(change, name) in changes {
        match search.matches(name) {
            [] => outcome.add(Err(search.not_found(name, change)), ui),
            [found] => steps.push(Step {
                change,
                name,
                projects: vec![found.project.clone()],
            }),
            several => {
                search::report_ambiguous(context, name, several, ui).await;
                ambiguous += 1;
            }
        }
    }
    if ambiguous > 0 {
        ui.report(&CliError::on_stdout(NO_PROJECT, Exit::Success));
        // If all names are ambiguous, the exit code is that of the Python program: 0.
        if ambiguous < changes.len() {
            outcome.add_exit(Exit::Failure);
        }
    }
    steps
}

fn warn_unchanged(change: ClusterChange, name: &str, ui: &mut Ui) {
    ui.warn(&format!("did not {} `{name}`", change.verb()));
}

async fn run_steps(context: &Context, steps: Vec<Step<'_>>, ui: &mut Ui) -> Outcome {
    let mut steps = steps.into_iter();
    let mut outcome = Outcome::SUCCESS;
    while let Some(step) = steps.next() {
        let Err(failure) = run_step(context, &step, &mut outcome, ui).await else {
            continue;
        };
        outcome.add(Err(failure.error), ui);
        if failure.affects_all {
            for step in steps.by_ref() {
                warn_unchanged(step.change, step.name, ui);
            }
        }
    }
    outcome
}

/// Pauses or resumes one cluster unless it is in the requested state. A line that cannot be written
/// to stdout does not stop the step.
async fn run_step(
    context: &Context,
    step: &Step<'_>,
    outcome: &mut Outcome,
    ui: &mut Ui,
) -> Result<(), Failure> {
    let change = step.change;
    let name = printable(step.name);
    let line = format!("{} '{name}'\n", change.start_of_line());
    outcome.add(ui.print(&line).map(|()| Exit::Success), ui);
    let (handle, is_paused) = find(context, step, ui).await?;
    let is_unchanged = is_paused == (change == ClusterChange::Pause) || {
        tracing::debug!("changing the cluster `{name}`");
        let result = match change {
            ClusterChange::Pause => handle.pause().await,
            ClusterChange::Resume => handle.resume().await,
        };
        is_already_paused(result)?
    };
    let line = match (is_unchanged, change) {
        (true, _) => format!(
            "'{name}' is already {}, nothing to do\n",
            change.participle()
        ),
        (false, ClusterChange::Pause) => format!("Paused cluster '{name}'\n"),
        (false, ClusterChange::Resume) => format!("Resumed cluster '{name}'\n"),
    };
    outcome.add(ui.print(&line).map(|()| Exit::Success), ui);
    Ok(())
}

/// Returns the cluster in the first project that contains it, and `true` if it is paused.
///
/// A project that cannot be searched does not prevent a match in another project.
async fn find(
    context: &Context,
    step: &Step<'_>,
    ui: &mut Ui,
) -> Result<(ClusterHandle, bool), Failure> {
    let mut errors = Vec::new();
    for project in &step.projects {
        match fetch_state(context, project, step.name).await {
            Ok(found) => {
                errors.retain(|(_, error)| !is_missing(error));
                for (project, error) in errors {
                    report::warn_not_searched(project, error, ui);
                }
                return Ok(found);
            }
            Err(error) if report::affects_all(&error) => return Err(error.into()),
            Err(error) => errors.push((project.as_str(), error)),
        }
    }
    if errors.iter().any(|(_, error)| is_missing(error))
        && let Some(project) = find_flex_cluster(context, step).await
    {
        return Err(Failure {
            error: search::flex_cluster(step.name, project, step.change),
            affects_all: false,
        });
    }
    Err(most_relevant(errors, step.name, ui))
}

/// Returns the first error other than a missing cluster or, if there is none, the first error. Warns about the
/// other projects that cannot be searched.
fn most_relevant(errors: Vec<(&str, Error)>, name: &str, ui: &mut Ui) -> Failure {
    let (missing, mut others): (Vec<_>, Vec<_>) =
        errors.into_iter().partition(|(_, error)| is_missing(error));
    for (project, error) in others.split_off(others.len().min(1)) {
        report::warn_not_searched(project, error, ui);
    }
    match others.into_iter().chain(missing).next() {
        Some((_, error)) => error.into(),
        None => Failure {
            error: CliError::failure(format!("cluster `{name}` not found")),
            affects_all: false,
        },
    }
}

/// Returns `true` if the project was searched and has no dedicated or shared cluster of the name.
fn is_missing(error: &Error) -> bool {
    error.is_not_found() || report::is_flex_cluster(error)
}

/// Returns the project with a flex cluster of the step's name.
async fn find_flex_cluster<'a>(context: &Context, step: &'a Step<'_>) -> Option<&'a ProjectId> {
    for project in &step.projects {
        let handle = context.atlas().project(project).flex_cluster(step.name);
        let cluster = Box::pin(handle.get()).await;
        if cluster.is_ok_and(|cluster| cluster.name() == step.name) {
            return Some(project);
        }
    }
    None
}

async fn fetch_state(
    context: &Context,
    project: &ProjectId,
    name: &str,
) -> Result<(ClusterHandle, bool), Error> {
    tracing::debug!("fetching the cluster `{name}` of `{project}`");
    let handle = context.atlas().cluster(project, name);
    let is_paused = Box::pin(handle.is_paused()).await?;
    Ok((handle, is_paused))
}

/// Returns `true` if another client has paused the cluster since its state was fetched.
fn is_already_paused<T>(result: Result<T, Error>) -> Result<bool, Error> {
    match result {
        Err(error) if error.error_code() == Some("CLUSTER_ALREADY_PAUSED") => Ok(true),
        result => result.map(|_| false),
    }
}
