//! Injected faults.

use atlas_simulator::Fault;
use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST};

const ORGS: &str = "/api/atlas/v2/orgs";
const GROUPS: &str = "/api/atlas/v2/groups";

#[tokio::test]
async fn injected_response_occurs_the_given_times_on_its_path() {
    let atlas = Atlas::demo().await;
    let body = json!({ "error": 429, "errorCode": "RATE_LIMITED" }).to_string();
    let fault = Fault::answer(429, "application/json", body.clone())
        .with_header("Retry-After", "7")
        .for_path(ORGS)
        .times(2);

    atlas.simulator.inject(fault);
    let elsewhere = atlas.get(GROUPS).await;
    let first = atlas
        .send(Method::GET, ORGS, LATEST, None, None)
        .await
        .unwrap();
    let second = atlas.get(ORGS).await;
    let third = atlas.get(ORGS).await;

    assert_eq!(elsewhere.status, 200);
    assert_eq!((first.status, first.header("retry-after")), (429, "7"));
    assert_eq!(first.text, body);
    assert_eq!(second.status, 429);
    assert_eq!(third.status, 200);
}

#[tokio::test]
async fn fault_applies_to_authorized_requests_of_its_method() {
    let atlas = Atlas::demo().await;
    let fault = Fault::answer(502, "text/html", "<h1>Bad gateway</h1>")
        .for_method("GET")
        .when_authorized();

    atlas.simulator.inject(fault);
    let challenged = atlas
        .send(Method::GET, ORGS, LATEST, None, None)
        .await
        .unwrap();
    let faulted = atlas.get(ORGS).await;

    assert_eq!(challenged.status, 401);
    assert_eq!(
        (faulted.status, faulted.header("content-type")),
        (502, "text/html")
    );
}

#[tokio::test]
async fn dropped_connection_has_no_response() {
    let atlas = Atlas::demo().await;

    atlas
        .simulator
        .inject(Fault::drop_connection().for_path(ORGS));
    let dropped = atlas.send(Method::GET, ORGS, LATEST, None, None).await;
    let next = atlas.get(ORGS).await;

    assert!(dropped.is_err());
    assert_eq!(next.status, 200);
    let requests = atlas.simulator.requests();
    assert_eq!(
        requests
            .iter()
            .filter(|request| request.status.is_none())
            .count(),
        1
    );
}

#[tokio::test]
async fn next_link_host_changes_links() {
    let atlas = Atlas::demo().await;

    atlas
        .simulator
        .inject(Fault::next_link_host("http://evil.example"));
    let response = atlas.get(&format!("{GROUPS}?itemsPerPage=3")).await;

    let next = response.field("/links/1/href");
    assert!(
        next.as_str()
            .unwrap()
            .starts_with("http://evil.example/api/atlas/v2/groups?")
    );
}

#[tokio::test]
async fn empty_page_moves_items_to_the_next_page() {
    let atlas = Atlas::demo().await;

    atlas.simulator.inject(Fault::empty_page(2));
    let mut sizes = Vec::new();
    for page in 1..=4 {
        let response = atlas
            .get(&format!("{GROUPS}?itemsPerPage=3&pageNum={page}"))
            .await;
        let links = response.field("/links");
        let has_next = links
            .as_array()
            .unwrap()
            .iter()
            .any(|link| link["rel"] == "next");
        sizes.push((
            response.field("/results").as_array().unwrap().len(),
            has_next,
        ));
    }

    assert_eq!(sizes, [(3, true), (0, true), (3, true), (2, false)]);
}

#[tokio::test]
async fn clear_faults_removes_pending_faults() {
    let atlas = Atlas::demo().await;

    atlas
        .simulator
        .inject(Fault::answer(500, "text/plain", "no").always());
    atlas.simulator.clear_faults();

    assert_eq!(atlas.get(ORGS).await.status, 200);
}
