//! Compares stdout and exit code with the Python program, run against the same simulator.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use atlas_simulator::Fault;

use crate::{
    goldens::with_names,
    python_program,
    support::{Atlas, Run, run},
};

const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/it/differential/python_program.py"
);

/// Runs both programs, each against a simulator with the same seed.
struct Comparison {
    python: PathBuf,
    start_atlas: fn() -> Atlas,
}

impl Comparison {
    /// `None` if the Python program is not installed.
    fn new(start_atlas: fn() -> Atlas) -> Option<Self> {
        let python = python_program::interpreter()?;
        Some(Self {
            python,
            start_atlas,
        })
    }

    /// Returns the run of the Python program and that of this one.
    fn run(
        &self,
        arguments: &[&str],
        variables: &[(&str, &str)],
        prepare: impl Fn(&Atlas),
    ) -> (Run, Run) {
        let (python_atlas, rust_atlas) = ((self.start_atlas)(), (self.start_atlas)());
        prepare(&python_atlas);
        prepare(&rust_atlas);
        let mut command = rust_atlas.command(arguments);
        command.envs(variables.iter().copied());
        let python = run_python(&self.python, &python_atlas, arguments, variables);
        (python, rust_atlas.run_command(command))
    }

    /// Asserts that stdout and exit code are equal.
    fn assert_equal(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let (python, rust) = self.run(arguments, variables, |_| {});
        assert_equal(&python, &rust, arguments);
        rust
    }
}

fn run_python(python: &Path, atlas: &Atlas, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(python);
    command
        .arg(SCRIPT)
        .args(arguments)
        .env("NO_PROXY", "127.0.0.1")
        .env("TZ", "America/New_York")
        .env("PYTHONIOENCODING", "utf-8")
        .envs(atlas.simulator.environment())
        .envs(variables.iter().copied());
    let mut run = run(command);
    run.stdout = with_names(&run.stdout).replace(&atlas.simulator.base_url(), "http://atlas");
    run
}

fn assert_equal(python: &Run, rust: &Run, arguments: &[&str]) {
    let stdout = python.stdout.replace("\r\n", "\n");
    assert_eq!(rust.stdout, stdout, "{arguments:?}\n{python}\n{rust}");
    assert_eq!(rust.exit, python.exit, "{arguments:?}\n{python}\n{rust}");
}

#[test]
fn lists_and_documents_match() {
    let Some(comparison) = Comparison::new(Atlas::demo) else {
        return;
    };
    let id = Atlas::demo().project("Älvsjö: sensors, edge");
    let cases: [&[&str]; 3] = [
        &["-l", "-lp", "-lc"],
        &["-lp", "-pid", &id],
        &["--listcluster", "--proj", &id],
    ];

    for arguments in cases {
        for zone in ["America/New_York", "UTC"] {
            let run = comparison.assert_equal(arguments, &[("TZ", zone)]);
            assert!(run.stdout.lines().count() > 10, "{run}");
        }
    }
    comparison.assert_equal(&[], &[]);
}

#[test]
fn lists_of_several_pages_match() {
    let Some(comparison) = Comparison::new(|| Atlas::sized(205, 1)) else {
        return;
    };

    let run = comparison.assert_equal(&["--list"], &[]);

    assert_eq!(run.stdout.matches("project ID:").count(), 205);
}

#[test]
fn pause_and_resume_match() {
    let Some(comparison) = Comparison::new(|| Atlas::sized(2, 3)) else {
        return;
    };
    let id = Atlas::sized(2, 3).project("Project 0001");
    let cases: [&[&str]; 4] = [
        &["-r", "Cluster2", "-p", "Cluster0", "-pid", &id],
        &["-pCluster0", "-r=Cluster0", "-l", "-pid", &id],
        &["-p", "Cluster2", "-r", "Cluster1", "--project_id", &id],
        &["-p", "Cluster0", "-r", "Cluster2"],
    ];

    for arguments in cases {
        comparison.assert_equal(arguments, &[]);
    }
}

#[test]
fn failures_match() {
    let Some(comparison) = Comparison::new(|| Atlas::sized(2, 1)) else {
        return;
    };
    let id = Atlas::sized(2, 1).project("Project 0001");
    let unknown = "5a0a1e7e0f2912c554080adc";
    let cases: [&[&str]; 9] = [
        &["-lp", "-pid", unknown],
        &["-lc", "-pid", unknown],
        &["-lp", "-pid", "nope"],
        &["-p", "nope", "-pid", &id],
        &["-l", "--publickey", "unknown"],
        &["-l", "--privatekey", "wrong"],
        &["--li"],
        &["--pause"],
        &["foo"],
    ];

    for arguments in cases {
        let run = comparison.assert_equal(arguments, &[]);
        assert_ne!(run.exit, Some(0), "{run}");
    }
}

#[test]
fn server_errors_match() {
    let Some(comparison) = Comparison::new(|| Atlas::sized(2, 1)) else {
        return;
    };
    let second = Atlas::sized(2, 1).project("Project 0002");
    let forbidden = r#"{"error": 403, "errorCode": "ACCESS_FORBIDDEN", "detail": "no"}"#;
    let faults = [
        Fault::answer(403, "application/json", forbidden),
        Fault::html(404),
        Fault::answer(200, "application/json", r#"{"links": []}"#),
    ];

    for fault in faults {
        let (python, rust) = comparison.run(&["-l"], &[], |atlas| {
            let fault = fault.clone().for_path("/api/atlas/v2/orgs");
            atlas.simulator.inject(fault.always());
        });
        assert_equal(&python, &rust, &["-l"]);
        assert_eq!(rust.exit, Some(1), "{rust}");
    }
    let path = format!("/api/atlas/v2/groups/{second}/clusters");
    let (python, rust) = comparison.run(&["-lc"], &[], |atlas| {
        let fault = Fault::answer(403, "application/json", forbidden).for_path(&path);
        atlas.simulator.inject(fault.always());
    });
    assert_equal(&python, &rust, &["-lc"]);
    assert_eq!(rust.exit, Some(1), "{rust}");
}
