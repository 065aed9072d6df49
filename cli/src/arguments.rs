//! The command line: what can be written, and what it means.
//!
//! Three old flags have two or three letters after one dash (`-lp`, `-lc`, `-pid`), which the
//! parser cannot do; `arguments/spelling.rs` rewrites them before it.

mod cluster_path;
mod help;
mod spelling;

use std::ffi::OsString;

use clap::{ArgAction, CommandFactory, Parser, builder::NonEmptyStringValueParser};

pub(crate) use cluster_path::ClusterPath;

use crate::{error::CliError, exit::Exit, ui::Ui};

/// List, pause and resume the clusters of a MongoDB Atlas organization
#[derive(Debug, Default, Parser)]
#[command(
    name = "atlascli",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    infer_long_args = true,
    args_override_self = true,
    max_term_width = 100,
    override_usage = "atlascli [--demo] [OPTIONS]",
    after_help = help::after()
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) look: Look,

    #[command(flatten)]
    pub(crate) act: Act,

    #[command(flatten)]
    pub(crate) access: Access,

    #[command(flatten)]
    pub(crate) general: General,
}

/// What is to be shown.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Look")]
pub(crate) struct Look {
    /// List the organization with its projects and their clusters
    #[arg(short, long)]
    pub(crate) list: bool,

    /// Print the documents of the projects; `-lp` is short for it
    #[arg(long)]
    pub(crate) listproj: bool,

    /// Print the documents of the clusters; `-lc` is short for it
    #[arg(long)]
    pub(crate) listcluster: bool,

    /// Print the document of this cluster
    #[arg(long, value_name = "PROJECT_ID:CLUSTER_NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) cluster: Vec<String>,
}

/// What is to be done, and where.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Act")]
pub(crate) struct Act {
    /// Pause this cluster of the project; can be repeated
    #[arg(short, long, value_name = "CLUSTER_NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) pause: Vec<String>,

    /// Resume this cluster of the project; can be repeated, comes after all pauses
    #[arg(short, long, value_name = "CLUSTER_NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) resume: Vec<String>,

    /// Choose the project; `-pid` is short for it. Can be repeated to list several, while
    /// `--pause` and `--resume` use the first
    #[arg(
        long = "project_id",
        alias = "project-id",
        value_name = "ID",
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) project_ids: Vec<String>,
}

/// Who is asking, and whom.
#[derive(Default, clap::Args)]
#[command(next_help_heading = "Access")]
pub(crate) struct Access {
    /// Use this public API key instead of `ATLAS_PUBLIC_KEY`
    #[arg(long, value_name = "KEY")]
    pub(crate) publickey: Option<String>,

    /// Use this private API key instead of `ATLAS_PRIVATE_KEY`; others on this machine can see it
    /// in the list of processes, so prefer the variable
    #[arg(long, value_name = "KEY")]
    pub(crate) privatekey: Option<String>,

    /// Talk to a made-up organization inside this program; no keys, no network
    #[arg(long)]
    pub(crate) demo: bool,
}

/// What every program has.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "General")]
pub(crate) struct General {
    /// Show on stderr what is done, step by step
    // `--demo` is newer than scripts that abbreviate this one.
    #[arg(short, long, aliases = ["d", "de"])]
    pub(crate) debug: bool,

    /// Print this help
    #[arg(short, long, action = ArgAction::HelpShort)]
    help: Option<bool>,

    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access")
            .field("demo", &self.demo)
            .finish_non_exhaustive()
    }
}

impl Arguments {
    /// Reads a command line, the program's name first; help and complaints are written at once.
    pub(crate) fn read(
        line: impl IntoIterator<Item = OsString>,
        ui: &mut Ui,
    ) -> Result<Self, Exit> {
        let line = spelling::rewrite(line).map_err(|error| {
            ui.report(&error);
            error.exit()
        })?;
        Self::try_parse_from(line).map_err(|error| ui.parsing(&error))
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_bare(&self) -> bool {
        let Look {
            list,
            listproj,
            listcluster,
            ref cluster,
        } = self.look;
        !(list || listproj || listcluster || self.act.is_any()) && cluster.is_empty()
    }

    /// The clusters that `--cluster` names.
    pub(crate) fn clusters(&self) -> Result<Vec<ClusterPath>, CliError> {
        self.look.cluster.iter().map(|text| text.parse()).collect()
    }

    /// A few lines for someone who asked for nothing.
    pub(crate) fn short_help() -> String {
        format!("{}\n{}", Self::command().render_usage(), help::SHORT)
    }
}

impl Act {
    /// Whether something is to be paused or resumed.
    pub(crate) fn is_any(&self) -> bool {
        !(self.pause.is_empty() && self.resume.is_empty())
    }
}

#[cfg(test)]
mod tests;
