//! The inventory of an organization.

mod prefetching;

use std::time::Duration;

use atlas_simulator::Fault;
use mongodbatlas::{ErrorKind, Failure, InventoryEvent, RetryPolicy, blocking};

use crate::support::{Local, builder};

/// Returns the kind of an event with its name. Both APIs have an event type with these variants.
macro_rules! line {
    ($event:expr, $type:ident) => {
        match $event {
            $type::Organization(organization) => format!("organization {}", organization.name()),
            $type::Project(project) => format!("project {}", project.name()),
            $type::Cluster(cluster) => format!("cluster {}", cluster.name()),
            $type::FlexCluster(cluster) => format!("flex {}", cluster.name()),
            $type::Failure(failure) => {
                format!("failure {} of {}", failure.list(), failure.owner_name())
            }
            _ => "unknown".to_owned(),
        }
    };
}

fn line(event: &InventoryEvent) -> String {
    line!(event, InventoryEvent)
}

fn blocking_line(event: &blocking::InventoryEvent) -> String {
    use blocking::InventoryEvent;

    line!(event, InventoryEvent)
}

async fn lines(local: &Local) -> Vec<String> {
    let mut events = local.atlas.inventory().events();
    let mut lines = Vec::new();
    while let Some(event) = events.try_next().await.unwrap() {
        lines.push(line(&event));
    }
    lines
}

const DEMO_EVENTS: [&str; 28] = [
    "organization Open Meadow Data",
    "project Storefront",
    "cluster shop-production",
    "cluster shop-staging",
    "cluster shop-reports",
    "project Café Zürich",
    "cluster reservations",
    "cluster menu-archive",
    "project データ基盤",
    "cluster events",
    "cluster warehouse",
    "cluster features",
    "project Field Trials (2026)",
    "cluster trial-a",
    "cluster trial-b",
    "project Sandbox",
    "cluster playground",
    "flex scratch",
    "flex notes",
    "project Älvsjö: sensors, edge",
    "cluster telemetry",
    "cluster ingest-next",
    "flex device-registry",
    "project Empty Lot",
    "project night-batch",
    "cluster nightly-etl",
    "cluster billing",
    "cluster ledger",
];

#[tokio::test]
async fn events_are_in_order_if_a_response_is_late() {
    let mut local = Local::demo();
    let policy = RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO);
    local.atlas = builder(&local.simulator)
        .with_retries(policy)
        .build()
        .unwrap();
    let projects = local.simulator.projects();
    let clusters = |number: usize| format!("/api/atlas/v2/groups/{}/clusters", projects[number].0);
    let delayed = Fault::answer(503, "application/json", "{}").for_path(clusters(0));
    local.simulator.inject(delayed.times(3));

    let events = lines(&local).await;

    assert_eq!(events, DEMO_EVENTS);
    let requests = local.successes();
    let index = |path: &str| requests.iter().position(|request| request.contains(path));
    assert!(index(&clusters(0)) > index(&clusters(1)), "{requests:#?}");
}

#[tokio::test]
async fn clusters_of_a_project_without_clusters_are_not_listed() {
    let local = Local::demo();
    let projects = local.simulator.projects();
    let (empty, _) = projects
        .iter()
        .find(|(_, name)| name == "Empty Lot")
        .unwrap();

    lines(&local).await;

    let requests = local.successes();
    let count = |path: &str| {
        requests
            .iter()
            .filter(|request| request.contains(path))
            .count()
    };
    assert_eq!(count(&format!("/groups/{empty}/clusters")), 0);
    assert_eq!(count(&format!("/groups/{empty}/flexClusters")), 1);
    // lists of organizations, of projects, of clusters (except the empty project), of flex clusters
    assert_eq!(
        requests.len(),
        1 + 1 + (projects.len() - 1) + projects.len()
    );
}

#[tokio::test]
async fn without_flex_clusters_sends_no_request_for_them() {
    let local = Local::demo();

    let tree = local
        .atlas
        .inventory()
        .without_flex_clusters()
        .tree()
        .await
        .unwrap();

    assert_eq!(tree.flex_clusters().count(), 0);
    assert_eq!(local.successes().len(), 1 + 1 + 7);
}

#[tokio::test]
async fn failed_list_is_an_event_and_the_others_continue() {
    let local = Local::demo();
    let (id, name) = local.simulator.projects()[1].clone();
    let denied = r#"{"error": 403, "errorCode": "USER_CANNOT_ACCESS_GROUP", "detail": "no"}"#;
    let path = format!("/api/atlas/v2/groups/{id}/clusters");
    let fault = Fault::answer(403, "application/json", denied);
    local.simulator.inject(fault.for_path(&path).always());

    let events = lines(&local).await;
    let tree = local.atlas.inventory().tree().await.unwrap();

    let failure = format!("failure clusters of {name}");
    let mut expected = DEMO_EVENTS.to_vec();
    expected.splice(6..8, [failure.as_str()]);
    assert_eq!(events, expected);
    let failures: Vec<&Failure> = tree.failures().collect();
    let [failure] = failures[..] else {
        panic!("{failures:?}");
    };
    assert_eq!(failure.owner_id(), id);
    assert_eq!(failure.error().kind(), ErrorKind::Forbidden);
    let message = failure.to_string();
    assert!(
        message.starts_with("cannot list the clusters of project `Café Zürich`: GET /"),
        "{message}"
    );
    assert_eq!(tree.clusters().count(), 16 - 2);
}

