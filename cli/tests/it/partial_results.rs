//! Tests runs in which some lists fail and others succeed.

use atlas_simulator::Fault;

use crate::support::{Atlas, Run};

/// Statuses and error codes of a project whose clusters cannot be listed.
pub(crate) const FAILURES: [(u16, &str); 5] = [
    (401, "USER_UNAUTHORIZED"),
    (401, "USER_CANNOT_ACCESS_GROUP"),
    (403, "ACCESS_FORBIDDEN"),
    (404, "NOT_ATLAS_GROUP"),
    (500, "UNEXPECTED_ERROR"),
];

/// Starts a simulator with three projects, whose second project returns this error for its clusters.
pub(crate) fn atlas_with_failing_project(status: u16, code: &str) -> (Atlas, String) {
    let atlas = Atlas::sized(3, 2);
    let second = atlas.project("Project 0002");
    atlas.inject_error(&format!("groups/{second}/clusters"), status, code);
    (atlas, second)
}

/// Returns the number of printed clusters of a project.
fn cluster_count(run: &Run, id: &str) -> usize {
    let heading = format!("Project: '{id}' Cluster: ");
    run.stdout.matches(&heading).count()
}

#[test]
fn list_prints_other_projects_after_failure() {
    for (status, code) in FAILURES {
        let (atlas, _) = atlas_with_failing_project(status, code);

        let run = atlas.run(&["--list"]);

        assert_eq!(run.exit, Some(1), "{run}");
        assert_eq!(run.stdout.matches("project ID:").count(), 3, "{run}");
        assert_eq!(run.stdout.matches("Cluster ID:").count(), 4, "{run}");
        let (error, hint) = run.error_and_hint();
        assert!(
            error.starts_with("cannot list the clusters of project `Project 0002`: "),
            "{error}"
        );
        assert!(
            error.contains(code) && error.contains("no access"),
            "{error}"
        );
        assert!(!hint.is_empty());
    }
}

#[test]
fn failure_because_of_role_names_the_role() {
    for (status, code) in &FAILURES[..3] {
        let (atlas, _) = atlas_with_failing_project(*status, code);

        let run = atlas.run(&["-l"]);

        let (_, hint) = run.error_and_hint();
        assert!(hint.contains("`Project Read Only`"), "{hint}");
    }
}

#[test]
fn listcluster_prints_other_projects_after_failure() {
    for (status, code) in FAILURES {
        let (atlas, second) = atlas_with_failing_project(status, code);
        let (first, third) = (atlas.project("Project 0001"), atlas.project("Project 0003"));
        let with_ids = ["-lc", "-pid", &second, "-pid", &third, "-pid", &first];

        for (arguments, name) in [(&["-lc"][..], "Project 0002"), (&with_ids, &second)] {
            let run = atlas.run(arguments);

            assert_eq!(run.exit, Some(1), "{run}");
            let counts = [&first, &second, &third].map(|id| cluster_count(&run, id));
            assert_eq!(counts, [2, 0, 2], "{run}");
            let (error, _) = run.error_and_hint();
            let expected = format!("cannot list the clusters of project `{name}`: ");
            assert!(error.starts_with(&expected), "{error}");
        }
    }
}

#[test]
fn listproj_prints_other_projects_after_failure() {
    let atlas = Atlas::sized(3, 0);
    let [first, second, third] =
        ["Project 0001", "Project 0002", "Project 0003"].map(|name| atlas.project(name));
    atlas.inject_error(&format!("groups/{second}"), 403, "USER_CANNOT_ACCESS_GROUP");

    let run = atlas.run(&["-lp", "-pid", &first, "-pid", &second, "-pid", &third]);

    assert_eq!(run.exit, Some(1), "{run}");
    for (id, is_printed) in [(&first, true), (&second, false), (&third, true)] {
        assert_eq!(
            run.stdout.contains(&format!("'id': '{id}'")),
            is_printed,
            "{run}"
        );
    }
    let (error, _) = run.error_and_hint();
    assert!(error.contains(&second), "{error}");
}

