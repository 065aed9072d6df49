//! `--pause` and `--resume`.

use mongodbatlas::{ClusterHandle, Error, ErrorKind, ProjectId};

use super::search;
use crate::{
    arguments::Switch, context::Context, error::CliError, exit::Exit, terminal::printable, ui::Ui,
};

const NO_PROJECT: &str = "You must specify a --project_id for the cluster to be paused or resumed";

impl Switch {
    fn beginning(self) -> &'static str {
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

    fn done(self) -> &'static str {
        match self {
            Self::Pause => "paused",
            Self::Resume => "resumed",
        }
    }
}

/// A cluster that is to be switched.
#[derive(Debug)]
struct Step<'a> {
    switch: Switch,
    name: &'a str,
    /// Where it is looked for.
    project: ProjectId,
    /// Where it is looked for if it is not there.
    further: Vec<ProjectId>,
}

/// Pauses, then resumes; what fails is reported and does not keep the others from it.
///
/// That goes for the output as well: a cluster that was to be paused costs money even if nobody
/// reads that it was.
pub(super) async fn run(
    context: &Context,
    switches: &[(Switch, &str)],
    project_ids: &[String],
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let projects = super::project_ids(project_ids)?;
    let Some((project, further)) = projects.split_first() else {
        return everywhere(context, switches, ui).await;
    };
    if !further.is_empty() {
        ui.warn(
            "each cluster is looked for in the projects one after the other, and only the first \
             that is found is paused or resumed",
        );
    }
    let steps = switches.iter().map(|&(switch, name)| Step {
        switch,
        name,
        project: project.clone(),
        further: further.to_vec(),
    });
    carry_out(context, steps.collect(), ui).await
}

/// Looks for the clusters in all projects and switches those whose names are unique.
async fn everywhere(
    context: &Context,
    switches: &[(Switch, &str)],
    ui: &mut Ui,
) -> Result<Exit, CliError> {
    let names = switches.iter().map(|&(_, name)| name);
    let places = search::places(context.atlas(), names).await?;
    let mut steps = Vec::new();
    let (mut unknown, mut unclear) = (0, 0);
    for &(switch, name) in switches {
        match places.get(name).map(Vec::as_slice).unwrap_or_default() {
            [] => {
                ui.report(&search::unknown(name));
                unknown += 1;
            }
            [place] => steps.push(Step {
                switch,
                name,
                project: place.id.clone(),
                further: Vec::new(),
            }),
            several => {
                search::show(name, several, ui);
                unclear += 1;
            }
        }
    }
    if unclear > 0 {
        ui.report(&CliError::on_output(NO_PROJECT, Exit::Success));
    }
    // Where no name is clear, the old program's answer is a success.
    let falls_short = unknown > 0 || (unclear > 0 && unclear < switches.len());
    let exit = carry_out(context, steps, ui).await?;
    Ok(if falls_short { Exit::Failure } else { exit })
}

async fn carry_out(context: &Context, steps: Vec<Step<'_>>, ui: &mut Ui) -> Result<Exit, CliError> {
    let mut steps = steps.into_iter();
    let mut lines = Lines { ui, lost: None };
    let mut exit = Exit::Success;
    while let Some(step) = steps.next() {
        let Err(error) = one(context, &step, &mut lines).await else {
            continue;
        };
        exit = Exit::Failure;
        let others_fail_too = others_fail_too(&error);
        lines.ui.report(&error.into());
        if others_fail_too {
            for step in steps.by_ref() {
                let message = format!("did not try to {} `{}`", step.switch.verb(), step.name);
                lines.ui.warn(&message);
            }
        }
    }
    match lines.lost {
        Some(error) if !error.is_reader_gone() => Err(error),
        _ => Ok(exit),
    }
}

/// Lines on stdout, whose loss does not stop anything.
struct Lines<'a> {
    ui: &'a mut Ui,
    /// Why lines were lost.
    lost: Option<CliError>,
}

impl Lines<'_> {
    fn print(&mut self, line: &str) {
        if let Err(error) = self.ui.print(line) {
            self.lost = Some(error);
        }
    }
}

/// Switches one cluster, unless it is as it is to be.
async fn one(context: &Context, step: &Step<'_>, lines: &mut Lines<'_>) -> Result<(), Error> {
    let switch = step.switch;
    let name = printable(step.name);
    lines.print(&format!("{} '{name}'\n", switch.beginning()));
    let (handle, is_paused) = find(context, step).await?;
    let is_done = is_paused == (switch == Switch::Pause) || {
        tracing::debug!("changing the cluster `{name}`");
        let answer = match switch {
            Switch::Pause => handle.pause().await,
            Switch::Resume => handle.resume().await,
        };
        is_overtaken(answer)?
    };
    lines.print(&match (is_done, switch) {
        (true, _) => format!("'{name}' is already {}, nothing to do\n", switch.done()),
        (false, Switch::Pause) => format!("Paused cluster '{name}'\n"),
        (false, Switch::Resume) => format!("Resumed cluster '{name}'\n"),
    });
    Ok(())
}

/// The cluster in the first project that has it, and whether it is paused; where none has it, what
/// the first project says.
async fn find(context: &Context, step: &Step<'_>) -> Result<(ClusterHandle, bool), Error> {
    let first = look(context, &step.project, step.name).await;
    if first.as_ref().is_err_and(Error::is_not_found) {
        for project in &step.further {
            match look(context, project, step.name).await {
                Err(error) if error.is_not_found() => {}
                found => return found,
            }
        }
    }
    first
}

async fn look(
    context: &Context,
    project: &ProjectId,
    name: &str,
) -> Result<(ClusterHandle, bool), Error> {
    tracing::debug!("fetching the cluster `{name}` of `{project}`");
    let handle = context.atlas().cluster(project, name);
    let is_paused = Box::pin(handle.is_paused()).await?;
    Ok((handle, is_paused))
}

/// Whether somebody else has paused the cluster in the meantime.
fn is_overtaken<T>(answer: Result<T, Error>) -> Result<bool, Error> {
    match answer {
        Err(error) if error.error_code() == Some("CLUSTER_ALREADY_PAUSED") => Ok(true),
        answer => answer.map(|_| false),
    }
}

/// Whether it is useless to try the other clusters.
fn others_fail_too(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unauthorized
            | ErrorKind::Configuration
            | ErrorKind::Connection
            | ErrorKind::Tls
            | ErrorKind::Timeout
    )
}
