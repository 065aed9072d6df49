//! Replays stored runs of the Python program.
//!
//! The simulator returns the documents of the run at the paths of API version 2. Stdout and exit code
//! must be equal, except for the deliberate differences in [`expected`].

mod case;
mod documents;
mod literal;

use std::path::Path;

use atlas_simulator::Fault;
use case::Case;
use documents::Documents;

use crate::support::{Atlas, atlascli, run};

/// Runs that are not part of the repository.
const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seed");
/// Runs against the simulator.
const STORED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/stored");

const NO_PUBLIC_KEY: &str = "you must specify an ATLAS public key via --publickey arg or the \
                             environment variable ATLAS_PUBLIC_KEY\n";

#[test]
fn stored_runs_replay_identically() {
    assert!(replay(Path::new(STORED)) >= 6);
}

#[test]
fn golden_runs_replay_identically() {
    let shared = Path::new(SHARED);
    if !shared.exists() {
        eprintln!("skipped: the golden runs are not available");
        return;
    }

    let replayed = replay(&shared.join("golden-cases")) + replay(&shared.join("golden-fresh"));

    assert_eq!(replayed, 78);
}

/// Replays the runs in a directory and returns their number.
fn replay(directory: &Path) -> usize {
    let cases = Case::read_all(directory);
    let documents = Documents::of_all(&cases);
    for case in &cases {
        let run = replay_case(case, &documents);

        let (exit, stdout) = expected(case);
        assert_eq!(run.exit, Some(exit), "{}: {run}", case.name);
        if let Some(stdout) = stdout {
            assert_eq!(run.stdout, stdout, "{}: {run}", case.name);
        }
        assert!(!run.stderr.contains("Traceback"), "{}: {run}", case.name);
    }
    cases.len()
}

fn replay_case(case: &Case, documents: &Documents) -> crate::support::Run {
    let atlas = Atlas::sized(1, 0);
    if case.name == "no_results_field" {
        let no_results = Fault::answer(200, "application/json", r#"{"totalCount": 1}"#);
        atlas.simulator.inject(no_results.always());
    } else if !case.name.starts_with("wrong_key") {
        documents.before(case).inject(&atlas, case);
    }
    let arguments: Vec<_> = case.arguments.iter().map(String::as_str).collect();
    let mut command = atlascli(&arguments);
    // The time zone of the runs, which `case.environment` may override.
    command.env("TZ", "UTC");
    command.envs(case.environment.iter().map(|(name, value)| (name, value)));
    command.env("ATLAS_BASE_URL", atlas.simulator.base_url());
    run(command)
}

/// Returns the expected exit code and stdout. `None` for stdout that is not compared.
fn expected(case: &Case) -> (i32, Option<String>) {
    let stdout = with_names(&case.stdout);
    match case.name.as_str() {
        // The help and the version differ.
        "help" | "help_long" | "version_flag" => (0, None),
        // Empty variables count as unset.
        "empty_env" => (10, Some(NO_PUBLIC_KEY.to_owned())),
        // Glued names are rejected.
        "short_lpd" | "short_pid_glued" => (2, Some(String::new())),
        // Run as a module, the Python program prints errors to stdout and exits with 0.
        "pause_notfound_module" | "wrong_key_module" => {
            let (printed, _) = stdout.split_once("AtlasError").unwrap();
            (1, Some(printed.to_owned()))
        }
        // A failure does not stop the other clusters.
        "pause_ok_then_notfound" => {
            let resumed =
                "Resuming cluster 'Cluster0'\n'Cluster0' is already resumed, nothing to do\n";
            (1, Some(stdout + resumed))
        }
        _ => (case.exit, Some(stdout)),
    }
}

/// Replaces the literal `cluster_name`, a mistake of the Python program, by the name on the line
/// before.
pub(crate) fn with_names(stdout: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in stdout.split_inclusive('\n') {
        let before = lines.last().map(String::as_str).unwrap_or_default();
        let name = before.split('\'').nth(1).unwrap_or_default();
        lines.push(line.replace("'cluster_name'", &format!("'{name}'")));
    }
    lines.concat()
}
