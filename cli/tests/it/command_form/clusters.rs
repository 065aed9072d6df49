//! Tests of the commands of `clusters`.

use crate::support::Atlas;

#[test]
fn create_converts_the_old_form_of_a_file() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cluster.json");
    std::fs::write(
        &file,
        r#"{"clusterType": "SHARDED", "diskSizeGB": 40, "replicationSpecs": [{"numShards": 2, "regionConfigs": [{
            "priority": 7, "providerName": "AWS", "regionName": "US_EAST_1",
            "electableSpecs": {"instanceSize": "M30", "nodeCount": 3}}]}]}"#,
    )
    .unwrap();

    let file = file.to_str().unwrap();
    let run = atlas.run(&[
        "clusters",
        "create",
        "wide",
        "--project",
        "Sandbox",
        "--file",
        file,
    ]);

    assert_eq!(run.data(), "Cluster 'wide' is being created.\n");
    let specs = atlas
        .run(&[
            "clusters",
            "describe",
            "wide",
            "--project",
            "Sandbox",
            "-o",
            "json",
            "--jq",
            ".replicationSpecs[].regionConfigs[0].electableSpecs.diskSizeGB",
        ])
        .data();
    assert_eq!(specs.lines().count(), 2, "{specs}");
}

#[test]
fn unknown_fields_of_a_file_are_named() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("cluster.json");
    std::fs::write(
        &file,
        r#"{"name": "a", "colour": 1, "replicationSpecs": [{"shape": 2}]}"#,
    )
    .unwrap();

    let file = file.to_str().unwrap();
    let run = atlas.run(&["clusters", "create", "--project", "Sandbox", "--file", file]);

    assert_eq!(run.exit, Some(2));
    assert!(
        run.error_and_hint()
            .0
            .ends_with("`colour`, `replicationSpecs.0.shape`"),
        "{run}"
    );
}

#[test]
fn deletion_without_terminal_needs_yes() {
    let atlas = Atlas::demo();
    let line = [
        "clusters",
        "delete",
        "shop-staging",
        "--project",
        "Storefront",
    ];

    let run = atlas.run(&line);

    assert_eq!(run.exit, Some(2));
    assert!(run.error_and_hint().1.starts_with("add `--yes`"), "{run}");
    assert!(
        atlas
            .requests()
            .iter()
            .all(|request| request.starts_with("GET "))
    );
}

#[test]
fn dry_run_prints_the_request() {
    let atlas = Atlas::demo();
    let project = atlas.project("Storefront");

    let run = atlas.run(&[
        "clusters",
        "pause",
        "shop-staging",
        "--project",
        &project,
        "--dry-run",
    ]);

    let expected = format!(
        "PATCH /api/atlas/v2/groups/{project}/clusters/shop-staging\n{{\n  \"paused\": true\n}}\n"
    );
    assert_eq!(run.data(), expected);
    assert!(atlas.requests().is_empty());
}

#[test]
fn error_names_the_command_and_the_code() {
    let atlas = Atlas::demo();

    let run = atlas.run(&["clusters", "describe", "nowhere", "--project", "Storefront"]);

    assert_eq!(run.exit, Some(4));
    let (error, _) = run.error_and_hint();
    assert!(
        error.starts_with("cannot describe cluster `nowhere`: "),
        "{run}"
    );
    assert!(error.ends_with("(CLUSTER_NOT_FOUND)"), "{run}");
}

#[test]
fn update_without_a_change_is_a_usage_error() {
    let atlas = Atlas::demo();

    let run = atlas.run(&[
        "clusters",
        "update",
        "shop-staging",
        "--project",
        "Storefront",
    ]);

    assert_eq!(run.exit, Some(2), "{run}");
    assert_eq!(run.error_and_hint().0, "there is nothing to update");
}
