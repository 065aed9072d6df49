//! Tests `--pause` and `--resume` with projects that cannot be searched.

use atlas_simulator::Fault;

use crate::{
    partial_results::{FAILURES, atlas_with_failing_project},
    support::Atlas,
};

#[test]
fn pause_without_project_id_warns_about_unsearched_project() {
    for (status, code) in FAILURES {
        let atlas = Atlas::demo();
        let id = atlas.project("Sandbox");
        atlas.inject_error(&format!("groups/{id}/clusters"), status, code);

        let run = atlas.run(&["-p", "billing", "-r", "nightly-etl"]);

        assert_eq!(
            run.stdout,
            "Pausing 'billing'\nPaused cluster 'billing'\n\
             Resuming cluster 'nightly-etl'\nResumed cluster 'nightly-etl'\n"
        );
        assert_eq!(run.exit, Some(0), "{run}");
        assert!(
            run.stderr
                .starts_with("warning: project `Sandbox` was not searched: "),
            "{run}"
        );
        assert!(run.stderr.contains(code), "{run}");
        assert_eq!(run.stderr.matches("hint: ").count(), 1, "{run}");
    }
}

#[test]
fn unknown_name_mentions_unsearched_projects() {
    let (atlas, _) = atlas_with_failing_project(403, "ACCESS_FORBIDDEN");

    let run = atlas.run(&["-p", "elsewhere"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    assert!(
        run.stderr
            .contains("error: cluster `elsewhere` not found in the projects that were searched\n"),
        "{run}"
    );
}

#[test]
fn search_of_project_ids_continues_after_failure() {
    let (atlas, second) = atlas_with_failing_project(403, "ACCESS_FORBIDDEN");
    let first = atlas.project("Project 0001");
    let ids = ["-pid", &second, "-pid", &first];

    let found = atlas.run(&[&["-p", "Cluster0"][..], &ids].concat());
    let unknown = atlas.run(&[&["-p", "elsewhere"][..], &ids].concat());

    assert_eq!(found.exit, Some(0), "{found}");
    assert_eq!(
        found.stdout,
        "Pausing 'Cluster0'\nPaused cluster 'Cluster0'\n"
    );
    let warning = format!("warning: project `{second}` was not searched: ");
    assert!(found.stderr.contains(&warning), "{found}");
    assert_eq!(unknown.exit, Some(1), "{unknown}");
    assert!(unknown.stderr.contains("ACCESS_FORBIDDEN"), "{unknown}");
}

#[test]
fn search_warns_about_incomplete_list_of_projects() {
    let atlas = Atlas::sized(1, 0);
    let id = atlas.project("Project 0001");
    let inject_page = |path: &str, page: serde_json::Value, times: u32| {
        let fault = Fault::answer(200, "application/json", page.to_string());
        let fault = fault.for_path(format!("/api/atlas/v2/{path}"));
        atlas.simulator.inject(fault.when_authorized().times(times));
    };
    let project = serde_json::json!({"id": id, "name": "Project 0001", "clusterCount": 1});
    let next = format!(
        "{}/api/atlas/v2/groups?pageNum=2",
        atlas.simulator.base_url()
    );
    let first_page = serde_json::json!({
        "results": [project], "totalCount": 501, "links": [{"rel": "next", "href": next}],
    });
    let no_clusters = serde_json::json!({"results": [], "totalCount": 0, "links": []});
    inject_page(&format!("groups/{id}/"), no_clusters, 2);
    inject_page("groups", first_page, 1);
    atlas.inject_error("groups", 403, "ACCESS_FORBIDDEN");

    let run = atlas.run(&["-p", "elsewhere"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    assert!(
        run.stderr
            .starts_with("warning: not all projects were searched: "),
        "{run}"
    );
    assert!(
        run.stderr
            .contains("error: cluster `elsewhere` not found in the projects that were searched\n"),
        "{run}"
    );
}

#[test]
fn failed_list_of_projects_reports_unchanged_clusters() {
    let atlas = Atlas::sized(2, 1);
    atlas.inject_error("groups", 403, "ACCESS_FORBIDDEN");

    let run = atlas.run(&["-p", "Cluster0", "-r", "Cluster1"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    assert!(
        run.stderr.starts_with("error: cannot list the projects: "),
        "{run}"
    );
    assert!(
        run.stderr
            .ends_with("warning: did not pause `Cluster0`\nwarning: did not resume `Cluster1`\n"),
        "{run}"
    );
}
