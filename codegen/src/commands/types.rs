//! `types`: writes the names of all generated types to `openapi/types.txt`.

use std::{fs, path::PathBuf, process::ExitCode};

use mongodbatlas_codegen::{Inputs, Options, generate};

use super::{format_error, report};

/// Arguments of the command.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Directory of the document and its TOML files
    #[arg(long, default_value = "openapi")]
    directory: PathBuf,
}

/// Writes the names of the types that all tags generate.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let directory = &arguments.directory;
    let inputs = Inputs::read(directory).map_err(|error| format_error(directory, &error))?;
    let generated = generate(&inputs, Options::default(), |_| true)
        .map_err(|error| format_error(directory, &error))?;
    let path = directory.join("types.txt");
    fs::write(&path, &generated.types)
        .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    report(&format!("wrote {}", path.display()));
    Ok(ExitCode::SUCCESS)
}
