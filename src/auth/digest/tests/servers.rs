//! Digest against third-party servers: Apache, lighttpd and httpbin.
//!
//! `tests/digest_servers.py` starts the servers and stops them after the test. Without the servers
//! (`.ci/install-servers` installs them) the test is skipped, except in CI. It is a unit test because the
//! public API sends requests to operations of Atlas only.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use http::header::{COOKIE, SET_COOKIE};
use reqwest::Method;
use serde::Deserialize;

use super::*;

const PUBLIC_KEY: &str = "zmmrboas";
const PRIVATE_KEY: &str = "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e";
/// Number of sequential calls.
const SEQUENTIAL_CALLS: usize = 10;
/// Number of concurrent calls.
const CONCURRENT_CALLS: usize = 64;

#[derive(Deserialize)]
struct Report {
    servers: BTreeMap<String, String>,
    missing: Vec<String>,
}

/// The running servers; stops them on drop.
struct Servers {
    script: Child,
    report: Report,
}

impl Servers {
    /// Starts all servers. Returns `None` if one is not installed, except in CI.
    fn start() -> Option<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join("digest_servers.py");
        let is_required = std::env::var("CI").is_ok_and(|value| value == "true");
        let script = Command::new("python3")
            .arg(path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut script = match script {
            Err(error) if !is_required => {
                println!("skipped: cannot run python3: {error}");
                return None;
            }
            script => script.unwrap(),
        };
        let mut line = String::new();
        BufReader::new(script.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let report = serde_json::from_str(&line).expect("the report of the script");
        let servers = Self { script, report };
        let missing = &servers.report.missing;
        if missing.is_empty() {
            return Some(servers);
        }
        assert!(
            !is_required,
            "CI must run .ci/install-servers first: {missing:?} are missing"
        );
        println!("skipped: {missing:?} are missing; .ci/install-servers installs them");
        None
    }

    fn caller(&self, server: &str, path: &str) -> Caller {
        self.caller_as(server, path, PRIVATE_KEY)
    }

    fn caller_as(&self, server: &str, path: &str, private: &str) -> Caller {
        Caller {
            digest: Digest::new(ApiKey::new(PUBLIC_KEY, private).unwrap()),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            url: format!("{}{path}", self.report.servers[server]),
            requests: AtomicUsize::new(0),
            cookies: Mutex::default(),
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        // the script stops its servers at the end of its standard input
        drop(self.script.stdin.take());
        self.script.wait().unwrap();
    }
}

/// A client of one URL that counts its requests.
struct Caller {
    digest: Digest,
    http: reqwest::Client,
    url: String,
    requests: AtomicUsize,
    /// The cookies of httpbin, which store its state.
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Caller {
    /// Makes a call as the transport does.
    async fn call(&self, method: Method, body: Option<&'static str>) -> u16 {
        let mut request = Request::new(method, self.url.parse().unwrap());
        *request.body_mut() = body.map(Into::into);
        let mut attempt = self.digest.authorize(&mut request).await.unwrap();
        loop {
            let mut retry = request.try_clone();
            self.add_cookies(&mut request);
            self.requests.fetch_add(1, Ordering::Relaxed);
            let response = self.http.execute(request).await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            response.bytes().await.unwrap();
            self.store_cookies(&headers);
            let next = self
                .digest
                .handle_response(attempt, status, &headers, retry.as_mut());
            match (next.await.unwrap(), retry) {
                (Some(next), Some(retry)) => (attempt, request) = (next, retry),
                _ => return status.as_u16(),
            }
        }
    }

    fn add_cookies(&self, request: &mut Request) {
        let cookies = self.cookies.lock().unwrap();
        let cookie_header: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookie_header.is_empty() {
            request
                .headers_mut()
                .insert(COOKIE, cookie_header.join("; ").parse().unwrap());
        }
    }

    fn store_cookies(&self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies
                .lock()
                .unwrap()
                .insert(name.to_owned(), value.to_owned());
        }
    }

    async fn get(&self) -> u16 {
        self.call(Method::GET, None).await
    }

    /// Returns the number of requests since the last call of this method.
    fn take_cost(&self) -> usize {
        self.requests.swap(0, Ordering::Relaxed)
    }

    fn nonce_reuse(&self) -> NonceReuse {
        self.digest.state().nonce_reuse()
    }

    async fn call_sequentially(&self) -> usize {
        for _ in 0..SEQUENTIAL_CALLS {
            assert_eq!(self.get().await, 200, "{}", self.url);
        }
        self.print_cost(SEQUENTIAL_CALLS, "sequential")
    }

    async fn call_concurrently(&self) -> usize {
        let statuses = join_all((0..CONCURRENT_CALLS).map(|_| self.get())).await;
        assert!(
            statuses.iter().all(|status| *status == 200),
            "{} {statuses:?}",
            self.url
        );
        self.print_cost(CONCURRENT_CALLS, "concurrent")
    }

    /// Makes concurrent calls until the reuse of nonces changes. The order of requests is random.
    async fn call_until_reuse_changes(&self) {
        for _ in 0..20 {
            self.call_concurrently().await;
            if self.nonce_reuse() > NonceReuse::Shared {
                return;
            }
        }
    }

    /// Prints and returns the number of requests.
    fn print_cost(&self, calls: usize, mode: &str) -> usize {
        let (url, cost, nonce_reuse) = (&self.url, self.take_cost(), self.nonce_reuse());
        println!("{url}: {calls} {mode} calls cost {cost} requests; {nonce_reuse:?}");
        cost
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authenticates_with_third_party_servers() {
    let Some(servers) = Servers::start() else {
        return;
    };

    valid_challenges_cost_one_request(&servers).await;
    wrong_keys_are_rejected(&servers).await;
    bodies_are_signed(&servers).await;
    unsupported_algorithms_return_401(&servers).await;
    expired_nonces_are_renewed(&servers).await;
    single_use_nonces_are_detected(&servers).await;
    ordered_nonce_counts_are_detected(&servers).await;
    stale_nonces_are_replaced(&servers).await;
}

/// Covers Apache, two challenges of lighttpd, and every algorithm.
async fn valid_challenges_cost_one_request(servers: &Servers) {
    for (server, path) in [
        ("apache", "/lasting/?a=%20&b=ä,\"\\"),
        ("lighttpd", "/two/?a=%20&b=ä,\""),
        ("lighttpd", "/md5/"),
        ("lighttpd", "/sha-256/"),
        ("lighttpd", "/sha-512-256/"),
        ("lighttpd", "/userhash/"),
    ] {
        let caller = servers.caller(server, path);
        let (sequential, concurrent) = (
            caller.call_sequentially().await,
            caller.call_concurrently().await,
        );

        assert_eq!(
            (sequential, concurrent),
            (SEQUENTIAL_CALLS + 1, CONCURRENT_CALLS),
            "{path}"
        );
        let fresh = servers.caller(server, path);
        assert_eq!(
            fresh.call_concurrently().await,
            CONCURRENT_CALLS + 1,
            "{path}"
        );
        // both servers reject a POST to a file after they authenticated it
        assert_ne!(fresh.call(Method::POST, Some("{}")).await, 401, "{path}");
    }
    for algorithm in ["MD5", "SHA-256"] {
        for qop in ["auth", "auth-int", "either"] {
            let path = format!("/digest-auth/{qop}/{PUBLIC_KEY}/{PRIVATE_KEY}/{algorithm}");
            let caller = servers.caller("httpbin", &path);
            let (sequential, concurrent) = (
                caller.call_sequentially().await,
                caller.call_concurrently().await,
            );
            assert_eq!(
                (sequential, concurrent),
                (SEQUENTIAL_CALLS + 1, CONCURRENT_CALLS),
                "{path}"
            );
        }
    }
}

async fn wrong_keys_are_rejected(servers: &Servers) {
    for (server, path) in [
        ("apache", "/ordered/"),
        ("apache", "/once/"),
        ("lighttpd", "/two/"),
    ] {
        let caller = servers.caller_as(server, path, "wrong");
        assert_eq!((caller.get().await, caller.take_cost()), (401, 2), "{path}");
        let statuses = join_all((0..CONCURRENT_CALLS).map(|_| caller.get())).await;
        assert!(statuses.iter().all(|status| *status == 401));
        assert!(caller.take_cost() <= 2 * CONCURRENT_CALLS, "{path}");
    }
}

/// httpbin supports GET only, and fails for queries.
async fn bodies_are_signed(servers: &Servers) {
    let path = format!("/digest-auth/auth-int/{PUBLIC_KEY}/{PRIVATE_KEY}/SHA-256");
    let caller = servers.caller("httpbin", &path);

    for body in [Some("{\"paused\":true}"), None, Some("")] {
        assert_eq!(caller.call(Method::GET, body).await, 200);
    }
}

/// The RFCs do not define plain SHA-512.
async fn unsupported_algorithms_return_401(servers: &Servers) {
    let path = format!("/digest-auth/auth/{PUBLIC_KEY}/{PRIVATE_KEY}/SHA-512");
    let caller = servers.caller("httpbin", &path);

    assert_eq!((caller.get().await, caller.take_cost()), (401, 1));
}

async fn expired_nonces_are_renewed(servers: &Servers) {
    for (server, path) in [
        ("apache", "/short/"),
        ("apache", "/short-ordered/"),
        ("roomy_apache", "/short-ordered/"),
    ] {
        let caller = servers.caller(server, path);
        for _ in 0..4 {
            caller.call_sequentially().await;
            caller.call_concurrently().await;
            tokio::time::sleep(Duration::from_millis(700)).await;
        }
        println!(
            "{server} {path}: {:?} after four lifetimes",
            caller.nonce_reuse()
        );
    }
}

async fn single_use_nonces_are_detected(servers: &Servers) {
    for (server, expected) in [
        ("roomy_apache", NonceReuse::PerCall),
        ("apache", NonceReuse::Serialized),
    ] {
        let caller = servers.caller(server, "/once/");
        let sequential = caller.call_sequentially().await;
        assert!(sequential <= 2 * SEQUENTIAL_CALLS + 1, "{sequential}");
        assert_eq!(caller.nonce_reuse(), NonceReuse::PerCall);
        caller.call_concurrently().await;
        // a server that stores few challenges loses some of them
        assert!(caller.nonce_reuse() <= expected, "{server}");
        assert_eq!(caller.call_sequentially().await, 2 * SEQUENTIAL_CALLS);

        let concurrent = servers.caller(server, "/once/");
        concurrent.call_until_reuse_changes().await;
        assert!(
            (NonceReuse::PerCall..=expected).contains(&concurrent.nonce_reuse()),
            "{server}"
        );
        assert_eq!(concurrent.call_sequentially().await, 2 * SEQUENTIAL_CALLS);
    }
}

async fn ordered_nonce_counts_are_detected(servers: &Servers) {
    for (server, expected) in [
        ("roomy_apache", NonceReuse::PerCall),
        ("apache", NonceReuse::Serialized),
    ] {
        let caller = servers.caller(server, "/ordered/");
        let sequential = caller.call_sequentially().await;
        assert_eq!(sequential, SEQUENTIAL_CALLS + 1);
        caller.call_until_reuse_changes().await;
        assert!(
            (NonceReuse::PerCall..=expected).contains(&caller.nonce_reuse()),
            "{server}"
        );
        assert_eq!(caller.call_sequentially().await, 2 * SEQUENTIAL_CALLS);
    }
}

async fn stale_nonces_are_replaced(servers: &Servers) {
    let path = format!("/digest-auth/auth/{PUBLIC_KEY}/{PRIVATE_KEY}/MD5/3");
    let caller = servers.caller("httpbin", &path);
    caller.call_sequentially().await;
}
