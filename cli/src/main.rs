//! `atlascli`: lists, pauses and resumes the clusters of a MongoDB Atlas organization.
//!
//! A run goes from the top of this list to its bottom:
//!
//! - `arguments` reads the command line,
//! - `context` finds the keys, or starts the demo,
//! - `commands` ask Atlas and say what comes next,
//! - `output` makes texts of what Atlas answers,
//! - `ui` writes them; nothing else writes.
//!
//! Errors are [`error::CliError`], exit codes [`exit::Exit`].

mod arguments;
mod commands;
mod context;
mod env;
mod error;
mod exit;
mod logging;
mod output;
mod style;
mod terminal;
mod ui;

use std::process::ExitCode;

use crate::{arguments::Arguments, error::CliError, exit::Exit, ui::Ui};

fn main() -> ExitCode {
    let mut ui = Ui::of_process();
    let exit = match Arguments::read(std::env::args_os(), &mut ui) {
        Ok(arguments) => run(&arguments, &mut ui),
        Err(exit) => exit,
    };
    exit.into()
}

fn run(arguments: &Arguments, ui: &mut Ui) -> Exit {
    if arguments.general.debug {
        logging::turn_on();
    }
    let ended = runtime().and_then(|runtime| {
        let command = commands::legacy::run(arguments, ui);
        runtime.block_on(command)
    });
    ended.unwrap_or_else(|error| {
        ui.report(&error);
        error.exit()
    })
}

/// One thread for the connections beside the one that reads answers: the next requests go out while it
/// reads.
fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| CliError::failure(format!("the program cannot start: {error}")))
}
