//! Proxies: the variables, the traffic, and malformed addresses.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::{Output, Stdio};

use mongodbatlas::{Builder, Error, ServiceAccount};
use tokio::process::Command;

use crate::docs::examples::binary;
use crate::support::raw_server::{RawServer, respond_with, response};
use crate::support::{Reserved, builder_with};

/// Runs an example with no other variables.
async fn run_example(base_url: &str, variables: &[(&str, &str)]) -> Output {
    let mut example = Command::new(binary("blocking"));
    example
        .arg("32b6e34b3d91647abb20e7b8")
        .env_clear()
        .env("ATLAS_PUBLIC_KEY", "zmmrboas")
        .env("ATLAS_PRIVATE_KEY", "1111-2222")
        .env("ATLAS_BASE_URL", base_url)
        .envs(variables.iter().copied())
        .stdin(Stdio::null());
    example.output().await.unwrap()
}

/// Returns a builder for a base URL with an injected environment.
fn builder(base_url: &str, variables: &[(&str, &str)]) -> Builder {
    let mut all = vec![
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
    ];
    all.extend(variables);
    builder_with(&all)
        .with_base_url(base_url)
        .with_plain_http()
        .without_retries()
}

/// Returns the head of the first request at the proxy of a client.
async fn head_at_proxy(base_url: &str, variable: &str, login: &str) -> String {
    let proxy = RawServer::start(vec![respond_with(response(502, "", ""))]).await;
    let address = proxy.url().replace("//", &format!("//{login}"));
    let atlas = builder(base_url, &[(variable, &address)]).build().unwrap();
    assert!(atlas.this_organization().await.is_err());
    let requests = proxy.requests();
    requests
        .first()
        .map_or_else(String::new, |request| request.head.to_lowercase())
}

/// Returns method and target of each request at the proxy of an example.
async fn requests_at_proxy(base_url: &str, variables: &[&str]) -> Vec<String> {
    let proxy = RawServer::start(vec![respond_with(response(502, "", ""))]).await;
    let url = proxy.url();
    let mut set = vec![("NO_PROXY", "direct.invalid")];
    set.extend(variables.iter().map(|&name| (name, url.as_str())));
    let output = run_example(base_url, &set).await;
    assert!(!output.status.success(), "the proxy returns 502");
    proxy
        .requests()
        .iter()
        .map(|request| format!("{} {}", request.method(), request.target()))
        .collect()
}

#[tokio::test]
async fn https_uses_a_connect_tunnel() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let lines = requests_at_proxy("https://atlas.invalid", &[variable]).await;

        assert!(!lines.is_empty(), "{variable}");
        assert!(
            lines.iter().all(|line| line == "CONNECT atlas.invalid:443"),
            "{lines:?}"
        );
    }
}

#[tokio::test]
async fn excepted_hosts_bypass_the_proxy() {
    let all = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "http_proxy"];

    assert!(
        requests_at_proxy("https://direct.invalid", &all)
            .await
            .is_empty()
    );
    assert!(
        requests_at_proxy("http://127.0.0.1:9", &all)
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn proxy_receives_decoded_user_and_password() {
    for (login, header) in [
        // svc:p@ss#1
        ("svc:p%40ss%231@", "basic c3zjonbac3mjmq=="),
        // svc:%41:a, whose percent sign must not be decoded twice
        ("svc:%2541%3Aa@", "basic c3zjoiu0mtph"),
        // svc:
        ("svc@", "basic c3zjog=="),
    ] {
        for (base_url, variable, line) in [
            (
                "https://atlas.invalid",
                "HTTPS_PROXY",
                "connect atlas.invalid:443 http/1.1",
            ),
            (
                "http://atlas.invalid",
                "HTTP_PROXY",
                "get http://atlas.invalid/api/",
            ),
        ] {
            let head = head_at_proxy(base_url, variable, login).await;

            assert!(head.starts_with(line), "{head}");
            let expected = format!("proxy-authorization: {header}");
            assert!(head.lines().any(|line| line == expected), "{login}: {head}");
        }
    }
}

#[tokio::test]
async fn malformed_proxy_addresses_open_no_connection() {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    for listener in &listeners {
        listener.set_nonblocking(true).unwrap();
    }
    let [wrong, proxy] = [0, 1].map(|index: usize| listeners[index].local_addr().unwrap());
    let host = "https://atlas.invalid";

    for address in [
        format!("http://svc:p@ss#1@{proxy}"),
        // a URL parser takes the first host of these
        format!("http://{wrong}#hunter2@{proxy}"),
        format!("http://{wrong}/hunter2@{proxy}"),
        format!("http://{wrong}?hunter2@{proxy}"),
        format!("http://{wrong}\\hunter2@{proxy}"),
        format!("http://svc:hunter2@{wrong}#@{proxy}"),
        format!("{wrong}#hunter2@{proxy}"),
        format!("socks5://svc:hunter2@{proxy}"),
        format!("http://svc:hunter2@{proxy}0000"),
        "http://svc:hunter2@".to_owned(),
        "::::".to_owned(),
    ] {
        for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            let error = builder(host, &[(variable, &address)]).build().unwrap_err();

            assert!(error.is_configuration(), "{error:?}");
            assert!(
                error.to_string().contains(&format!("`{variable}`")),
                "{error}"
            );
            let output = format!("{error} {error:?} {:?}", error.hint());
            for secret in ["hunter2", "svc:", "p@ss"] {
                assert!(!output.contains(secret), "{output}");
            }
        }
        let output = run_example(host, &[("HTTPS_PROXY", &address)]).await;
        assert!(!output.status.success(), "{output:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.contains("HTTPS_PROXY") && !stderr.contains("hunter2"),
            "{stderr}"
        );
    }
    for listener in listeners {
        assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    }
}

