//! Faults on the way, and steering from another process.

use std::time::{Duration, Instant};

use atlas_simulator::{Fault, Options};
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Atlas, LATEST};

const ORGS: &str = "/api/atlas/v2/orgs";

async fn controlled() -> Atlas {
    Atlas::with(Options::new().with_control(true)).await
}

async fn steer(atlas: &Atlas, method: Method, path: &str, body: &serde_json::Value) -> Answer {
    let path = format!("/_simulator{path}");
    atlas
        .send(method, &path, "*/*", Some(body.to_string()), None)
        .await
        .unwrap()
}

#[tokio::test]
async fn control_is_off_unless_asked_for() {
    let atlas = Atlas::demo().await;

    let answer = steer(&atlas, Method::GET, "/health", &json!({})).await;

    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn the_clock_moves_on_request() {
    let atlas = controlled().await;

    let health = steer(&atlas, Method::GET, "/health", &json!({})).await;
    let moved = steer(&atlas, Method::POST, "/clock", &json!({ "seconds": 90 })).await;

    assert_eq!(health.field("/status"), "ok");
    assert_eq!(moved.field("/now"), "2026-09-01T08:01:30Z");
}

#[tokio::test]
async fn a_seed_replaces_everything_and_a_reset_brings_it_back() {
    let atlas = controlled().await;
    let seed = json!({
        "organization": "Acme",
        "projects": [{ "name": "One", "clusters": [{ "name": "main", "paused": true }] }],
    });

    let seeded = steer(&atlas, Method::POST, "/seed", &seed).await;
    let main = format!("{}/main", atlas.clusters("One"));
    let deleted = atlas.delete(&main).await;
    atlas.simulator.advance(Duration::from_mins(5));
    let gone = atlas.get(&main).await;
    steer(&atlas, Method::POST, "/reset", &json!({})).await;
    let back = atlas.get(&main).await;

    assert_eq!(seeded.field("/projects"), 1);
    assert_eq!((deleted.status, gone.status, back.status), (202, 404, 200));
    assert_eq!(back.field("/paused"), true);
}

#[tokio::test]
async fn faults_and_requests_are_reached_from_outside() {
    let atlas = controlled().await;
    let fault = json!({ "kind": "html", "status": 503, "path": ORGS });

    steer(&atlas, Method::POST, "/faults", &fault).await;
    let faulted = atlas.get(ORGS).await;
    let wrong = steer(&atlas, Method::POST, "/faults", &json!({ "kind": "nope" })).await;
    let requests = steer(&atlas, Method::GET, "/requests", &json!({})).await;

    assert_eq!(
        (faulted.status, faulted.header("content-type")),
        (503, "text/html")
    );
    assert_eq!(wrong.status, 400);
    let last = requests.json().as_array().unwrap().last().cloned().unwrap();
    assert_eq!(
        (&last["path"], &last["status"]),
        (&json!(ORGS), &json!(503))
    );
}

#[tokio::test]
async fn a_cut_body_ends_before_its_length() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let header = atlas.answer_to(&nonce, 1, &Method::GET, ORGS);

    atlas.simulator.inject(Fault::cut_body(20).for_path(ORGS));
    let cut = atlas
        .send(Method::GET, ORGS, LATEST, None, Some(&header))
        .await;

    assert!(cut.is_err(), "{cut:?}");
    assert_eq!(atlas.get(ORGS).await.status, 200);
}

#[tokio::test]
async fn latency_and_slow_bodies_take_their_time() {
    let atlas = Atlas::demo().await;
    let pause = Duration::from_millis(20);

    atlas.simulator.inject(Fault::latency(pause).for_path(ORGS));
    atlas
        .simulator
        .inject(Fault::slow_body(Duration::from_millis(2)).for_path(ORGS));
    let began = Instant::now();
    let answer = atlas.get(ORGS).await;

    assert_eq!(answer.status, 200);
    assert!(began.elapsed() >= pause + Duration::from_millis(20));
    assert!(answer.field("/totalCount").is_number());
}

#[tokio::test]
async fn a_probable_fault_strikes_the_same_requests_for_the_same_seed() {
    let strikes = async || {
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

    let (one, two) = (strikes().await, strikes().await);

    assert_eq!(one, two);
    assert!(one.contains(&500) && one.contains(&200), "{one:?}");
}
