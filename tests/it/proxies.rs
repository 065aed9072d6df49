//! Proxies are the system's matter; a process of its own can have a system of its own.

use std::process::Stdio;

use tokio::process::Command;

use crate::examples::built;
use crate::raw_server::{RawServer, answer, says};

/// What comes in at a proxy when an example talks to this place with these variables.
async fn seen(base_url: &str, variables: &[&str]) -> Vec<String> {
    let proxy = RawServer::start(vec![says(answer(502, "", ""))]).await;
    let mut example = Command::new(built("blocking"));
    let example = example
        .arg("32b6e34b3d91647abb20e7b8")
        .env_clear()
        .envs([
            ("ATLAS_PUBLIC_KEY", "zmmrboas"),
            ("ATLAS_PRIVATE_KEY", "1111-2222"),
        ])
        .env("ATLAS_BASE_URL", base_url)
        .envs(variables.iter().map(|name| (name, proxy.url())))
        .env("NO_PROXY", "direct.invalid")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    assert!(
        !example.status().await.unwrap().success(),
        "nobody is there"
    );
    proxy
        .requests()
        .iter()
        .map(|request| format!("{} {}", request.method(), request.target()))
        .collect()
}

#[tokio::test]
async fn a_proxy_is_asked_for_a_tunnel_and_told_no_more() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let seen = seen("https://atlas.invalid", &[variable]).await;

        assert!(!seen.is_empty(), "{variable}");
        assert!(
            seen.iter().all(|line| line == "CONNECT atlas.invalid:443"),
            "{seen:?}"
        );
    }
}

#[tokio::test]
async fn places_without_a_proxy_are_reached_without_one() {
    let everything = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "http_proxy"];

    assert!(seen("https://direct.invalid", &everything).await.is_empty());
    assert!(seen("http://127.0.0.1:9", &everything).await.is_empty());
}
