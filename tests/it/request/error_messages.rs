//! Messages and hints of errors.

use atlas_simulator::{Clock, Fault, Options, Simulator};
use mongodbatlas::{Error, ErrorKind};

use crate::support::{Local, Reserved, builder_with};

/// Returns the error of a client with these variables.
fn build_error(variables: &[(&str, &str)]) -> Error {
    builder_with(variables).build().map(drop).unwrap_err()
}

#[test]
fn missing_or_empty_keys_are_named() {
    let none = build_error(&[]);
    let empty = build_error(&[("ATLAS_PUBLIC_KEY", ""), ("ATLAS_PRIVATE_KEY", "x")]);
    let half = build_error(&[("ATLAS_PUBLIC_KEY", "zmmrboas")]);

    assert!(none.to_string().contains("ATLAS_PUBLIC_KEY"), "{none}");
    assert!(empty.to_string().contains("ATLAS_PUBLIC_KEY"), "{empty}");
    assert!(half.to_string().contains("ATLAS_PRIVATE_KEY"), "{half}");
    for error in [none, empty, half] {
        assert!(
            error.is_configuration() && error.hint().is_some(),
            "{error}"
        );
    }
}

#[test]
fn invalid_base_url_is_a_configuration_error() {
    let keys = [
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
    ];
    for url in [
        "http://cloud.mongodb.com",
        "cloud.mongodb.com",
        "https://user:secret@host",
    ] {
        let error = build_error(&[keys[0], keys[1], ("ATLAS_BASE_URL", url)]);

        assert!(
            error.is_configuration() && error.hint().is_some(),
            "{error}"
        );
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn unknown_resources_are_not_found() {
    let local = Local::demo();
    let missing = "ffffffffffffffffffffffff".parse().unwrap();

    let project = local.atlas.project(&missing).get().await.unwrap_err();
    let list = local
        .atlas
        .project(&missing)
        .clusters()
        .try_next()
        .await
        .unwrap_err();
    let cluster = local
        .atlas
        .cluster(&local.first_project(), "missing")
        .get()
        .await
        .unwrap_err();

    for error in [project, list, cluster] {
        assert!(error.is_not_found(), "{error}");
        assert!(error.status().is_some() && error.detail().is_some() && error.hint().is_some());
        assert_eq!(error.method(), Some("GET"));
    }
}

#[tokio::test]
async fn foreign_response_is_an_error() {
    let page = "<html><head><title>Sign in</title></head><body>…</body></html>";
    let cases = [
        (
            Fault::answer(200, "text/html", page),
            ErrorKind::InvalidResponse,
            "Sign in",
        ),
        (
            Fault::answer(200, "application/json", ""),
            ErrorKind::InvalidResponse,
            "empty",
        ),
        (
            Fault::answer(200, "application/json", "{\"results\": 7}"),
            ErrorKind::InvalidResponse,
            "expected a sequence",
        ),
        (
            Fault::answer(200, "application/json", "{\"links\": []}"),
            ErrorKind::InvalidResponse,
            "results",
        ),
        (
            Fault::answer(200, "application/json", "{\"results\": ["),
            ErrorKind::InvalidResponse,
            "EOF",
        ),
        (
            Fault::answer(404, "text/html", page),
            ErrorKind::InvalidResponse,
            "Sign in",
        ),
        (
            Fault::answer(502, "text/html", page),
            ErrorKind::Server,
            "Sign in",
        ),
        (
            Fault::answer(503, "text/plain", "upstream is away"),
            ErrorKind::Server,
            "upstream",
        ),
    ];
    for (fault, kind, word) in cases {
        let local = Local::demo();
        local.simulator.inject(fault.always());

        let error = local.atlas.projects().try_next().await.unwrap_err();

        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(word), "{error}");
        assert!(
            error.hint().is_some() && error.path() == Some("/api/atlas/v2/groups"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn unreachable_host_is_a_connection_error() {
    let reserved = Reserved::new();
    let atlas = reserved.builder().without_retries().build().unwrap();

    let error = atlas.this_organization().await.unwrap_err();

    assert!(error.is_connection(), "{error}");
    assert!(
        error.to_string().contains(&reserved.url["http://".len()..]),
        "{error}"
    );
    assert!(error.hint().is_some() && std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn server_without_tls_is_a_tls_error() {
    let simulator = Simulator::start_blocking(Options::new().with_clock(Clock::frozen())).unwrap();
    let url = simulator.base_url().replace("http://", "https://");
    let keys = [
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
    ];
    let atlas = builder_with(&[keys[0], keys[1], ("ATLAS_BASE_URL", &url)])
        .build()
        .unwrap();

    let error = atlas.this_organization().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.hint().is_some());
}

#[tokio::test]
async fn generated_call_returns_the_sdk_error() {
    let local = Local::demo();
    let call = local.atlas.api().get_group_cluster();
    let call = call
        .group_id(local.first_project().as_str())
        .cluster_name("missing")
        .send();

    let error = call.await.map(drop).unwrap_err();

    assert!(error.is_not_found());
    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
    assert!(
        error
            .path()
            .is_some_and(|path| path.ends_with("/clusters/missing"))
    );
}

#[tokio::test]
async fn generated_call_errors_name_the_request() {
    for (fault, kind, word) in [
        (
            Fault::answer(200, "application/json", "{\"results\": 7}"),
            ErrorKind::InvalidResponse,
            "expected a sequence",
        ),
        (
            Fault::answer(502, "text/html", "<title>Bad Gateway</title>"),
            ErrorKind::Server,
            "an HTML page: `Bad Gateway`",
        ),
    ] {
        let local = Local::demo();
        local.simulator.inject(fault.always());

        let call = local.atlas.api().list_groups().send().await;

        let error = call.map(drop).unwrap_err();
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(error.to_string().contains(word), "{error}");
        assert_eq!(error.method(), Some("GET"));
        assert_eq!(error.path(), Some("/api/atlas/v2/groups"));
    }
}
