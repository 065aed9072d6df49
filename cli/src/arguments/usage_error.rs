//! Translates clap's errors into the messages of Python's `argparse`.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::python_flags;
use crate::error::CliError;

const HELP: &str = "`atlascli --help` lists all flags";

/// Translates a parse error and adds a hint. Omits the values of flags, which may be keys.
pub(super) fn from_clap(error: &Error) -> CliError {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => match text(error, ContextKind::SuggestedArg) {
            Some(flag) => unrecognized(argument).with_hint(format!("did you mean `{flag}`?")),
            None => unrecognized(argument),
        },
        ErrorKind::InvalidValue if value.is_empty() => CliError::usage(format!(
            "argument {}: expected one argument",
            python_name(argument)
        ))
        .with_hint(format!("write `{}`", argument.replace(['<', '>'], ""))),
        ErrorKind::TooManyValues => CliError::usage(format!(
            "argument {}: ignored explicit argument '{value}'",
            python_name(argument)
        ))
        .with_hint(format!("`{argument}` takes no value")),
        _ => first_line(error),
    }
}

/// Returns the error for an argument that is neither a flag nor the value of a flag.
pub(super) fn unrecognized(argument: &str) -> CliError {
    CliError::usage(format!("unrecognized arguments: {argument}")).with_hint(HELP)
}

/// Returns clap's own message for errors that `argparse` does not have.
fn first_line(error: &Error) -> CliError {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    CliError::usage(line.strip_prefix("error: ").unwrap_or(line)).with_hint(HELP)
}

/// Returns the flag's name in `argparse` messages; clap's is `--pause <CLUSTER_NAME>`.
fn python_name(argument: &str) -> String {
    let name = argument.split(' ').next().unwrap_or_default();
    let flag = python_flags::ALL
        .into_iter()
        .find(|flag| name.strip_prefix("--") == Some(flag.long));
    flag.map_or_else(|| name.to_owned(), |flag| flag.to_string())
}

fn text(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}
