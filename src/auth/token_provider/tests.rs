//! Tokens against a server that hands them out, under a clock of ours.

mod server;

use std::sync::atomic::Ordering;

use futures_util::future::join_all;

use super::*;
use crate::auth::Authorizer;
use crate::error::Error;
use server::{BASIC, SECRET, World};

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
async fn debug_output_omits_the_secret_and_the_token() {
    let world = World::new().await;
    let minter = world.minter(true);
    world.token(&minter).await.unwrap();

    let text = format!(
        "{minter:?} {:?}",
        Authorizer::Bearer(world.minter(true).into())
    );

    assert!(!text.contains("geheim"), "{text}");
    assert!(
        text.contains("4567") && text.contains("[REDACTED]"),
        "{text}"
    );
}
