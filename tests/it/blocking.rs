//! The blocking API.

use mongodbatlas::{ErrorKind, Filter, blocking};

use crate::support::{Local, builder};

#[test]
fn blocking_lists_equal_the_async_ones() {
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
fn list_sends_no_request_before_the_first_item() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let items = atlas.projects();

    assert!(local.simulator.requests().is_empty());
    drop(items);
}

#[test]
fn blocking_actions_change_the_organization() {
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
fn client_can_be_used_from_several_threads() {
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
async fn call_fails_inside_an_async_runtime() {
    let local = Local::demo();
    let atlas: blocking::Atlas = builder(&local.simulator).build_blocking().unwrap();

    let error = atlas.this_organization().unwrap_err();
    let mut projects = atlas.projects();
    let listed = projects.next().unwrap().unwrap_err();
    assert!(projects.next().is_none(), "an error is returned once");

    assert_eq!(error.kind(), ErrorKind::BlockingInAsync);
    assert_eq!(listed.kind(), ErrorKind::BlockingInAsync);
    assert!(error.hint().is_some());
}

#[test]
fn list_knows_its_length_after_the_first_page() {
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
    assert_eq!(first, (2, Some(7)), "two buffered, seven in total");
    assert_eq!(second, (2, Some(4)));
    assert_eq!(last, (1, Some(1)), "exact on the last page");
    assert_eq!(projects.count(), 1);
}

#[test]
fn fetched_resources_have_the_methods_of_their_handles() {
    let local = Local::demo();
    let atlas = local.blocking();

    let project = atlas.find_project("Storefront").unwrap();
    let cluster = atlas.find_cluster("shop-staging").unwrap();
    let tagged = project
        .update_with(|document| document["name"] = "Shop front".into())
        .unwrap();
    let paused = cluster.pause().unwrap();
    let change = cluster.preview_with(|document| document["backupEnabled"] = true.into());

    assert_eq!(tagged.name(), "Shop front");
    assert_eq!(project.refresh().unwrap().name(), "Shop front");
    assert_eq!(project.name(), "Storefront", "fetched data does not change");
    assert_eq!(
        project.database_users().count(),
        project.handle().database_users().count()
    );
    assert!(paused.is_paused() && !cluster.is_paused());
    assert_eq!(paused.project_id(), project.id());
    assert_eq!(change.unwrap().differences().len(), 1);
}

#[test]
fn blocking_resources_serialize_like_the_async_ones() {
    let local = Local::demo();
    let runtime = tokio::runtime::Runtime::new().unwrap();

    let cluster = local.blocking().find_cluster("shop-staging").unwrap();
    let expected = runtime.block_on(local.atlas.find_cluster("shop-staging"));
    let expected = expected.unwrap();

    let json = serde_json::to_string(&cluster).unwrap();
    assert_eq!(json, serde_json::to_string(&expected).unwrap());
    assert_eq!(json, expected.document().as_str());
}

#[test]
fn filter_matches_blocking_and_async_resources() {
    let local = Local::demo();
    let filter: Filter = "shop-*".parse().unwrap();

    let clusters = local.blocking().find_clusters(&filter).unwrap();

    assert_eq!(clusters.len(), 3);
    assert!(clusters.iter().all(|cluster| filter.matches(cluster)));
}
