//! The examples of the documentation, run as their users run them.

use std::{env, path::PathBuf, process::Command};

use atlas_simulator::{Options, Simulator};

/// Runs a built example with the simulator's variables; gives what it prints.
fn run(example: &str, simulator: &Simulator, arguments: &[&str]) -> String {
    let output = Command::new(built(example))
        .args(arguments)
        .envs(simulator.environment())
        .output()
        .expect("an example that cargo has built");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{example}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// Where cargo puts an example: beside the directory of this test's own binary.
pub(crate) fn built(example: &str) -> PathBuf {
    let test = env::current_exe().expect("a running test");
    let profile = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("target/PROFILE/deps");
    let path = profile
        .join("examples")
        .join(format!("{example}{}", env::consts::EXE_SUFFIX));
    if !path.exists() {
        build(example);
    }
    path
}

/// Builds an example, which cargo has not done when it was asked for this test alone.
fn build(example: &str) {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--example", example])
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "{example} does not build"
    );
}

#[test]
fn list_everything_prints_every_cluster_and_pauses_one() {
    let simulator = Simulator::start_blocking(Options::new()).unwrap();
    let (project, _) = simulator.projects()[0].clone();

    let printed = run("list_and_pause", &simulator, &[&project, "shop-staging"]);

    assert!(printed.lines().count() > 5, "{printed}");
    assert!(
        printed.contains("Storefront shop-production running"),
        "{printed}"
    );
    assert!(
        printed.contains("Café Zürich menu-archive paused"),
        "{printed}"
    );
    assert!(printed.ends_with("shop-staging is pausing\n"), "{printed}");
}

#[test]
fn blocking_prints_the_clusters_of_a_project() {
    let simulator = Simulator::start_blocking(Options::new()).unwrap();
    let (id, _) = simulator.projects()[0].clone();

    let printed = run("blocking", &simulator, &[&id]);

    let names: Vec<_> = printed.lines().collect();
    assert_eq!(names, ["shop-production", "shop-staging", "shop-reports"]);
}
