//! Tests the sources of credentials, and that secrets do not appear in the output.

use crate::support::{Atlas, atlascli, run};

type Environment = &'static [(&'static str, &'static str)];

const NO_PUBLIC_KEY: &str = "you must specify an ATLAS public key via --publickey arg or the \
                             environment variable ATLAS_PUBLIC_KEY\n";
const NO_PRIVATE_KEY: &str = "you must specify an an ATLAS private key via --privatekeyarg or the \
                              environment variable ATLAS_PRIVATE_KEY\n";

#[test]
fn missing_key_prints_python_message() {
    let cases: [(&[&str], Environment, i32, &str); 7] = [
        (&["--list"], &[], 10, NO_PUBLIC_KEY),
        (&[], &[], 10, NO_PUBLIC_KEY),
        (&["--privatekey", "X"], &[], 10, NO_PUBLIC_KEY),
        (&["--publickey=", "--privatekey=x"], &[], 10, NO_PUBLIC_KEY),
        (
            &["-l"],
            &[("ATLAS_PUBLIC_KEY", ""), ("ATLAS_PRIVATE_KEY", "x")],
            10,
            NO_PUBLIC_KEY,
        ),
        (&["--publickey", "X"], &[], 1, NO_PRIVATE_KEY),
        (
            &["-l"],
            &[("ATLAS_PUBLIC_KEY", "x"), ("ATLAS_PRIVATE_KEY", " ")],
            1,
            NO_PRIVATE_KEY,
        ),
    ];

    for (arguments, environment, exit, message) in cases {
        let mut command = atlascli(arguments);
        command.envs(environment.iter().copied());

        let run = run(command);

        assert_eq!((run.exit, run.stdout.as_str()), (Some(exit), message));
        let hint = run.stderr.lines().last().unwrap();
        assert!(hint.starts_with("hint: "), "{run}");
        assert!(hint.contains("create an API key in Atlas"), "{run}");
    }
}

#[test]
fn flag_overrides_variable() {
    let atlas = Atlas::sized(1, 1);
    let (public, private) = (atlas.simulator.public_key(), atlas.simulator.private_key());
    let wrong = [
        ("ATLAS_PUBLIC_KEY", "wrong"),
        ("ATLAS_PRIVATE_KEY", "wrong"),
    ];
    let cases: [(&[&str], usize); 3] = [
        (&["-l", "--publickey", public], 1),
        (&["-l", "--privatekey", private], 0),
        (&["-l", "--publickey", public, "--privatekey", private], 2),
    ];

    for (arguments, wrong_variables) in cases {
        let mut command = atlas.command(arguments);
        match wrong_variables {
            0 => command.env(wrong[1].0, wrong[1].1),
            1 => command.env(wrong[0].0, wrong[0].1),
            _ => command.envs(wrong),
        };
        atlas.run_command(command).data();
    }
}

#[test]
fn empty_flag_falls_back_to_variable() {
    let atlas = Atlas::sized(1, 1);

    atlas
        .run(&["-l", "--publickey=", "--privatekey", ""])
        .data();
}

#[test]
fn wrong_keys_fail_with_hint() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&["--list", "--publickey", "unknown"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    let (error, hint) = run.error_and_hint();
    assert!(error.starts_with("GET /api/atlas/v2/orgs: 401"), "{error}");
    assert!(hint.contains("ATLAS_PRIVATE_KEY"));
}

#[test]
fn malformed_key_fails_before_any_request() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&["--list", "--privatekey", "s3cret key"]);

    assert_eq!(run.exit, Some(1));
    assert!(
        run.error_and_hint()
            .0
            .starts_with("the private key contains a character")
    );
    assert!(!run.to_string().contains("s3cret"));
    assert!(atlas.requests().is_empty());
}

#[test]
fn output_never_contains_private_key() {
    let atlas = Atlas::sized(1, 1);
    let secret = atlas.simulator.private_key();
    let id = atlas.project("Project 0001");
    let cases: [&[&str]; 6] = [
        &["-d", "-l", "-lp", "-lc", "-p", "Cluster0", "-pid", &id],
        &["-d", "-l", "--publickey", "unknown"],
        &["-d", "-lp", "-pid", "nope"],
        &["-d", "-l", "--nope", "--privatekey", secret],
        &["-privatekey", secret],
        &["-d", "-l", "--privatekey", secret],
    ];

    for arguments in cases {
        let run = atlas.run(arguments);
        assert!(!run.to_string().contains(&secret[9..]), "{run}");
    }
}

#[test]
fn debug_logs_steps_to_stderr() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&["-d", "--list"]);

    assert_eq!(run.exit, Some(0));
    assert_eq!(run.stdout, atlas.run(&["--list"]).data());
    let line = run.stderr.lines().next().unwrap();
    assert!(
        line.ends_with(" - root - DEBUG - logging is on at DEBUG level"),
        "{line}"
    );
    assert!(
        run.stderr
            .contains(" - atlascli.commands.legacy.list - DEBUG - listing the projects\n")
    );
}

#[test]
fn missing_credentials_name_every_source() {
    let run = run(atlascli(&["--list"]));

    assert_eq!((run.exit, run.stdout.as_str()), (Some(10), NO_PUBLIC_KEY));
    for source in [
        "`ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`",
        "`MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY`",
        "`MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET`",
        "the profile `default` of the official CLI",
    ] {
        assert!(run.stderr.contains(source), "{run}");
    }
}

#[test]
fn reads_variables_and_profiles_of_official_cli() {
    let atlas = Atlas::sized(1, 1);
    let (public, private) = (atlas.simulator.public_key(), atlas.simulator.private_key());
    let directory = tempfile::tempdir().unwrap();
    let profiles = directory.path().join("atlascli");
    std::fs::create_dir(&profiles).unwrap();
    let profile = format!(
        "version = 2\n[default]\npublic_api_key = \"{public}\"\nprivate_api_key = \"{private}\"\n"
    );
    std::fs::write(profiles.join("config.toml"), profile).unwrap();
    let expected = atlas.run(&["-l"]).data();
    let base_url = atlas.simulator.base_url();

    let mut with_variables = atlascli(&["-l"]);
    with_variables.envs([
        ("MONGODB_ATLAS_PUBLIC_API_KEY", public),
        ("MONGODB_ATLAS_PRIVATE_API_KEY", private),
        ("MONGODB_ATLAS_OPS_MANAGER_URL", &base_url),
    ]);
    assert_eq!(atlas.run_command(with_variables).data(), expected);

    let mut with_account = atlascli(&["-l"]);
    with_account.envs([
        ("MONGODB_ATLAS_CLIENT_ID", atlas.simulator.client_id()),
        (
            "MONGODB_ATLAS_CLIENT_SECRET",
            atlas.simulator.client_secret(),
        ),
        ("ATLAS_BASE_URL", &base_url),
        ("XDG_CACHE_HOME", directory.path().to_str().unwrap()),
    ]);
    assert_eq!(atlas.run_command(with_account).data(), expected);

    // Other systems do not use `XDG_CONFIG_HOME`.
    if cfg!(target_os = "linux") {
        let mut with_profile = atlascli(&["-l"]);
        with_profile
            .env("XDG_CONFIG_HOME", directory.path())
            .env("ATLAS_BASE_URL", &base_url);
        assert_eq!(atlas.run_command(with_profile).data(), expected);
    }
}
