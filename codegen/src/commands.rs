//! The commands, and how they read files and speak.

pub(crate) mod diff;
pub(crate) mod import;
pub(crate) mod types;

use std::{fs, path::Path};

use mongodbatlas_codegen::{Document, Error};

/// Reads a text file; the error names it.
fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Reads an OpenAPI document; the error names its file.
fn read_document(path: &Path) -> Result<Document, String> {
    Document::parse(&read(path)?).map_err(|error| in_file(path, &error))
}

/// The error and everything behind it in one line, with the file that it is about.
fn in_file(path: &Path, error: &Error) -> String {
    let mut text = format!("{}: {error}", path.display());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Tells the maintainer something that is not the command's result.
#[expect(
    clippy::print_stderr,
    reason = "a tool for maintainers talks to the terminal"
)]
pub(crate) fn report(text: &str) {
    eprintln!("{text}");
}
