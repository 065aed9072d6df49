//! Tests of `--pause` and `--resume`.

use atlas_simulator::Fault;

use crate::support::Atlas;

/// Starts a simulator whose clusters 0 and 1 are running and whose cluster 2 is paused.
fn atlas_with_project() -> (Atlas, String) {
    let atlas = Atlas::sized(2, 3);
    let id = atlas.project("Project 0001");
    (atlas, id)
}

#[test]
fn pauses_before_resuming() {
    let (atlas, id) = atlas_with_project();

    let data = atlas
        .run(&[
            "-r", "Cluster2", "-p", "Cluster0", "--pause", "Cluster1", "-pid", &id,
        ])
        .data();

    assert_eq!(
        data,
        "Pausing 'Cluster0'\nPaused cluster 'Cluster0'\n\
         Pausing 'Cluster1'\nPaused cluster 'Cluster1'\n\
         Resuming cluster 'Cluster2'\nResumed cluster 'Cluster2'\n"
    );
    let changes: Vec<_> = atlas.simulator.requests().into_iter().collect();
    let changes = changes.iter().filter(|request| request.method == "PATCH");
    let bodies: Vec<_> = changes
        .map(atlas_simulator::RecordedRequest::text)
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"paused":true}"#,
            r#"{"paused":true}"#,
            r#"{"paused":false}"#
        ]
    );
}

#[test]
fn already_paused_cluster_is_not_patched() {
    let (atlas, id) = atlas_with_project();

    let data = atlas
        .run(&["-p", "Cluster2", "-r", "Cluster0", "--project_id", &id])
        .data();

    assert_eq!(
        data,
        "Pausing 'Cluster2'\n'Cluster2' is already paused, nothing to do\n\
         Resuming cluster 'Cluster0'\n'Cluster0' is already resumed, nothing to do\n"
    );
    assert!(atlas.requests().iter().all(|line| line.starts_with("GET ")));
}

#[test]
fn pauses_and_resumes_same_cluster() {
    let (atlas, id) = atlas_with_project();

    let data = atlas
        .run(&["-p=Cluster0", "-rCluster0", &format!("-pid={id}")])
        .data();

    assert_eq!(
        data,
        "Pausing 'Cluster0'\nPaused cluster 'Cluster0'\n\
         Resuming cluster 'Cluster0'\nResumed cluster 'Cluster0'\n"
    );
}

#[test]
fn list_prints_state_before_pause() {
    let (atlas, id) = atlas_with_project();

    let data = atlas.run(&["-p", "Cluster0", "-l", "-pid", &id]).data();

    assert!(data.contains("name:'Cluster0'               state=running\n"));
    assert!(data.ends_with("Pausing 'Cluster0'\nPaused cluster 'Cluster0'\n"));
}

#[test]
fn finds_unique_name_without_project_id() {
    let atlas = Atlas::demo();

    let data = atlas
        .run(&["-p", "shop-staging", "-r", "nightly-etl"])
        .data();

    assert_eq!(
        data,
        "Pausing 'shop-staging'\nPaused cluster 'shop-staging'\n\
         Resuming cluster 'nightly-etl'\nResumed cluster 'nightly-etl'\n"
    );
    assert!(!atlas.requests().iter().any(|line| line.ends_with("/orgs")));
}

#[test]
fn ambiguous_name_without_project_id_is_not_paused() {
    let (atlas, one) = atlas_with_project();
    let two = atlas.project("Project 0002");

    let run = atlas.run(&["-p", "Cluster0", "-r", "Cluster2"]);

    assert_eq!(run.exit, Some(0));
    assert_eq!(
        run.stdout,
        "You must specify a --project_id for the cluster to be paused or resumed\n"
    );
    let candidates = format!(
        "hint: add `-pid {one}` for the cluster in project `Project 0001`\n\
         hint: add `-pid {two}` for the cluster in project `Project 0002`\n"
    );
    assert_eq!(
        run.stderr,
        format!(
            "error: 2 projects have a cluster `Cluster0`\n{candidates}\
             error: 2 projects have a cluster `Cluster2`\n{candidates}"
        )
    );
    assert!(atlas.requests().iter().all(|line| line.starts_with("GET ")));
}

#[test]
fn unknown_name_without_project_id_exits_1_after_others() {
    let atlas = Atlas::demo();

    let run = atlas.run(&["-p", "nope", "-p", "shop-staging"]);

    assert_eq!(run.exit, Some(1));
    assert_eq!(
        run.stdout,
        "Pausing 'shop-staging'\nPaused cluster 'shop-staging'\n"
    );
    let (error, hint) = run.error_and_hint();
    assert_eq!(error, "cluster `nope` not found in any project");
    assert!(hint.contains("atlascli --list"));
}

