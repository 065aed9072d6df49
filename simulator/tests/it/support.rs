//! An HTTP client for the tests, with a digest implementation that is independent of the server's.

use std::fmt::Write as _;

use atlas_simulator::{Clock, Options, Seed, Simulator};
use md5::{Digest as _, Md5};
use reqwest::Method;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, WWW_AUTHENTICATE};
use serde_json::Value;

/// The default `Accept` header.
pub(crate) const LATEST: &str = "application/vnd.atlas.2025-03-12+json";

/// A running simulator and a client.
pub(crate) struct Atlas {
    pub(crate) simulator: Simulator,
    http: reqwest::Client,
}

/// A response with its body.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Response {
    async fn read(response: reqwest::Response) -> reqwest::Result<Self> {
        Ok(Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await?,
        })
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Returns the value at a JSON pointer.
    pub(crate) fn field(&self, pointer: &str) -> Value {
        self.json()
            .pointer(pointer)
            .cloned()
            .unwrap_or_else(|| panic!("{pointer} in {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts the status and the code of an error response, and returns its detail.
    #[track_caller]
    pub(crate) fn assert_error(&self, status: u16, code: &str) -> String {
        let document = self.json();
        assert_eq!(document["errorCode"], code, "{self:?}");
        assert_eq!(self.status, status);
        assert_eq!(document["error"], status);
        assert_eq!(self.header("x-error-code"), code);
        assert_eq!(self.header("content-type"), "application/json");
        document["detail"].as_str().unwrap().to_owned()
    }
}

impl Atlas {
    /// Starts a simulator with the demo organization.
    pub(crate) async fn demo() -> Self {
        Self::with(Options::new()).await
    }

    pub(crate) async fn seeded(seed: Seed) -> Self {
        Self::with(Options::new().with_seed(seed)).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let simulator = Simulator::start(options.with_clock(Clock::frozen()))
            .await
            .unwrap();
        Self {
            simulator,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// Returns the id of a project.
    pub(crate) fn project(&self, name: &str) -> String {
        let projects = self.simulator.projects();
        let matching = projects.into_iter().find(|(_, project)| project == name);
        matching.unwrap_or_else(|| panic!("no project {name}")).0
    }

    /// Returns the path of a project's clusters.
    pub(crate) fn clusters(&self, project: &str) -> String {
        format!("/api/atlas/v2/groups/{}/clusters", self.project(project))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.call(Method::GET, path, LATEST, None).await
    }

    pub(crate) async fn get_as(&self, path: &str, accept: &str) -> Response {
        self.call(Method::GET, path, accept, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        self.call(Method::POST, path, LATEST, Some(body.to_string()))
            .await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Response {
        self.call(Method::PATCH, path, LATEST, Some(body.to_string()))
            .await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Response {
        self.call(Method::PUT, path, LATEST, Some(body.to_string()))
            .await
    }

    pub(crate) async fn delete(&self, path: &str) -> Response {
        self.call(Method::DELETE, path, LATEST, None).await
    }

    /// Sends a request with digest authentication.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        body: Option<String>,
    ) -> Response {
        let nonce = self.nonce().await;
        let authorization = self.authorization(&nonce, 1, &method, path);
        self.send(method, path, accept, body, Some(&authorization))
            .await
            .unwrap()
    }

    /// Sends a GET with additional headers.
    pub(crate) async fn get_with_headers(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let authorization = self.authorization(&self.nonce().await, 1, &Method::GET, path);
        let url = format!("{}{path}", self.simulator.base_url());
        let mut request = self.http.get(url).header(ACCEPT, LATEST);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header(AUTHORIZATION, authorization);
        Response::read(request.send().await.unwrap()).await.unwrap()
    }

    /// Sends a request with keys other than those of the simulator's owner.
    pub(crate) async fn call_with(
        &self,
        keys: (&str, &str),
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Response {
        let header = authorization(keys, &self.nonce().await, 1, &method, path);
        let body = body.map(|body| body.to_string());
        self.send(method, path, LATEST, body, Some(&header))
            .await
            .unwrap()
    }

    /// Returns a new nonce.
    pub(crate) async fn nonce(&self) -> String {
        let path = "/api/atlas/v2";
        let response = self
            .send(Method::GET, path, LATEST, None, None)
            .await
            .unwrap();
        nonce_of(response.headers[WWW_AUTHENTICATE].to_str().unwrap())
    }

    /// Returns the `Authorization` header for a nonce.
    pub(crate) fn authorization(
        &self,
        nonce: &str,
        count: u32,
        method: &Method,
        target: &str,
    ) -> String {
        let keys = (self.simulator.public_key(), self.simulator.private_key());
        authorization(keys, nonce, count, method, target)
    }

    /// Sends a request without authenticating first.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        body: Option<String>,
        authorization: Option<&str>,
    ) -> reqwest::Result<Response> {
        let url = format!("{}{path}", self.simulator.base_url());
        let mut request = self.http.request(method, url).header(ACCEPT, accept);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        Response::read(request.send().await?).await
    }
}

/// Returns the nonce of a challenge.
pub(crate) fn nonce_of(challenge: &str) -> String {
    let (_, rest) = challenge.split_once("nonce=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Returns an `Authorization` header with quoted `algorithm` and `qop`, as python-requests sends it.
pub(crate) fn authorization(
    (public, private): (&str, &str),
    nonce: &str,
    count: u32,
    method: &Method,
    target: &str,
) -> String {
    const REALM: &str = "MMS Public API";
    let ha1 = md5(&format!("{public}:{REALM}:{private}"));
    let ha2 = md5(&format!("{method}:{target}"));
    let response = md5(&format!("{ha1}:{nonce}:{count:08x}:0a4f113b:auth:{ha2}"));
    format!(
        "Digest username=\"{public}\", realm=\"{REALM}\", nonce=\"{nonce}\", uri=\"{target}\", \
         response=\"{response}\", algorithm=\"MD5\", qop=\"auth\", nc={count:08x}, \
         cnonce=\"0a4f113b\""
    )
}

fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
}
