//! Tests of `--wait` and `--when-allowed`.

use std::time::Duration;

use atlas_simulator::{Clock, Options, Seed, Simulator};

use crate::support::{Atlas, Run, atlascli};

/// Starts a simulator whose clock advances with each request.
fn atlas_with_step(seed: Seed, step: Duration) -> Atlas {
    let options = Options::new()
        .with_seed(seed)
        .with_clock(Clock::per_request(step));
    Atlas {
        simulator: Simulator::start_blocking(options).unwrap(),
    }
}

fn run(atlas: &Atlas, line: &[&str]) -> Run {
    let state = tempfile::tempdir().unwrap();
    let mut command = atlascli(line);
    command
        .envs(atlas.simulator.environment())
        .env("XDG_STATE_HOME", state.path());
    atlas.run_command(command)
}

/// Returns the reads after the last change.
fn polls(atlas: &Atlas) -> Vec<String> {
    let requests = atlas.requests();
    let last = requests
        .iter()
        .rposition(|request| request.starts_with("PATCH"));
    requests[last.unwrap() + 1..].to_vec()
}

#[test]
fn five_waiting_clusters_of_a_project_share_the_polls_of_its_list() {
    let atlas = atlas_with_step(Seed::sized(1, 12), Duration::from_mins(30));

    let run = run(
        &atlas,
        &[
            "clusters", "pause", "--all", "--yes", "--wait", "-o", "json",
        ],
    );

    assert_eq!(run.exit, Some(0), "{run}");
    let polls = polls(&atlas);
    assert!(!polls.is_empty());
    assert!(
        polls.iter().all(|request| request.ends_with("/clusters")),
        "{polls:?}"
    );
}

#[test]
fn fewer_waiting_clusters_are_read_one_by_one() {
    let atlas = atlas_with_step(Seed::demo(), Duration::from_mins(30));

    let run = run(
        &atlas,
        &[
            "clusters", "pause", "shop-*", "--yes", "--wait", "-o", "json",
        ],
    );

    assert_eq!(run.exit, Some(0), "{run}");
    let polls = polls(&atlas);
    assert!(!polls.is_empty());
    assert!(
        polls
            .iter()
            .all(|request| request.contains("/clusters/shop-")),
        "{polls:?}"
    );
}

#[test]
fn timeout_of_each_target_is_reported() {
    let atlas = Atlas::sized(1, 6);

    let run = run(
        &atlas,
        &[
            "clusters", "pause", "--all", "--yes", "--wait=1", "-o", "json",
        ],
    );

    // two of the clusters were paused before the run
    assert_eq!(run.exit, Some(7), "{run}");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let results = document["results"].as_array().unwrap();
    let timed_out = results
        .iter()
        .filter(|result| result["outcome"] == "timedOut");
    let timed_out: Vec<_> = timed_out.collect();
    assert!(!timed_out.is_empty());
    for result in timed_out {
        let error = result["error"].as_str().unwrap();
        assert!(
            error.ends_with("timed out after 1 s, state is pausing"),
            "{error}"
        );
        assert!(result["seconds"].as_f64().unwrap() >= 1.0, "{result}");
    }
}

#[test]
fn when_allowed_retries_a_pause_after_a_resume() {
    let atlas = atlas_with_step(Seed::demo(), Duration::from_mins(12));
    let project = atlas.project("Café Zürich").parse().unwrap();
    let cluster = atlas.client().cluster(&project, "menu-archive");
    cluster.resume().unwrap();
    let line = [
        "clusters",
        "pause",
        "menu-archive",
        "--project",
        "Café Zürich",
        "--when-allowed",
    ];

    let run = run(&atlas, &line);

    assert_eq!(run.exit, Some(0), "{run}");
    let pauses = atlas.simulator.requests();
    let rejected = pauses
        .iter()
        .filter(|request| request.method == "PATCH" && request.status == Some(400));
    assert!(rejected.count() >= 1);
}

#[test]
fn when_allowed_postpones_targets_of_a_bulk_run() {
    let atlas = atlas_with_step(Seed::demo(), Duration::from_mins(10));
    let project = atlas.project("Café Zürich").parse().unwrap();
    atlas
        .client()
        .cluster(&project, "menu-archive")
        .resume()
        .unwrap();
    atlas.simulator.advance(Duration::from_mins(10));
    let line = [
        "clusters",
        "pause",
        "menu-*",
        "--yes",
        "--when-allowed",
        "-o",
        "json",
    ];

    let run = run(&atlas, &line);

    assert!(run.stdout.contains("\"outcome\": \"done\""), "{run}");
    assert!(
        !run.stdout.contains("CANNOT_PAUSE_RECENTLY_RESUMED"),
        "{run}"
    );
}
