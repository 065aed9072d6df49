//! Exit status of the examples that are meant for cron.

#[cfg(feature = "monitoring-and-logs")]
use std::fs;
use std::{process::Command, time::Duration};

use atlas_simulator::{Clock, Fault, Options, Simulator};

use crate::docs::examples::binary;
#[cfg(feature = "monitoring-and-logs")]
use crate::support::builder;

/// Starts a simulator with the demo organization whose clock moves by one minute with each request.
fn start_simulator() -> Simulator {
    let options = Options::new().with_clock(Clock::per_request(Duration::from_mins(1)));
    Simulator::start_blocking(options).expect("a free port")
}

/// Runs an example that exits with status 1. Returns its output and its errors.
fn run_failing(example: &str, simulator: &Simulator, arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(binary(example));
    let command = command.args(arguments).envs(simulator.environment());
    let output = command.output().expect("a built example");
    assert_eq!(output.status.code(), Some(1), "{example}: {output:?}");
    let to_string = |bytes| String::from_utf8(bytes).expect("text");
    (to_string(output.stdout), to_string(output.stderr))
}

#[test]
fn pause_dev_clusters_fails_if_no_cluster_matches() {
    let simulator = start_simulator();

    let (printed, errors) = run_failing("pause_dev_clusters", &simulator, &["missing-*"]);

    assert_eq!(
        (printed.as_str(), errors.as_str()),
        ("", "no cluster matches\n")
    );
}

#[test]
fn pause_dev_clusters_pauses_others_and_fails_if_a_pause_fails() {
    let simulator = start_simulator();
    let rejected = r#"{"error": 409, "errorCode": "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES"}"#;
    let rejected = Fault::answer(409, "application/json", rejected).for_method("PATCH");
    simulator.inject(rejected.when_authorized().times(1));

    let arguments = ["shop-{production,staging}"];
    let (printed, errors) = run_failing("pause_dev_clusters", &simulator, &arguments);

    assert_eq!(printed, "shop-staging is paused\n");
    assert!(
        errors.starts_with("cannot pause shop-production: PATCH "),
        "{errors}"
    );
}

#[cfg(feature = "monitoring-and-logs")]
#[test]
fn download_logs_downloads_others_and_fails_if_a_download_fails() {
    let simulator = start_simulator();
    let directory = tempfile::tempdir().unwrap();
    let host = builder(&simulator)
        .build_blocking()
        .unwrap()
        .find_project("Storefront")
        .unwrap()
        .processes()
        .next()
        .unwrap()
        .unwrap();
    let (id, _) = simulator.projects()[0].clone();
    let path = format!(
        "/api/atlas/v2/groups/{id}/clusters/{}/logs",
        host.hostname()
    );
    let unknown = r#"{"error": 404, "errorCode": "HOST_NOT_FOUND"}"#;
    simulator.inject(Fault::answer(404, "application/json", unknown).for_path(path));

    let arguments = ["Storefront", directory.path().to_str().unwrap()];
    let (printed, errors) = run_failing("download_logs", &simulator, &arguments);

    assert!(printed.lines().count() > 1, "{printed}");
    assert!(errors.starts_with(host.hostname()), "{errors}");
    let files = fs::read_dir(directory.path()).unwrap().count();
    assert_eq!(files, printed.lines().count());
}

#[cfg(feature = "monitoring-and-logs")]
#[test]
fn download_logs_fails_if_project_has_no_processes() {
    let simulator = start_simulator();

    let (printed, errors) = run_failing("download_logs", &simulator, &["Empty Lot"]);

    assert_eq!(printed, "");
    assert!(errors.contains("no processes"), "{errors}");
}

#[test]
fn rotate_api_key_fails_if_key_cannot_be_created() {
    let simulator = start_simulator();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("key.json");
    let forbidden = r#"{"error": 403, "errorCode": "USER_UNAUTHORIZED"}"#;
    let forbidden = Fault::answer(403, "application/json", forbidden).for_method("POST");
    simulator.inject(forbidden.when_authorized().times(1));

    let (printed, errors) = run_failing("rotate_api_key", &simulator, &[file.to_str().unwrap()]);

    assert_eq!(printed, "");
    assert!(!errors.is_empty());
    assert!(!file.exists(), "no empty file remains");
}

#[test]
fn rotate_api_key_writes_no_file_if_the_old_key_is_unknown() {
    let simulator = start_simulator();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("key.json");
    let keys = Fault::answer(
        200,
        "application/json",
        r#"{"results": [], "totalCount": 0}"#,
    )
    .for_path(format!(
        "/api/atlas/v2/orgs/{}/apiKeys",
        simulator.organization_id()
    ));
    simulator.inject(keys.when_authorized());

    let (_, errors) = run_failing("rotate_api_key", &simulator, &[file.to_str().unwrap()]);

    assert!(
        errors.contains("not a key of this organization"),
        "{errors}"
    );
    assert!(!file.exists());
}
