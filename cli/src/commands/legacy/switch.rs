//! `--pause` and `--resume`.

use mongodbatlas::{ClusterHandle, Error, ErrorKind};

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
///
/// That goes for the output as well: a cluster that was to be paused costs money even if nobody
/// reads that it was.
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
    let mut lines = Lines { ui, lost: None };
    let mut exit = Exit::Success;
    while let Some((switch, name)) = steps.next() {
        let handle = context.atlas().cluster(&project, name);
        let Err(error) = one(&handle, switch, &mut lines).await else {
            continue;
        };
        exit = Exit::Failure;
        let others_fail_too = others_fail_too(&error);
        lines.ui.report(&error.into());
        if others_fail_too {
            for (switch, name) in steps.by_ref() {
                let message = format!("did not try to {} `{name}`", switch.verb());
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
async fn one(handle: &ClusterHandle, switch: Switch, lines: &mut Lines<'_>) -> Result<(), Error> {
    let name = printable(handle.name());
    lines.print(&format!("{} '{name}'\n", switch.beginning()));
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
    lines.print(&match (is_done, switch) {
        (true, _) => format!("'{name}' is already {}, nothing to do\n", switch.done()),
        (false, Switch::Pause) => format!("Paused cluster '{name}'\n"),
        (false, Switch::Resume) => format!("Resumed cluster '{name}'\n"),
    });
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
