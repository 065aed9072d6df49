//! Decides between the two forms of the command line: flags (`atlascli --list`) and commands
//! (`atlascli clusters list`).

use std::ffi::OsString;

use crate::{
    arguments::{is_abbreviation, is_flag},
    config::environment::MODE,
    error::CliError,
};

/// The program name that selects official mode.
const OFFICIAL_NAME: &str = "atlas";

/// Global options of the command form that take a value, as they are spelled before a command.
const WITH_VALUE: [&str; 8] = [
    "--profile",
    "-P",
    "--project",
    "--projectId",
    "--org",
    "--orgId",
    "--output",
    "-o",
];
/// Global options of the command form without a value.
const WITHOUT_VALUE: [&str; 3] = ["--debug", "-d", "--demo"];

/// The form of a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The flags of the Python tool.
    Flags,
    /// Defines commands.
    Commands,
    /// Commands with the defaults of the official CLI.
    Official,
}

/// Returns the form of a command line, whose first item is the program's name.
///
/// # Errors
///
/// Fails with a usage error if an option of a command precedes the command.
pub(crate) fn form_of(line: &[OsString]) -> Result<Form, CliError> {
    if is_official(line) {
        return Ok(Form::Official);
    }
    let mut has_general = false;
    let mut words = line.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            return Ok(Form::Commands);
        }
        let (name, is_glued) = match word.split_once('=') {
            Some((name, _)) => (name, true),
            None => (&*word, false),
        };
        if WITH_VALUE.contains(&name) {
            if !is_glued {
                words.next();
            }
        } else if matches!(name, "-h" | "--help" | "-V" | "--version") {
            has_general = true;
        } else if !WITHOUT_VALUE.contains(&name) {
            return if is_flag_form(name) {
                Ok(Form::Flags)
            } else {
                Err(misplaced(name))
            };
        }
    }
    Ok(if has_general {
        Form::Commands
    } else {
        Form::Flags
    })
}

/// Returns `true` if the program is called `atlas`, or the environment selects official mode.
fn is_official(line: &[OsString]) -> bool {
    let name = line.first().map(std::path::Path::new);
    let stem = name.and_then(|path| path.file_stem());
    stem.is_some_and(|stem| stem == OFFICIAL_NAME)
        || std::env::var_os(MODE).is_some_and(|mode| mode == "official")
}

/// Returns `true` for an option of the flag form: exact, glued or abbreviated.
fn is_flag_form(name: &str) -> bool {
    match name.strip_prefix("--") {
        Some("") => true,
        Some(long) => is_flag(long) || is_abbreviation(long),
        None => name[1..].starts_with(['l', 'p', 'r', 'd', 'o', 'h', 'V', 'c', 'n', 'i', 'q']),
    }
}

fn misplaced(name: &str) -> CliError {
    CliError::usage(format!("unknown option `{name}` before a command")).with_hint(
        "write it after the command, as in `atlascli clusters list --tag env=dev`; \
         `atlascli --help` lists the commands",
    )
}
