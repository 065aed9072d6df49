//! Tests of `clusters connect`.

use crate::support::Atlas;

const LINE: [&str; 5] = [
    "clusters",
    "connect",
    "shop-staging",
    "--project",
    "Storefront",
];

fn line<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&LINE[..], more].concat()
}

#[test]
fn prints_the_connection_string_without_a_program() {
    let atlas = Atlas::demo();

    let string = atlas.run(&line(&[])).data();
    let private = atlas.run(&line(&["--connection-string-type", "privateEndpoint"]));

    assert!(
        string.starts_with("mongodb+srv://shop-staging."),
        "{string}"
    );
    assert_eq!(private.exit, Some(4), "{private}");
}

#[test]
fn missing_program_is_named_with_the_connection_string() {
    let atlas = Atlas::demo();
    let mut command = atlas.command(&line(&["--connect-with", "mongosh"]));
    command.env("PATH", "");

    let run = atlas.run_command(command);

    let (error, hint) = run.error_and_hint();
    assert!(error.starts_with("mongosh is not installed"), "{run}");
    assert!(hint.contains("mongodb+srv://shop-staging."), "{run}");
}

#[test]
fn paused_cluster_is_rejected_with_the_command_that_resumes_it() {
    let atlas = Atlas::demo();

    let run = atlas.run(&[
        "clusters",
        "connect",
        "shop-reports",
        "--project",
        "Storefront",
    ]);

    assert_eq!(run.exit, Some(5));
    assert!(
        run.error_and_hint()
            .1
            .contains("clusters start shop-reports")
    );
}

#[cfg(unix)]
#[test]
fn shell_gets_the_password_in_its_environment_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("mongosh");
    let script = "#!/bin/sh\necho \"arguments: $*\"\necho \"password: $ATLASCLI_PASSWORD\"\n";
    std::fs::write(&file, script).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    let more = [
        "--connect-with",
        "mongosh",
        "--username",
        "ada",
        "--password",
        "env:APP_PASSWORD",
    ];
    let mut command = atlas.command(&line(&more));
    command
        .env("PATH", directory.path())
        .env("APP_PASSWORD", "correct-horse-9");

    let output = atlas.run_command(command).data();

    let (arguments, password) = output.split_once("password: ").unwrap();
    assert_eq!(password, "correct-horse-9\n");
    assert!(!arguments.contains("correct-horse-9"), "{output}");
}
