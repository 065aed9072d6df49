//! `import`: writes `openapi/atlas-admin-v2.json` and `operations.txt` from an upstream document.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use mongodbatlas_codegen::{Corrections, import, operations};

use super::{format_error, read_document, read_file, report};

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Upstream OpenAPI document in JSON
    document: PathBuf,
    /// Output directory; its corrections.toml is applied
    #[arg(long, default_value = "openapi")]
    into: PathBuf,
}

/// Imports the document. Writes no file if a step fails.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let Arguments { document, into } = arguments;
    let corrections_file = into.join("corrections.toml");
    let corrections = Corrections::parse(&read_file(&corrections_file)?)
        .map_err(|error| format_error(&corrections_file, &error))?;
    let upstream = read_document(document)?;
    let imported = import::import(&upstream).map_err(|error| format_error(document, &error))?;
    let facts = import::to_text(&imported);
    let mut corrected = imported;
    corrections
        .apply(&mut corrected)
        .map_err(|error| format_error(document, &error))?;
    let table = operations::table(&corrected).map_err(|error| format_error(document, &error))?;
    write(&into.join("atlas-admin-v2.json"), &facts)?;
    write(&into.join("operations.txt"), &operations::to_text(&table))?;
    report(&format!(
        "{} stable operations in {}",
        table.len(),
        into.display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
