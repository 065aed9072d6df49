//! Tokens against a server that hands them out, under a clock of ours.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use futures_util::future::join_all;
use http::HeaderValue;
use reqwest::{Method, Request};
use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::*;
use crate::auth::Authorizer;
use crate::base_url::BaseUrl;
use crate::error::Error;

const ID: &str = "mdb_sa_id_0123456789abcdef01234567";
const SECRET: &str = "mdb_sa_sk_geheim";
const BASIC: &str = "Basic bWRiX3NhX2lkXzAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2NzptZGJfc2Ffc2tfZ2VoZWlt";
const START: u64 = 1_800_000_000;

/// What the server does and what it has seen.
#[derive(Default)]
struct Script {
    /// What to answer instead of a token.
    refusal: Mutex<Option<(u16, &'static str)>>,
    /// The token that calls are accepted with; none means every one that was handed out.
    accepted: Mutex<Option<String>>,
    error_code: Mutex<Option<&'static str>>,
    minted: AtomicU64,
    calls: AtomicU64,
    forms: Mutex<Vec<String>>,
}

struct World {
    script: Arc<Script>,
    base_url: BaseUrl,
    now: Arc<AtomicU64>,
    http: reqwest::Client,
    user_agent: HeaderValue,
    directory: TempDir,
}

impl World {
    async fn new() -> Self {
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
            now: Arc::new(AtomicU64::new(START)),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            user_agent: HeaderValue::from_static("test/1"),
            directory: TempDir::new().unwrap(),
        }
    }

    fn door(&self) -> Door<'_> {
        Door {
            http: &self.http,
            base_url: &self.base_url,
            user_agent: &self.user_agent,
        }
    }

    fn minter(&self, cached: bool) -> Minter {
        let account = ServiceAccount::new(ID, SECRET).unwrap();
        let cache = cached.then(|| TokenCache::at(self.directory.path().join("tokens.json")));
        let now = Arc::clone(&self.now);
        Minter::with_clock(
            account,
            cache,
            Arc::new(move || now.load(Ordering::Relaxed)),
        )
    }

    fn authorizer(&self) -> Authorizer {
        Authorizer::Bearer(self.minter(false).into())
    }

    async fn token(&self, minter: &Minter) -> Result<String> {
        Ok(minter.token(self.door()).await?.expose_secret().to_owned())
    }

    /// A call as the transport makes it.
    async fn call(&self, authorizer: &Authorizer) -> Result<u16> {
        let url = format!("{}/api/atlas/v2/orgs", self.base_url)
            .parse()
            .unwrap();
        let mut request = Request::new(Method::GET, url);
        let mut pass = authorizer.authorize(&mut request, self.door()).await?;
        loop {
            let mut again = request.try_clone();
            let response = self.http.execute(request).await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            let next = authorizer.answer(pass, status, &headers, again.as_mut(), self.door());
            match (next.await?, again) {
                (Some(next), Some(again)) => (pass, request) = (next, again),
                _ => return Ok(status.as_u16()),
            }
        }
    }

    fn minted(&self) -> u64 {
        self.script.minted.load(Ordering::Relaxed)
    }

    fn pass_time(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    fn refuse(&self, status: u16, body: &'static str) {
        *self.script.refusal.lock().unwrap() = Some((status, body));
    }
}