#[test]
fn failed_lists_do_not_prevent_pause() {
    // The number of requests that fail. Later requests for `groups` are those of the pause.
    let failures: [(&[&str], &str, u32); 4] = [
        (&["-l"], "orgs", 1),
        (&["-l", "-lp", "-lc"], "orgs", 1),
        (&["-lp"], "groups", 1),
        (&["-l", "-lc"], "groups", 2),
    ];

    for (lists, path, count) in failures {
        let atlas = Atlas::sized(2, 2);
        let [first, second] = ["Project 0001", "Project 0002"].map(|name| atlas.project(name));
        let body = r#"{"error": 403, "errorCode": "ACCESS_FORBIDDEN"}"#;
        let fault = Fault::answer(403, "application/json", body).when_authorized();
        let fault = fault.for_path(format!("/api/atlas/v2/{path}"));
        atlas.simulator.inject(fault.times(count));
        let pauses = [
            "-p", "Cluster0", "-p", "Cluster1", "-pid", &first, "-pid", &second,
        ];

        let run = atlas.run(&[lists, &pauses].concat());

        assert_eq!(run.exit, Some(1), "{run}");
        assert!(
            run.stdout.ends_with(
                "Pausing 'Cluster0'\nPaused cluster 'Cluster0'\n\
                 Pausing 'Cluster1'\nPaused cluster 'Cluster1'\n"
            ),
            "{run}"
        );
        assert!(run.stderr.contains("ACCESS_FORBIDDEN"), "{run}");
    }
}

#[test]
fn failed_list_does_not_prevent_other_lists() {
    let atlas = Atlas::sized(2, 1);
    atlas.inject_error("orgs", 403, "ACCESS_FORBIDDEN");

    let run = atlas.run(&["-l", "-lp", "-lc"]);

    assert_eq!(run.exit, Some(1), "{run}");
    let alone = Atlas::sized(2, 1).run(&["-lp", "-lc"]);
    assert_eq!(run.stdout, alone.stdout);
}

#[test]
fn connection_errors_of_one_cluster_do_not_prevent_pause_of_others() {
    let atlas = Atlas::sized(2, 2);
    let [first, second] = ["Project 0001", "Project 0002"].map(|name| atlas.project(name));
    let fault = Fault::drop_connection();
    let fault = fault.for_path(format!("/api/atlas/v2/groups/{first}/clusters/Cluster0"));
    atlas.simulator.inject(fault.always());
    let fault = Fault::drop_connection();
    let fault = fault.for_path(format!("/api/atlas/v2/groups/{second}/clusters"));
    atlas.simulator.inject(fault.always());

    let run = atlas.run(&["-l", "-p", "Cluster0", "-p", "Cluster1", "-pid", &first]);

    assert_eq!(run.exit, Some(1), "{run}");
    assert_eq!(run.stdout.matches("Cluster ID:").count(), 2, "{run}");
    assert!(
        run.stdout
            .ends_with("Pausing 'Cluster0'\nPausing 'Cluster1'\nPaused cluster 'Cluster1'\n"),
        "{run}"
    );
    assert_eq!(run.stderr.matches("error: ").count(), 2, "{run}");
}

#[test]
fn failed_creation_does_not_prevent_pause() {
    let atlas = Atlas::sized(1, 1);
    let id = atlas.project("Project 0001");
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cluster");
    std::fs::write(&file, r#"{"name": "blue", "clusterType": "CIRCLE"}"#).unwrap();
    let create = ["--createcluster", file.to_str().unwrap()];

    let run = atlas.run(&[&create[..], &["-p", "Cluster0", "-pid", &id]].concat());

    assert_eq!(run.exit, Some(1), "{run}");
    assert!(run.stdout.ends_with("Paused cluster 'Cluster0'\n"), "{run}");
}
