//! Command-line parsing.
//!
//! The Python program's flags can be abbreviated, and three have several letters after one dash
//! (`-lp`, `-lc`, `-pid`). Clap supports neither for single flags, so `arguments/spelling.rs`
//! rewrites them first. `arguments/usage_error.rs` translates clap's errors into the messages of
//! `argparse`, and `arguments/actions.rs` returns the actions that the flags request.

mod actions;
mod cluster_path;
mod help;
mod python_flags;
mod spelling;
mod usage_error;

use std::{convert::Infallible, ffi::OsString, path::PathBuf};

use clap::{ArgAction, CommandFactory, Parser, builder::NonEmptyStringValueParser};
use secrecy::SecretString;

pub(crate) use actions::{Action, ClusterChange};
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
    pub(crate) listing: Listing,

    #[command(flatten)]
    pub(crate) pausing: Pausing,

    #[command(flatten)]
    pub(crate) creation: Creation,

    #[command(flatten)]
    pub(crate) access: Access,

    #[command(flatten)]
    pub(crate) general: General,
}

/// Flags that list projects and clusters.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "List")]
pub(crate) struct Listing {
    /// List the organization with its projects and their clusters
    #[arg(short, long)]
    pub(crate) list: bool,

    /// Print the documents of the projects; short form: `-lp`
    #[arg(long)]
    pub(crate) listproj: bool,

    /// Print the documents of the clusters; short form: `-lc`
    #[arg(long)]
    pub(crate) listcluster: bool,

    /// Print the document of this cluster
    #[arg(long, value_name = "PROJECT_ID:CLUSTER_NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) cluster: Vec<String>,
}

/// Flags that pause and resume clusters.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Pause and resume")]
pub(crate) struct Pausing {
    /// Pause this cluster; the project can be omitted if the name is unique. Can be repeated
    #[arg(
        short,
        long,
        value_name = "CLUSTER_NAME",
        allow_negative_numbers = true,
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) pause: Vec<String>,

    /// Resume this cluster, after all pauses. Can be repeated
    #[arg(
        short,
        long,
        value_name = "CLUSTER_NAME",
        allow_negative_numbers = true,
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) resume: Vec<String>,

    /// Select a project; short form: `-pid`. Can be repeated: lists print all of them, `--pause`
    /// and `--resume` search them in this order
    #[arg(
        long = "project_id",
        alias = "project-id",
        value_name = "ID",
        allow_negative_numbers = true,
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(crate) project_ids: Vec<String>,
}

/// Flags that create a cluster.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Create")]
pub(crate) struct Creation {
    /// Print a default document for `--createcluster`
    #[arg(long)]
    pub(crate) defaultcluster: bool,

    /// Create a cluster in the project from the JSON document in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) createcluster: Option<PathBuf>,

    /// Override the file of `--createcluster`
    #[arg(long, value_name = "FILE")]
    pub(crate) clusterconfig: Option<PathBuf>,

    /// Name of the new cluster; default: the document's name, or else a random one
    #[arg(long, value_name = "CLUSTER_NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) clustername: Option<String>,
}

/// Flags for credentials and the demo.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Access")]
pub(crate) struct Access {
    /// Use this public API key instead of `ATLAS_PUBLIC_KEY`
    #[arg(long, value_name = "KEY", allow_negative_numbers = true)]
    pub(crate) publickey: Option<String>,

    /// Use this private API key instead of `ATLAS_PRIVATE_KEY`; prefer the variable, since other
    /// users of this machine can see command lines
    #[arg(
        long,
        value_name = "KEY",
        allow_negative_numbers = true,
        value_parser = |text: &str| Ok::<_, Infallible>(SecretString::from(text))
    )]
    pub(crate) privatekey: Option<SecretString>,

    /// Use a demo organization inside this program: no keys, no network
    #[arg(long)]
    pub(crate) demo: bool,
}

/// General flags.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "General")]
pub(crate) struct General {
    /// Write to this file instead of stdout; replaces the file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Log each step to stderr
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
    /// Parses a command line that starts with the program's name. Prints the help, the version or
    /// a usage error, and returns the exit code for them.
    pub(crate) fn read(
        line: impl IntoIterator<Item = OsString>,
        ui: &mut Ui,
    ) -> Result<Self, Exit> {
        Self::parse_line(line).map_err(|early_exit| match early_exit {
            EarlyExit::Error(error) => {
                ui.report(&error);
                error.exit()
            }
            EarlyExit::Text(text) => ui.print_and_exit(&text),
        })
    }

    fn parse_line(line: impl IntoIterator<Item = OsString>) -> Result<Self, EarlyExit> {
        let line = spelling::rewrite(line).map_err(EarlyExit::Error)?;
        if let Some(word) = line.get(1)
            && !word.as_encoded_bytes().starts_with(b"-")
        {
            return Err(EarlyExit::Error(unknown_command(&word.to_string_lossy())));
        }
        // Clap accepts a trailing `--`; argparse rejects it.
        let has_trailing_dashes = line.last().is_some_and(|word| word == "--");
        let arguments = Self::try_parse_from(line).map_err(|error| {
            if error.use_stderr() {
                EarlyExit::Error(usage_error::from_clap(&error))
            } else {
                EarlyExit::Text(error.render().ansi().to_string())
            }
        })?;
        if has_trailing_dashes {
            return Err(EarlyExit::Error(usage_error::unrecognized("--")));
        }
        Ok(arguments)
    }

    /// Returns the help of the flag form.
    pub(crate) fn full_help() -> String {
        Self::command().render_help().ansi().to_string()
    }

    /// Returns the help for a command line without flags.
    pub(crate) fn short_help() -> String {
        format!("{}\n{}", Self::command().render_usage(), help::SHORT)
    }
}

/// An end of the program before any action.
#[derive(Debug)]
enum EarlyExit {
    /// The command line is invalid.
    Error(CliError),
    /// The help or the version.
    Text(String),
}

fn unknown_command(word: &str) -> CliError {
    let flags = Arguments::command();
    let is_flag = flags
        .get_arguments()
        .any(|flag| flag.get_long() == Some(word));
    let hint = if is_flag {
        format!("write `--{word}`")
    } else {
        "use flags such as `--list`, `--pause` and `--resume`; `atlascli --help` lists all flags"
            .to_owned()
    };
    CliError::usage(format!("unknown command `{word}`")).with_hint(hint)
}

#[cfg(test)]
mod differential;
#[cfg(test)]
mod tests;
