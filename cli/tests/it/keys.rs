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
        assert!(run.stderr.starts_with("hint: create an API key"), "{run}");
        assert_eq!(run.stderr.lines().count(), 1);
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
            .starts_with("the private key holds a space")
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
