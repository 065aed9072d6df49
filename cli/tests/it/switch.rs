//! `--pause` and `--resume`.

use atlas_simulator::Fault;

use crate::support::Atlas;

/// Clusters 0 and 1 run, 2 is paused.
fn atlas() -> (Atlas, String) {
    let atlas = Atlas::sized(2, 3);
    let id = atlas.project("Project 0001");
    (atlas, id)
}

#[test]
fn clusters_are_paused_before_others_are_resumed() {
    let (atlas, id) = atlas();

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
fn what_is_as_it_should_be_is_left_alone() {
    let (atlas, id) = atlas();

    let data = atlas
        .run(&["-p", "Cluster2", "-r", "Cluster0", "--project_id", &id])
        .data();

    assert_eq!(
        data,
        "Pausing 'Cluster2'\n'Cluster2' is already paused, nothing to do\n\
         Resuming cluster 'Cluster0'\n'Cluster0' is already resumed, nothing to do\n"
    );
    assert!(atlas.asked().iter().all(|line| line.starts_with("GET ")));
}

#[test]
fn a_cluster_can_be_paused_and_resumed_at_once() {
    let (atlas, id) = atlas();

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
fn a_list_shows_the_state_before() {
    let (atlas, id) = atlas();

    let data = atlas.run(&["-p", "Cluster0", "-l", "-pid", &id]).data();

    assert!(data.contains("name:'Cluster0'               state=running\n"));
    assert!(data.ends_with("Pausing 'Cluster0'\nPaused cluster 'Cluster0'\n"));
}

#[test]
fn without_a_project_a_unique_name_is_found() {
    let atlas = Atlas::demo();

    let data = atlas
        .run(&["-p", "shop-staging", "-r", "nightly-etl"])
        .data();

    assert_eq!(
        data,
        "Pausing 'shop-staging'\nPaused cluster 'shop-staging'\n\
         Resuming cluster 'nightly-etl'\nResumed cluster 'nightly-etl'\n"
    );
    assert!(!atlas.asked().iter().any(|line| line.ends_with("/orgs")));
}

#[test]
fn without_a_project_nothing_is_done_to_a_name_of_several() {
    let (atlas, one) = atlas();
    let two = atlas.project("Project 0002");

    let run = atlas.run(&["-p", "Cluster0", "-r", "Cluster2"]);

    assert_eq!(run.exit, Some(0));
    assert_eq!(
        run.stdout,
        "You must specify a --project_id for the cluster to be paused or resumed\n"
    );
    let candidates = format!(
        "hint: for the one of 'Project 0001' add `-pid {one}`\n\
         hint: for the one of 'Project 0002' add `-pid {two}`\n"
    );
    assert_eq!(
        run.stderr,
        format!(
            "error: 2 projects have a cluster `Cluster0`\n{candidates}\
             error: 2 projects have a cluster `Cluster2`\n{candidates}"
        )
    );
    assert!(atlas.asked().iter().all(|line| line.starts_with("GET ")));
}

#[test]
fn without_a_project_what_is_clear_is_done_and_the_rest_is_a_failure() {
    let atlas = Atlas::demo();

    let run = atlas.run(&["-p", "nope", "-p", "shop-staging"]);

    assert_eq!(run.exit, Some(1));
    assert_eq!(
        run.stdout,
        "Pausing 'shop-staging'\nPaused cluster 'shop-staging'\n"
    );
    let (error, hint) = run.complaint();
    assert_eq!(error, "no project has a cluster `nope`");
    assert!(hint.contains("atlascli --list"));
}

#[test]
fn of_several_projects_the_first_that_has_the_cluster_counts() {
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
            .starts_with("warning: each cluster is looked for")
    );
    assert!(run.stderr.contains(&format!(
        "No cluster named nope exists in group {storefront}."
    )));
}

#[test]
fn a_cluster_of_the_first_project_is_not_looked_for_in_others() {
    let (atlas, id) = atlas();
    let other = atlas.project("Project 0002");

    let run = atlas.run(&["-r", "Cluster2", "-pid", &id, "-pid", &other]);

    assert_eq!(run.exit, Some(0));
    assert_eq!(
        run.stdout,
        "Resuming cluster 'Cluster2'\nResumed cluster 'Cluster2'\n"
    );
    assert!(!atlas.asked().iter().any(|line| line.contains(&other)));
}

#[test]
fn a_failure_does_not_keep_the_others_from_it() {
    let (atlas, id) = atlas();

    let run = atlas.run(&[
        "-p", "Nope", "-p", "Cluster0", "-r", "Cluster2", "-pid", &id,
    ]);

    assert_eq!(run.exit, Some(1));
    assert_eq!(
        run.stdout,
        "Pausing 'Nope'\nPausing 'Cluster0'\nPaused cluster 'Cluster0'\n\
         Resuming cluster 'Cluster2'\nResumed cluster 'Cluster2'\n"
    );
    let (error, hint) = run.complaint();
    assert!(error.ends_with(&format!(
        "404 CLUSTER_NOT_FOUND: No cluster named Nope exists in group {id}."
    )));
    assert!(hint.contains("check the cluster's name"));
}

#[test]
fn what_fails_for_all_is_tried_once() {
    let (atlas, id) = atlas();
    let mut command = atlas.command(&["-p", "Cluster0", "-p", "Cluster1", "-r", "Cluster2"]);
    command.args(["-pid", &id, "--privatekey", "wrong"]);

    let run = atlas.of(command);

    assert_eq!(run.exit, Some(1));
    assert_eq!(run.stdout, "Pausing 'Cluster0'\n");
    assert!(run.stderr.ends_with(
        "warning: did not try to pause `Cluster1`\nwarning: did not try to resume `Cluster2`\n"
    ));
    assert_eq!(run.stderr.matches("error: ").count(), 1);
}

#[test]
fn a_cluster_that_somebody_else_paused_is_paused() {
    let (atlas, id) = atlas();
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
fn every_refusal_comes_with_its_cure() {
    let atlas = Atlas::demo();
    let cases = [
        (
            "Sandbox",
            "playground",
            "TENANT_CLUSTER_UPDATE_UNSUPPORTED",
            "dedicated cluster",
        ),
        (
            "Sandbox",
            "scratch",
            "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API",
            "flex",
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
            "an hour",
        ),
        (
            "Älvsjö: sensors, edge",
            "ingest-next",
            "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES",
            "wait",
        ),
    ];

    for (project, cluster, code, cure) in cases {
        let run = atlas.run(&["-p", cluster, "-pid", &atlas.project(project)]);

        assert_eq!(run.exit, Some(1));
        assert_eq!(run.stdout, format!("Pausing '{cluster}'\n"));
        let (error, hint) = run.complaint();
        assert!(error.contains(code), "{error}");
        assert!(hint.contains(cure), "{hint}");
    }
}
