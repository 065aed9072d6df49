//! A schemathesis run over the GETs: no server error, and no answer the document does not have.
//!
//! It needs the Python that `.ci/install-servers` puts in `target/schemathesis`, or the one that
//! `SCHEMATHESIS_PYTHON` names; without either there is nothing to run, and it says so.

#[cfg(test)]
#[path = "../src/tests/conformance/corrections.rs"]
mod corrections;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use atlas_simulator::{Options, Simulator};

/// A Python that has schemathesis.
fn python() -> Option<PathBuf> {
    if let Some(chosen) = std::env::var_os("SCHEMATHESIS_PYTHON") {
        return Some(PathBuf::from(chosen));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/schemathesis");
    let candidates = ["bin/python", "Scripts/python.exe"];
    let mut found = candidates.iter().map(|it| root.join(it));
    found.find(|it| it.is_file())
}

#[test]
fn the_gets_hold_what_the_document_promises() {
    let Some(python) = python() else {
        eprintln!("skipped: no target/schemathesis, which .ci/install-servers makes");
        return;
    };
    let simulator = Simulator::start_blocking(Options::new().with_rate_limits(false)).unwrap();

    let mut running = Command::new(python)
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
    let mut document = running.stdin.take().unwrap();
    write!(document, "{}", corrections::document()).unwrap();
    drop(document);
    let output = running.wait_with_output().unwrap();

    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr).into_owned();
    eprintln!("{said}");
    assert!(output.status.success(), "{said}\n{complained}");
    assert!(said.contains(" times 200"), "{said}");
}
