//! The commands, and their input and messages.

pub(crate) mod diff;
pub(crate) mod import;
pub(crate) mod types;

use std::{fs, path::Path};

use mongodbatlas_codegen::{Document, Error};

/// Reads a text file. The error names the file.
fn read_file(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Reads an OpenAPI document. The error names the file.
fn read_document(path: &Path) -> Result<Document, String> {
    Document::parse(&read_file(path)?).map_err(|error| format_error(path, &error))
}

/// Formats an error with its file and its sources on one line.
fn format_error(path: &Path, error: &Error) -> String {
    let mut message = format!("{}: {error}", path.display());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&error.to_string());
        cause = error.source();
    }
    message
}

/// Prints a message to stderr.
#[expect(clippy::print_stderr, reason = "output of a command-line tool")]
pub(crate) fn report(text: &str) {
    eprintln!("{text}");
}
