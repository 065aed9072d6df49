//! `diff`: compares two documents.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use mongodbatlas_codegen::{Document, diff, import};

use super::{format_error, read_document};

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Older document: a version of openapi/atlas-admin-v2.json, or an upstream document
    old: PathBuf,
    /// Newer document of either kind
    new: PathBuf,
}

/// Prints the difference. The exit code is 1 if something was removed.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let old_document = import_file(&arguments.old)?;
    let new = import_file(&arguments.new)?;
    let difference =
        diff::diff(old_document, new).map_err(|error| format_error(&arguments.new, &error))?;
    write!(io::stdout(), "{difference}").map_err(|error| format!("cannot print: {error}"))?;
    Ok(if difference.has_removals() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Reads and imports a document. Importing an imported document does not change it.
fn import_file(path: &std::path::Path) -> Result<Document, String> {
    import::import(&read_document(path)?).map_err(|error| format_error(path, &error))
}
