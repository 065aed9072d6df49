//! Runs schemathesis over all GET operations. Rejects server errors and responses that violate the
//! OpenAPI document.
//!
//! Needs the Python interpreter in `target/schemathesis`, which `.ci/install-servers` installs, or
//! the interpreter in `SCHEMATHESIS_PYTHON`. The test is skipped if neither exists.

#[cfg(test)]
#[path = "../src/tests/conformance/corrections.rs"]
mod corrections;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use atlas_simulator::{Options, Simulator};

/// Returns a Python interpreter with schemathesis.
fn python() -> Option<PathBuf> {
    if let Some(chosen) = std::env::var_os("SCHEMATHESIS_PYTHON") {
        return Some(PathBuf::from(chosen));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/schemathesis");
    let candidates = ["bin/python", "Scripts/python.exe"];
    let mut paths = candidates.iter().map(|name| root.join(name));
    paths.find(|path| path.is_file())
}

#[test]
fn get_responses_match_the_document() {
    let Some(python) = python() else {
        eprintln!("skipped: no target/schemathesis, which .ci/install-servers installs");
        return;
    };
    let simulator = Simulator::start_blocking(Options::new().with_rate_limits(false)).unwrap();

    let mut process = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/schemathesis_gets.py"
        ))
        .envs(simulator.environment())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut document = process.stdin.take().unwrap();
    write!(document, "{}", corrections::document()).unwrap();
    drop(document);
    let output = process.wait_with_output().unwrap();

    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    eprintln!("{stdout}");
    assert!(output.status.success(), "{stdout}\n{stderr}");
    assert!(stdout.contains(" times 200"), "{stdout}");
}
