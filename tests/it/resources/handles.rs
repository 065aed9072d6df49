//! Handles that are created from an id, async and blocking, and accessors of rare fields.

use std::time::Duration;

use atlas_simulator::Fault;
use mongodbatlas::{EventFilter, Failure, Retention};
use serde_json::json;

use crate::support::{Local, builder};

#[tokio::test]
async fn handle_of_an_id_fetches_the_same_resource() {
    let local = Local::demo();
    let organization = local.organization();
    let project = local.project();
    let cluster = project.clusters().try_next().await.unwrap().unwrap();
    let cluster = cluster.handle();

    let user = organization.users().try_next().await.unwrap().unwrap();
    let by_id = organization.user(user.id()).get().await.unwrap();
    assert_eq!(by_id.username(), user.username());

    let member = project.users().try_next().await.unwrap().unwrap();
    let by_id = project.user(member.id()).get().await.unwrap();
    assert_eq!(by_id.username(), member.username());

    let invoice = organization.invoices().try_next().await.unwrap().unwrap();
    let by_id = organization.invoice(invoice.id()).get().await.unwrap();
    assert_eq!(by_id.start(), invoice.start());
    assert!(by_id.subtotal_cents() >= by_id.credits_cents());

    let document = json!({"eventTypeName": "NO_PRIMARY", "enabled": true,
        "notifications": [{"typeName": "GROUP", "intervalMin": 5, "emailEnabled": true}]});
    let configuration = project.create_alert_configuration(&document).await.unwrap();
    let handle = project.alert_configuration(configuration.id());
    assert_eq!(handle.get().await.unwrap().event_type(), "NO_PRIMARY");

    let index = cluster
        .create_search_index(&json!({"database": "shop", "collectionName": "articles",
            "name": "by-id", "type": "search", "definition": {"mappings": {"dynamic": true}}}))
        .await
        .unwrap();
    let by_id = cluster.search_index(index.id()).get().await.unwrap();
    assert_eq!((by_id.name(), by_id.index_type()), ("by-id", "search"));

    let snapshot = cluster
        .take_snapshot("by id", Retention::from_days(1))
        .await;
    local.simulator.advance(Duration::from_hours(1));
    let job = snapshot.unwrap().make_downloadable().await.unwrap();
    let by_id = cluster.restore_job(job.id()).get().await.unwrap();
    assert_eq!(by_id.delivery_type(), "download");
    assert!(!by_id.is_expired());
}

#[test]
fn blocking_handle_of_an_id_fetches_the_same_resource() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());
    let cluster = project.clusters().next().unwrap().unwrap().handle();

    let user = organization.users().next().unwrap().unwrap();
    assert_eq!(organization.user(user.id()).get().unwrap().id(), user.id());
    let member = project.users().next().unwrap().unwrap();
    assert_eq!(project.user(member.id()).get().unwrap().id(), member.id());
    let invoice = organization.invoices().next().unwrap().unwrap();
    let by_id = organization.invoice(invoice.id()).get().unwrap();
    assert_eq!(by_id.id(), invoice.id());

    let snapshot = cluster.take_snapshot("by id", Retention::from_days(1));
    local.simulator.advance(Duration::from_hours(1));
    let job = snapshot.unwrap().make_downloadable().unwrap();
    assert_eq!(cluster.restore_job(job.id()).get().unwrap().id(), job.id());
}

#[tokio::test]
async fn accessors_return_rare_fields() {
    let local = Local::demo();
    let events = json!({"totalCount": 1, "results": [{
        "id": "64f1b2c3d4e5f60718293a4b", "eventTypeName": "CLUSTER_CREATED",
        "remoteAddress": "203.0.113.9", "resourceId": "64f1b2c3d4e5f60718293a4c",
        "created": "2026-09-01T08:00:00Z"}]});
    let fault = Fault::answer(200, "application/json", events.to_string());
    local.simulator.inject(fault.when_authorized().times(1));

    let events = local.project().events(&EventFilter::new());
    let event = events.collect().await.unwrap().remove(0);

    assert_eq!(event.remote_address(), Some("203.0.113.9"));
    let id = event.resource_id().unwrap();
    assert_eq!(id.as_str(), "64f1b2c3d4e5f60718293a4c");
}

#[tokio::test]
async fn pages_and_failures_return_their_contents_by_value() {
    let local = Local::demo();
    let mut pages = local.atlas.projects().with_page_size(3).pages();
    let page = pages.try_next().await.unwrap().unwrap();
    assert_eq!(page.into_items().len(), 3);

    let project = local.first_project();
    let fault = Fault::answer(
        403,
        "application/json",
        r#"{"error": 403, "errorCode": "X"}"#,
    )
    .for_path(format!("/api/atlas/v2/groups/{project}/clusters"));
    local.simulator.inject(fault.when_authorized().always());
    let mut tree = local.atlas.inventory().tree().await.unwrap();
    let failure: Failure = tree.organizations[0].projects[0].failures.remove(0);
    assert!(failure.into_error().is_forbidden());
}

#[tokio::test]
async fn connect_and_idle_timeouts_do_not_affect_fast_calls() {
    let local = Local::demo();
    let atlas = builder(&local.simulator)
        .with_connect_timeout(Duration::from_secs(5))
        .with_idle_timeout(Duration::from_secs(5))
        .build()
        .unwrap();

    assert_eq!(atlas.projects().collect().await.unwrap().len(), 8);
}
