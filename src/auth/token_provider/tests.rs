//! Tokens from a test server, with a test clock.

mod server;

use std::sync::atomic::Ordering;

use futures_util::future::join_all;

use super::*;
use crate::auth::Authorizer;
use crate::error::Error;
use server::{BASIC_AUTHORIZATION, CLIENT_SECRET, Fixture};

#[tokio::test]
async fn concurrent_requests_share_one_token() {
    let fixture = Fixture::new().await;
    let provider = fixture.provider(false);

    let tokens = join_all((0..100).map(|_| fixture.token(&provider))).await;

    assert!(
        tokens
            .into_iter()
            .all(|token| token.unwrap() == "hunter2-1")
    );
    assert_eq!(fixture.issued(), 1);
    let forms = fixture.script.forms.lock().unwrap();
    assert_eq!(*forms, ["/api/oauth/token grant_type=client_credentials"]);
}

#[tokio::test]
async fn refreshes_token_five_minutes_before_expiry() {
    let fixture = Fixture::new().await;
    let provider = fixture.provider(false);
    fixture.token(&provider).await.unwrap();

    fixture.advance(3_299);
    assert_eq!(fixture.token(&provider).await.unwrap(), "hunter2-1");
    fixture.advance(1);
    let tokens = join_all((0..10).map(|_| fixture.token(&provider))).await;

    assert!(
        tokens
            .into_iter()
            .all(|token| token.unwrap() == "hunter2-2")
    );
}

#[tokio::test]
async fn failed_refresh_keeps_valid_token_and_waits_a_minute() {
    let fixture = Fixture::new().await;
    let provider = fixture.provider(false);
    fixture.token(&provider).await.unwrap();
    fixture.reject_with(503, "");
    fixture.advance(3_400);

    for _ in 0..5 {
        assert_eq!(fixture.token(&provider).await.unwrap(), "hunter2-1");
    }
    assert_eq!(fixture.script.forms.lock().unwrap().len(), 2);
    fixture.advance(61);
    assert_eq!(fixture.token(&provider).await.unwrap(), "hunter2-1");
    assert_eq!(fixture.script.forms.lock().unwrap().len(), 3);

    fixture.advance(139);
    assert!(
        fixture
            .token(&provider)
            .await
            .unwrap_err()
            .is_server_error()
    );
}

#[tokio::test]
async fn processes_share_a_token() {
    let fixture = Fixture::new().await;
    let providers: Vec<_> = (0..20).map(|_| fixture.provider(true)).collect();

    let tokens = join_all(providers.iter().map(|provider| fixture.token(provider))).await;

    assert!(
        tokens
            .into_iter()
            .all(|token| token.unwrap() == "hunter2-1")
    );
    assert_eq!(fixture.issued(), 1);
    fixture.advance(3_500);
    let tokens = join_all(providers.iter().map(|provider| fixture.token(provider))).await;
    assert!(
        tokens
            .into_iter()
            .all(|token| token.unwrap() == "hunter2-2")
    );
    assert_eq!(fixture.issued(), 2);
}

#[tokio::test]
async fn unwritable_cache_fails_no_request() {
    let fixture = Fixture::new().await;
    std::fs::create_dir(fixture.directory.path().join("tokens.json")).unwrap();

    assert_eq!(
        fixture.token(&fixture.provider(true)).await.unwrap(),
        "hunter2-1"
    );
    assert_eq!(
        fixture.token(&fixture.provider(true)).await.unwrap(),
        "hunter2-2"
    );
}

#[tokio::test]
async fn replaces_rejected_token_once() {
    let fixture = Fixture::new().await;
    let authorizer = fixture.authorizer();
    *fixture.script.accepted.lock().unwrap() = Some("hunter2-2".to_owned());

    let statuses = join_all((0..10).map(|_| fixture.call(&authorizer))).await;

    assert!(statuses.into_iter().all(|status| status.unwrap() == 200));
    assert_eq!(fixture.issued(), 2);
}

#[tokio::test]
async fn returns_401_if_replacement_is_rejected() {
    let fixture = Fixture::new().await;
    let authorizer = fixture.authorizer();
    *fixture.script.accepted.lock().unwrap() = Some("none".to_owned());

    for _ in 0..5 {
        assert_eq!(fixture.call(&authorizer).await.unwrap(), 401);
    }

    assert_eq!(fixture.issued(), 2);
    fixture.advance(REFRESH_INTERVAL);
    fixture.call(&authorizer).await.unwrap();
    assert_eq!(fixture.issued(), 3);
}

