//! The command line: what can be written, and what it means.
//!
//! The old program's flags can be abbreviated and three have several letters after one dash (`-lp`,
//! `-lc`, `-pid`). No other flag can be abbreviated, which the parser cannot do:
//! `arguments/spelling.rs` writes them out before it. What it complains about is put into the old
//! words by `arguments/complaint.rs`; what the flags ask for is `arguments/actions.rs`.

mod actions;
mod cluster_path;
mod complaint;
mod help;
mod old;
mod spelling;

use std::{convert::Infallible, ffi::OsString, path::PathBuf};

use clap::{ArgAction, CommandFactory, Parser, builder::NonEmptyStringValueParser};
use secrecy::SecretString;

pub(crate) use actions::{Action, Switch};
pub(crate) use cluster_path::ClusterPath;
pub(crate) use spelling::{is_abbreviation, is_flag};

use crate::{error::CliError, exit::Exit, ui::Ui};

/// List, pause and resume the clusters of a MongoDB Atlas organization
#[derive(Debug, Default, Parser)]
#[command(
    name = "atlascli",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
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
    pub(crate) create: Create,

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
    /// Pause this cluster; needs no project if no other cluster has the name. Can be repeated
    #[arg(
        short,
        long,
        value_name = "CLUSTER_NAME",
        allow_negative_numbers = true,
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) pause: Vec<String>,

    /// Resume this cluster in the same way; comes after all pauses. Can be repeated
    #[arg(
        short,
        long,
        value_name = "CLUSTER_NAME",
        allow_negative_numbers = true,
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) resume: Vec<String>,

    /// Choose the project; `-pid` is short for it. Can be repeated, to list several or to look in
    /// one after the other for a cluster to pause or resume
    #[arg(
        long = "project_id",
        alias = "project-id",
        value_name = "ID",
        allow_negative_numbers = true,
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) project_ids: Vec<String>,
}

/// What is to be created.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Create")]
pub(crate) struct Create {
    /// Print the document of a cluster to start from
    #[arg(long)]
    pub(crate) defaultcluster: bool,

    /// Create a cluster in the project from the JSON document in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) createcluster: Option<PathBuf>,

    /// Read the document from this file instead
    #[arg(long, value_name = "FILE")]
    pub(crate) clusterconfig: Option<PathBuf>,

    /// Give the cluster this name instead of the document's, or of a random one
    #[arg(long, value_name = "CLUSTER_NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) clustername: Option<String>,
}

/// The API key, or the demo. `Debug` of a secret text prints `[REDACTED]`.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Access")]
pub(crate) struct Access {
    /// Use this public API key instead of `ATLAS_PUBLIC_KEY`
    #[arg(long, value_name = "KEY", allow_negative_numbers = true)]
    pub(crate) publickey: Option<String>,

    /// Use this private API key instead of `ATLAS_PRIVATE_KEY`; others on this machine can see it
    /// in the list of processes, so prefer the variable
    #[arg(
        long,
        value_name = "KEY",
        allow_negative_numbers = true,
        value_parser = |text: &str| Ok::<_, Infallible>(SecretString::from(text))
    )]
    pub(crate) privatekey: Option<SecretString>,

    /// Talk to a made-up organization inside this program; no keys, no network
    #[arg(long)]
    pub(crate) demo: bool,
}

/// What every program has.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "General")]
pub(crate) struct General {
    /// Write what would go to stdout to this file, which is replaced
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Show on stderr what is done, step by step
    #[arg(short, long)]
    pub(crate) debug: bool,

    /// Print this help
    #[arg(short, long, action = ArgAction::HelpShort)]
    help: Option<bool>,

    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

impl Arguments {
    /// Reads a command line, the program's name first; help and complaints are written at once.
    pub(crate) fn read(
        line: impl IntoIterator<Item = OsString>,
        ui: &mut Ui,
    ) -> Result<Self, Exit> {
        Self::parse_line(line).map_err(|refusal| match refusal {
            Refusal::Error(error) => {
                ui.report(&error);
                error.exit()
            }
            Refusal::Text(text) => ui.answer(&text),
        })
    }

    /// What a command line means.
    fn parse_line(line: impl IntoIterator<Item = OsString>) -> Result<Self, Refusal> {
        let line = spelling::rewrite(line).map_err(Refusal::Error)?;
        if let Some(word) = line.get(1)
            && !word.as_encoded_bytes().starts_with(b"-")
        {
            return Err(Refusal::Error(no_command(&word.to_string_lossy())));
        }
        // The parser allows it where nothing follows; the old one did not.
        let has_end = line.last().is_some_and(|word| word == "--");
        let arguments = Self::try_parse_from(line).map_err(|error| {
            if error.use_stderr() {
                Refusal::Error(complaint::complaint(&error))
            } else {
                Refusal::Text(error.render().ansi().to_string())
            }
        })?;
        if has_end {
            return Err(Refusal::Error(complaint::unknown("--")));
        }
        Ok(arguments)
    }

    /// A few lines for someone who asked for nothing.
    pub(crate) fn short_help() -> String {
        format!("{}\n{}", Self::command().render_usage(), help::SHORT)
    }
}

/// Why a command line is not carried out.
#[derive(Debug)]
enum Refusal {
    /// It makes no sense.
    Error(CliError),
    /// It asks for this text, which is help or the version.
    Text(String),
}

/// A word in first place names a command, and there is none of this name.
fn no_command(word: &str) -> CliError {
    let flags = Arguments::command();
    let is_flag = flags
        .get_arguments()
        .any(|flag| flag.get_long() == Some(word));
    let hint = if is_flag {
        format!("write `--{word}`")
    } else {
        "there are flags only, such as `--list`, `--pause` and `--resume`; `atlascli --help` shows \
         them all"
            .to_owned()
    };
    CliError::usage(format!("there is no command `{word}`")).with_hint(hint)
}

#[cfg(test)]
mod differential;
#[cfg(test)]
mod tests;
