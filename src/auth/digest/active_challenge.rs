//! A challenge with the counter of the answers given, and what became of them.

use digest_auth::{AuthContext, HttpMethod, WwwAuthenticateHeader};
use http::HeaderValue;
use http::header::AUTHORIZATION;
use reqwest::Request;
use secrecy::ExposeSecret;
use tokio::time::Instant;

use crate::auth::ApiKey;
use crate::error::{Error, ErrorKind, Result};

/// A challenge that is being answered.
pub(super) struct Held {
    /// Counts the challenges adopted, so that a late 401 can tell an old one from the present one.
    pub(super) generation: u64,
    /// With the counter of answers given.
    challenge: WwwAuthenticateHeader,
    /// The client's part of a session, which is fixed with its first answer: servers that keep the
    /// session's key and servers that compute it anew are then both right.
    session: Option<String>,
    pub(super) since: Instant,
    /// How many answers the server has accepted.
    pub(super) accepted: u32,
    /// The highest counter among them.
    pub(super) highest: u32,
}

impl Held {
    pub(super) fn new(challenge: WwwAuthenticateHeader, generation: u64) -> Self {
        Self {
            generation,
            challenge,
            session: None,
            since: Instant::now(),
            accepted: 0,
            highest: 0,
        }
    }

    /// Whether an offer is this very challenge.
    pub(super) fn is(&self, offer: &WwwAuthenticateHeader) -> bool {
        self.challenge.nonce == offer.nonce
    }

    /// How many answers were given.
    pub(super) fn count(&self) -> u32 {
        self.challenge.nc
    }

    /// Writes the next answer into the request and says the how manyth it is.
    pub(super) fn sign(&mut self, key: &ApiKey, request: &mut Request) -> Result<u32> {
        let url = request.url();
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let method = request.method().as_str().to_owned();
        // without a body here, `digest_auth` would quietly leave the body unprotected
        let body = match request.body() {
            None => Some(&[][..]),
            Some(body) => body.as_bytes(),
        };
        let mut context = AuthContext::new_with_method(
            key.public_key(),
            key.private_key().expose_secret(),
            target,
            body,
            HttpMethod::from(method),
        );
        context.cnonce = self.session.clone().map(Into::into);
        let answer = self
            .challenge
            .respond(&context)
            .map_err(|_| unanswerable())?;
        if self.challenge.algorithm.sess {
            self.session.clone_from(&answer.cnonce);
        }
        let mut value = HeaderValue::try_from(answer.to_string()).map_err(|_| unanswerable())?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(answer.nc)
    }
}

fn unanswerable() -> Error {
    Error::new(
        ErrorKind::Answer,
        "the server's digest challenge cannot be answered",
    )
    .with_hint("check the base URL (`ATLAS_BASE_URL`): this does not look like Atlas")
}
