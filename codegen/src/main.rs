//! The generator's command line, for those who maintain `openapi/`.
//!
//! `import` refreshes it from an upstream document, `diff` tells what a refresh changes, `types`
//! lists the generated types. One command a file in `commands/`.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::commands::{diff, import, types};

/// Maintains the vendored facts of the Atlas Administration API
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reduce an upstream document to the facts in openapi/
    Import(import::Arguments),
    /// Print what differs between two documents, as a Markdown table for the change log
    ///
    /// Exit code: 0 if nothing was removed, 1 if something was, 2 if a document cannot be read.
    Diff(diff::Arguments),
    /// Write the names of all generated types to openapi/types.txt
    Types(types::Arguments),
}

/// The exit code for input that cannot be used, which is also that for unknown options.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Import(arguments) => import::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Types(arguments) => types::run(&arguments),
    };
    outcome.unwrap_or_else(|message| {
        commands::report(&format!("error: {message}"));
        ExitCode::from(BAD_INPUT)
    })
}
