//! The Python program, `mongodbatlas` 0.2.6. `.ci/install-old-atlascli` installs it.

use std::{
    env,
    path::{Path, PathBuf},
};

/// Default virtual environment.
const VENV: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/old-atlascli");
/// Variable that overrides the interpreter.
const VARIABLE: &str = "OLD_ATLASCLI_PYTHON";

/// Returns the interpreter. Prints a message and returns `None` if it does not exist.
#[allow(clippy::print_stderr, reason = "reports skipped tests")]
pub(crate) fn interpreter() -> Option<PathBuf> {
    let relative = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    let python =
        env::var_os(VARIABLE).map_or_else(|| Path::new(VENV).join(relative), PathBuf::from);
    if python.exists() {
        return Some(python);
    }
    eprintln!("skipped: the Python program is missing; `.ci/install-old-atlascli` installs it");
    None
}
