//! Access tokens of service accounts.

use std::collections::HashMap;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::state::clock::after;
use crate::state::derived_id;

const TOKEN_LIFETIME: Duration = Duration::from_hours(1);
/// The maximum number of token requests per client and minute.
const REQUESTS_PER_MINUTE: usize = 10;
/// The maximum number of active tokens of a client.
pub(crate) const MAX_TOKENS: usize = 100;

/// The challenge for an invalid token, as in RFC 6750. Atlas's challenge is not recorded.
pub(crate) const CHALLENGE: &str = "Bearer realm=\"MMS Public API\", error=\"invalid_token\"";

/// The path that creates tokens.
pub(crate) const TOKEN_PATH: &str = "/api/oauth/token";
/// The path that revokes tokens.
pub(crate) const REVOKE_PATH: &str = "/api/oauth/revoke";

/// The issued tokens. Has no `Debug`, since its keys are the tokens.
#[derive(Default)]
pub(crate) struct Tokens {
    issued: HashMap<String, Token>,
    /// The times of the token requests of each client in the last minute.
    requests: HashMap<String, Vec<Duration>>,
    count: u64,
}

struct Token {
    client: String,
    expires: Timestamp,
}

/// A response of the token service. Has no `Debug`, since it can contain a token.
pub(crate) struct TokenResponse {
    pub(crate) status: StatusCode,
    pub(crate) document: Value,
}

impl TokenResponse {
    const fn new(status: StatusCode, document: Value) -> Self {
        Self { status, document }
    }

    fn rejected(status: StatusCode, error: &str, description: &str) -> Self {
        Self::new(
            status,
            json!({ "error": error, "error_description": description }),
        )
    }

    /// Returns the response to an unknown client or an invalid secret.
    pub(crate) fn unknown_client() -> Self {
        let description = "The client could not be authenticated.";
        Self::rejected(StatusCode::UNAUTHORIZED, "invalid_client", description)
    }
}

impl Tokens {
    /// Records a token request. Rejects the request if it exceeds the rate limit.
    pub(crate) fn check_rate(&mut self, client: &str, age: Duration) -> Result<(), TokenResponse> {
        let requests = self.requests.entry(client.to_owned()).or_default();
        requests.retain(|time| age.saturating_sub(*time) < Duration::from_mins(1));
        if requests.len() >= REQUESTS_PER_MINUTE {
            let detail = format!(
                "Resource {TOKEN_PATH} is limited to {REQUESTS_PER_MINUTE} requests every 1 minutes."
            );
            return Err(TokenResponse::new(
                StatusCode::TOO_MANY_REQUESTS,
                json!({
                    "detail": detail,
                    "error": 429,
                    "errorCode": "RATE_LIMITED",
                    "parameters": [TOKEN_PATH, REQUESTS_PER_MINUTE, 1],
                    "reason": "Too Many Requests",
                }),
            ));
        }
        requests.push(age);
        Ok(())
    }

    /// Creates a token for an authenticated client, which can have at most `quota` active tokens.
    /// The lifetime in the response is divided by `speed`, the speed of the clock.
    pub(crate) fn create(
        &mut self,
        client: &str,
        body: &str,
        now: Timestamp,
        speed: f64,
        quota: Option<usize>,
    ) -> TokenResponse {
        if find_form_field(body, "grant_type").as_deref() != Some("client_credentials") {
            let description = "The grant type is not supported.";
            return TokenResponse::rejected(
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                description,
            );
        }
        self.issued.retain(|_, token| token.expires > now);
        let active = self
            .issued
            .values()
            .filter(|token| token.client == client)
            .count();
        if quota.is_some_and(|quota| active >= quota) {
            // The message of Atlas, with its missing space.
            let description = "Access Token limit reached. Please use the existing Access Tokensor \
                create a new Service Account.";
            return TokenResponse::rejected(StatusCode::FORBIDDEN, "access_denied", description);
        }
        self.count += 1;
        let head = derived_id(&format!("token {client} {} {now}", self.count));
        let token = format!("eyJhbGciOiJub25lIn0.{head}{}", derived_id(&head));
        self.issued.insert(
            token.clone(),
            Token {
                client: client.to_owned(),
                expires: after(now, TOKEN_LIFETIME),
            },
        );
        TokenResponse::new(
            StatusCode::OK,
            json!({
                "access_token": token,
                "expires_in": TOKEN_LIFETIME.div_f64(speed).as_secs().max(1),
                "token_type": "Bearer",
            }),
        )
    }

    /// Revokes a token; an unknown token is not an error.
    pub(crate) fn revoke(&mut self, client: &str, body: &str) {
        if let Some(token) = find_form_field(body, "token") {
            self.issued
                .retain(|text, issued| *text != token || issued.client != client);
        }
    }

    /// Returns the client of a valid token.
    pub(crate) fn client(&self, token: &str, now: Timestamp) -> Option<&str> {
        let token = self.issued.get(token)?;
        (token.expires > now).then_some(token.client.as_str())
    }

    /// Expires every token.
    pub(crate) fn expire_all(&mut self) {
        self.issued.clear();
    }
}

/// Returns the client id and secret of a Basic `Authorization` header.
pub(crate) fn parse_credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let header = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let plain = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client, secret) = plain.split_once(':')?;
    Some((client.to_owned(), secret.to_owned()))
}

/// Returns the token of a Bearer `Authorization` header.
pub(crate) fn parse_bearer_token(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Returns the decoded value of a field of a URL-encoded form.
fn find_form_field(body: &str, name: &str) -> Option<String> {
    let uri: http::Uri = format!("/?{}", body.trim()).parse().ok()?;
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok()?;
    pairs
        .0
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_basic_credentials() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "authorization",
            "Basic bWRiX3NhX2lkX2E6c2VjcmV0".parse().unwrap(),
        );

        let read = parse_credentials(&headers);

        assert_eq!(read, Some(("mdb_sa_id_a".to_owned(), "secret".to_owned())));
    }

    #[test]
    fn rejects_more_than_100_tokens_until_one_is_revoked() {
        let mut tokens = Tokens::default();
        let now = "2026-09-01T08:00:00Z".parse().unwrap();
        let body = "grant_type=client_credentials";

        let first = tokens
            .create("a", body, now, 1.0, Some(MAX_TOKENS))
            .document["access_token"]
            .clone();
        for _ in 1..100 {
            assert_eq!(
                tokens.create("a", body, now, 1.0, Some(MAX_TOKENS)).status,
                200
            );
        }

        let rejected = tokens.create("a", body, now, 1.0, Some(MAX_TOKENS));
        assert_eq!(
            (rejected.status.as_u16(), &rejected.document["error"]),
            (403, &json!("access_denied"))
        );
        tokens.revoke("a", &format!("token={}", first.as_str().unwrap()));
        assert_eq!(
            tokens.create("a", body, now, 1.0, Some(MAX_TOKENS)).status,
            200
        );
    }

    #[test]
    fn expires_in_is_real_time_on_a_fast_clock() {
        let mut tokens = Tokens::default();
        let now = "2026-09-01T08:00:00Z".parse().unwrap();
        let mut expires_in = |speed| {
            let created = tokens.create(
                "a",
                "grant_type=client_credentials",
                now,
                speed,
                Some(MAX_TOKENS),
            );
            created.document["expires_in"].clone()
        };

        assert_eq!(expires_in(1.0), 3600);
        assert_eq!(expires_in(60.0), 60);
        assert_eq!(expires_in(1e9), 1);
    }
}
