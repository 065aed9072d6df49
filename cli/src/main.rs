//! `atlascli`: lists, pauses and resumes the clusters of a MongoDB Atlas organization.
//!
//! The steps of a run:
//!
//! - `arguments` parses the command line,
//! - `context` creates the client with credentials or for the demo,
//! - `commands` sends requests,
//! - `output` formats the responses,
//! - `ui` is the only module that writes to stdout and stderr.
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

/// Returns a runtime with one worker thread, which sends requests while the main thread decodes
/// responses.
fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| CliError::failure(format!("the program cannot start: {error}")))
}