#[test]
fn searches_project_ids_in_order() {
    let atlas = Atlas::demo();
    let (storefront, batch) = (atlas.project("Storefront"), atlas.project("night-batch"));

    let run = atlas.run(&[
        "-r",
        "nightly-etl",
        "-p",
        "shop-staging",
        "-p",
        "nope",
        "-pid",
        &storefront,
        "-pid",
        &batch,
    ]);

    assert_eq!(run.exit, Some(1));
    assert_eq!(
        run.stdout,
        "Pausing 'shop-staging'\nPaused cluster 'shop-staging'\nPausing 'nope'\n\
         Resuming cluster 'nightly-etl'\nResumed cluster 'nightly-etl'\n"
    );
    assert!(
        run.stderr
            .starts_with("warning: the projects are searched in order")
    );
    assert!(run.stderr.contains(&format!(
        "No cluster named nope exists in group {storefront}."
    )));
}

#[test]
fn stops_search_at_first_project_with_cluster() {
    let (atlas, id) = atlas_with_project();
    let other = atlas.project("Project 0002");

    let run = atlas.run(&["-r", "Cluster2", "-pid", &id, "-pid", &other]);

    assert_eq!(run.exit, Some(0));
    assert_eq!(
        run.stdout,
        "Resuming cluster 'Cluster2'\nResumed cluster 'Cluster2'\n"
    );
    assert!(!atlas.requests().iter().any(|line| line.contains(&other)));
}

#[test]
fn failed_pause_does_not_stop_others() {
    let (atlas, id) = atlas_with_project();

    let run = atlas.run(&[
        "-p", "Nope", "-p", "Cluster0", "-r", "Cluster2", "-pid", &id,
    ]);

    assert_eq!(run.exit, Some(1));
    assert_eq!(
        run.stdout,
        "Pausing 'Nope'\nPausing 'Cluster0'\nPaused cluster 'Cluster0'\n\
         Resuming cluster 'Cluster2'\nResumed cluster 'Cluster2'\n"
    );
    let (error, hint) = run.error_and_hint();
    assert!(error.ends_with(&format!(
        "404 CLUSTER_NOT_FOUND: No cluster named Nope exists in group {id}."
    )));
    assert!(hint.contains("check the cluster"));
}

#[test]
fn rejected_key_stops_after_first_attempt() {
    let (atlas, id) = atlas_with_project();
    let mut command = atlas.command(&["-p", "Cluster0", "-p", "Cluster1", "-r", "Cluster2"]);
    command.args(["-pid", &id, "--privatekey", "wrong"]);

    let run = atlas.run_command(command);

    assert_eq!(run.exit, Some(1));
    assert_eq!(run.stdout, "Pausing 'Cluster0'\n");
    assert!(
        run.stderr
            .ends_with("warning: did not pause `Cluster1`\nwarning: did not resume `Cluster2`\n")
    );
    assert_eq!(run.stderr.matches("error: ").count(), 1);
}

#[test]
fn concurrently_paused_cluster_counts_as_paused() {
    let (atlas, id) = atlas_with_project();
    atlas.simulator.inject(
        Fault::answer(
            409,
            "application/json",
            r#"{"error":409,"errorCode":"CLUSTER_ALREADY_PAUSED","detail":"Cannot pause a cluster that is already paused."}"#,
        )
        .for_method("PATCH"),
    );

    let data = atlas.run(&["-p", "Cluster0", "-pid", &id]).data();

    assert_eq!(
        data,
        "Pausing 'Cluster0'\n'Cluster0' is already paused, nothing to do\n"
    );
}

#[test]
fn rejected_pause_prints_hint() {
    let atlas = Atlas::demo();
    let cases = [
        (
            "Sandbox",
            "playground",
            "TENANT_CLUSTER_UPDATE_UNSUPPORTED",
            "dedicated cluster",
        ),
        (
            "データ基盤",
            "warehouse",
            "CANNOT_PAUSE_NVME_CLUSTER",
            "NVMe",
        ),
        (
            "Field Trials (2026)",
            "trial-a",
            "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER",
            "60 minutes",
        ),
        (
            "Älvsjö: sensors, edge",
            "ingest-next",
            "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES",
            "wait",
        ),
    ];

    for (project, cluster, code, expected) in cases {
        let run = atlas.run(&["-p", cluster, "-pid", &atlas.project(project)]);

        assert_eq!(run.exit, Some(1));
        assert_eq!(run.stdout, format!("Pausing '{cluster}'\n"));
        let (error, hint) = run.error_and_hint();
        assert!(error.contains(code), "{error}");
        assert!(hint.contains(expected), "{hint}");
    }
}
