//! A Python that has the old program, `mongodbatlas` 0.2.6. `.ci/install-old-atlascli` makes one.

use std::{
    env,
    path::{Path, PathBuf},
};

/// Where it is made.
const VENV: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/old-atlascli");
/// The variable that names another.
const VARIABLE: &str = "OLD_ATLASCLI_PYTHON";

/// The interpreter; none, and a message, if there is none.
#[allow(clippy::print_stderr, reason = "a test says that it was skipped")]
pub(crate) fn find() -> Option<PathBuf> {
    let beneath = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    let python = env::var_os(VARIABLE).map_or_else(|| Path::new(VENV).join(beneath), PathBuf::from);
    if python.exists() {
        return Some(python);
    }
    eprintln!("skipped: the old program is not here; `.ci/install-old-atlascli` installs it");
    None
}
