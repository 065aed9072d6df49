//! Tests bulk runs: partial failure, journal, interrupt, resume.

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use atlas_simulator::Fault;

use crate::support::{Atlas, Run, atlascli};

fn run_in(atlas: &Atlas, state: &std::path::Path, line: &[&str]) -> Run {
    let mut command = atlascli(line);
    command
        .envs(atlas.simulator.environment())
        .env("XDG_STATE_HOME", state);
    atlas.run_command(command)
}

/// Returns the number of accepted writes.
fn writes(atlas: &Atlas) -> usize {
    let requests = atlas.simulator.requests().into_iter();
    requests
        .filter(|request| {
            request.method != "GET" && request.status.is_some_and(|status| status < 300)
        })
        .count()
}

fn run_id(state: &std::path::Path) -> String {
    let entries = fs::read_dir(state.join("atlascli/runs")).unwrap();
    let mut ids: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    ids.sort();
    ids.pop().unwrap().trim_end_matches(".jsonl").to_owned()
}

#[test]
fn impossible_targets_fail_and_others_succeed() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();

    let run = run_in(
        &atlas,
        state.path(),
        &[
            "clusters",
            "pause",
            "--all",
            "--project",
            "データ基盤",
            "--yes",
            "-o",
            "json",
        ],
    );

    assert_eq!(run.exit, Some(7), "{run}");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["summary"]["done"], 1);
    assert_eq!(document["summary"]["failed"], 1);
    assert_eq!(document["summary"]["unchanged"], 1);
    assert_eq!(writes(&atlas), 1);
}

#[test]
fn skip_impossible_leaves_them_out() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    let line = [
        "clusters",
        "pause",
        "--all",
        "--project",
        "データ基盤",
        "--skip-impossible",
        "--yes",
    ];

    assert_eq!(run_in(&atlas, state.path(), &line).exit, Some(0));
}

#[test]
fn second_run_is_unchanged() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    let line = ["clusters", "pause", "shop-*", "--yes"];

    assert_eq!(run_in(&atlas, state.path(), &line).exit, Some(0));
    let sent = writes(&atlas);
    let second = run_in(&atlas, state.path(), &line);

    assert_eq!(second.exit, Some(0), "{second}");
    assert_eq!(writes(&atlas), sent);
}

#[test]
fn journal_is_private_and_lists_intents_before_outcomes() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();

    run_in(
        &atlas,
        state.path(),
        &["clusters", "pause", "shop-*", "--yes"],
    );

    let path = state
        .path()
        .join("atlascli/runs")
        .join(run_id(state.path()) + ".jsonl");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    let text = fs::read_to_string(&path).unwrap();
    let kinds: Vec<_> = text
        .lines()
        .map(|line| line.split('"').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "intent").count(), 2);
    assert_eq!(kinds.iter().filter(|kind| *kind == "outcome").count(), 2);
    assert_eq!(kinds[1], "intent");
}

#[test]
fn ten_equal_failures_stop_the_run() {
    let atlas = Atlas::sized(1, 40);
    let state = tempfile::tempdir().unwrap();
    let body = r#"{"error": 403, "errorCode": "USER_UNAUTHORIZED", "detail": "Not allowed", "parameters": []}"#;
    let fault = Fault::answer(403, "application/json", body)
        .for_method("PATCH")
        .when_authorized()
        .always();
    atlas.simulator.inject(fault);

    let run = run_in(
        &atlas,
        state.path(),
        &["clusters", "pause", "--all", "--yes", "-o", "json"],
    );

    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(
        document["summary"]["notAttempted"].as_u64().unwrap() > 0,
        "{run}"
    );
}

/// Kills bulk runs at random moments and resumes them: no change is lost or made twice.
#[test]
fn killed_runs_are_completed_by_resume() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..50 {
        let atlas = Atlas::sized(2, 6);
        let state = tempfile::tempdir().unwrap();
        let plan = run_in(
            &atlas,
            state.path(),
            &["clusters", "pause", "--all", "--dry-run", "-o", "json"],
        )
        .data();
        let expected = plan.matches("\"action\": \"pause\"").count();
        let mut process = Command::new(env!("CARGO_BIN_EXE_atlascli"))
            .args(["clusters", "pause", "--all", "--yes"])
            .envs(atlas.simulator.environment())
            .env("XDG_STATE_HOME", state.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let moment = Duration::from_micros(random.u64(..60_000));
        let started = Instant::now();
        while started.elapsed() < moment && process.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        process.kill().unwrap();
        process.wait().unwrap();
        let has_journal = state.path().join("atlascli/runs").is_dir();
        let has_head = has_journal
            && fs::read_dir(state.path().join("atlascli/runs"))
                .unwrap()
                .any(|entry| {
                    fs::read_to_string(entry.unwrap().path())
                        .unwrap()
                        .contains('\n')
                });
        if !has_head {
            assert_eq!(writes(&atlas), 0);
            continue;
        }

        let run = run_in(
            &atlas,
            state.path(),
            &["runs", "resume", &run_id(state.path()), "--yes"],
        );

        assert_eq!(run.exit, Some(0), "{run}");
        assert_eq!(writes(&atlas), expected, "{run}");
    }
}

#[test]
fn resume_of_a_complete_run_sends_nothing() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    run_in(
        &atlas,
        state.path(),
        &["clusters", "pause", "shop-*", "--yes"],
    );
    let sent = atlas.requests().len();

    let run = run_in(
        &atlas,
        state.path(),
        &["runs", "resume", &run_id(state.path())],
    );

    assert!(run.data().ends_with("is complete.\n"));
    assert_eq!(atlas.requests().len(), sent);
}
