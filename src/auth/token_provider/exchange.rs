//! The two requests of OAuth that a service account makes.

use std::time::Duration;

use http::header::{ACCEPT, USER_AGENT};
use reqwest::{RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::auth::token::Token;
use crate::auth::{Door, ServiceAccount};
use crate::error::{Error, ErrorKind, Result};

const TOKEN: &str = "/api/oauth/token";
const REVOKE: &str = "/api/oauth/revoke";
/// How long an exchange may take: others wait for it.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How much of an answer is read.
const BOUND: usize = 64 * 1024;
/// A life that is not given, in seconds: that of Atlas's tokens.
const USUAL_LIFE: u64 = 3_600;

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    token_type: Option<String>,
    expires_in: Option<f64>,
}

/// Obtains a token at this moment.
pub(super) async fn mint(account: &ServiceAccount, now: u64, door: Door<'_>) -> Result<Token> {
    let form = [("grant_type", "client_credentials")];
    let (status, body) = exchange(account, TOKEN, &form, door).await?;
    let granted: Granted = serde_json::from_slice(&body).map_err(|_| undecodable(status))?;
    let bearer = granted.token_type.as_deref().unwrap_or("Bearer");
    let sendable = granted
        .access_token
        .expose_secret()
        .chars()
        .all(|c| c.is_ascii_graphic());
    if !bearer.eq_ignore_ascii_case("bearer")
        || !sendable
        || granted.access_token.expose_secret().is_empty()
    {
        return Err(undecodable(status));
    }
    tracing::debug!(path = TOKEN, "obtained an access token");
    Ok(Token {
        secret: granted.access_token,
        obtained_at: now,
        expires_at: now.saturating_add(granted.expires_in.map_or(USUAL_LIFE, seconds)),
    })
}

/// Gives a token back.
pub(super) async fn revoke(
    account: &ServiceAccount,
    token: &SecretString,
    door: Door<'_>,
) -> Result<()> {
    let form = [
        ("token", token.expose_secret()),
        ("token_type_hint", "access_token"),
    ];
    exchange(account, REVOKE, &form, door).await.map(drop)
}

/// Sends a form as this account and reads the answer, which is a success.
async fn exchange(
    account: &ServiceAccount,
    path: &'static str,
    form: &[(&str, &str)],
    door: Door<'_>,
) -> Result<(u16, Vec<u8>)> {
    let request = request(account, path, door).form(form);
    let request_line = Some(("POST", path));
    let failed = |error| Error::from_reqwest(error, request_line);
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status();
    let body = read(&mut response).await.map_err(failed)?;
    if status.is_success() {
        return Ok((status.as_u16(), body));
    }
    Err(Error::from_token_answer(
        status.as_u16(),
        request_line,
        response.headers(),
        &body,
    ))
}

fn request(account: &ServiceAccount, path: &str, door: Door<'_>) -> RequestBuilder {
    door.http
        .post(format!("{}{path}", door.base_url))
        .basic_auth(
            account.client_id(),
            Some(account.client_secret().expose_secret()),
        )
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, door.user_agent.clone())
        .timeout(TIMEOUT)
}

async fn read(response: &mut Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk[..chunk.len().min(BOUND - body.len())]);
        if body.len() == BOUND {
            break;
        }
    }
    Ok(body)
}

/// A life in seconds, which some servers write as a fraction.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is cut"
)]
fn seconds(life: f64) -> u64 {
    life.clamp(0.0, 86_400.0) as u64
}

/// An answer without a token; what it holds instead is not shown, since it may be one.
fn undecodable(status: u16) -> Error {
    Error::new(ErrorKind::Answer, "the answer holds no access token")
        .with_status(status)
        .with_request("POST", TOKEN)
        .with_hint(
            "check the base URL (`ATLAS_BASE_URL`), and any proxy or login page of the network",
        )
}
