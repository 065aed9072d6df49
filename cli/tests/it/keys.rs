//! Where the keys come from, and that they go nowhere.

use crate::support::{Atlas, atlascli, run};

type Environment = &'static [(&'static str, &'static str)];

const NO_PUBLIC_KEY: &str = "you must specify an ATLAS public key via --publickey arg or the \
                             environment variable ATLAS_PUBLIC_KEY\n";
const NO_PRIVATE_KEY: &str = "you must specify an an ATLAS private key via --privatekeyarg or the \
                              environment variable ATLAS_PRIVATE_KEY\n";

#[test]
fn a_missing_key_has_its_old_sentence_and_exit_code() {
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

    for (arguments, environment, exit, sentence) in cases {
        let mut command = atlascli(arguments);
        command.envs(environment.iter().copied());

        let run = run(command);

        assert_eq!((run.exit, run.stdout.as_str()), (Some(exit), sentence));
        let hint = run.stderr.lines().last().unwrap();
        assert!(hint.starts_with("hint: "), "{run}");
        assert!(hint.contains("create an API key in Atlas"), "{run}");
    }
}

#[test]
fn each_flag_wins_over_its_variable() {
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

    for (arguments, wrongs) in cases {
        let mut command = atlas.command(arguments);
        match wrongs {
            0 => command.env(wrong[1].0, wrong[1].1),
            1 => command.env(wrong[0].0, wrong[0].1),
            _ => command.envs(wrong),
        };
        atlas.of(command).data();
    }
}

#[test]
fn an_empty_flag_leaves_it_to_the_variable() {
    let atlas = Atlas::sized(1, 1);

    atlas
        .run(&["-l", "--publickey=", "--privatekey", ""])
        .data();
}

#[test]
fn wrong_keys_are_an_error_with_a_cure() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&["--list", "--publickey", "nobody"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    let (error, hint) = run.complaint();
    assert!(error.starts_with("GET /api/atlas/v2/orgs: 401"), "{error}");
    assert!(hint.contains("ATLAS_PRIVATE_KEY"));
}

#[test]
fn a_malformed_key_is_an_error_before_anything_is_sent() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&["--list", "--privatekey", "s3cret key"]);

    assert_eq!(run.exit, Some(1));
    assert!(
        run.complaint()
            .0
            .starts_with("the private key contains a character")
    );
    assert!(!run.to_string().contains("s3cret"));
    assert!(atlas.asked().is_empty());
}

#[test]
fn no_secret_is_shown_however_it_ends() {
    let atlas = Atlas::sized(1, 1);
    let secret = atlas.simulator.private_key();
    let id = atlas.project("Project 0001");
    let cases: [&[&str]; 6] = [
        &["-d", "-l", "-lp", "-lc", "-p", "Cluster0", "-pid", &id],
        &["-d", "-l", "--publickey", "nobody"],
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
fn debugging_shows_the_steps_on_stderr() {
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
fn where_nothing_is_every_place_is_named() {
    let run = run(atlascli(&["--list"]));

    assert_eq!((run.exit, run.stdout.as_str()), (Some(10), NO_PUBLIC_KEY));
    for place in [
        "`ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`",
        "`MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY`",
        "`MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET`",
        "the profile `default` of the official CLI",
    ] {
        assert!(run.stderr.contains(place), "{run}");
    }
}

#[test]
fn the_official_clis_variables_and_profiles_are_used() {
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
    assert_eq!(atlas.of(with_variables).data(), expected);

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
    assert_eq!(atlas.of(with_account).data(), expected);

    // Elsewhere profiles lie beneath the home directory.
    if cfg!(target_os = "linux") {
        let mut with_profile = atlascli(&["-l"]);
        with_profile
            .env("XDG_CONFIG_HOME", directory.path())
            .env("ATLAS_BASE_URL", &base_url);
        assert_eq!(atlas.of(with_profile).data(), expected);
    }
}
