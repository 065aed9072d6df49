//! Stored runs of the old program, replayed: the same documents at today's paths, and stdout to the
//! byte with the same exit code. The few deliberate differences are in [`expected`].

mod case;
mod literal;
mod world;

use std::path::Path;

use atlas_simulator::Fault;
use case::Case;
use world::World;

use crate::support::{Atlas, atlascli, run};

/// Runs that came with the old program's description, beside this project.
const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seed");
/// Runs of it against our own simulator.
const STORED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/stored");

const NO_PUBLIC_KEY: &str = "you must specify an ATLAS public key via --publickey arg or the \
                             environment variable ATLAS_PUBLIC_KEY\n";

#[test]
fn stored_runs_come_out_the_same() {
    assert!(replay(Path::new(STORED)) >= 6);
}

#[test]
fn the_old_programs_golden_runs_come_out_the_same() {
    let shared = Path::new(SHARED);
    if !shared.exists() {
        eprintln!("skipped: the golden runs are not here");
        return;
    }

    let replayed = replay(&shared.join("golden-cases")) + replay(&shared.join("golden-fresh"));

    assert_eq!(replayed, 78);
}

/// Replays the runs in a directory and says how many.
fn replay(directory: &Path) -> usize {
    let cases = Case::all(directory);
    let world = World::of_all(&cases);
    for case in &cases {
        let run = run_of(case, &world);

        let (exit, stdout) = expected(case);
        assert_eq!(run.exit, Some(exit), "{}: {run}", case.name);
        if let Some(stdout) = stdout {
            assert_eq!(run.stdout, stdout, "{}: {run}", case.name);
        }
        assert!(!run.stderr.contains("Traceback"), "{}: {run}", case.name);
    }
    cases.len()
}

fn run_of(case: &Case, world: &World) -> crate::support::Run {
    let atlas = Atlas::sized(1, 0);
    if case.name == "no_results_field" {
        let nothing = Fault::answer(200, "application/json", r#"{"totalCount": 1}"#);
        atlas.simulator.inject(nothing.always());
    } else if !case.name.starts_with("wrong_key") {
        world.before(case).inject(&atlas, case);
    }
    let arguments: Vec<_> = case.arguments.iter().map(String::as_str).collect();
    let mut command = atlascli(&arguments);
    // The runs were made on a machine in UTC unless they say otherwise.
    command.env("TZ", "UTC");
    command.envs(case.environment.iter().map(|(name, value)| (name, value)));
    command.env("ATLAS_BASE_URL", atlas.simulator.base_url());
    run(command)
}

/// How a run is to end and what it is to print, if that is the old program's.
fn expected(case: &Case) -> (i32, Option<String>) {
    let stdout = with_names(&case.stdout);
    match case.name.as_str() {
        // The help and the version are the new program's.
        "help" | "help_long" | "version_flag" => (0, None),
        // An empty variable counts as unset.
        "empty_env" => (10, Some(NO_PUBLIC_KEY.to_owned())),
        // What pauses a cluster that nobody means stops.
        "short_lpd" | "short_pid_glued" => (2, Some(String::new())),
        // Run as a module, the old program printed its errors to stdout and called that success.
        "pause_notfound_module" | "wrong_key_module" => {
            let (printed, _) = stdout.split_once("AtlasError").unwrap();
            (1, Some(printed.to_owned()))
        }
        // A failure does not keep the others from it.
        "pause_ok_then_notfound" => {
            let resumed =
                "Resuming cluster 'Cluster0'\n'Cluster0' is already resumed, nothing to do\n";
            (1, Some(stdout + resumed))
        }
        _ => (case.exit, Some(stdout)),
    }
}

/// The old program wrote `cluster_name` where it meant the name, which is in the line before.
pub(crate) fn with_names(stdout: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in stdout.split_inclusive('\n') {
        let before = lines.last().map(String::as_str).unwrap_or_default();
        let name = before.split('\'').nth(1).unwrap_or_default();
        lines.push(line.replace("'cluster_name'", &format!("'{name}'")));
    }
    lines.concat()
}
