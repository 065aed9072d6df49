//! The generator's command line: `import` refreshes `openapi/` from an upstream document.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use mongodbatlas_codegen::{Corrections, Document, Error, import, operations};

/// Maintains the vendored facts of the Atlas Administration API
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reduce an upstream document to the facts in openapi/
    Import {
        /// The upstream OpenAPI document, as JSON
        document: PathBuf,
        /// The directory to write to
        #[arg(long, default_value = "openapi")]
        into: PathBuf,
    },
}

fn main() -> ExitCode {
    let Command::Import { document, into } = Arguments::parse().command;
    match import_into(&document, &into) {
        Ok(summary) => {
            report(&summary);
            ExitCode::SUCCESS
        }
        Err(message) => {
            report(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// Imports the document and says what was written.
fn import_into(source: &Path, into: &Path) -> Result<String, String> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let write = |name: &str, text: &str| {
        let path = into.join(name);
        fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
    };
    let explain = |error: Error| with_causes(&error);

    let upstream = Document::parse(&read(source)?).map_err(explain)?;
    let corrections =
        Corrections::parse(&read(&into.join("corrections.toml"))?).map_err(explain)?;
    let document = import::import(&upstream).map_err(explain)?;
    write("atlas-admin-v2.json", &import::to_text(&document))?;
    let mut corrected = document;
    corrections.apply(&mut corrected).map_err(explain)?;
    let table = operations::table(&corrected).map_err(explain)?;
    write("operations.txt", &operations::to_text(&table))?;
    Ok(format!(
        "{} stable operations in {}",
        table.len(),
        into.display()
    ))
}

/// The error and everything behind it, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[expect(
    clippy::print_stderr,
    reason = "a tool for maintainers talks to the terminal"
)]
fn report(text: &str) {
    eprintln!("{text}");
}
