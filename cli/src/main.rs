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
mod config;
mod context;
mod engine;
mod env;
mod error;
mod exit;
mod form;
mod logging;
mod output;
mod style;
mod terminal;
mod ui;

use std::process::ExitCode;

use crate::{arguments::Arguments, error::CliError, exit::Exit, form::Form, ui::Ui};

fn main() -> ExitCode {
    let mut ui = Ui::of_process();
    let line: Vec<_> = std::env::args_os().collect();
    let exit = match form::form_of(&line) {
        Ok(Form::Flags) => match Arguments::read(line, &mut ui) {
            Ok(arguments) => run(&arguments, &mut ui),
            Err(exit) => exit,
        },
        Ok(form) => engine::run(&commands::ROOT, line, form == Form::Official, &mut ui),
        Err(error) => {
            ui.report(&error);
            error.exit()
        }
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
