//! The blocking facade: the same answers without `async`.

use mongodbatlas::{ErrorKind, blocking};

use crate::support::{Local, builder};

#[test]
fn blocking_lists_are_those_of_the_async_facade() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let mut lines = Vec::new();
    for project in atlas.projects() {
        let project = project.unwrap();
        for cluster in project.clusters() {
            lines.push(format!("{} {}", project.name(), cluster.unwrap().name()));
        }
    }

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let expected = runtime.block_on(async {
        let mut lines = Vec::new();
        for project in local.atlas.projects().collect().await.unwrap() {
            for cluster in project.clusters().collect().await.unwrap() {
                lines.push(format!("{} {}", project.name(), cluster.name()));
            }
        }
        lines
    });
    assert_eq!(lines, expected);
}

#[test]
fn nothing_is_sent_before_the_first_item() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let items = atlas.projects();

    assert!(local.simulator.requests().is_empty());
    drop(items);
}

#[test]
fn every_action_has_its_blocking_twin() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();
    let organization = atlas.this_organization().unwrap();

    assert_eq!(
        organization.handle().get().unwrap().name(),
        organization.name()
    );
    let project = organization.handle().create_project("Blocking").unwrap();
    assert_eq!(project.handle().get().unwrap().name(), "Blocking");
    let document = serde_json::json!({
        "name": "Fresh", "clusterType": "REPLICASET",
        "replicationSpecs": [{"regionConfigs": [{
            "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
            "electableSpecs": {"instanceSize": "M10", "nodeCount": 3}}]}]});
    let cluster = project.handle().create_cluster(&document).unwrap().handle();
    local.simulator.advance(std::time::Duration::from_hours(1));
    assert!(cluster.pause().unwrap().is_paused());
    assert!(cluster.is_paused().unwrap());
    assert!(!cluster.resume().unwrap().is_paused());
    local.simulator.advance(std::time::Duration::from_mins(1));
    cluster
        .update(&serde_json::json!({"backupEnabled": true}))
        .unwrap();
    cluster.delete().unwrap();
    local.simulator.advance(std::time::Duration::from_hours(1));
    assert!(cluster.get().unwrap_err().is_not_found());
    project.handle().delete().unwrap();
    assert_eq!(
        atlas.project_ids().count(),
        local.simulator.projects().len()
    );
}

#[test]
fn several_threads_can_wait_at_once() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let counts: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| atlas.projects().map(Result::unwrap).count()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });

    assert!(
        counts
            .iter()
            .all(|count| *count == local.simulator.projects().len()),
        "{counts:?}"
    );
}

#[tokio::test]
async fn inside_an_async_runtime_a_call_is_an_error_and_dropping_is_safe() {
    let local = Local::demo();
    let atlas: blocking::Atlas = builder(&local.simulator).build_blocking().unwrap();

    let error = atlas.this_organization().unwrap_err();
    let mut projects = atlas.projects();
    let listed = projects.next().unwrap().unwrap_err();
    assert!(projects.next().is_none(), "an error is given once");

    assert_eq!(error.kind(), ErrorKind::BlockingInAsync);
    assert_eq!(listed.kind(), ErrorKind::BlockingInAsync);
    assert!(error.hint().is_some());
}

#[test]
fn a_list_tells_how_many_items_are_left_once_the_server_has_counted() {
    let local = Local::sized(8, 0);
    let atlas = local.blocking();

    let mut projects = atlas.projects().with_page_size(3);
    let unknown = projects.size_hint();
    projects.next().unwrap().unwrap();
    let first = projects.size_hint();
    projects.by_ref().take(3).for_each(drop);
    let second = projects.size_hint();
    projects.by_ref().take(3).for_each(drop);
    let last = projects.size_hint();

    assert_eq!(unknown, (0, None));
    assert_eq!(first, (2, Some(7)), "two at hand, seven that were counted");
    assert_eq!(second, (2, Some(4)));
    assert_eq!(last, (1, Some(1)), "on the last page it is exact");
    assert_eq!(projects.count(), 1);
}