/// Returns the error of a client behind a proxy.
async fn error_behind_proxy(base_url: &str, variable: &str, address: &str) -> Error {
    let atlas = builder(base_url, &[(variable, address)]).build().unwrap();
    atlas.this_organization().await.unwrap_err()
}

#[tokio::test]
async fn missing_proxy_authentication_is_an_error_of_the_proxy() {
    for (base_url, variable) in [
        ("https://atlas.invalid", "HTTPS_PROXY"),
        ("http://atlas.invalid", "HTTP_PROXY"),
    ] {
        let challenge = response(407, "proxy-authenticate: Basic realm=\"p\"\r\n", "");
        let proxy = RawServer::start(vec![respond_with(challenge)]).await;
        let address = proxy.url().replace("//", "//svc:hunter2@");

        let error = error_behind_proxy(base_url, variable, &address).await;

        let shown_message = error.to_string();
        assert!(
            error.is_configuration() && !error.is_retryable(),
            "{error:?}"
        );
        let message = format!(
            "the proxy `{}` (`{variable}`) requires authentication",
            proxy.url()
        );
        assert!(shown_message.contains(&message), "{shown_message}");
        assert!(
            error
                .hint()
                .unwrap()
                .contains("HTTPS_PROXY=http://user:password@"),
            "{error:?}"
        );
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        assert_eq!(proxy.requests().len(), 1, "not retried");
    }
}

#[tokio::test]
async fn missing_authentication_at_an_unknown_proxy_is_an_error_of_a_proxy() {
    let page = "<html><title>Proxy login</title></html>";
    let challenge = response(407, "proxy-authenticate: Basic realm=\"p\"\r\n", page);
    let server = RawServer::start(vec![respond_with(challenge)]).await;

    let error = server.cluster().get().await.unwrap_err();

    assert!(
        error.is_configuration() && !error.is_retryable(),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .contains("a proxy requires authentication"),
        "{error}"
    );
    assert!(error.hint().unwrap().contains("HTTPS_PROXY"), "{error:?}");
}

#[tokio::test]
async fn unreachable_proxy_is_named() {
    for (base_url, variable) in [
        ("https://atlas.invalid", "HTTPS_PROXY"),
        ("http://atlas.invalid", "ALL_PROXY"),
    ] {
        let reserved = Reserved::new();

        let error = error_behind_proxy(base_url, variable, &reserved.url).await;

        assert!(error.is_connection() && error.is_retryable(), "{error:?}");
        let message = format!("cannot reach the proxy `{}` (`{variable}`)", reserved.url);
        assert!(error.to_string().ends_with(&message), "{error}");
        assert!(error.hint().unwrap().contains("`NO_PROXY`"), "{error:?}");
    }
    let error = error_behind_proxy("https://atlas.invalid", "HTTPS_PROXY", "proxy.invalid").await;
    assert!(
        error
            .to_string()
            .contains("cannot reach the proxy `http://proxy.invalid`"),
        "{error}"
    );
}

#[tokio::test]
async fn rejected_tunnel_is_an_error_of_the_proxy() {
    for response in [response(403, "", "no"), String::new()] {
        let proxy = RawServer::start(vec![respond_with(response)]).await;

        let error = error_behind_proxy("https://atlas.invalid", "HTTPS_PROXY", &proxy.url()).await;

        assert!(error.is_connection(), "{error:?}");
        assert!(
            error.to_string().ends_with("rejected the connection"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn token_request_names_the_proxy() {
    let reserved = Reserved::new();
    let account = ServiceAccount::new("mdb_sa_id_0123456789abcdef01234567", "mdb_sa_sk_geheim");
    let atlas = builder("https://atlas.invalid", &[("HTTPS_PROXY", &reserved.url)])
        .with_credentials(account.unwrap())
        .without_token_cache()
        .build()
        .unwrap();

    let error = atlas.this_organization().await.unwrap_err();

    assert_eq!(error.path(), Some("/api/oauth/token"));
    assert!(
        error.to_string().contains("cannot reach the proxy"),
        "{error}"
    );
}
