//! Runs the examples.

mod build;

use std::{fs, process::Command, time::Duration};

use atlas_simulator::{Clock, Fault, Options, Simulator};
use mongodbatlas::blocking;
use serde_json::{Value, json};

use crate::support::builder;
pub(crate) use build::binary;

/// Runs an example with these environment variables and returns its output.
fn run_with(example: &str, environment: &[(&'static str, String)], arguments: &[&str]) -> String {
    let output = Command::new(binary(example))
        .args(arguments)
        .envs(environment.iter().cloned())
        .output()
        .expect("a built example");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{example}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// Runs an example with the environment variables of a simulator and returns its output.
fn run(example: &str, simulator: &Simulator, arguments: &[&str]) -> String {
    run_with(example, &simulator.environment(), arguments)
}

/// Starts a simulator with the demo organization. Each request advances its clock by `step`.
fn start_simulator(step: Duration) -> Simulator {
    let options = Options::new().with_clock(Clock::per_request(step));
    Simulator::start_blocking(options).expect("a free port")
}

fn client(simulator: &Simulator) -> blocking::Atlas {
    builder(simulator).build_blocking().expect("valid settings")
}

#[test]
fn list_everything_prints_every_cluster() {
    let simulator = start_simulator(Duration::from_secs(1));

    let printed = run("list_everything", &simulator, &[]);

    assert!(
        printed.starts_with("Open Meadow Data\n  Storefront\n    shop-production running\n"),
        "{printed}"
    );
    assert!(
        printed.contains("  Café Zürich\n    reservations running\n    menu-archive paused\n"),
        "{printed}"
    );
    assert_eq!(printed.matches(" flex\n").count(), 3, "{printed}");
}

#[test]
fn pause_dev_clusters_pauses_matching_clusters_and_waits() {
    let simulator = start_simulator(Duration::from_mins(1));
    let tagged = client(&simulator)
        .find_cluster("reservations")
        .unwrap()
        .handle();
    let tags = json!([{"key": "env", "value": "dev"}]);
    tagged
        .update_with(|document| document["tags"] = tags)
        .unwrap();

    let by_tag = run("pause_dev_clusters", &simulator, &[]);
    let by_name = run(
        "pause_dev_clusters",
        &simulator,
        &["shop-{staging,reports}"],
    );

    assert_eq!(by_tag, "reservations is paused\n");
    assert_eq!(
        by_name,
        "shop-reports is already paused\nshop-staging is paused\n"
    );
}

#[test]
fn create_cluster_waits_until_the_cluster_runs() {
    let simulator = start_simulator(Duration::from_mins(10));
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cluster.json");
    let document = mongodbatlas::Cluster::default_single_region_cluster("from-file");
    fs::write(&file, document.to_string()).unwrap();

    let default = run("create_cluster", &simulator, &["Empty Lot"]);
    let from_file = run(
        "create_cluster",
        &simulator,
        &["Empty Lot", file.to_str().unwrap()],
    );

    assert!(
        default.contains(" is running\n") && default.contains("mongodb+srv://"),
        "{default}"
    );
    assert!(from_file.contains("from-file runs at"), "{from_file}");
}

#[test]
fn rotate_api_key_replaces_its_own_key() {
    let simulator = start_simulator(Duration::from_secs(1));
    let organization = client(&simulator).this_organization().unwrap().handle();
    let old_key = organization
        .create_api_key("nightly", &[mongodbatlas::OrganizationRole::Owner])
        .unwrap();
    let project = client(&simulator).find_project("Sandbox").unwrap().handle();
    project
        .api_key(old_key.id())
        .assign(&[mongodbatlas::ProjectRole::ReadOnly])
        .unwrap();
    let environment = [
        ("ATLAS_BASE_URL", simulator.base_url()),
        ("ATLAS_PUBLIC_KEY", old_key.public_key().to_owned()),
        (
            "ATLAS_PRIVATE_KEY",
            old_key.private_key().unwrap().expose().to_owned(),
        ),
    ];
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("key.json");

    let printed = run_with("rotate_api_key", &environment, &[file.to_str().unwrap()]);

    let saved: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let key = ["publicKey", "privateKey"].map(|half| saved[half].as_str().unwrap().to_owned());
    let [public, private] = key;
    assert!(
        printed.contains(&format!("{public} replaces {}", old_key.public_key())),
        "{printed}"
    );
    assert!(!printed.contains(&private), "{printed}");
    let key = mongodbatlas::ApiKey::new(public.as_str(), private).unwrap();
    let atlas = builder(&simulator)
        .with_api_key(key)
        .build_blocking()
        .unwrap();
    let keys = atlas.this_organization().unwrap().handle().api_keys();
    let keys: Vec<_> = keys.map(Result::unwrap).collect();
    assert!(keys.iter().all(|key| key.id() != old_key.id()));
    let new = keys.iter().find(|key| key.public_key() == public).unwrap();
    assert!(new.roles().any(|role| role.name == "GROUP_READ_ONLY"));
}

#[cfg(feature = "monitoring-and-logs")]
#[test]
fn download_logs_writes_a_file_for_every_host() {
    let simulator = start_simulator(Duration::from_secs(1));
    let directory = tempfile::tempdir().unwrap();

    let printed = run(
        "download_logs",
        &simulator,
        &["Storefront", directory.path().to_str().unwrap()],
    );

    let files = fs::read_dir(directory.path()).unwrap();
    let sizes: Vec<_> = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .collect();
    assert_eq!(printed.lines().count(), sizes.len());
    assert!(
        !sizes.is_empty() && sizes.iter().all(|size| *size > 0),
        "{printed}"
    );
}

#[cfg(feature = "events")]
#[test]
fn tail_events_prints_events() {
    let simulator = start_simulator(Duration::from_secs(1));
    let organization = client(&simulator).this_organization().unwrap().handle();
    organization
        .create_api_key("created", &[mongodbatlas::OrganizationRole::Member])
        .unwrap();

    let printed = run("tail_events", &simulator, &["1"]);

    assert!(printed.starts_with("API_KEY"), "{printed}");
}

#[test]
fn custom_retry_retries_five_times() {
    let simulator = start_simulator(Duration::from_secs(1));
    let unavailable = Fault::answer(503, "application/json", "{}").for_path("/api/atlas/v2/orgs");
    simulator.inject(unavailable.times(5));

    let printed = run("custom_retry", &simulator, &["shop-staging"]);

    assert_eq!(printed, "shop-staging is pausing\n");
}

#[test]
fn raw_call_calls_any_operation() {
    let simulator = start_simulator(Duration::from_secs(1));
    let group = format!("groupId={}", simulator.projects()[0].0);

    let status = run("raw_call", &simulator, &["getSystemStatus"]);
    let renamed = run(
        "raw_call",
        &simulator,
        &["updateGroup", &group, "{\"name\": \"Front & shop\"}"],
    );
    let projects = run("raw_call", &simulator, &["listGroups"]);

    assert!(status.starts_with('{'), "{status}");
    assert!(renamed.contains("Front & shop"), "{renamed}");
    assert_eq!(projects.lines().count(), 8);
}

#[test]
fn service_account_revokes_its_token() {
    let simulator = start_simulator(Duration::from_secs(1));
    let environment = [
        ("ATLAS_BASE_URL", simulator.base_url()),
        ("MONGODB_ATLAS_CLIENT_ID", simulator.client_id().to_owned()),
        (
            "MONGODB_ATLAS_CLIENT_SECRET",
            simulator.client_secret().to_owned(),
        ),
    ];

    let printed = run_with("service_account", &environment, &[]);

    assert_eq!(printed, "Open Meadow Data\n");
    let requests = simulator.requests();
    assert!(
        requests
            .last()
            .unwrap()
            .path_and_query
            .contains("/oauth/revoke")
    );
}

#[test]
fn blocking_prints_the_clusters_of_a_project() {
    let simulator = start_simulator(Duration::from_secs(1));
    let (id, _) = simulator.projects()[0].clone();

    let printed = run("blocking", &simulator, &[&id]);

    let names: Vec<_> = printed.lines().collect();
    assert_eq!(names, ["shop-production", "shop-staging", "shop-reports"]);
}
