//! Runs schemathesis over all GET operations: rejects server errors and responses that contradict
//! the API document.
//!
//! Needs the Python in `target/schemathesis` that `.ci/install-servers` creates, or the one in
//! `SCHEMATHESIS_PYTHON`. Skipped without either.

#[cfg(test)]
#[path = "../src/tests/conformance/corrections.rs"]
mod corrections;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use atlas_simulator::{Options, Simulator};

/// Returns a Python with schemathesis.
fn python() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("SCHEMATHESIS_PYTHON") {
        return Some(PathBuf::from(path));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/schemathesis");
    let candidates = ["bin/python", "Scripts/python.exe"];
    let mut paths = candidates.iter().map(|candidate| root.join(candidate));
    paths.find(|path| path.is_file())
}

#[test]
fn get_responses_match_the_document() {
    let Some(python) = python() else {
        eprintln!("skipped: no target/schemathesis; run .ci/install-servers");
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
    let mut input = process.stdin.take().unwrap();
    write!(input, "{}", corrections::document()).unwrap();
    drop(input);
    let output = process.wait_with_output().unwrap();

    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    eprintln!("{report}");
    assert!(output.status.success(), "{report}\n{errors}");
    assert!(report.contains(" times 200"), "{report}");
}
