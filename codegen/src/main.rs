//! Command line for the maintenance of `openapi/`.
//!
//! `import` updates it from an upstream document, `diff` compares two documents, `types` lists the
//! generated types. Each command is a file of `commands/`.

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
    /// Compare two documents, and print a Markdown table for the change log
    ///
    /// Exit code: 0 without removals, 1 with removals, 2 if a document cannot be read.
    Diff(diff::Arguments),
    /// Write the names of all generated types to openapi/types.txt
    Types(types::Arguments),
}

/// Exit code for invalid input, the same as for unknown options.
const INVALID_INPUT_EXIT_CODE: u8 = 2;

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Import(arguments) => import::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Types(arguments) => types::run(&arguments),
    };
    result.unwrap_or_else(|message| {
        commands::report(&format!("error: {message}"));
        ExitCode::from(INVALID_INPUT_EXIT_CODE)
    })
}
