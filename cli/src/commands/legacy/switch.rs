//! `--pause` and `--resume`.

use mongodbatlas::{Error, ErrorKind, ProjectId};

use crate::{
    arguments::Act, context::Context, error::CliError, exit::Exit, terminal::printable, ui::Ui,
};

const NO_PROJECT: &str = "You must specify a --project_id for the cluster to be paused or resumed";

/// Which way a cluster is switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    Pause,
    Resume,
}

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

/// Pauses, then resumes; what fails is reported and does not keep the others from it.
pub(super) async fn run(context: &Context, act: &Act, ui: &mut Ui) -> Result<Exit, CliError> {
    let Some(first) = act.project_ids.first() else {
        return Err(CliError::on_output(NO_PROJECT, Exit::Success)
            .with_hint("add `--project_id ID`; `atlascli --list` shows the ids"));
    };
    let project = super::project_id(first)?;
    if act.project_ids.len() > 1 {
        ui.warn(&format!("only the first project is used: `{project}`"));
    }
    let pauses = act.pause.iter().map(|name| (Switch::Pause, name));
    let resumes = act.resume.iter().map(|name| (Switch::Resume, name));
    let mut steps = pauses.chain(resumes);
    let mut exit = Exit::Success;
    while let Some((switch, name)) = steps.next() {
        let Err(failure) = one(context, &project, switch, name, ui).await else {
            continue;
        };
        let Failure::Atlas(error) = failure else {
            return failure.into_result();
        };
        exit = Exit::Failure;
        let others_fail_too = others_fail_too(&error);
        ui.report(&error.into());
        if others_fail_too {
            for (switch, name) in steps.by_ref() {
                ui.warn(&format!("did not try to {} `{name}`", switch.verb()));
            }
        }
    }
    Ok(exit)
}

/// Why a step came to no end.
enum Failure {
    /// Atlas, or the way to it.
    Atlas(Error),
    /// The output.
    Output(CliError),
}

impl Failure {
    fn into_result(self) -> Result<Exit, CliError> {
        Err(match self {
            Self::Atlas(error) => error.into(),
            Self::Output(error) => error,
        })
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Atlas(error)
    }
}

impl From<CliError> for Failure {
    fn from(error: CliError) -> Self {
        Self::Output(error)
    }
}

/// Switches one cluster, unless it is as it is to be.
async fn one(
    context: &Context,
    project: &ProjectId,
    switch: Switch,
    name: &str,
    ui: &mut Ui,
) -> Result<(), Failure> {
    let shown = printable(name);
    ui.print(&format!("{} '{shown}'\n", switch.beginning()))?;
    let handle = context.atlas().cluster(project, name);
    tracing::debug!("fetching the cluster `{name}`");
    let is_paused = Box::pin(handle.is_paused()).await?;
    let is_done = is_paused == (switch == Switch::Pause) || {
        tracing::debug!("changing the cluster `{name}`");
        let answer = match switch {
            Switch::Pause => handle.pause().await,
            Switch::Resume => handle.resume().await,
        };
        is_overtaken(answer)?
    };
    let line = if is_done {
        format!("'{shown}' is already {}, nothing to do\n", switch.done())
    } else if switch == Switch::Pause {
        format!("Paused cluster '{shown}'\n")
    } else {
        format!("Resumed cluster '{shown}'\n")
    };
    ui.print(&line)?;
    Ok(())
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
