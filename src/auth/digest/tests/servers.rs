//! Digest against servers that other people wrote: Apache, lighttpd and httpbin.
//!
//! `tests/digest_servers.py` starts them, and they end with the test. Where they are not installed
//! (`.ci/install-servers` does it) the test says so and passes, but not in CI. It stands here and
//! not in `tests/`, since the SDK's public door leads to Atlas's operations only.

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

const PUBLIC: &str = "zmmrboas";
const PRIVATE: &str = "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e";
/// How many calls are made one after the other, and how many at the same time.
const IN_TURN: usize = 10;
const AT_ONCE: usize = 64;

#[derive(Deserialize)]
struct Report {
    servers: BTreeMap<String, String>,
    missing: Vec<String>,
}

/// The servers, which run until this is dropped.
struct Servers {
    script: Child,
    report: Report,
}

impl Servers {
    /// All of them; none where one is missing and need not be there.
    fn start() -> Option<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join("digest_servers.py");
        let must = std::env::var("CI").is_ok_and(|value| value == "true");
        let script = Command::new("python3")
            .arg(path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut script = match script {
            Err(error) if !must => {
                println!("skipped: no python3 starts the servers: {error}");
                return None;
            }
            script => script.unwrap(),
        };
        let mut line = String::new();
        BufReader::new(script.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let report = serde_json::from_str(&line).expect("the script says why it fails");
        let servers = Self { script, report };
        let missing = &servers.report.missing;
        if missing.is_empty() {
            return Some(servers);
        }
        assert!(
            !must,
            "CI has to run .ci/install-servers first: {missing:?} are missing"
        );
        println!("skipped: {missing:?} are missing; .ci/install-servers installs them");
        None
    }

    fn caller(&self, server: &str, place: &str) -> Caller {
        self.caller_as(server, place, PRIVATE)
    }

    fn caller_as(&self, server: &str, place: &str, private: &str) -> Caller {
        Caller {
            digest: Digest::new(ApiKey::new(PUBLIC, private).unwrap()),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            url: format!("{}{place}", self.report.servers[server]),
            requests: AtomicUsize::new(0),
            cookies: Mutex::default(),
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        // the script ends its servers when nobody holds its standard input
        drop(self.script.stdin.take());
        self.script.wait().unwrap();
    }
}

/// Calls a place of a server, and counts what that costs.
struct Caller {
    digest: Digest,
    http: reqwest::Client,
    url: String,
    requests: AtomicUsize,
    /// Where httpbin keeps what it remembers.
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Caller {
    /// One call, as the transport makes it.
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
            self.keep_cookies(&headers);
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
        let text: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !text.is_empty() {
            request
                .headers_mut()
                .insert(COOKIE, text.join("; ").parse().unwrap());
        }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
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

    /// The requests since this was last asked.
    fn cost(&self) -> usize {
        self.requests.swap(0, Ordering::Relaxed)
    }

    fn nonce_reuse(&self) -> NonceReuse {
        self.digest.state().nonce_reuse()
    }

    async fn succeed_in_turn(&self) -> usize {
        for _ in 0..IN_TURN {
            assert_eq!(self.get().await, 200, "{}", self.url);
        }
        self.told_cost(IN_TURN, "in turn")
    }

    async fn succeed_at_once(&self) -> usize {
        let answers = join_all((0..AT_ONCE).map(|_| self.get())).await;
        assert!(
            answers.iter().all(|status| *status == 200),
            "{} {answers:?}",
            self.url
        );
        self.told_cost(AT_ONCE, "at once")
    }

    /// Calls until the server is known. Which call overtakes which is chance, but it does not take
    /// long.
    async fn learn_at_once(&self) {
        for _ in 0..20 {
            self.succeed_at_once().await;
            if self.nonce_reuse() > NonceReuse::Shared {
                return;
            }
        }
    }

    /// What calls have cost, for whoever reads the test's output.
    fn told_cost(&self, calls: usize, how: &str) -> usize {
        let (url, cost, nonce_reuse) = (&self.url, self.cost(), self.nonce_reuse());
        println!("{url}: {calls} calls {how} cost {cost} requests; {nonce_reuse:?}");
        cost
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authenticates_with_third_party_servers() {
    let Some(servers) = Servers::start() else {
        return;
    };

    lasting_challenges_cost_one_request(&servers).await;
    wrong_keys_are_refused(&servers).await;
    bodies_are_protected(&servers).await;
    unknown_algorithms_are_the_callers(&servers).await;
    short_lives_are_survived(&servers).await;
    nonces_for_one_use_are_noticed(&servers).await;
    counters_in_order_are_noticed(&servers).await;
    stale_nonces_are_replaced(&servers).await;
}

/// Apache, lighttpd with two challenges of which the stronger is answered, and every algorithm.
async fn lasting_challenges_cost_one_request(servers: &Servers) {
    for (server, place) in [
        ("apache", "/lasting/?a=%20&b=ä,\"\\"),
        ("lighttpd", "/two/?a=%20&b=ä,\""),
        ("lighttpd", "/md5/"),
        ("lighttpd", "/sha-256/"),
        ("lighttpd", "/sha-512-256/"),
        ("lighttpd", "/userhash/"),
    ] {
        let caller = servers.caller(server, place);
        let (in_turn, at_once) = (
            caller.succeed_in_turn().await,
            caller.succeed_at_once().await,
        );

        assert_eq!((in_turn, at_once), (IN_TURN + 1, AT_ONCE), "{place}");
        let fresh = servers.caller(server, place);
        assert_eq!(fresh.succeed_at_once().await, AT_ONCE + 1, "{place}");
        // neither takes a POST to a file, but says so only to whom it knows
        assert_ne!(fresh.call(Method::POST, Some("{}")).await, 401, "{place}");
    }
    for algorithm in ["MD5", "SHA-256"] {
        for qop in ["auth", "auth-int", "either"] {
            let place = format!("/digest-auth/{qop}/{PUBLIC}/{PRIVATE}/{algorithm}");
            let caller = servers.caller("httpbin", &place);
            let (in_turn, at_once) = (
                caller.succeed_in_turn().await,
                caller.succeed_at_once().await,
            );
            assert_eq!((in_turn, at_once), (IN_TURN + 1, AT_ONCE), "{place}");
        }
    }
}

async fn wrong_keys_are_refused(servers: &Servers) {
    for (server, place) in [
        ("apache", "/ordered/"),
        ("apache", "/once/"),
        ("lighttpd", "/two/"),
    ] {
        let caller = servers.caller_as(server, place, "wrong");
        assert_eq!((caller.get().await, caller.cost()), (401, 2), "{place}");
        let answers = join_all((0..AT_ONCE).map(|_| caller.get())).await;
        assert!(answers.iter().all(|status| *status == 401));
        assert!(caller.cost() <= 2 * AT_ONCE, "{place}");
    }
}

/// httpbin takes GET only, which may have a body, and stumbles over queries.
async fn bodies_are_protected(servers: &Servers) {
    let place = format!("/digest-auth/auth-int/{PUBLIC}/{PRIVATE}/SHA-256");
    let caller = servers.caller("httpbin", &place);

    for body in [Some("{\"paused\":true}"), None, Some("")] {
        assert_eq!(caller.call(Method::GET, body).await, 200);
    }
}

/// The RFCs know no plain SHA-512.
async fn unknown_algorithms_are_the_callers(servers: &Servers) {
    let place = format!("/digest-auth/auth/{PUBLIC}/{PRIVATE}/SHA-512");
    let caller = servers.caller("httpbin", &place);

    assert_eq!((caller.get().await, caller.cost()), (401, 1));
}

async fn short_lives_are_survived(servers: &Servers) {
    for (server, place) in [
        ("apache", "/short/"),
        ("apache", "/short-ordered/"),
        ("roomy_apache", "/short-ordered/"),
    ] {
        let caller = servers.caller(server, place);
        for _ in 0..4 {
            caller.succeed_in_turn().await;
            caller.succeed_at_once().await;
            tokio::time::sleep(Duration::from_millis(700)).await;
        }
        println!(
            "{server} {place}: {:?} after four lives",
            caller.nonce_reuse()
        );
    }
}

async fn nonces_for_one_use_are_noticed(servers: &Servers) {
    for (server, expected) in [
        ("roomy_apache", NonceReuse::PerCall),
        ("apache", NonceReuse::Serialized),
    ] {
        let caller = servers.caller(server, "/once/");
        let in_turn = caller.succeed_in_turn().await;
        assert!(in_turn <= 2 * IN_TURN + 1, "{in_turn}");
        assert_eq!(caller.nonce_reuse(), NonceReuse::PerCall);
        caller.succeed_at_once().await;
        // a server that remembers few challenges loses some of many at once
        assert!(caller.nonce_reuse() <= expected, "{server}");
        assert_eq!(caller.succeed_in_turn().await, 2 * IN_TURN);

        let crowd = servers.caller(server, "/once/");
        crowd.learn_at_once().await;
        assert!(
            (NonceReuse::PerCall..=expected).contains(&crowd.nonce_reuse()),
            "{server}"
        );
        assert_eq!(crowd.succeed_in_turn().await, 2 * IN_TURN);
    }
}

async fn counters_in_order_are_noticed(servers: &Servers) {
    for (server, expected) in [
        ("roomy_apache", NonceReuse::PerCall),
        ("apache", NonceReuse::Serialized),
    ] {
        let caller = servers.caller(server, "/ordered/");
        let in_turn = caller.succeed_in_turn().await;
        assert_eq!(in_turn, IN_TURN + 1);
        caller.learn_at_once().await;
        assert!(
            (NonceReuse::PerCall..=expected).contains(&caller.nonce_reuse()),
            "{server}"
        );
        assert_eq!(caller.succeed_in_turn().await, 2 * IN_TURN);
    }
}

async fn stale_nonces_are_replaced(servers: &Servers) {
    let place = format!("/digest-auth/auth/{PUBLIC}/{PRIVATE}/MD5/3");
    let caller = servers.caller("httpbin", &place);
    caller.succeed_in_turn().await;
}
