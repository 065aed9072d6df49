//! Tests invalid command lines, and unknown projects and clusters.

use crate::support::{Atlas, atlascli, run};

#[test]
fn invalid_command_line_exits_2() {
    let cases: [&[&str]; 17] = [
        &["--nope"],
        &["foo"],
        &["--", "--list"],
        &["--list=yes"],
        &["-lp=yes"],
        &["--l"],
        &["--p", "x"],
        &["--pr", "x"],
        &["-pi", "x"],
        &["--pause"],
        &["--pause", "--list"],
        &["-pid"],
        &["-pid5a0a1e7e0f2912c554000000", "--listproj"],
        &["-lpd"],
        &["-pause", "Cluster0"],
        &["--cluster", "ab"],
        &["--cluster", "Älvsjö: sensors:telemetry"],
    ];

    for arguments in cases {
        let mut command = atlascli(arguments);
        command.envs([("ATLAS_PUBLIC_KEY", "a"), ("ATLAS_PRIVATE_KEY", "b")]);
        let run = run(command);

        assert_eq!(
            (run.exit, run.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(run.stderr.starts_with("error: "), "{run}");
    }
}

#[test]
fn glued_project_id_is_rejected_with_explanation() {
    let run = run(atlascli(&["-pid5a0a1e7e0f2912c554000000", "--listproj"]));

    assert_eq!(
        run.error_and_hint(),
        (
            "`-pid5a0a1e7e0f2912c554000000` would pause a cluster named \
             `id5a0a1e7e0f2912c554000000`",
            "write `-pid 5a0a1e7e0f2912c554000000` for the project, or \
             `--pause id5a0a1e7e0f2912c554000000` for the cluster"
        )
    );
}

#[test]
fn malformed_cluster_path_is_rejected_before_any_request() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&["--list", "--cluster", "Cluster0"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(2), ""));
    let (error, hint) = run.error_and_hint();
    assert_eq!(error, "`Cluster0` has no project id");
    assert!(hint.contains("--cluster 5a0a1e7e0f2912c554080adc:Cluster0"));
    assert!(atlas.requests().is_empty());
}

#[test]
fn unknown_project_fails_with_hint() {
    let atlas = Atlas::sized(1, 1);
    let unknown = "5a0a1e7e0f2912c554080adc";
    let cases: [&[&str]; 4] = [
        &["-lp", "-pid", unknown],
        &["-lc", "-pid", unknown],
        &["-p", "Cluster0", "-pid", unknown],
        &["--cluster", "5a0a1e7e0f2912c554080adc:Cluster0"],
    ];

    for arguments in cases {
        let run = atlas.run(arguments);

        assert_eq!(run.exit, Some(1));
        let (error, hint) = run.error_and_hint();
        assert!(error.contains("404 GROUP_NOT_FOUND"), "{error}");
        assert!(hint.contains("check the project"), "{hint}");
    }
}

#[test]
fn project_name_is_rejected_as_id() {
    let atlas = Atlas::sized(1, 1);
    let cases: [&[&str]; 3] = [
        &["-lp", "-pid", "Project 0001"],
        &["-lc", "-pid", "Project 0001"],
        &["-p", "Cluster0", "-pid", "Project 0001"],
    ];

    for arguments in cases {
        let run = atlas.run(arguments);

        assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
        let (error, hint) = run.error_and_hint();
        assert_eq!(error, "`Project 0001` is not a project id");
        assert!(hint.contains("`atlascli --list` lists the ids"));
    }
    assert!(atlas.requests().is_empty());
}

#[test]
fn unknown_cluster_fails_with_hint() {
    let atlas = Atlas::sized(1, 1);
    let path = format!("{}:Nope", atlas.project("Project 0001"));

    let run = atlas.run(&["--cluster", &path]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    let (error, hint) = run.error_and_hint();
    assert!(error.contains("404 CLUSTER_NOT_FOUND"), "{error}");
    assert!(hint.contains("check the cluster"), "{hint}");
}
