//! Tests of `--defaultcluster`, `--createcluster` and `--output`.

use std::fs;

use crate::support::{Atlas, atlascli, run};

#[test]
fn creates_default_cluster() {
    let atlas = Atlas::sized(1, 0);
    let id = atlas.project("Project 0001");
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cluster.json");
    let file = file.to_str().unwrap();

    // Requires no credentials.
    assert_eq!(run(atlascli(&["--defaultcluster", "-o", file])).data(), "");
    let run = atlas.run(&[
        "--createcluster",
        file,
        "--clustername",
        "blue",
        "-pid",
        &id,
        "-lc",
    ]);

    assert_eq!(run.exit, Some(0));
    let head = format!(
        "Creating cluster blue from cluster configuration {file}\nCreated cluster 'blue'\n\n\
         Project: '{id}' Cluster: 'blue'\n"
    );
    assert!(run.stdout.starts_with(&head), "{run}");
    for fact in [
        "'instanceSize': 'M40'",
        "'regionName': 'US_EAST_1'",
        "'name': 'blue'",
    ] {
        assert!(run.stdout.contains(fact), "{run}");
    }
    assert!(
        run.stderr
            .starts_with("hint: `blue` is ready in a few minutes")
    );
}

#[test]
fn cluster_name_comes_from_flag_then_document_then_random() {
    let atlas = Atlas::sized(1, 0);
    let id = atlas.project("Project 0001");
    let directory = tempfile::tempdir().unwrap();
    let document = run(atlascli(&["--defaultcluster"])).data();
    let named = document.replacen('{', "{\"name\": \"green\",", 1);
    let write = |name: &str, text: &str| {
        let file = directory.path().join(name);
        fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (named, unnamed) = (write("named", &named), write("unnamed", &document));
    let created = |arguments: &[&str]| {
        let run = atlas.run(&[arguments, &["-pid", &id]].concat());
        assert_eq!(run.exit, Some(0), "{run}");
        run.stdout.lines().last().unwrap().to_owned()
    };

    assert_eq!(
        created(&["--createcluster", &named]),
        "Created cluster 'green'"
    );
    assert_eq!(
        created(&[
            "--createcluster",
            "x",
            "--clusterconfig",
            &named,
            "--clustername",
            "red"
        ]),
        "Created cluster 'red'"
    );
    let random = created(&["--createcluster", &unnamed]);
    let name = random.strip_prefix("Created cluster 'ATLASCLI-").unwrap();
    let characters = name.strip_suffix('\'').unwrap();
    assert_eq!(characters.len(), 5);
    let is_valid = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    assert!(characters.chars().all(is_valid), "{characters}");
}

#[test]
fn invalid_creation_is_rejected_before_any_request() {
    let atlas = Atlas::sized(2, 0);
    let (one, two) = (atlas.project("Project 0001"), atlas.project("Project 0002"));
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cluster");
    let file = file.to_str().unwrap();
    let create = ["--createcluster", file];
    let cases: [(&str, &[&str], i32, &str); 5] = [
        ("{}", &[], 2, "requires exactly one `--project_id`"),
        (
            "{}",
            &["-pid", &one, "-pid", &two],
            2,
            "requires exactly one `--project_id`",
        ),
        ("{", &["-pid", &one], 1, "invalid cluster document"),
        ("[]", &["-pid", &one], 1, "not a JSON object"),
        (
            "",
            &["-pid", &one, "--clusterconfig", "nope"],
            1,
            "cannot read `nope`",
        ),
    ];

    for (document, arguments, exit, expected) in cases {
        fs::write(file, document).unwrap();

        let run = atlas.run(&[&create, arguments, &["-l"]].concat());

        assert_eq!((run.exit, run.stdout.as_str()), (Some(exit), ""));
        assert!(run.error_and_hint().0.contains(expected), "{run}");
    }
    assert!(atlas.requests().is_empty());
}

#[test]
fn rejected_document_reports_atlas_error() {
    let atlas = Atlas::sized(1, 0);
    let id = atlas.project("Project 0001");
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cluster");
    fs::write(&file, r#"{"name": "blue", "clusterType": "CIRCLE"}"#).unwrap();

    let run = atlas.run(&["--createcluster", file.to_str().unwrap(), "-pid", &id]);

    assert_eq!(run.exit, Some(1));
    assert!(run.error_and_hint().0.starts_with("POST "), "{run}");
}

#[test]
fn output_file_receives_stdout_data() {
    let atlas = Atlas::sized(2, 2);
    let id = atlas.project("Project 0001");
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("list");
    fs::write(&file, "longer than the new content ".repeat(999)).unwrap();
    let expected = atlas.run(&["-l", "-lp"]).data();

    let output = ["-o", file.to_str().unwrap()];
    assert_eq!(
        atlas.run(&[&["-l", "-lp"][..], &output].concat()).data(),
        ""
    );
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(
        written.replace(&atlas.simulator.base_url(), "http://atlas"),
        expected
    );

    let pause = ["-p", "Cluster0", "-pid", &id];
    assert_eq!(atlas.run(&[&pause[..], &output].concat()).data(), "");
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written, "Pausing 'Cluster0'\nPaused cluster 'Cluster0'\n");
}

#[test]
fn output_file_is_unchanged_without_keys() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("list");
    fs::write(&file, "old").unwrap();

    let run = run(atlascli(&["-l", "--output", file.to_str().unwrap()]));

    assert_eq!(run.exit, Some(10));
    assert!(
        run.stdout
            .starts_with("you must specify an ATLAS public key")
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
}

#[test]
fn unwritable_output_file_fails_before_any_request() {
    let atlas = Atlas::sized(1, 1);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("nowhere").join("list");

    let run = atlas.run(&["-p", "Cluster0", "-o", file.to_str().unwrap()]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    assert!(
        run.error_and_hint().0.starts_with("cannot write to `"),
        "{run}"
    );
    assert!(atlas.requests().is_empty());
}
