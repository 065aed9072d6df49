//! The engine of the command form: one path from a command line to its exit code.
//!
//! `definition.rs` has the vocabulary of commands, `line.rs` reads the command line, `session.rs` has the
//! configuration, the client and the scope, `request.rs` builds requests, `steps.rs` has the steps:
//! scope, request, confirmation, sending, waiting, rendering. `commands.rs` explains how to add a noun.

pub(crate) mod bulk;
#[cfg(test)]
mod check;

#[allow(dead_code, reason = "vocabulary for definitions")]
pub(crate) mod definition;

pub(crate) mod fleet;

pub(crate) mod help;
pub(crate) mod interrupt;
mod invocation;
pub(crate) mod line;

pub(crate) mod names;

pub(crate) mod request;
pub(crate) mod secrets;

pub(crate) mod session;
pub(crate) mod steps;

#[allow(dead_code, reason = "vocabulary for definitions")]
pub(crate) mod value;
pub(crate) mod values;

use std::ffi::OsString;

pub(crate) use definition::Invocation;

use self::{
    definition::Noun,
    line::{Line, secret, words, words::Entry},
    session::Session,
};
use crate::{
    error::CliError,
    exit::Exit,
    logging,
    ui::{Notice, Ui},
};

/// Runs a command line, whose first item is the program's name.
pub(crate) fn run(
    root: &'static Noun,
    line: Vec<OsString>,
    emulates_official_cli: bool,
    ui: &mut Ui,
) -> Exit {
    let program = if emulates_official_cli {
        "atlas"
    } else {
        "atlascli"
    };
    let mut is_json = false;
    let outcome = text_of(line).and_then(|line| {
        let line = line::read(root, line, emulates_official_cli)?;
        is_json = line.values.text("output") == Some("json");
        if line.values.is_on("version") {
            let version = concat!("atlascli ", env!("CARGO_PKG_VERSION"), "\n");
            return Ok(ui.print_and_exit(version));
        }
        if line.values.is_on("help") {
            return Ok(ui.print_and_exit(&help::help(line.entry, &line.words, program)));
        }
        match line.entry {
            Entry::Noun(noun) => Err(incomplete(noun, &line, program)),
            Entry::Command(_) => run_line(line, emulates_official_cli, ui),
        }
    });
    outcome.unwrap_or_else(|error| {
        report(&error, is_json, ui);
        error.exit()
    })
}

fn run_line(line: Line, emulates_official_cli: bool, ui: &mut Ui) -> Result<Exit, CliError> {
    let Entry::Command(command) = line.entry else {
        return Ok(Exit::Success);
    };
    if line.values.is_on("debug") {
        logging::turn_on();
    } else if line.values.is_on("verbose") {
        logging::turn_on_verbose();
    }
    let session = Session::new(&line.values, emulates_official_cli)?;
    let mut invocation = Invocation {
        command,
        words: line.words,
        values: line.values,
        dynamic: line.dynamic,
        session,
        project: None,
        single_change: None,
        ui,
    };
    invocation.check_page_flags()?;
    invocation.warn_of_secrets();
    let interrupts = invocation.session.interrupts.clone();
    let exit = crate::runtime()?.block_on(async {
        interrupts.listen();
        Box::pin(invocation.run()).await
    })?;
    Ok(if interrupts.is_interrupted() {
        Exit::Interrupted
    } else {
        exit
    })
}

/// Returns the error about words that end at a noun.
fn incomplete(noun: &Noun, line: &Line, program: &str) -> CliError {
    let verbs: Vec<_> = noun.commands.iter().map(|command| command.verb).collect();
    let nouns: Vec<_> = noun.nouns.iter().map(|noun| noun.name).collect();
    let names = [verbs, nouns].concat().join(", ");
    let words = words::join(program, &line.words);
    CliError::usage(format!("`{words}` needs a command")).with_hint(format!(
        "commands: {names}; `{words} --help` describes them"
    ))
}

/// Returns the words after the program's name as text.
fn text_of(line: Vec<OsString>) -> Result<Vec<String>, CliError> {
    let words = line.into_iter().skip(1).map(OsString::into_string);
    words
        .collect::<Result<Vec<_>, _>>()
        .map_err(|word| CliError::usage(format!("`{}` is not valid UTF-8", word.to_string_lossy())))
}

/// Writes an error: as lines of JSON if the output is JSON.
fn report(error: &CliError, is_json: bool, ui: &mut Ui) {
    if !is_json || error.is_closed_pipe() {
        ui.report(error);
        return;
    }
    ui.write_stderr(&Notice::of_error(error).line());
}

impl Invocation<'_> {
    /// Warns of secrets on the command line, which other users of the machine can see.
    fn warn_of_secrets(&mut self) {
        let is_exposed = |input: &&definition::Input| {
            let mut texts = self.values.texts(input.name).iter();
            input.secret
                && texts.any(|text| secret::is_literal(text))
                && !self.values.is_from_file(input.name)
        };
        let exposed: Vec<_> = self
            .inputs()
            .filter(is_exposed)
            .map(|input| input.name)
            .collect();
        for name in exposed {
            if !self.session.emulates_official_cli {
                self.warn(&format!(
                    "other users of this machine can see the value of `--{name}`; `--{name}-file FILE` or \
                     `--{name} env:VARIABLE` hides it"
                ));
            }
        }
    }
}
