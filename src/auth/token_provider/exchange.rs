//! The OAuth requests of a service account: fetch and revoke a token.

use std::time::Duration;

use http::header::{ACCEPT, USER_AGENT};
use reqwest::{RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::auth::token::Token;
use crate::auth::{ServiceAccount, TokenEndpoint};
use crate::error::{Error, ErrorKind, Result};

const TOKEN_PATH: &str = "/api/oauth/token";
const REVOKE_PATH: &str = "/api/oauth/revoke";
/// Timeout of a request, for which other tasks wait.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum bytes of a response body.
const MAX_BODY: usize = 64 * 1024;
/// Default lifetime in seconds, as Atlas sends it.
const DEFAULT_LIFETIME: u64 = 3_600;

#[derive(Deserialize)]
struct TokenResponse {
    access_token: SecretString,
    token_type: Option<String>,
    expires_in: Option<f64>,
}

/// Fetches a token at the time `now`.
pub(super) async fn fetch(
    account: &ServiceAccount,
    now: u64,
    endpoint: TokenEndpoint<'_>,
) -> Result<Token> {
    let form = [("grant_type", "client_credentials")];
    let (status, body) = exchange(account, TOKEN_PATH, &form, endpoint).await?;
    let response: TokenResponse =
        serde_json::from_slice(&body).map_err(|_| missing_token(status))?;
    let bearer = response.token_type.as_deref().unwrap_or("Bearer");
    let is_sendable = response
        .access_token
        .expose_secret()
        .chars()
        .all(|c| c.is_ascii_graphic());
    if !bearer.eq_ignore_ascii_case("bearer")
        || !is_sendable
        || response.access_token.expose_secret().is_empty()
    {
        return Err(missing_token(status));
    }
    tracing::debug!(path = TOKEN_PATH, "obtained an access token");
    Ok(Token {
        secret: response.access_token,
        obtained_at: now,
        expires_at: now.saturating_add(response.expires_in.map_or(DEFAULT_LIFETIME, seconds)),
    })
}

/// Revokes a token.
pub(super) async fn revoke(
    account: &ServiceAccount,
    token: &SecretString,
    endpoint: TokenEndpoint<'_>,
) -> Result<()> {
    let form = [
        ("token", token.expose_secret()),
        ("token_type_hint", "access_token"),
    ];
    exchange(account, REVOKE_PATH, &form, endpoint)
        .await
        .map(drop)
}

/// Sends a form with the credentials of the account and returns a successful response.
async fn exchange(
    account: &ServiceAccount,
    path: &'static str,
    form: &[(&str, &str)],
    endpoint: TokenEndpoint<'_>,
) -> Result<(u16, Vec<u8>)> {
    let request = build_request(account, path, endpoint).form(form);
    let request_line = Some(("POST", path));
    let to_error = |error| Error::from_reqwest(error, request_line).with_proxy(endpoint.proxy);
    let mut response = request.send().await.map_err(to_error)?;
    let status = response.status();
    let body = read_body(&mut response).await.map_err(to_error)?;
    if status.is_success() {
        return Ok((status.as_u16(), body));
    }
    let status = status.as_u16();
    let error = Error::from_token_response(status, request_line, response.headers(), &body);
    Err(error.with_proxy(endpoint.proxy))
}

fn build_request(
    account: &ServiceAccount,
    path: &str,
    endpoint: TokenEndpoint<'_>,
) -> RequestBuilder {
    endpoint
        .http
        .post(format!("{}{path}", endpoint.base_url))
        .basic_auth(
            account.client_id(),
            Some(account.client_secret().expose_secret()),
        )
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, endpoint.user_agent.clone())
        .timeout(REQUEST_TIMEOUT)
}

async fn read_body(response: &mut Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk[..chunk.len().min(MAX_BODY - body.len())]);
        if body.len() == MAX_BODY {
            break;
        }
    }
    Ok(body)
}

/// Converts a lifetime in seconds, which some servers send as a fraction.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is clamped"
)]
fn seconds(lifetime: f64) -> u64 {
    lifetime.clamp(0.0, 86_400.0) as u64
}

/// Creates the error for a response without a valid token. It omits the body, which may contain a token.
fn missing_token(status: u16) -> Error {
    Error::new(
        ErrorKind::InvalidResponse,
        "the response contains no access token",
    )
    .with_status(status)
    .with_request("POST", TOKEN_PATH)
    .with_hint("check the base URL (`ATLAS_BASE_URL`), and any proxy or login page of the network")
}