#[tokio::test]
async fn failed_list_of_projects_belongs_to_its_organization() {
    let local = Local::demo();
    let path = format!(
        "/api/atlas/v2/orgs/{}/groups",
        local.simulator.organization_id()
    );
    let denied = r#"{"error": 403, "errorCode": "ACCESS_FORBIDDEN", "detail": "no"}"#;
    let fault = Fault::answer(403, "application/json", denied);
    local.simulator.inject(fault.for_path(&path).always());

    let events = lines(&local).await;

    let expected = [
        "organization Open Meadow Data",
        "failure projects of Open Meadow Data",
    ];
    assert_eq!(events, expected);
}

#[tokio::test]
async fn failed_list_of_organizations_is_reported_and_all_projects_are_listed() {
    for (status, code) in [
        (403, "USER_UNAUTHORIZED"),
        (401, "NOT_ORG_MEMBER"),
        (500, "X"),
    ] {
        let local = Local::demo();
        local.simulator.inject(rejected_organizations(status, code));

        let tree = local.atlas.inventory().tree().await.unwrap();

        assert!(tree.organizations.is_empty());
        assert_eq!(tree.projects().count(), 8, "{code}");
        assert_eq!(tree.clusters().count(), 16);
        let failures: Vec<_> = tree.failures().collect();
        assert_eq!(failures.len(), 1, "{failures:?}");
        assert_eq!(failures[0].list(), "organizations");
        let message = failures[0].to_string();
        assert!(
            message.starts_with("cannot list the organizations: GET"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn failed_lists_of_organizations_and_projects_end_the_inventory() {
    let local = Local::demo();
    for path in ["/api/atlas/v2/orgs", "/api/atlas/v2/groups"] {
        let fault = Fault::answer(403, "application/json", "{}").for_path(path);
        local.simulator.inject(fault.when_authorized().always());
    }

    let mut events = local.atlas.inventory().events();

    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.path(), Some("/api/atlas/v2/orgs"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn rejected_organization_is_reported_and_its_projects_are_listed() {
    let local = Local::demo();
    let id = local.organization_id();
    let fault =
        Fault::answer(403, "application/json", "{}").for_path(format!("/api/atlas/v2/orgs/{id}"));
    local.simulator.inject(fault.when_authorized().times(1));

    let tree = local
        .atlas
        .organization(&id)
        .inventory()
        .tree()
        .await
        .unwrap();

    assert_eq!(
        (tree.organizations.len(), tree.other_projects.len()),
        (0, 8)
    );
    assert_eq!(tree.failures().count(), 1);
}

#[tokio::test]
async fn searches_continue_without_the_list_of_organizations() {
    let local = Local::demo();
    local
        .simulator
        .inject(rejected_organizations(403, "USER_UNAUTHORIZED"));

    let cluster = local.atlas.find_cluster("warehouse").await.unwrap();
    let error = local.atlas.find_cluster("warehous").await.unwrap_err();

    assert_eq!(cluster.name(), "warehouse");
    assert_eq!(cluster.failures().len(), 1);
    let message = error.to_string();
    let expected = "cluster `warehous` not found; the organizations could not be listed";
    assert!(message.starts_with(expected), "{message}");
}

/// Returns a fault that rejects every list of organizations.
fn rejected_organizations(status: u16, code: &str) -> Fault {
    let body = format!(r#"{{"error": {status}, "errorCode": "{code}"}}"#);
    Fault::answer(status, "application/json", body)
        .for_path("/api/atlas/v2/orgs")
        .when_authorized()
        .always()
}

#[tokio::test]
async fn inventory_of_one_organization_lists_its_projects() {
    let local = Local::demo();
    let id = local.simulator.organization_id().parse().unwrap();

    let tree = local
        .atlas
        .organization(&id)
        .inventory()
        .tree()
        .await
        .unwrap();

    assert_eq!(tree.organizations.len(), 1);
    assert_eq!(tree.projects().count(), 8);
    assert_eq!(tree.flex_clusters().count(), 3);
    assert!(tree.projects().all(|project| project.failures.is_empty()));
}

#[test]
fn blocking_inventory_equals_the_async_one() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let events: Vec<_> = atlas
        .inventory()
        .events()
        .map(|event| blocking_line(&event.unwrap()))
        .collect();
    let tree: blocking::Tree = atlas.inventory().tree().unwrap();
    let organization = atlas.this_organization().unwrap().handle();

    assert_eq!(events, DEMO_EVENTS);
    assert_eq!(tree.clusters().count(), 16);
    assert!(
        !tree
            .clusters()
            .next()
            .unwrap()
            .handle()
            .is_paused()
            .unwrap()
    );
    assert_eq!(
        organization.inventory().tree().unwrap().projects().count(),
        8
    );
    assert_eq!(organization.projects().count(), 8);
}

#[tokio::test]
async fn blocking_inventory_fails_once_inside_an_async_runtime() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let mut events = atlas.inventory().events();

    assert_eq!(
        events.next().unwrap().unwrap_err().kind(),
        ErrorKind::BlockingInAsync
    );
    assert!(events.next().is_none());
}
