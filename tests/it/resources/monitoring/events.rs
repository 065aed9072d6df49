//! Events, async and blocking.

use std::time::Duration;

use atlas_simulator::Fault;
use mongodbatlas::{ClusterState, ErrorKind, EventFilter};

use crate::support::Local;

#[tokio::test]
async fn lists_filters_and_fetches_project_events() {
    let local = Local::demo();
    let cluster = local
        .cluster_in_state(&ClusterState::Running)
        .await
        .handle();
    let project = local.atlas.project(cluster.project_id());
    cluster.pause().await.unwrap();

    let all = project.events(&EventFilter::new()).collect().await.unwrap();
    let first = all.first().expect("an event");
    let same_type = EventFilter::new().with_type(first.event_type());
    let filtered = project.events(&same_type).collect().await.unwrap();
    let fetched = project.event(&first.id().unwrap()).await.unwrap();
    let before = EventFilter::new().until("2001-01-01T00:00:00Z".parse().unwrap());
    let earlier = project.events(&before).collect().await.unwrap();

    assert_eq!(fetched.document().as_str(), first.document().as_str());
    assert_eq!(first.project_id().as_ref(), Some(project.id()));
    assert!(
        filtered
            .iter()
            .all(|event| event.event_type() == first.event_type())
    );
    assert!(!filtered.is_empty() && earlier.is_empty());
}

#[tokio::test]
async fn since_selects_later_events() {
    let local = Local::demo();
    let organization = local.organization();
    local.simulator.advance(Duration::from_mins(1));
    let now = "2026-09-01T08:01:00Z".parse().unwrap();

    organization.create_project("Fresh").await.unwrap();
    let since = EventFilter::new().since(now);
    let events = organization.events(&since).collect().await.unwrap();

    assert!(!events.is_empty());
    assert!(
        events.iter().all(|event| event.created() >= Some(now)),
        "{events:?}"
    );
    let fetched = organization.event(&events[0].id().unwrap()).await.unwrap();
    assert_eq!(fetched.event_type(), events[0].event_type());
}

#[test]
fn blocking_lists_and_fetches_events() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());

    organization.create_project("Fresh").unwrap();
    project
        .clusters()
        .next()
        .unwrap()
        .unwrap()
        .handle()
        .pause()
        .unwrap();

    let types: Vec<_> = atlas.event_types().map(Result::unwrap).collect();
    let project_event = project.events(&EventFilter::new()).next().unwrap().unwrap();
    let organization_event = organization
        .events(&EventFilter::new())
        .next()
        .unwrap()
        .unwrap();

    assert!(
        types.iter().any(|event_type| !event_type.name().is_empty()),
        "{types:?}"
    );
    let fetched = project.event(&project_event.id().unwrap()).unwrap();
    assert_eq!(fetched.created(), project_event.created());
    let fetched = organization
        .event(&organization_event.id().unwrap())
        .unwrap();
    assert_eq!(fetched.event_type(), organization_event.event_type());
}

#[tokio::test]
async fn organization_events_reject_cluster_filter() {
    let local = Local::demo();
    let organization = local.organization();
    let filter = EventFilter::new().with_cluster("shop-production");

    let error = organization.events(&filter).try_next().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("clusterNames"), "{error}");
    assert!(local.successes().is_empty(), "no request was sent");
}

#[tokio::test]
async fn since_without_until_ends_now() {
    let local = Local::demo();
    let project = local.project();
    let organization = local.organization();
    let since = "2026-09-01T07:00:00Z".parse().unwrap();
    let filter = EventFilter::new().since(since);

    project.events(&filter).try_next().await.unwrap();
    organization.events(&filter).try_next().await.unwrap();

    let requests = local.successes();
    let ends = requests.iter().filter_map(|request| {
        let (_, query) = request.split_once("minDate=2026-09-01T07%3A00%3A00Z&maxDate=")?;
        Some(query.to_owned())
    });
    assert_eq!(ends.count(), 2, "{requests:?}");
}

#[tokio::test]
async fn reads_unknown_event_types_and_empty_ids() {
    let local = Local::demo();
    let project = local.project();
    let events = r#"{"totalCount": 1, "results": [{
        "id": "", "groupId": "", "orgId": null, "eventTypeName": "FUTURE_EVENT",
        "created": "2026-09-01T08:00:00Z"
    }]}"#;
    let response = Fault::answer(200, "application/json", events);
    local.simulator.inject(response.when_authorized());

    let events = project.events(&EventFilter::new()).collect().await.unwrap();

    assert_eq!(events[0].event_type(), "FUTURE_EVENT");
    assert!(events[0].created().is_some());
    assert_eq!((events[0].id(), events[0].project_id()), (None, None));
}
