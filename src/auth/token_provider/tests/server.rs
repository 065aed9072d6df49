//! A server that issues tokens, and a test clock.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use reqwest::{Method, Request};
use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::super::*;
use crate::auth::Authorizer;
use crate::base_url::BaseUrl;

pub(super) const CLIENT_ID: &str = "mdb_sa_id_0123456789abcdef01234567";
pub(super) const CLIENT_SECRET: &str = "mdb_sa_sk_hunter2";
pub(super) const BASIC_AUTHORIZATION: &str =
    "Basic bWRiX3NhX2lkXzAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2NzptZGJfc2Ffc2tfaHVudGVyMg==";
const START_TIME: u64 = 1_800_000_000;

/// The behaviour of the server and the requests it received.
#[derive(Default)]
pub(super) struct Script {
    /// The response in place of a token.
    pub(super) rejection: Mutex<Option<(u16, &'static str)>>,
    /// The accepted token; `None` accepts every issued one.
    pub(super) accepted: Mutex<Option<String>>,
    pub(super) error_code: Mutex<Option<&'static str>>,
    pub(super) issued: AtomicU64,
    pub(super) calls: AtomicU64,
    pub(super) forms: Mutex<Vec<String>>,
}

pub(super) struct Fixture {
    pub(super) script: Arc<Script>,
    pub(super) base_url: BaseUrl,
    pub(super) now: Arc<AtomicU64>,
    pub(super) http: reqwest::Client,
    pub(super) user_agent: HeaderValue,
    pub(super) directory: TempDir,
}

impl Fixture {
    pub(super) async fn new() -> Self {
        let script = Arc::new(Script::default());
        let router = Router::new()
            .fallback(serve)
            .with_state(Arc::clone(&script));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            script,
            base_url: BaseUrl::parse(&base_url).unwrap(),
            now: Arc::new(AtomicU64::new(START_TIME)),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            user_agent: HeaderValue::from_static("test/1"),
            directory: TempDir::new().unwrap(),
        }
    }

    pub(super) fn endpoint(&self) -> TokenEndpoint<'_> {
        TokenEndpoint {
            http: &self.http,
            proxy: None,
            base_url: &self.base_url,
            user_agent: &self.user_agent,
        }
    }

    pub(super) fn provider(&self, cached: bool) -> TokenProvider {
        let account = ServiceAccount::new(CLIENT_ID, CLIENT_SECRET).unwrap();
        let cache = cached.then(|| TokenCache::new(self.directory.path().join("tokens.json")));
        let now = Arc::clone(&self.now);
        TokenProvider::with_clock(
            account,
            cache,
            Arc::new(move || now.load(Ordering::Relaxed)),
        )
    }

    pub(super) fn authorizer(&self) -> Authorizer {
        Authorizer::Bearer(self.provider(false).into())
    }

    pub(super) async fn token(&self, provider: &TokenProvider) -> Result<String> {
        Ok(provider
            .token(self.endpoint())
            .await?
            .expose_secret()
            .to_owned())
    }

    /// Sends a request as the transport does.
    pub(super) async fn call(&self, authorizer: &Authorizer) -> Result<u16> {
        let url = format!("{}/api/atlas/v2/orgs", self.base_url)
            .parse()
            .unwrap();
        let mut request = Request::new(Method::GET, url);
        let mut attempt = authorizer.authorize(&mut request, self.endpoint()).await?;
        loop {
            let mut retry = request.try_clone();
            let response = self.http.execute(request).await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            let next = authorizer.handle_response(
                attempt,
                status,
                &headers,
                retry.as_mut(),
                self.endpoint(),
            );
            match (next.await?, retry) {
                (Some(next), Some(retry)) => (attempt, request) = (next, retry),
                _ => return Ok(status.as_u16()),
            }
        }
    }

    pub(super) fn issued(&self) -> u64 {
        self.script.issued.load(Ordering::Relaxed)
    }

    pub(super) fn advance(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(super) fn reject_with(&self, status: u16, body: &'static str) {
        *self.script.rejection.lock().unwrap() = Some((status, body));
    }
}

async fn serve(
    Shared(script): Shared<Arc<Script>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let authorization = headers
        .get("authorization")
        .map_or("", |value| value.to_str().unwrap());
    if uri.path() == "/api/atlas/v2/orgs" {
        script.calls.fetch_add(1, Ordering::Relaxed);
        let accepted = script.accepted.lock().unwrap().clone();
        let is_accepted = accepted.is_none_or(|token| authorization == format!("Bearer {token}"));
        let status = if is_accepted {
            StatusCode::OK
        } else {
            StatusCode::UNAUTHORIZED
        };
        let code = script
            .error_code
            .lock()
            .unwrap()
            .unwrap_or("UNEXPECTED_ERROR");
        return (status, [("x-error-code", code)]).into_response();
    }
    assert_eq!(authorization, BASIC_AUTHORIZATION);
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(headers["user-agent"], "test/1");
    script
        .forms
        .lock()
        .unwrap()
        .push(format!("{uri} {}", String::from_utf8_lossy(&body)));
    if let Some((status, body)) = *script.rejection.lock().unwrap() {
        return (StatusCode::from_u16(status).unwrap(), body).into_response();
    }
    if uri.path() == "/api/oauth/revoke" {
        return StatusCode::OK.into_response();
    }
    let number = script.issued.fetch_add(1, Ordering::Relaxed) + 1;
    format!(r#"{{"access_token":"hunter2-{number}","expires_in":3600,"token_type":"Bearer"}}"#)
        .into_response()
}
