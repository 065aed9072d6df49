//! Tests the journals of single changes and of creations.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use atlas_simulator::Fault;

use crate::support::{Atlas, Run, atlascli};

fn run_in(atlas: &Atlas, state: &Path, line: &[&str]) -> Run {
    let mut command = atlascli(line);
    command
        .envs(atlas.simulator.environment())
        .env("XDG_STATE_HOME", state);
    atlas.run_command(command)
}

/// Returns the ids of the journals.
fn run_ids(state: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(state.join("atlascli/runs")) else {
        return Vec::new();
    };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .map(|name| name.trim_end_matches(".jsonl").to_owned())
        .collect()
}

/// Returns the number of accepted requests of a method.
fn accepted(atlas: &Atlas, method: &str) -> usize {
    let requests = atlas.simulator.requests().into_iter();
    requests
        .filter(|request| {
            request.method == method && request.status.is_some_and(|status| status < 300)
        })
        .count()
}

/// Starts a command and kills it after a time.
fn kill_after(atlas: &Atlas, state: &Path, line: &[&str], moment: Duration) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_atlascli"))
        .args(line)
        .envs(atlas.simulator.environment())
        .env("XDG_STATE_HOME", state)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while started.elapsed() < moment && process.try_wait().unwrap().is_none() {
        std::hint::spin_loop();
    }
    process.kill().unwrap();
    process.wait().unwrap();
}

/// Kills creations at random moments: they are made at most once, and those without a response are listed as
/// unknown and not repeated.
#[test]
fn killed_creations_are_not_repeated() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    for round in 0..50 {
        let atlas = Atlas::sized(1, 1);
        let state = tempfile::tempdir().unwrap();
        let line = ["projects", "create", "Harbour"];
        // in every second round the response is late, so that the process is killed before it
        if round % 2 == 0 {
            let fault = Fault::latency(Duration::from_millis(60)).for_method("POST");
            atlas.simulator.inject(fault.when_authorized().always());
        }
        kill_after(
            &atlas,
            state.path(),
            &line,
            Duration::from_micros(random.u64(..90_000)),
        );

        for id in run_ids(state.path()) {
            let show = run_in(&atlas, state.path(), &["runs", "show", &id, "-o", "json"]);
            let resume = run_in(&atlas, state.path(), &["runs", "resume", &id, "--yes"]);
            // killed before the description or the intent was written: nothing was sent
            if resume.stderr.contains("damaged") || show.stdout.contains("\"open\"") {
                assert_eq!(accepted(&atlas, "POST"), 0, "{resume}");
                continue;
            }
            assert!(show.stdout.contains("\"unknown\""), "{show}");
            assert_eq!(resume.exit, Some(1), "{resume}");
            assert!(
                resume.stderr.contains("a creation is not repeated"),
                "{resume}"
            );
        }
        assert!(accepted(&atlas, "POST") <= 1);
        if run_ids(state.path()).is_empty() {
            // the response arrived, or the request was not sent
            let list = run_in(&atlas, state.path(), &["projects", "list", "-o", "json"]);
            let count = list.data().matches("\"Harbour\"").count();
            assert_eq!(count, accepted(&atlas, "POST"));
        }
    }
}

/// Kills pauses of one cluster at random moments and resumes the runs: no pause is lost, no pause is sent twice.
#[test]
fn killed_single_changes_are_completed_by_resume() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..20 {
        let atlas = Atlas::demo();
        let state = tempfile::tempdir().unwrap();
        let line = ["clusters", "pause", "Storefront:shop-staging"];
        kill_after(
            &atlas,
            state.path(),
            &line,
            Duration::from_micros(random.u64(..60_000)),
        );

        let mut has_intent = false;
        for id in run_ids(state.path()) {
            let resume = run_in(&atlas, state.path(), &["runs", "resume", &id, "--yes"]);
            has_intent |= !resume.stderr.contains("damaged");
            assert!(!has_intent || resume.exit == Some(0), "{resume}");
        }
        assert_eq!(accepted(&atlas, "PATCH"), usize::from(has_intent));
    }
}

#[test]
fn creation_without_a_response_is_listed_as_unknown() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    let fault = Fault::drop_connection()
        .for_method("POST")
        .when_authorized();
    atlas.simulator.inject(fault.always());

    let run = run_in(&atlas, state.path(), &["projects", "create", "Harbour"]);

    assert_eq!(run.exit, Some(9), "{run}");
    let list = run_in(
        &atlas,
        state.path(),
        &[
            "runs",
            "list",
            "-o",
            "csv",
            "--columns",
            "verb,targets,open",
        ],
    );
    assert_eq!(list.data(), "verb,targets,open\ncreate,1,1\n");
    let [id] = &run_ids(state.path())[..] else {
        panic!("expected one journal");
    };
    let resume = run_in(&atlas, state.path(), &["runs", "resume", id]);
    let (error, hint) = resume.error_and_hint();
    assert_eq!(
        error,
        "create project `Harbour`: the outcome is unknown, and a creation is not repeated"
    );
    assert!(hint.starts_with("`atlascli projects list` shows"), "{hint}");
}

#[test]
fn creation_with_a_response_leaves_no_journal() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();

    let created = run_in(&atlas, state.path(), &["projects", "create", "Harbour"]);
    let rejected = run_in(
        &atlas,
        state.path(),
        &[
            "dbusers",
            "create",
            "--username",
            "a",
            "--password",
            "b",
            "--role",
            "x@y",
            "--project",
            "Nowhere",
        ],
    );

    assert_eq!((created.exit, rejected.exit), (Some(0), Some(4)));
    assert_eq!(run_ids(state.path()), Vec::<String>::new());
}

#[test]
fn change_without_state_directory_is_made() {
    let atlas = Atlas::demo();
    let file = tempfile::NamedTempFile::new().unwrap();
    let line = [
        "clusters",
        "pause",
        "shop-staging",
        "--project",
        "Storefront",
    ];

    let run = run_in(&atlas, file.path(), &line);

    assert_eq!(run.exit, Some(0), "{run}");
    assert_eq!(accepted(&atlas, "PATCH"), 1);
}

#[test]
fn hint_of_a_refused_pause_names_the_minute_of_an_own_resume() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    let line = [
        "clusters",
        "start",
        "menu-archive",
        "--project",
        "Café Zürich",
    ];
    assert_eq!(run_in(&atlas, state.path(), &line).exit, Some(0));
    atlas.simulator.advance(Duration::from_mins(30));
    let pause = [
        "clusters",
        "pause",
        "menu-archive",
        "--project",
        "Café Zürich",
    ];
    let other = tempfile::tempdir().unwrap();

    let known = run_in(&atlas, state.path(), &pause);
    let unknown = run_in(&atlas, other.path(), &pause);

    assert_eq!((known.exit, unknown.exit), (Some(5), Some(5)), "{known}");
    let known = known.error_and_hint().1.to_owned();
    assert!(
        known.starts_with("Atlas allows it at ") && !known.contains("latest"),
        "{known}"
    );
    let unknown = unknown.error_and_hint().1.to_owned();
    assert!(
        unknown.contains(" at the latest; add `--when-allowed`"),
        "{unknown}"
    );
}
