//! The challenge in use: its nonce count and the responses accepted so far.

use digest_auth::{AuthContext, HttpMethod, WwwAuthenticateHeader};
use http::HeaderValue;
use http::header::AUTHORIZATION;
use reqwest::Request;
use secrecy::ExposeSecret;
use tokio::time::Instant;

use crate::auth::ApiKey;
use crate::error::{Error, ErrorKind, Result};

/// A challenge with which requests are signed.
pub(super) struct ActiveChallenge {
    /// Number of the challenge. A late 401 for an old challenge has a lower number.
    pub(super) generation: u64,
    /// Contains the nonce count.
    challenge: WwwAuthenticateHeader,
    /// The client nonce of a `-sess` algorithm, which is fixed by the first response: servers may
    /// store the session key or recompute it.
    session: Option<String>,
    pub(super) since: Instant,
    /// Number of accepted responses.
    pub(super) accepted: u32,
    /// The highest nonce count among them.
    pub(super) highest: u32,
}

impl ActiveChallenge {
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

    /// Returns `true` if the offer has the same nonce.
    pub(super) fn has_nonce_of(&self, offer: &WwwAuthenticateHeader) -> bool {
        self.challenge.nonce == offer.nonce
    }

    /// Returns the nonce count.
    pub(super) fn count(&self) -> u32 {
        self.challenge.nc
    }

    /// Signs the request and returns the nonce count that it used.
    pub(super) fn sign(&mut self, key: &ApiKey, request: &mut Request) -> Result<u32> {
        let url = request.url();
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let method = request.method().as_str().to_owned();
        // without a body, `digest_auth` would silently skip the integrity protection
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
        let response = self
            .challenge
            .respond(&context)
            .map_err(|_| unsupported_error())?;
        if self.challenge.algorithm.sess {
            self.session.clone_from(&response.cnonce);
        }
        let mut value =
            HeaderValue::try_from(response.to_string()).map_err(|_| unsupported_error())?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(response.nc)
    }
}

fn unsupported_error() -> Error {
    Error::new(
        ErrorKind::InvalidResponse,
        "the server sent an unsupported digest challenge",
    )
    .with_hint("check the base URL (`ATLAS_BASE_URL`): the server is probably not Atlas")
}
