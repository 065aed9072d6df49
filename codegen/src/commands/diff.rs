//! `diff`: what a newer document adds, removes and changes.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use mongodbatlas_codegen::{Document, diff, import};

use super::{in_file, read_document};

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The older document: openapi/atlas-admin-v2.json of then, or an upstream document
    old: PathBuf,
    /// The newer document, of either kind
    new: PathBuf,
}

/// Prints the difference; the exit code tells whether something was removed.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let old = imported(&arguments.old)?;
    let new = imported(&arguments.new)?;
    let difference = diff::diff(old, new).map_err(|error| in_file(&arguments.new, &error))?;
    write!(io::stdout(), "{difference}").map_err(|error| format!("cannot print: {error}"))?;
    Ok(if difference.removes() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The document as an import writes it; importing an import changes nothing.
fn imported(path: &std::path::Path) -> Result<Document, String> {
    import::import(&read_document(path)?).map_err(|error| in_file(path, &error))
}
