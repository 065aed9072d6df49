//! Tests the checks of `setup` and the resources that it creates.

use std::{collections::BTreeSet, time::Duration};

use atlas_simulator::{Clock, Options, Seed, Simulator};
use serde_json::Value;

use crate::support::{Atlas, Run};

/// Returns the demo organization with a clock that advances with each request, so that waits end.
fn atlas() -> Atlas {
    let options = Options::new()
        .with_seed(Seed::demo())
        .with_clock(Clock::per_request(Duration::from_mins(4)));
    Atlas {
        simulator: Simulator::start_blocking(options).unwrap(),
    }
}

fn setup(atlas: &Atlas, flags: &[&str]) -> Run {
    let line = ["setup", "--project", "Storefront", "--force"];
    atlas.run(&[&line[..], flags].concat())
}

/// Returns the requests that change something.
fn writes(atlas: &Atlas) -> Vec<String> {
    let requests = atlas.requests().into_iter();
    requests
        .filter(|request| !request.starts_with("GET "))
        .collect()
}

#[test]
fn creates_cluster_user_and_access_list_entry_and_loads_sample_data() {
    let atlas = atlas();

    let run = setup(
        &atlas,
        &[
            "--clusterName",
            "trial",
            "--accessListIp",
            "192.0.2.15,198.51.100.0/24",
            "--tag",
            "env=dev",
            "-o",
            "json",
        ],
    );

    assert_eq!((run.exit, run.stderr.as_str()), (Some(0), ""), "{run}");
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(
        document["connectionString"]
            .as_str()
            .unwrap()
            .starts_with("mongodb+srv://")
    );
    assert_eq!(document["username"], "trial");
    assert_eq!(document["password"].as_str().unwrap().len(), 24);
    assert!(document["sampleDataJob"].is_string(), "{document}");
    let read = |line: &[&str]| -> Value {
        let line = [line, &["--project", "Storefront", "-o", "json"]].concat();
        serde_json::from_str(&atlas.run(&line).data()).unwrap()
    };
    let cluster = read(&["clusters", "describe", "trial"]);
    assert_eq!(
        cluster["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"]["instanceSize"],
        "M0"
    );
    assert_eq!(cluster["tags"][0]["value"], "dev");
    let user = read(&["dbusers", "describe", "trial"]);
    assert_eq!(user["scopes"][0]["name"], "trial");
    let entries = read(&["access-lists", "list"]);
    let blocks: BTreeSet<_> = entries["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["cidrBlock"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        blocks.contains("192.0.2.15/32") && blocks.contains("198.51.100.0/24"),
        "{blocks:?}"
    );
}

#[test]
fn creates_nothing_if_a_check_fails() {
    let atlas = atlas();
    let first = setup(
        &atlas,
        &["--clusterName", "first", "--skipSampleData", "--currentIp"],
    );
    assert_eq!(first.exit, Some(0), "{first}");
    let before = writes(&atlas).len();

    for (flags, exit, reason) in [
        (
            &["--accessListIp", "office"][..],
            2,
            "`office` is not an IP address",
        ),
        (
            &["--accessListIp", "192.0.2.0/40"],
            2,
            "is not an IP address",
        ),
        (
            &["--clusterName", "second"],
            5,
            "has the free cluster `first` already",
        ),
        (
            &["--clusterName", "shop-production", "--tier", "M10"],
            5,
            "has a cluster `shop-production` already",
        ),
        (
            &[
                "--clusterName",
                "second",
                "--tier",
                "M10",
                "--username",
                "first",
            ],
            5,
            "has a database user `first` already",
        ),
        (&["--provider", "IBM"], 2, "invalid value `IBM`"),
        (
            &["--accessListIp", "192.0.2.15", "--currentIp"],
            2,
            "exclude each other",
        ),
    ] {
        let run = setup(&atlas, flags);
        assert_eq!(
            (run.exit, run.stdout.as_str()),
            (Some(exit), ""),
            "{flags:?}: {run}"
        );
        assert!(run.stderr.contains(reason), "{flags:?}: {run}");
    }
    assert_eq!(writes(&atlas).len(), before);
}

