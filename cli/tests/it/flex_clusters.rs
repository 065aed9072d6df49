//! Tests `--pause` and `--resume` with flex clusters, which cannot be paused.

use crate::support::{Atlas, Run};

/// Starts a simulator with the flex cluster `meadow` in the second of three projects.
fn atlas_with_flex_cluster() -> (Atlas, String) {
    let atlas = Atlas::sized(3, 1);
    let id = atlas.project("Project 0002");
    let document = serde_json::json!({
        "name": "meadow",
        "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
    });
    let project = atlas.client().project(&id.parse().unwrap());
    project.create_flex_cluster(&document).unwrap();
    (atlas, id)
}

fn assert_flex_error(run: &Run, id: &str, participle: &str) {
    assert_eq!(run.exit, Some(1), "{run}");
    let (error, hint) = run.error_and_hint();
    assert_eq!(
        error,
        format!("`meadow` is a flex cluster, which cannot be {participle}")
    );
    assert!(
        hint.starts_with(&format!("`atlascli --cluster {id}:meadow` prints it")),
        "{hint}"
    );
}

#[test]
fn pause_rejects_flex_cluster() {
    let (atlas, id) = atlas_with_flex_cluster();
    let other = atlas.project("Project 0001");

    for (flag, participle) in [("-p", "paused"), ("-r", "resumed")] {
        let anywhere = atlas.run(&[flag, "meadow"]);
        let in_project = atlas.run(&[flag, "meadow", "-pid", &id]);

        assert_eq!(anywhere.stdout, "");
        assert_flex_error(&anywhere, &id, participle);
        assert_flex_error(&in_project, &id, participle);
    }
    let in_projects = atlas.run(&["-p", "meadow", "-pid", &other, "-pid", &id]);
    assert!(
        in_projects
            .stderr
            .contains("error: `meadow` is a flex cluster, which cannot be paused\n"),
        "{in_projects}"
    );
    assert!(
        !atlas
            .requests()
            .iter()
            .any(|line| line.starts_with("PATCH"))
    );
}

#[test]
fn pause_rejects_flex_cluster_after_404() {
    let (atlas, id) = atlas_with_flex_cluster();
    let path = format!("groups/{id}/clusters/meadow");
    atlas.inject_error(&path, 404, "CLUSTER_NOT_FOUND");

    assert_flex_error(&atlas.run(&["-p", "meadow", "-pid", &id]), &id, "paused");
    let document = atlas.run(&["--cluster", &format!("{id}:meadow")]).data();
    assert!(document.contains("'name': 'meadow'"), "{document}");
}

#[test]
fn pause_continues_after_flex_cluster() {
    let (atlas, id) = atlas_with_flex_cluster();

    let run = atlas.run(&["-p", "meadow", "-p", "Cluster0", "-pid", &id]);

    assert_eq!(
        run.stdout,
        "Pausing 'meadow'\nPausing 'Cluster0'\nPaused cluster 'Cluster0'\n"
    );
    assert_flex_error(&run, &id, "paused");
}

#[test]
fn flex_clusters_are_searched_only_for_missing_names() {
    let atlas = Atlas::demo();

    atlas.run(&["-p", "billing"]).data();

    assert!(
        !atlas
            .requests()
            .iter()
            .any(|line| line.contains("flexClusters"))
    );
}

#[test]
fn cluster_flag_prints_flex_cluster() {
    let (atlas, id) = atlas_with_flex_cluster();

    let data = atlas.run(&["--cluster", &format!("{id}:meadow")]).data();

    assert!(
        data.starts_with("{'backupSettings': {'enabled': True},\n"),
        "{data}"
    );
    assert!(data.contains("\n 'name': 'meadow',\n"), "{data}");
}

#[test]
fn cluster_flag_reports_first_error_for_unknown_name() {
    let (atlas, id) = atlas_with_flex_cluster();

    let run = atlas.run(&["--cluster", &format!("{id}:orchard")]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    let (error, _) = run.error_and_hint();
    assert!(
        error.contains("/clusters/orchard: 404 CLUSTER_NOT_FOUND"),
        "{error}"
    );
}

#[test]
fn failed_lists_of_flex_clusters_are_warnings() {
    let atlas = Atlas::sized(3, 1);
    for name in ["Project 0001", "Project 0003"] {
        let path = format!("groups/{}/flexClusters", atlas.project(name));
        atlas.inject_error(&path, 403, "ACCESS_FORBIDDEN");
    }

    let run = atlas.run(&["-p", "meadow"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    for name in ["Project 0001", "Project 0003"] {
        let warning = format!("warning: project `{name}` was not searched: ");
        assert_eq!(run.stderr.matches(&warning).count(), 1, "{run}");
    }
    assert!(
        run.stderr
            .contains("error: cluster `meadow` not found in the projects that were searched\n"),
        "{run}"
    );
}
