//! What the parser complains about, in the words of the old program's parser.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::old;
use crate::error::CliError;

const HELP: &str = "`atlascli --help` shows what can be written";

/// The complaint, with a cure. No value of a flag that takes one is repeated, since it may be a key.
pub(super) fn complaint(error: &Error) -> CliError {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => match text(error, ContextKind::SuggestedArg) {
            Some(flag) => unknown(argument).with_hint(format!("did you mean `{flag}`?")),
            None => unknown(argument),
        },
        ErrorKind::InvalidValue if value.is_empty() => CliError::usage(format!(
            "argument {}: expected one argument",
            old_name(argument)
        ))
        .with_hint(format!("write `{}`", argument.replace(['<', '>'], ""))),
        ErrorKind::TooManyValues => CliError::usage(format!(
            "argument {}: ignored explicit argument '{value}'",
            old_name(argument)
        ))
        .with_hint(format!("`{argument}` takes no value")),
        _ => other(error),
    }
}

/// A word that means nothing.
pub(super) fn unknown(argument: &str) -> CliError {
    CliError::usage(format!("unrecognized arguments: {argument}")).with_hint(HELP)
}

/// What the old parser had no words for.
fn other(error: &Error) -> CliError {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    CliError::usage(line.strip_prefix("error: ").unwrap_or(line)).with_hint(HELP)
}

/// The flag as the old program's complaints name it; the parser says `--pause <CLUSTER_NAME>`.
fn old_name(argument: &str) -> String {
    let name = argument.split(' ').next().unwrap_or_default();
    let old = old::ALL
        .into_iter()
        .find(|flag| name.strip_prefix("--") == Some(flag.long));
    old.map_or_else(|| name.to_owned(), |flag| flag.to_string())
}

fn text(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}