async fn serve(
    Shared(script): Shared<Arc<Script>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let given = headers
        .get("authorization")
        .map_or("", |value| value.to_str().unwrap());
    if uri.path() == "/api/atlas/v2/orgs" {
        script.calls.fetch_add(1, Ordering::Relaxed);
        let accepted = script.accepted.lock().unwrap().clone();
        let right = accepted.is_none_or(|accepted| given == format!("Bearer {accepted}"));
        let status = if right {
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
    assert_eq!(given, BASIC);
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(headers["user-agent"], "test/1");
    script
        .forms
        .lock()
        .unwrap()
        .push(format!("{uri} {}", String::from_utf8_lossy(&body)));
    if let Some((status, body)) = *script.refusal.lock().unwrap() {
        return (StatusCode::from_u16(status).unwrap(), body).into_response();
    }
    if uri.path() == "/api/oauth/revoke" {
        return StatusCode::OK.into_response();
    }
    let number = script.minted.fetch_add(1, Ordering::Relaxed) + 1;
    format!(r#"{{"access_token":"geheim-{number}","expires_in":3600,"token_type":"Bearer"}}"#)
        .into_response()
}

#[tokio::test]
async fn a_token_is_asked_for_once_by_many() {
    let world = World::new().await;
    let minter = world.minter(false);

    let tokens = join_all((0..100).map(|_| world.token(&minter))).await;

    assert!(tokens.into_iter().all(|token| token.unwrap() == "geheim-1"));
    assert_eq!(world.minted(), 1);
    let forms = world.script.forms.lock().unwrap();
    assert_eq!(*forms, ["/api/oauth/token grant_type=client_credentials"]);
}

#[tokio::test]
async fn a_token_is_renewed_five_minutes_ahead() {
    let world = World::new().await;
    let minter = world.minter(false);
    world.token(&minter).await.unwrap();

    world.pass_time(3_299);
    assert_eq!(world.token(&minter).await.unwrap(), "geheim-1");
    world.pass_time(1);
    let tokens = join_all((0..10).map(|_| world.token(&minter))).await;

    assert!(tokens.into_iter().all(|token| token.unwrap() == "geheim-2"));
}

#[tokio::test]
async fn a_refusal_ahead_of_need_is_no_error_and_is_not_repeated_at_once() {
    let world = World::new().await;
    let minter = world.minter(false);
    world.token(&minter).await.unwrap();
    world.refuse(503, "");
    world.pass_time(3_400);

    for _ in 0..5 {
        assert_eq!(world.token(&minter).await.unwrap(), "geheim-1");
    }
    assert_eq!(world.script.forms.lock().unwrap().len(), 2);
    world.pass_time(61);
    assert_eq!(world.token(&minter).await.unwrap(), "geheim-1");
    assert_eq!(world.script.forms.lock().unwrap().len(), 3);

    world.pass_time(139);
    assert!(world.token(&minter).await.unwrap_err().is_server_error());
}

#[tokio::test]
async fn processes_share_a_token() {
    let world = World::new().await;
    let minters: Vec<_> = (0..20).map(|_| world.minter(true)).collect();

    let tokens = join_all(minters.iter().map(|minter| world.token(minter))).await;

    assert!(tokens.into_iter().all(|token| token.unwrap() == "geheim-1"));
    assert_eq!(world.minted(), 1);
    world.pass_time(3_500);
    let tokens = join_all(minters.iter().map(|minter| world.token(minter))).await;
    assert!(tokens.into_iter().all(|token| token.unwrap() == "geheim-2"));
    assert_eq!(world.minted(), 2);
}

#[tokio::test]
async fn a_cache_that_cannot_be_written_costs_no_call() {
    let world = World::new().await;
    std::fs::create_dir(world.directory.path().join("tokens.json")).unwrap();

    assert_eq!(world.token(&world.minter(true)).await.unwrap(), "geheim-1");
    assert_eq!(world.token(&world.minter(true)).await.unwrap(), "geheim-2");
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let world = World::new().await;
    let authorizer = world.authorizer();
    *world.script.accepted.lock().unwrap() = Some("geheim-2".to_owned());

    let answers = join_all((0..10).map(|_| world.call(&authorizer))).await;

    assert!(answers.into_iter().all(|status| status.unwrap() == 200));
    assert_eq!(world.minted(), 2);
}

#[tokio::test]
async fn a_token_refused_again_is_the_callers_401_and_mints_no_more() {
    let world = World::new().await;
    let authorizer = world.authorizer();
    *world.script.accepted.lock().unwrap() = Some("none".to_owned());

    for _ in 0..5 {
        assert_eq!(world.call(&authorizer).await.unwrap(), 401);
    }

    assert_eq!(world.minted(), 2);
    world.pass_time(PAUSE);
    world.call(&authorizer).await.unwrap();
    assert_eq!(world.minted(), 3);
}

#[tokio::test]
async fn a_401_about_a_role_mints_nothing() {
    let world = World::new().await;
    let authorizer = world.authorizer();
    *world.script.accepted.lock().unwrap() = Some("none".to_owned());
    *world.script.error_code.lock().unwrap() = Some("USER_UNAUTHORIZED");

    assert_eq!(world.call(&authorizer).await.unwrap(), 401);

    assert_eq!(world.minted(), 1);
    assert_eq!(world.script.calls.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_refused_token_of_another_process_is_not_taken_again() {
    let world = World::new().await;
    world.token(&world.minter(true)).await.unwrap();
    *world.script.accepted.lock().unwrap() = Some("geheim-2".to_owned());

    let authorizer = Authorizer::Bearer(world.minter(true).into());
    assert_eq!(world.call(&authorizer).await.unwrap(), 200);

    assert_eq!(world.minted(), 2);
    assert_eq!(world.token(&world.minter(true)).await.unwrap(), "geheim-2");
}

#[tokio::test]
async fn a_given_token_is_sent_and_never_replaced() {
    let world = World::new().await;
    let token = crate::auth::AccessToken::new("given").unwrap();
    let authorizer = Authorizer::new(token.into(), None);
    *world.script.accepted.lock().unwrap() = Some("given".to_owned());
    assert_eq!(world.call(&authorizer).await.unwrap(), 200);

    *world.script.accepted.lock().unwrap() = Some("other".to_owned());
    assert_eq!(world.call(&authorizer).await.unwrap(), 401);
    authorizer.revoke(world.door()).await.unwrap();

    assert_eq!(world.script.calls.load(Ordering::Relaxed), 2);
    assert!(world.script.forms.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_token_is_given_back_here_and_there() {
    let world = World::new().await;
    let minter = world.minter(true);
    world.token(&minter).await.unwrap();

    minter.revoke(world.door()).await.unwrap();

    let form = world.script.forms.lock().unwrap().pop().unwrap();
    assert_eq!(
        form,
        "/api/oauth/revoke token=geheim-1&token_type_hint=access_token"
    );
    assert_eq!(world.token(&world.minter(true)).await.unwrap(), "geheim-2");
    assert_eq!(world.token(&minter).await.unwrap(), "geheim-2");
}

#[tokio::test]
async fn another_processes_token_is_given_back_too() {
    let world = World::new().await;
    world.token(&world.minter(true)).await.unwrap();

    world.minter(true).revoke(world.door()).await.unwrap();
    world.minter(true).revoke(world.door()).await.unwrap();

    assert_eq!(world.script.forms.lock().unwrap().len(), 2);
}

async fn refusal(status: u16, body: &'static str) -> Error {
    let world = World::new().await;
    world.refuse(status, body);
    let error = world.token(&world.minter(true)).await.unwrap_err();
    assert_eq!(error.path(), Some("/api/oauth/token"));
    for secret in ["geheim", SECRET, &BASIC[6..]] {
        assert!(!format!("{error} {error:?}").contains(secret), "{error:?}");
    }
    error
}

#[tokio::test]
async fn refusals_say_what_to_do() {
    let error = refusal(
        401,
        r#"{"error":"invalid_client","error_description":"no"}"#,
    )
    .await;
    assert!(error.is_unauthorized());
    assert_eq!(
        error.to_string(),
        "POST /api/oauth/token: 401 invalid_client: no"
    );
    assert!(error.hint().unwrap().contains("client id and secret"));

    let limit = r#"{"error":"access_denied","error_description":"Access Token limit reached. Please use the existing Access Tokensor create a new Service Account."}"#;
    let error = refusal(403, limit).await;
    assert!(error.is_rate_limited());
    assert!(error.hint().unwrap().contains("token cache"));

    let error = refusal(403, r#"{"error":"access_denied"}"#).await;
    assert!(error.is_forbidden() && error.hint().is_some());

    let busy = r#"{"detail":"Resource /api/oauth/token is limited to 10 requests every 1 minutes.","error":429,"errorCode":"RATE_LIMITED","parameters":["/api/oauth/token",10,1],"reason":"Too Many Requests"}"#;
    let error = refusal(429, busy).await;
    assert!(error.is_rate_limited());
    assert_eq!(error.hint(), Some("wait 60 seconds, then try again"));

    assert!(
        refusal(502, "<html><title>Bad Gateway</title>")
            .await
            .is_server_error()
    );
    assert!(refusal(400, r#"{"error":"what_else"}"#).await.is_rejected());
}

#[tokio::test]
async fn an_answer_without_a_token_is_not_shown() {
    for body in [
        "",
        "<html>geheim",
        r#"{"token":"geheim"}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":"geheim\u0000"}"#,
        r#"{"access_token":"geheim","token_type":"mac"}"#,
    ] {
        assert!(refusal(200, body).await.is_answer());
    }
}

#[tokio::test]
async fn nothing_shows_the_secret_or_the_token() {
    let world = World::new().await;
    let minter = world.minter(true);
    world.token(&minter).await.unwrap();

    let text = format!(
        "{minter:?} {:?}",
        Authorizer::Bearer(world.minter(true).into())
    );

    assert!(
        !text.contains("geheim") && !text.contains("sa_id"),
        "{text}"
    );
    assert!(text.contains("4567"), "{text}");
}