#[test]
fn missing_role_is_named_before_anything_is_created() {
    let atlas = atlas();

    let run = atlas.run_with_role(
        "ORG_READ_ONLY",
        &["setup", "--project", "Storefront", "--force"],
    );

    assert_eq!(run.exit, Some(5), "{run}");
    let (error, hint) = run.error_and_hint();
    assert_eq!(
        error,
        "the API key may not create the cluster: it has ORG_READ_ONLY"
    );
    assert_eq!(
        hint,
        "grant it one of these roles: Project Cluster Creator; nothing was created"
    );
    // the key of the test
    assert_eq!(writes(&atlas).len(), 1);
}

#[test]
fn plan_of_a_dry_run_creates_nothing() {
    let atlas = atlas();
    let flags = [
        "--dry-run",
        "--clusterName",
        "trial",
        "--tier",
        "M30",
        "--provider",
        "AZURE",
        "--mdbVersion",
        "8.0",
    ];

    let prose = setup(&atlas, &flags).data();
    let json = setup(&atlas, &[&flags[..], &["-o", "json"]].concat()).data();

    assert!(prose.contains("region       AZURE US_EAST_2\n"), "{prose}");
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["cluster"]["mongoDBMajorVersion"], "8.0");
    assert_eq!(
        document["cluster"]["replicationSpecs"][0]["regionConfigs"][0]["providerName"],
        "AZURE"
    );
    assert!(writes(&atlas).is_empty());
}

#[test]
fn setup_without_a_terminal_needs_force() {
    let atlas = atlas();

    let run = atlas.run(&["quickstart", "--project", "Storefront"]);

    assert_eq!(run.exit, Some(2), "{run}");
    assert!(run.stderr.contains("add `--yes`"), "{run}");
    assert!(writes(&atlas).is_empty());
}

#[test]
fn setup_without_credentials_names_profile_create() {
    let run = crate::support::run(crate::support::atlascli(&["setup", "--force"]));

    assert_eq!(run.exit, Some(3), "{run}");
    assert!(run.stderr.contains("atlascli profile create"), "{run}");
}

#[test]
fn failed_step_names_what_was_created_before() {
    let atlas = atlas();
    let project = atlas.project("Storefront");
    let fault = atlas_simulator::Fault::answer(500, "application/json", "{}");
    let path = format!("/api/atlas/v2/groups/{project}/clusters");
    atlas.simulator.inject(
        fault
            .for_path(path)
            .for_method("POST")
            .when_authorized()
            .always(),
    );

    let run = setup(&atlas, &["--clusterName", "trial"]);

    assert_ne!(run.exit, Some(0), "{run}");
    assert!(run.stderr.contains("cannot create the cluster"), "{run}");
    assert!(
        run.stderr
            .contains("hint: created before: access list entry, database user `trial`"),
        "{run}"
    );
}

#[cfg(unix)]
#[test]
fn mongosh_is_started_without_the_password() {
    use std::os::unix::fs::PermissionsExt as _;

    let atlas = atlas();
    let directory = tempfile::tempdir().unwrap();
    let program = directory.path().join("mongosh");
    std::fs::write(&program, "#!/bin/sh\necho \"mongosh $*\"\n").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = atlas.command(&[
        "setup",
        "--project",
        "Storefront",
        "--force",
        "--clusterName",
        "trial",
        "--username",
        "app",
        "--connectWith",
        "mongosh",
    ]);
    command.env(
        "PATH",
        format!("{}:/usr/bin:/bin", directory.path().display()),
    );

    let run = atlas.run_command(command);

    assert_eq!(run.exit, Some(0), "{run}");
    let last = run.stdout.lines().last().unwrap();
    assert!(
        last.starts_with("mongosh mongodb+srv://trial.") && last.ends_with(" --username app"),
        "{run}"
    );
    let password = run
        .stdout
        .lines()
        .find_map(|line| line.strip_prefix("Password: "))
        .unwrap();
    assert!(!last.contains(password));
}
