//! Tests profiles, environment variables and the simulator in the background.

use std::{fs, path::Path};

use assert_cmd::Command;

use crate::support::{Atlas, Run, atlascli, run};

/// Returns a command whose configuration and state are in a directory.
pub(super) fn command_in(directory: &Path, line: &[&str]) -> Command {
    let mut command = atlascli(line);
    command
        .env("XDG_CONFIG_HOME", directory)
        .env("XDG_STATE_HOME", directory)
        .current_dir(directory);
    command
}

pub(super) fn run_in(directory: &Path, line: &[&str]) -> Run {
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

/// Writes the configuration file, and returns its path.
fn write_profiles(directory: &Path, text: &str) -> std::path::PathBuf {
    fs::create_dir_all(directory.join("atlascli")).unwrap();
    let file = directory.join("atlascli/config.toml");
    fs::write(&file, text).unwrap();
    file
}

#[test]
fn config_without_a_word_and_config_init_create_a_profile() {
    let directory = tempfile::tempdir().unwrap();

    for words in [&["config"][..], &["config", "init"]] {
        let run = run_in(directory.path(), words);
        assert_eq!(run.exit, Some(2), "{run}");
        assert_eq!(run.error_and_hint().0, "`profile create` needs credentials");
    }
    let key = [
        "--public-key",
        "zmmrboas",
        "--private-key",
        "env:KEY",
        "--no-check",
        "--gov",
    ];
    let mut command = command_in(directory.path(), &[&["config", "init"], &key[..]].concat());
    command.env("KEY", "0b6d1e1c-made-up");
    assert_eq!(run(command).data(), "Profile 'default' created.\n");
    let shown = run_in(
        directory.path(),
        &["config", "describe", "default", "-o", "json"],
    )
    .data();
    assert!(shown.contains("\"service\": \"cloudgov\""), "{shown}");
}

#[test]
fn unknown_and_global_properties_can_be_set() {
    let directory = tempfile::tempdir().unwrap();
    let file = write_profiles(
        directory.path(),
        "# mine\nversion = 2\n\n[default]\noutput = 'json'\n",
    );

    for (property, value) in [
        ("future_key", "a b"),
        ("telemetry_enabled", "false"),
        ("output", "csv"),
    ] {
        run_in(directory.path(), &["config", "set", property, value]).data();
    }

    assert_eq!(
        fs::read_to_string(file).unwrap(),
        "# mine\nversion = 2\ntelemetry_enabled = false\n\n[default]\noutput = \"csv\"\nfuture_key = \"a b\"\n"
    );
}

#[test]
fn malformed_properties_are_rejected() {
    let directory = tempfile::tempdir().unwrap();
    let file = write_profiles(directory.path(), "[default]\n");

    for (property, value) in [
        ("output", "xml"),
        ("service", "moon"),
        ("ops_manager_url", "ftp://x"),
    ] {
        let run = run_in(directory.path(), &["config", "set", property, value]);
        assert_eq!(run.exit, Some(2), "{property}: {run}");
        assert!(run.stderr.contains("hint:"), "{property}: {run}");
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "[default]\n");
}

#[test]
fn renamed_profile_replaces_another_only_after_a_confirmation() {
    let directory = tempfile::tempdir().unwrap();
    let text = "[shop] # live\norg_id = 'o'\n\n[other]\norg_id = 'p'\n";
    let file = write_profiles(directory.path(), text);

    let refused = run_in(directory.path(), &["config", "rename", "shop", "other"]);
    let unknown = run_in(directory.path(), &["config", "mv", "shp", "new"]);
    let same = run_in(directory.path(), &["config", "rename", "shop", "shop"]);

    assert_eq!(
        (refused.exit, unknown.exit, same.exit),
        (Some(2), Some(4), Some(2))
    );
    assert_eq!(unknown.error_and_hint().1, "did you mean `shop`?");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    run_in(
        directory.path(),
        &["config", "rename", "shop", "other", "--yes"],
    )
    .data();
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        "[other] # live\norg_id = 'o'\n"
    );
}

#[cfg(unix)]
#[test]
fn edited_file_is_checked() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = tempfile::tempdir().unwrap();
    let editor = directory.path().join("editor");
    fs::write(&editor, "#!/bin/sh\nprintf '%s' \"$1\" >> \"$2\"\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let edit = |text: &str| {
        let mut command = command_in(directory.path(), &["config", "edit"]);
        command.env("EDITOR", format!("{} {text}", editor.display()));
        run(command)
    };

    assert_eq!(edit("[default]").data(), "");
    let file = directory.path().join("atlascli/config.toml");
    assert_eq!(fs::read_to_string(&file).unwrap(), "[default]");
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let broken = edit("[");
    assert_eq!(broken.exit, Some(1), "{broken}");
    assert!(
        broken.error_and_hint().0.contains("invalid TOML"),
        "{broken}"
    );
    let mut command = command_in(directory.path(), &["config", "edit"]);
    command.env("EDITOR", "/missing/editor");
    fs::write(&file, "").unwrap();
    let missing = run(command);
    assert_eq!(
        missing.error_and_hint().1,
        "set `EDITOR` to an installed editor"
    );
}

#[test]
fn completion_scripts_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let full = run(atlascli(&["completion", shell])).data();
        let short = run(atlascli(&["completion", shell, "--no-descriptions"])).data();

        assert!(full.contains("available-regions"), "{shell}");
        assert!(short.contains("available-regions"), "{shell}");
        if shell != "bash" {
            assert!(
                full.contains("List clusters") && !short.contains("List clusters"),
                "{shell}"
            );
        }
    }
    let unknown = run(atlascli(&["completion", "tcsh"]));
    assert_eq!(unknown.exit, Some(2), "{unknown}");
}
