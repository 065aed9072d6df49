//! Profiles, environment and the simulator in the background.

use std::{fs, path::Path};

use assert_cmd::Command;

use crate::support::{Atlas, Run, atlascli, run};

/// Returns a command whose configuration and state are in a directory.
fn command_in(directory: &Path, line: &[&str]) -> Command {
    let mut command = atlascli(line);
    command
        .env("XDG_CONFIG_HOME", directory)
        .env("XDG_STATE_HOME", directory)
        .current_dir(directory);
    command
}

fn run_in(directory: &Path, line: &[&str]) -> Run {
    run(command_in(directory, line))
}

#[test]
fn created_profile_is_checked_and_used() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let base_url = atlas.simulator.base_url();
    fs::write(directory.path().join("key"), atlas.simulator.private_key()).unwrap();

    let created = run_in(
        directory.path(),
        &[
            "profile",
            "create",
            "shop",
            "--public-key",
            atlas.simulator.public_key(),
            "--private-key-file",
            "key",
            "--base-url",
            &base_url,
            "--project",
            "Storefront",
        ],
    );

    assert_eq!(created.data(), "Profile 'shop' created.\n");
    let clusters = run_in(
        directory.path(),
        &["clusters", "list", "--profile", "shop", "-o", "ids"],
    )
    .data();
    assert_eq!(clusters.lines().count(), 3);
    let shown = run_in(directory.path(), &["profile", "show", "shop"]).data();
    assert!(
        shown.contains("[REDACTED]") && !shown.contains(atlas.simulator.private_key()),
        "{shown}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = directory.path().join("atlascli/config.toml");
        assert_eq!(
            fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn rejected_keys_are_not_stored() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let base_url = atlas.simulator.base_url();
    fs::write(directory.path().join("key"), "0b6d1e1c-wrong").unwrap();

    let run = run_in(
        directory.path(),
        &[
            "profile",
            "create",
            "--public-key",
            "abcdefgh",
            "--private-key-file",
            "key",
            "--base-url",
            &base_url,
        ],
    );

    assert_eq!(run.exit, Some(3), "{run}");
    assert!(!directory.path().join("atlascli/config.toml").exists());
}

#[test]
fn unreachable_server_is_a_network_error() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("key"), "0b6d1e1c-made-up").unwrap();

    let run = run_in(
        directory.path(),
        &[
            "profile",
            "create",
            "--public-key",
            "abcdefgh",
            "--private-key-file",
            "key",
            "--base-url",
            "http://127.0.0.1:9",
        ],
    );

    assert_eq!(run.exit, Some(9), "{run}");
    assert!(
        run.stderr.contains("--no-check") || run.stderr.contains("hint:"),
        "{run}"
    );
}

#[test]
fn settings_keep_comments_and_unknown_keys() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("atlascli")).unwrap();
    let file = directory.path().join("atlascli/config.toml");
    let text = "# mine\nversion = 2\n\n[default] # the shop\nfuture = ['a']\n";
    fs::write(&file, text).unwrap();

    let run = run_in(
        directory.path(),
        &["config", "set", "project_id", "5f0c2a9e1b3d4e0001a2b3c5"],
    );

    assert_eq!(run.data(), "Updated property 'project_id'\n");
    let expected = format!("{text}project_id = \"5f0c2a9e1b3d4e0001a2b3c5\"\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
}

#[test]
fn flag_wins_over_environment_and_profile() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("atlascli")).unwrap();
    fs::write(
        directory.path().join("atlascli/config.toml"),
        "[default]\noutput = 'json'\n",
    )
    .unwrap();
    let list = |variable: Option<&str>, flags: &[&str]| {
        let mut command = command_in(directory.path(), &[&["projects", "list"], flags].concat());
        command.envs(atlas.simulator.environment());
        if let Some(format) = variable {
            command.env("MONGODB_ATLAS_OUTPUT", format);
        }
        atlas.run_command(command).data()
    };

    assert!(list(None, &[]).starts_with('{'));
    assert!(list(Some("csv"), &[]).starts_with("id,"));
    assert!(list(Some("csv"), &["-o", "yaml"]).starts_with("results:"));
}

#[test]
fn missing_credentials_exit_3_with_a_hint() {
    let run = run(atlascli(&["projects", "list"]));

    assert_eq!(run.exit, Some(3));
    let (error, hint) = run.error_and_hint();
    assert_eq!(error, "no credentials found");
    assert!(
        hint.contains("profile create") && hint.contains("--demo"),
        "{hint}"
    );
}

#[cfg(feature = "demo")]
#[test]
fn simulator_in_the_background_persists_between_commands() {
    let directory = tempfile::tempdir().unwrap();
    let started = run_in(directory.path(), &["simulator", "start"]);
    let created = run_in(
        directory.path(),
        &["projects", "create", "Checkout", "--demo"],
    );
    let described = run_in(
        directory.path(),
        &[
            "projects",
            "describe",
            "Checkout",
            "--profile",
            "demo",
            "--jq",
            ".name",
        ],
    );
    let stopped = run_in(directory.path(), &["simulator", "stop"]);

    assert_eq!(started.exit, Some(0), "{started}");
    assert_eq!(created.exit, Some(0), "{created}");
    assert_eq!(described.data(), "Checkout\n");
    assert_eq!(stopped.data(), "Simulator stopped.\n");
    assert_eq!(
        run_in(directory.path(), &["simulator", "status"]).data(),
        "not running\n"
    );
}