#[tokio::test]
async fn permission_error_fetches_no_token() {
    let fixture = Fixture::new().await;
    let authorizer = fixture.authorizer();
    *fixture.script.accepted.lock().unwrap() = Some("none".to_owned());
    *fixture.script.error_code.lock().unwrap() = Some("USER_UNAUTHORIZED");

    assert_eq!(fixture.call(&authorizer).await.unwrap(), 401);

    assert_eq!(fixture.issued(), 1);
    assert_eq!(fixture.script.calls.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn rejected_token_is_not_read_from_cache_again() {
    let fixture = Fixture::new().await;
    fixture.token(&fixture.provider(true)).await.unwrap();
    *fixture.script.accepted.lock().unwrap() = Some("hunter2-2".to_owned());

    let authorizer = Authorizer::Bearer(fixture.provider(true).into());
    assert_eq!(fixture.call(&authorizer).await.unwrap(), 200);

    assert_eq!(fixture.issued(), 2);
    assert_eq!(
        fixture.token(&fixture.provider(true)).await.unwrap(),
        "hunter2-2"
    );
}

#[tokio::test]
async fn token_of_caller_is_never_replaced() {
    let fixture = Fixture::new().await;
    let token = crate::auth::AccessToken::new("static").unwrap();
    let authorizer = Authorizer::new(token.into(), None);
    *fixture.script.accepted.lock().unwrap() = Some("static".to_owned());
    assert_eq!(fixture.call(&authorizer).await.unwrap(), 200);

    *fixture.script.accepted.lock().unwrap() = Some("other".to_owned());
    assert_eq!(fixture.call(&authorizer).await.unwrap(), 401);
    authorizer.revoke(fixture.endpoint()).await.unwrap();

    assert_eq!(fixture.script.calls.load(Ordering::Relaxed), 2);
    assert!(fixture.script.forms.lock().unwrap().is_empty());
}

#[tokio::test]
async fn revoke_removes_token_from_client_cache_and_server() {
    let fixture = Fixture::new().await;
    let provider = fixture.provider(true);
    fixture.token(&provider).await.unwrap();

    provider.revoke(fixture.endpoint()).await.unwrap();

    let form = fixture.script.forms.lock().unwrap().pop().unwrap();
    assert_eq!(
        form,
        "/api/oauth/revoke token=hunter2-1&token_type_hint=access_token"
    );
    assert_eq!(
        fixture.token(&fixture.provider(true)).await.unwrap(),
        "hunter2-2"
    );
    assert_eq!(fixture.token(&provider).await.unwrap(), "hunter2-2");
}

#[tokio::test]
async fn revoke_revokes_cached_token_of_another_process() {
    let fixture = Fixture::new().await;
    fixture.token(&fixture.provider(true)).await.unwrap();

    fixture
        .provider(true)
        .revoke(fixture.endpoint())
        .await
        .unwrap();
    fixture
        .provider(true)
        .revoke(fixture.endpoint())
        .await
        .unwrap();

    assert_eq!(fixture.script.forms.lock().unwrap().len(), 2);
}

async fn rejection(status: u16, body: &'static str) -> Error {
    let fixture = Fixture::new().await;
    fixture.reject_with(status, body);
    let error = fixture.token(&fixture.provider(true)).await.unwrap_err();
    assert_eq!(error.path(), Some("/api/oauth/token"));
    for secret in ["hunter2", CLIENT_SECRET, &BASIC_AUTHORIZATION[6..]] {
        assert!(!format!("{error} {error:?}").contains(secret), "{error:?}");
    }
    error
}

#[tokio::test]
async fn rejections_have_hints() {
    let error = rejection(
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
    let error = rejection(403, limit).await;
    assert!(error.is_rate_limited());
    assert!(error.hint().unwrap().contains("token cache"));

    let error = rejection(403, r#"{"error":"access_denied"}"#).await;
    assert!(error.is_forbidden() && error.hint().is_some());

    let busy = r#"{"detail":"Resource /api/oauth/token is limited to 10 requests every 1 minutes.","error":429,"errorCode":"RATE_LIMITED","parameters":["/api/oauth/token",10,1],"reason":"Too Many Requests"}"#;
    let error = rejection(429, busy).await;
    assert!(error.is_rate_limited());
    assert!(error.hint().unwrap().starts_with("wait 60 seconds"));

    assert!(
        rejection(502, "<html><title>Bad Gateway</title>")
            .await
            .is_server_error()
    );
    assert!(
        rejection(400, r#"{"error":"unknown"}"#)
            .await
            .is_bad_request()
    );
}

#[tokio::test]
async fn response_without_token_is_not_shown() {
    for body in [
        "",
        "<html>hunter2",
        r#"{"token":"hunter2"}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":"hunter2\u0000"}"#,
        r#"{"access_token":"hunter2","token_type":"mac"}"#,
    ] {
        assert!(rejection(200, body).await.is_invalid_response());
    }
}

#[tokio::test]
async fn debug_output_omits_the_secret_and_the_token() {
    let fixture = Fixture::new().await;
    let provider = fixture.provider(true);
    fixture.token(&provider).await.unwrap();

    let debug_output = format!(
        "{provider:?} {:?}",
        Authorizer::Bearer(fixture.provider(true).into())
    );

    assert!(!debug_output.contains("hunter2"), "{debug_output}");
    assert!(
        debug_output.contains("4567") && debug_output.contains("[REDACTED]"),
        "{debug_output}"
    );
}
