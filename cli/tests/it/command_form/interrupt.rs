//! Tests that changes in flight finish after Ctrl-C. On Windows the same listener receives Ctrl-C events; the
//! standard library cannot send them, so these tests run on Unix.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use atlas_simulator::Fault;

use crate::support::{Atlas, Run, std_command};

/// Delays the responses to requests of a method.
fn delay(atlas: &Atlas, method: &str, delay: Duration) {
    let fault = Fault::latency(delay).for_method(method).when_authorized();
    atlas.simulator.inject(fault.always());
}

fn start(atlas: &Atlas, state: &Path, line: &[&str]) -> Child {
    std_command(atlas, line)
        .env("XDG_STATE_HOME", state)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until the simulator has received requests of a method.
fn wait_for_request(atlas: &Atlas, method: &str, path: &str) {
    for _ in 0..6000 {
        let requests = atlas.simulator.requests();
        let mut matching = requests
            .iter()
            .filter(|request| request.method == method && request.path().contains(path));
        if matching.any(|request| request.status != Some(401)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("no {method} request was received");
}

fn interrupt(process: &Child) {
    let id = process.id().to_string();
    let status = Command::new("kill").args(["-INT", &id]).status();
    assert!(status.unwrap().success());
}

fn finish(process: Child) -> Run {
    let output = process.wait_with_output().unwrap();
    Run {
        exit: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn bulk_run_finishes_changes_in_flight_after_ctrl_c() {
    let atlas = Atlas::sized(1, 40);
    let state = tempfile::tempdir().unwrap();
    delay(&atlas, "PATCH", Duration::from_secs(1));
    let line = ["clusters", "pause", "--all", "--yes", "-o", "json"];
    let process = start(&atlas, state.path(), &line);
    wait_for_request(&atlas, "PATCH", "");

    interrupt(&process);
    let run = finish(process);

    assert_eq!(run.exit, Some(130), "{run}");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let count = |outcome: &str| document["summary"][outcome].as_u64().unwrap();
    let requests = atlas.simulator.requests();
    let accepted = requests
        .iter()
        .filter(|request| request.method == "PATCH" && request.status == Some(200));
    assert_eq!(count("done"), accepted.count() as u64, "{run}");
    assert!(count("done") > 0 && count("notAttempted") > 0, "{run}");
    assert!(run.stderr.contains("\"level\":\"warning\""), "{run}");
}

#[test]
fn creation_reports_its_response_after_ctrl_c() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    delay(&atlas, "POST", Duration::from_secs(1));
    let process = start(
        &atlas,
        state.path(),
        &["projects", "create", "Harbour", "--org", "*"],
    );
    wait_for_request(&atlas, "POST", "/groups");

    interrupt(&process);
    let run = finish(process);

    assert_eq!(run.exit, Some(130), "{run}");
    assert!(run.stdout.contains("created"), "{run}");
    assert!(
        run.stderr
            .starts_with("warning: interrupted; finishing: create project `Harbour`"),
        "{run}"
    );
}

#[test]
fn second_ctrl_c_names_the_creation_with_an_unknown_outcome() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    delay(&atlas, "POST", Duration::from_mins(10));
    let process = start(
        &atlas,
        state.path(),
        &["projects", "create", "Harbour", "--org", "*"],
    );
    wait_for_request(&atlas, "POST", "/groups");

    // signals that arrive at the same time are one
    let mut process = process;
    while process.try_wait().unwrap().is_none() {
        interrupt(&process);
        std::thread::sleep(Duration::from_millis(50));
    }
    let run = finish(process);

    assert_eq!(run.exit, Some(130), "{run}");
    let expected = "error: interrupted; unknown outcome: create project `Harbour`\n";
    assert!(run.stderr.contains(expected), "{run}");
}

#[test]
fn read_ends_at_once_after_ctrl_c() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    delay(&atlas, "GET", Duration::from_mins(10));
    let process = start(&atlas, state.path(), &["projects", "list"]);
    wait_for_request(&atlas, "GET", "");

    interrupt(&process);
    let run = finish(process);

    assert_eq!(run.exit, Some(130), "{run}");
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        ("", "error: interrupted\n")
    );
}

#[test]
fn wait_names_the_state_after_ctrl_c() {
    let atlas = Atlas::demo();
    let state = tempfile::tempdir().unwrap();
    let line = [
        "clusters",
        "wait",
        "shop-staging",
        "--project",
        "Storefront",
        "--for",
        "paused",
    ];
    let process = start(&atlas, state.path(), &line);
    wait_for_request(&atlas, "GET", "/clusters/shop-staging");
    wait_for_second_poll(&atlas);

    interrupt(&process);
    let run = finish(process);

    assert_eq!(run.exit, Some(130), "{run}");
    assert!(
        run.stderr.contains("wait interrupted, state is running"),
        "{run}"
    );
}

/// Waits until a cluster was read twice, after which its state is known.
fn wait_for_second_poll(atlas: &Atlas) {
    let reads = || {
        let requests = atlas.requests().into_iter();
        requests
            .filter(|request| request.contains("/clusters/shop-staging"))
            .count()
    };
    while reads() < 3 {
        std::thread::sleep(Duration::from_millis(10));
    }
}
