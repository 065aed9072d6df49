//! Service accounts' access tokens: minting, revoking and checking them.

use std::collections::HashMap;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::state::clock::after;
use crate::state::derived_id;

/// How long a token is good for.
const LIFETIME: Duration = Duration::from_hours(1);
/// How many requests for tokens a client may send in a minute.
const REQUESTS_A_MINUTE: usize = 10;
/// How many tokens a client may have at a time.
const MOST_TOKENS: usize = 100;

/// What answers a token that is not good, as RFC 6750 has it: how Atlas puts it is not known.
pub(crate) const CHALLENGE: &str = "Bearer realm=\"MMS Public API\", error=\"invalid_token\"";

/// Where tokens are minted.
pub(crate) const TOKEN_PATH: &str = "/api/oauth/token";
/// Where tokens are revoked.
pub(crate) const REVOKE_PATH: &str = "/api/oauth/revoke";

/// The tokens in circulation. It has no `Debug`, since its keys are the tokens.
#[derive(Default)]
pub(crate) struct Tokens {
    issued: HashMap<String, Token>,
    asked: HashMap<String, Vec<Duration>>,
    count: u64,
}

struct Token {
    client: String,
    expires: Timestamp,
}

/// An answer of the token service. It has no `Debug`, since its document may hold a token.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) document: Value,
}

impl Answer {
    const fn new(status: StatusCode, document: Value) -> Self {
        Self { status, document }
    }

    fn refused(status: StatusCode, error: &str, description: &str) -> Self {
        Self::new(
            status,
            json!({ "error": error, "error_description": description }),
        )
    }

    /// The refusal of a client nobody knows.
    pub(crate) fn unknown_client() -> Self {
        let description = "The client could not be authenticated.";
        Self::refused(StatusCode::UNAUTHORIZED, "invalid_client", description)
    }
}

impl Tokens {
    /// Counts a request for a token; refuses one too many.
    pub(crate) fn admit(&mut self, client: &str, age: Duration) -> Result<(), Answer> {
        let asked = self.asked.entry(client.to_owned()).or_default();
        asked.retain(|moment| age.saturating_sub(*moment) < Duration::from_mins(1));
        if asked.len() >= REQUESTS_A_MINUTE {
            let detail = format!(
                "Resource {TOKEN_PATH} is limited to {REQUESTS_A_MINUTE} requests every 1 minutes."
            );
            return Err(Answer::new(
                StatusCode::TOO_MANY_REQUESTS,
                json!({
                    "detail": detail,
                    "error": 429,
                    "errorCode": "RATE_LIMITED",
                    "parameters": [TOKEN_PATH, REQUESTS_A_MINUTE, 1],
                    "reason": "Too Many Requests",
                }),
            ));
        }
        asked.push(age);
        Ok(())
    }

    /// A token for a client whose secret was right.
    pub(crate) fn mint(&mut self, client: &str, body: &str, now: Timestamp) -> Answer {
        if field(body, "grant_type").as_deref() != Some("client_credentials") {
            let description = "The grant type is not supported.";
            return Answer::refused(
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
        if active >= MOST_TOKENS {
            // The words of the service, with its missing space.
            let description = "Access Token limit reached. Please use the existing Access Tokensor \
                create a new Service Account.";
            return Answer::refused(StatusCode::FORBIDDEN, "access_denied", description);
        }
        self.count += 1;
        let head = derived_id(&format!("token {client} {} {now}", self.count));
        let token = format!("eyJhbGciOiJub25lIn0.{head}{}", derived_id(&head));
        self.issued.insert(
            token.clone(),
            Token {
                client: client.to_owned(),
                expires: after(now, LIFETIME),
            },
        );
        Answer::new(
            StatusCode::OK,
            json!({ "access_token": token, "expires_in": LIFETIME.as_secs(), "token_type": "Bearer" }),
        )
    }

    /// Takes a token out of circulation; a token nobody knows is no error.
    pub(crate) fn revoke(&mut self, client: &str, body: &str) {
        if let Some(token) = field(body, "token") {
            self.issued
                .retain(|text, known| *text != token || known.client != client);
        }
    }

    /// The client of a token that is still good.
    pub(crate) fn client(&self, token: &str, now: Timestamp) -> Option<&str> {
        let token = self.issued.get(token)?;
        (token.expires > now).then_some(token.client.as_str())
    }

    /// Makes every token bad, as if its time were over.
    pub(crate) fn expire_all(&mut self) {
        self.issued.clear();
    }
}

/// The client id and secret of a Basic `Authorization` header.
pub(crate) fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let header = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let plain = String::from_utf8(decoded(encoded.trim())?).ok()?;
    let (client, secret) = plain.split_once(':')?;
    Some((client.to_owned(), secret.to_owned()))
}

/// The token of a Bearer `Authorization` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A field of a form, without its percent escapes.
fn field(body: &str, name: &str) -> Option<String> {
    let uri: http::Uri = format!("/?{}", body.trim()).parse().ok()?;
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok()?;
    pairs
        .0
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// Base64, with or without its padding.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for character in text.trim_end_matches('=').bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_read() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "authorization",
            "Basic bWRiX3NhX2lkX2E6c2VjcmV0".parse().unwrap(),
        );

        let read = credentials(&headers);

        assert_eq!(read, Some(("mdb_sa_id_a".to_owned(), "secret".to_owned())));
    }

    #[test]
    fn the_hundred_and_first_token_is_refused_until_one_is_revoked() {
        let mut tokens = Tokens::default();
        let now = "2026-09-01T08:00:00Z".parse().unwrap();
        let body = "grant_type=client_credentials";

        let first = tokens.mint("a", body, now).document["access_token"].clone();
        for _ in 1..100 {
            assert_eq!(tokens.mint("a", body, now).status, 200);
        }

        let refused = tokens.mint("a", body, now);
        assert_eq!(
            (refused.status.as_u16(), &refused.document["error"]),
            (403, &json!("access_denied"))
        );
        tokens.revoke("a", &format!("token={}", first.as_str().unwrap()));
        assert_eq!(tokens.mint("a", body, now).status, 200);
    }
}
