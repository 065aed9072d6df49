//! Reads secrets from files, standard input and environment variables.

use std::{
    fs,
    io::{IsTerminal as _, Read as _},
};

use crate::error::CliError;

/// The prefix of a value that names a variable of the environment.
const VARIABLE: &str = "env:";

/// Returns the secret in a file, without the end of its last line.
pub(crate) fn from_file(path: &str) -> Result<String, CliError> {
    let text = fs::read_to_string(path)
        .map_err(|error| CliError::usage(format!("cannot read `{path}`: {error}")))?;
    Ok(trim(text))
}

/// Returns the secret that a value names: `-` is standard input, `env:NAME` a variable.
pub(crate) fn resolve(value: &str, flag: &str) -> Result<String, CliError> {
    if value == "-" {
        return from_stdin(flag);
    }
    let Some(variable) = value.strip_prefix(VARIABLE) else {
        return Ok(value.to_owned());
    };
    std::env::var(variable).map_err(|_| {
        CliError::usage(format!("the environment variable `{variable}` is not set"))
            .with_hint(format!("set it, or write `--{flag}-file FILE`"))
    })
}

/// Asks for a secret on the terminal, or reads one line from standard input that is not a terminal.
///
/// # Errors
///
/// Fails with a usage error if the value cannot be read or is empty.
pub(crate) fn ask(flag: &str) -> Result<String, CliError> {
    let text = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{flag}: "))
    } else {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map(|_| line)
    };
    match text.map(trim) {
        Ok(text) if !text.is_empty() => Ok(text),
        Ok(_) => Err(CliError::usage(format!("`--{flag}` is missing")).with_hint(format!(
            "write `--{flag}-file FILE`, `--{flag} env:VARIABLE`, or the value on standard input"
        ))),
        Err(error) => Err(CliError::usage(format!("cannot read `--{flag}`: {error}"))),
    }
}

/// Reads a secret from standard input.
pub(crate) fn from_stdin(flag: &str) -> Result<String, CliError> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| {
            CliError::usage(format!(
                "cannot read `--{flag}` from standard input: {error}"
            ))
        })?;
    Ok(trim(text))
}

/// Returns `true` if a value is the secret itself rather than its source.
pub(crate) fn is_literal(value: &str) -> bool {
    value != "-" && !value.starts_with(VARIABLE)
}

fn trim(mut text: String) -> String {
    while text.ends_with(['\n', '\r']) {
        text.pop();
    }
    text
}
