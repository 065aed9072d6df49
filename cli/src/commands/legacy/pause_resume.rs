//! `--pause` and `--resume`.

use mongodbatlas::{ClusterHandle, Error, ErrorKind, ProjectId};

use super::search;
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

    fn participle(self) -> &'static str {
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
    /// The project to search first.
    project: ProjectId,
    /// Projects to search if the first does not contain the cluster.
    other_projects: Vec<ProjectId>,
}

/// Pauses, then resumes the clusters. Reports errors and continues with the other clusters.
///
/// A closed stdout does not stop the run either: a running cluster costs money.
pub(super) async fn run(
    context: &Context,
    changes: &[(ClusterChange, &str)],
    project_ids: &[String],
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let projects = super::project_ids(project_ids)?;
    let Some((project, other_projects)) = projects.split_first() else {
        return run_in_all_projects(context, changes, ui).await;
    };
    if !other_projects.is_empty() {
        ui.warn(
            "the projects are searched in order for each cluster, and only the first match is \
             paused or resumed",
        );
    }
    let steps = changes.iter().map(|&(change, name)| Step {
        change,
        name,
        project: project.clone(),
        other_projects: other_projects.to_vec(),
    });
    run_steps(context, steps.collect(), ui).await
}

/// Searches all projects and changes the clusters whose names are unique.
async fn run_in_all_projects(
    context: &Context,
    changes: &[(ClusterChange, &str)],
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let names = changes.iter().map(|&(_, name)| name);
    let found = search::find(context.atlas(), names).await?;
    let mut steps = Vec::new();
    let (mut unknown, mut ambiguous) = (0, 0);
    for &(change, name) in changes {
        match found.get(name).map(Vec::as_slice).unwrap_or_default() {
            [] => {
                ui.report(&search::not_found(name));
                unknown += 1;
            }
            [found] => steps.push(Step {
                change,
                name,
                project: found.project.clone(),
                other_projects: Vec::new(),
            }),
            several => {
                search::report_ambiguous(name, several, ui);
                ambiguous += 1;
            }
        }
    }
    if ambiguous > 0 {
        ui.report(&CliError::on_stdout(NO_PROJECT, Exit::Success));
    }
    // If all names are ambiguous, the exit code is that of the Python program: 0.
    let is_partial = unknown > 0 || (ambiguous > 0 && ambiguous < changes.len());
    let exit = run_steps(context, steps, ui).await?;
    Ok(if is_partial { Exit::Failure } else { exit })
}

async fn run_steps(context: &Context, steps: Vec<Step<'_>>, ui: &mut Ui) -> Result<Exit, CliError> {
    let mut steps = steps.into_iter();
    let mut output = Output { ui, error: None };
    let mut exit = Exit::Success;
    while let Some(step) = steps.next() {
        let Err(error) = run_step(context, &step, &mut output).await else {
            continue;
        };
        exit = Exit::Failure;
        let affects_all_clusters = affects_all_clusters(&error);
        output.ui.report(&error.into());
        if affects_all_clusters {
            for step in steps.by_ref() {
                let message = format!("did not {} `{}`", step.change.verb(), step.name);
                output.ui.warn(&message);
            }
        }
    }
    match output.error {
        Some(error) if !error.is_closed_pipe() => Err(error),
        _ => Ok(exit),
    }
}

/// Writes to stdout and records errors instead of returning them.
struct Output<'a> {
    ui: &'a mut Ui,
    /// The last write error.
    error: Option<CliError>,
}

impl Output<'_> {
    fn print(&mut self, line: &str) {
        if let Err(error) = self.ui.print(line) {
            self.error = Some(error);
        }
    }
}

/// Pauses or resumes one cluster unless it is in the requested state.
async fn run_step(
    context: &Context,
    step: &Step<'_>,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let change = step.change;
    let name = printable(step.name);
    output.print(&format!("{} '{name}'\n", change.start_of_line()));
    let (handle, is_paused) = find(context, step).await?;
    let is_unchanged = is_paused == (change == ClusterChange::Pause) || {
        tracing::debug!("changing the cluster `{name}`");
        let result = match change {
            ClusterChange::Pause => handle.pause().await,
            ClusterChange::Resume => handle.resume().await,
        };
        is_already_paused(result)?
    };
    output.print(&match (is_unchanged, change) {
        (true, _) => format!(
            "'{name}' is already {}, nothing to do\n",
            change.participle()
        ),
        (false, ClusterChange::Pause) => format!("Paused cluster '{name}'\n"),
        (false, ClusterChange::Resume) => format!("Resumed cluster '{name}'\n"),
    });
    Ok(())
}

/// Returns the cluster in the first project that contains it, and whether it is paused. Returns the
/// first project's error if none does.
async fn find(context: &Context, step: &Step<'_>) -> Result<(ClusterHandle, bool), Error> {
    let first = fetch_state(context, &step.project, step.name).await;
    if first.as_ref().is_err_and(Error::is_not_found) {
        for project in &step.other_projects {
            match fetch_state(context, project, step.name).await {
                Err(error) if error.is_not_found() => {}
                result => return result,
            }
        }
    }
    first
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

/// Returns `true` if requests for other clusters would fail in the same way.
fn affects_all_clusters(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unauthorized
            | ErrorKind::Configuration
            | ErrorKind::Connection
            | ErrorKind::Tls
            | ErrorKind::Timeout
    )
}
