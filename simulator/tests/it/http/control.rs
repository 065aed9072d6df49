//! The control interface, and faults of the transfer.

use std::time::{Duration, Instant};

use atlas_simulator::{Fault, Options};
use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST, Response};

const ORGS: &str = "/api/atlas/v2/orgs";

async fn start_with_control() -> Atlas {
    Atlas::with(Options::new().with_control(true)).await
}

async fn control(atlas: &Atlas, method: Method, path: &str, body: &serde_json::Value) -> Response {
    let path = format!("/_simulator{path}");
    atlas
        .send(method, &path, "*/*", Some(body.to_string()), None)
        .await
        .unwrap()
}

#[tokio::test]
async fn control_interface_is_off_by_default() {
    let atlas = Atlas::demo().await;

    let response = control(&atlas, Method::GET, "/health", &json!({})).await;

    assert_eq!(response.status, 401);
}

#[tokio::test]
async fn clock_request_advances_the_clock() {
    let atlas = start_with_control().await;

    let health = control(&atlas, Method::GET, "/health", &json!({})).await;
    let clock = control(&atlas, Method::POST, "/clock", &json!({ "seconds": 90 })).await;

    assert_eq!(health.field("/status"), "ok");
    assert_eq!(clock.field("/now"), "2026-09-01T08:01:30Z");
}

#[tokio::test]
async fn seed_replaces_the_state_and_reset_restores_the_seed() {
    let atlas = start_with_control().await;
    let seed = json!({
        "organization": "Acme",
        "projects": [{ "name": "One", "clusters": [{ "name": "main", "paused": true }] }],
    });

    let seeded = control(&atlas, Method::POST, "/seed", &seed).await;
    let main = format!("{}/main", atlas.clusters("One"));
    let deleted = atlas.delete(&main).await;
    atlas.simulator.advance(Duration::from_mins(5));
    let missing = atlas.get(&main).await;
    control(&atlas, Method::POST, "/reset", &json!({})).await;
    let restored = atlas.get(&main).await;

    assert_eq!(seeded.field("/projects"), 1);
    assert_eq!(
        (deleted.status, missing.status, restored.status),
        (202, 404, 200)
    );
    assert_eq!(restored.field("/paused"), true);
}

#[tokio::test]
async fn injects_faults_and_returns_recorded_requests() {
    let atlas = start_with_control().await;
    let fault = json!({ "kind": "html", "status": 503, "path": ORGS });

    control(&atlas, Method::POST, "/faults", &fault).await;
    let faulted = atlas.get(ORGS).await;
    let invalid = control(&atlas, Method::POST, "/faults", &json!({ "kind": "nope" })).await;
    let requests = control(&atlas, Method::GET, "/requests", &json!({})).await;

    assert_eq!(
        (faulted.status, faulted.header("content-type")),
        (503, "text/html")
    );
    assert_eq!(invalid.status, 400);
    let last = requests.json().as_array().unwrap().last().cloned().unwrap();
    assert_eq!(
        (&last["path"], &last["status"]),
        (&json!(ORGS), &json!(503))
    );
}

#[tokio::test]
async fn cut_body_ends_before_its_content_length() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let header = atlas.authorization(&nonce, 1, &Method::GET, ORGS);

    atlas.simulator.inject(Fault::cut_body(20).for_path(ORGS));
    let cut = atlas
        .send(Method::GET, ORGS, LATEST, None, Some(&header))
        .await;

    assert!(cut.is_err(), "{cut:?}");
    assert_eq!(atlas.get(ORGS).await.status, 200);
}

#[tokio::test]
async fn latency_and_slow_body_delay_the_response() {
    let atlas = Atlas::demo().await;
    let pause = Duration::from_millis(20);

    atlas.simulator.inject(Fault::latency(pause).for_path(ORGS));
    atlas
        .simulator
        .inject(Fault::slow_body(Duration::from_millis(2)).for_path(ORGS));
    let start = Instant::now();
    let response = atlas.get(ORGS).await;

    assert_eq!(response.status, 200);
    assert!(start.elapsed() >= pause + Duration::from_millis(20));
    assert!(response.field("/totalCount").is_number());
}

#[tokio::test]
async fn fault_with_probability_is_reproducible() {
    let statuses = async || {
        let atlas = Atlas::demo().await;
        atlas.simulator.inject(
            Fault::answer(500, "text/plain", "")
                .for_path(ORGS)
                .with_probability(0.5, 7)
                .always(),
        );
        let mut statuses = Vec::new();
        for _ in 0..16 {
            statuses.push(atlas.get(ORGS).await.status);
        }
        statuses
    };

    let (first, second) = (statuses().await, statuses().await);

    assert_eq!(first, second);
    assert!(first.contains(&500) && first.contains(&200), "{first:?}");
}
