//! Start and stop, recorded requests, and the binary.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use atlas_simulator::{Options, Simulator, StartError};
use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST};

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let atlas = Atlas::demo().await;

    for path in ["/api/atlas/v2/nowhere", "/api/atlas/v3/orgs", "/"] {
        atlas
            .get(path)
            .await
            .assert_error(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn responses_have_java_method_and_rate_limit_headers() {
    let atlas = Atlas::demo().await;

    let first = atlas.get("/api/atlas/v2/orgs").await;
    let second = atlas.get("/api/atlas/v2/orgs").await;

    assert_eq!(first.header("server"), "mdbws");
    assert_eq!(first.header("x-frame-options"), "DENY");
    assert_eq!(first.header("x-content-type-options"), "nosniff");
    assert_eq!(
        first.header("x-java-method"),
        "ApiOrganizationsResource::getAllOrgs"
    );
    assert_eq!(first.header("ratelimit-limit"), "300");
    let remaining = |text: &str| text.parse::<u32>().unwrap();
    assert!(
        remaining(first.header("ratelimit-remaining"))
            >= remaining(second.header("ratelimit-remaining"))
    );
}

#[tokio::test]
async fn rate_limit_resources_match_the_headers() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");

    let response = atlas
        .get(&format!("/api/atlas/v2/groups/{project}/flexClusters"))
        .await;
    let list = atlas
        .get("/api/atlas/v2/rateLimits?endpointPath=/flexClusters")
        .await;
    let single = atlas.get("/api/atlas/v2/rateLimits/flexClusters").await;
    let missing = atlas.get("/api/atlas/v2/rateLimits/nope").await;

    assert_eq!(list.field("/results/0"), single.json());
    assert_eq!(list.field("/results").as_array().unwrap().len(), 3);
    assert_eq!(
        single.field("/capacity/value").to_string(),
        response.header("ratelimit-limit")
    );
    assert_eq!(single.field("/scope"), "GROUP");
    missing.assert_error(404, "ENDPOINT_SET_NOT_FOUND");
}

#[tokio::test]
async fn recorded_requests_contain_no_credentials() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/reservations?pretty=true", atlas.clusters("Café Zürich"));

    atlas.patch(&path, json!({ "paused": true })).await;
    let requests = atlas.simulator.requests();
    atlas.simulator.clear_requests();

    let [challenged, patched] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(
        (challenged.status, challenged.has_authorization),
        (Some(401), false)
    );
    assert_eq!(
        (patched.status, patched.has_authorization),
        (Some(200), true)
    );
    assert_eq!(
        (patched.method.as_str(), patched.path_and_query.as_str()),
        ("PATCH", &*path)
    );
    assert_eq!(patched.path(), path.split('?').next().unwrap());
    assert_eq!(patched.accept.as_deref(), Some(LATEST));
    assert_eq!(patched.content_type.as_deref(), Some("application/json"));
    assert_eq!(patched.text(), "{\"paused\":true}");
    assert!(!format!("{requests:?}").contains("Digest"));
    assert!(atlas.simulator.requests().is_empty());
}

#[tokio::test]
async fn start_fails_on_a_port_in_use() {
    let atlas = Atlas::demo().await;
    let port = atlas
        .simulator
        .base_url()
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();

    let error = Simulator::start(Options::new().with_port(port))
        .await
        .unwrap_err();

    assert!(matches!(error, StartError::Bind { port: named, .. } if named == port));
}

#[tokio::test]
async fn dropped_simulator_releases_its_port() {
    // Another process can take the port before it is bound again.
    const ATTEMPTS: usize = 5;

    for _ in 0..ATTEMPTS {
        let atlas = Atlas::demo().await;
        let url = atlas.simulator.base_url();
        let port = url.rsplit(':').next().unwrap().parse().unwrap();

        drop(atlas);

        if let Ok(restarted) = Simulator::start(Options::new().with_port(port)).await {
            assert_eq!(restarted.base_url(), url);
            return;
        }
    }
    panic!("no port was free after {ATTEMPTS} simulators were dropped");
}

#[test]
fn serves_while_the_caller_blocks() {
    let simulator = Simulator::start_blocking(Options::new()).unwrap();

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let status = runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.request(Method::GET, simulator.base_url() + "/api/atlas/v2");
        request.send().await.unwrap().status()
    });

    assert_eq!(status, 401);
}

#[test]
fn binary_prints_environment_and_serves() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_atlas-simulator"))
        .args(["--port", "0", "--speed", "60", "--public-key", "qwertyui"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();

    let lines = BufReader::new(server.stdout.take().unwrap())
        .lines()
        .take(3);
    let lines: Vec<_> = lines.map(Result::unwrap).collect();
    let address = lines[0]
        .strip_prefix("export ATLAS_BASE_URL=http://")
        .unwrap();
    let connected = TcpStream::connect(address);
    server.kill().unwrap();
    server.wait().unwrap();

    assert!(connected.is_ok());
    assert!(address.starts_with("127.0.0.1:"));
    assert_eq!(lines[1], "export ATLAS_PUBLIC_KEY=qwertyui");
    assert_eq!(
        lines[2],
        format!("export ATLAS_PRIVATE_KEY={}", Simulator::PRIVATE_KEY)
    );
}

fn operations(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-simulator"));
    command.arg("operations").args(arguments).output().unwrap()
}

#[test]
fn operations_prints_method_path_id_and_fidelity() {
    let output = operations(&["--tag", "organizations"]);

    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let path = "/api/atlas/v2/orgs/{orgId}";
    let settings = format!("{path}/settings");
    assert!(
        rows.contains(&vec!["GET", path, "getOrg", "modelled"]),
        "{table}"
    );
    assert!(
        rows.contains(&vec!["GET", &settings, "getOrgSettings", "generic"]),
        "{table}"
    );
    let column = |line: &str| line.find("/api").unwrap();
    assert!(table.lines().all(|line| column(line) == 8), "{table}");
}

#[test]
fn operations_as_json_lists_every_operation() {
    let output = operations(&["-o", "json"]);

    let listed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let listed = listed.as_array().unwrap();
    let count = |fidelity: &str| {
        let operations = listed.iter();
        operations
            .filter(|operation| operation["fidelity"] == fidelity)
            .count()
    };
    assert_eq!(listed.len(), Simulator::operations().unwrap().len());
    let counts = format!(
        "({} modelled, {} generic)",
        count("modelled"),
        count("generic")
    );
    let guide = include_str!("../../../../docs/simulator.md");
    let readme = include_str!("../../../README.md");
    assert!(guide.contains(&counts), "{counts}");
    assert!(readme.contains(&counts), "{counts}");
}

#[test]
fn operations_rejects_unknown_tag() {
    let output = operations(&["--tag", "Nope"]);

    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(
        message.starts_with("error: no operation has the tag `Nope`\nhint: "),
        "{message}"
    );
}

#[test]
fn simulator_is_send_and_sync() {
    fn assert_send_and_sync<T: Send + Sync>() {}

    assert_send_and_sync::<Simulator>();
    assert_send_and_sync::<Options>();
}
