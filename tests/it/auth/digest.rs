//! HTTP digest against the simulator, which has its own implementation.

use std::time::Duration;

use atlas_simulator::{Clock, Fault, Options, Simulator};
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Local, builder, builder_with};

#[tokio::test]
async fn sequential_calls_share_one_challenge() {
    let local = Local::demo();

    for _ in 0..5 {
        local.atlas.this_organization().await.unwrap();
    }

    assert_eq!(local.simulator.requests().len(), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_calls_share_one_challenge() {
    let local = Local::demo();
    let calls = (0..200).map(|_| {
        let atlas = local.atlas.clone();
        tokio::spawn(async move { atlas.this_organization().await.map(drop) })
    });

    for call in join_all(calls).await {
        call.unwrap().unwrap();
    }

    assert_eq!(local.simulator.requests().len(), 201);
}

#[tokio::test]
async fn challenge_retry_repeats_the_body() {
    let local = Local::demo();
    let organization = local.simulator.organization_id().parse().unwrap();

    local
        .atlas
        .organization(&organization)
        .create_project("First call")
        .await
        .unwrap();
    let id = local.first_project();
    drop(
        local
            .atlas
            .cluster(&id, "missing")
            .update(&json!({"paused": true}))
            .await,
    );

    let requests = local.simulator.requests();
    let attempts: Vec<_> = requests
        .iter()
        .map(|request| (request.method.as_str(), request.status.unwrap_or_default()))
        .collect();
    assert_eq!(attempts, [("POST", 401), ("POST", 201), ("PATCH", 404)]);
    assert!(requests[1].text().contains("First call"));
}

#[tokio::test]
async fn expired_nonce_is_renewed() {
    let options = Options::new()
        .with_clock(Clock::frozen())
        .with_nonce_lifetime(Duration::from_secs(10));
    let local = Local::with(options);

    local.atlas.this_organization().await.unwrap();
    local.simulator.advance(Duration::from_secs(11));
    local.atlas.this_organization().await.unwrap();
    local.simulator.inject(Fault::stale_nonces());
    local.atlas.this_organization().await.unwrap();

    let statuses: Vec<_> = local
        .simulator
        .requests()
        .iter()
        .filter_map(|request| request.status)
        .collect();
    assert_eq!(statuses, [401, 200, 401, 200, 401, 200]);
}

#[tokio::test]
async fn wrong_key_is_unauthorized_after_two_requests() {
    let simulator = Simulator::start_blocking(Options::new().with_clock(Clock::frozen())).unwrap();
    let url = simulator.base_url();
    let atlas = builder_with(&[
        ("ATLAS_BASE_URL", url.as_str()),
        ("ATLAS_PUBLIC_KEY", "wrongkey"),
        ("ATLAS_PRIVATE_KEY", "11111111-2222-3333-4444-555555555555"),
    ])
    .build()
    .unwrap();

    let error = atlas.this_organization().await.unwrap_err();

    assert!(error.is_unauthorized(), "{error}");
    assert!(error.hint().is_some());
    assert_eq!(simulator.requests().len(), 2);
    assert!(!format!("{error} {error:?} {atlas:?}").contains("2222"));
}

#[tokio::test]
async fn requests_have_user_agent_and_version() {
    let local = Local::demo();
    let project = local.first_project();

    local.atlas.this_organization().await.unwrap();
    drop(local.atlas.cluster(&project, "missing").pause().await);

    for request in local.simulator.requests() {
        let agent = request.user_agent.as_deref();
        assert_eq!(
            agent,
            Some(concat!("mongodbatlas/", env!("CARGO_PKG_VERSION")))
        );
        let accept = request.accept.unwrap_or_default();
        assert!(accept.starts_with("application/vnd.atlas.20"), "{accept}");
        if request.method == "PATCH" {
            let content_type = request.content_type.as_deref();
            assert_eq!(content_type, Some("application/vnd.atlas.2024-10-23+json"));
        }
    }
}

#[tokio::test]
async fn user_agent_suffix_is_appended() {
    let simulator = Simulator::start_blocking(Options::new().with_clock(Clock::frozen())).unwrap();
    let atlas = builder(&simulator)
        .with_user_agent("nightly-pauser/1.0")
        .build()
        .unwrap();

    atlas.this_organization().await.unwrap();

    let requests = simulator.requests();
    let agent = requests[0].user_agent.as_deref().unwrap_or_default();
    assert!(
        agent.starts_with("mongodbatlas/") && agent.ends_with(" nightly-pauser/1.0"),
        "{agent}"
    );
}
