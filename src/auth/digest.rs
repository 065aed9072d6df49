//! HTTP digest: the challenge that is kept, its counter, and the gate in front of the first request.
//!
//! A challenge costs a request, so it is kept and answered ahead of the server's asking: n calls
//! cost n + 1 requests. The arithmetic is `digest_auth`'s. What a server offers is read in
//! `auth/offer.rs`; when requests are sent is decided in `transport.rs`.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use digest_auth::{AuthContext, HttpMethod, WwwAuthenticateHeader};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::Request;
use secrecy::ExposeSecret;
use tokio::sync::OwnedMutexGuard;

use super::ApiKey;
use super::offer::strongest;
use crate::error::{Error, ErrorKind, Result};

/// Signs requests with an API key; shared by all clones of a client.
pub(crate) struct Digest {
    key: ApiKey,
    state: Mutex<State>,
    /// Held by the one request that goes out to fetch the first challenge.
    gate: Arc<tokio::sync::Mutex<()>>,
}

/// What is known about the server.
enum State {
    /// Nothing yet.
    Unknown,
    /// It answered without asking who we are.
    Open,
    /// It wants answers to this challenge.
    Challenged(Held),
}

/// The challenge that is kept.
struct Held {
    /// Counts the challenges adopted, so that a late 401 can tell an old one from the present one.
    generation: u64,
    /// With the counter of answers given.
    challenge: WwwAuthenticateHeader,
}

/// A request's leave to go out, to be handed back with its answer.
///
/// Dropping it instead, as a cancelled call does, lets the next request fetch the challenge.
pub(crate) struct Pass {
    /// The challenge with which the request was signed, if it was.
    signed_with: Option<u64>,
    /// Keeps the others waiting while the first challenge is fetched.
    gate: Option<OwnedMutexGuard<()>>,
}

impl Digest {
    /// Signs with this key; nothing is known about the server yet.
    pub(crate) fn new(key: ApiKey) -> Self {
        Self {
            key,
            state: Mutex::new(State::Unknown),
            gate: Arc::new(tokio::sync::Mutex::new(())),
        }
    }

    /// Signs the request where a challenge is held. While nothing is known about the server, one
    /// request goes out unsigned and the others wait for what it brings back.
    pub(crate) async fn authorize(&self, request: &mut Request) -> Result<Pass> {
        if let Some(pass) = self.authorize_now(request)? {
            return Ok(pass);
        }
        let gate = Arc::clone(&self.gate).lock_owned().await;
        // whoever held the gate before may have brought the challenge back
        if let Some(pass) = self.authorize_now(request)? {
            return Ok(pass);
        }
        Ok(Pass {
            signed_with: None,
            gate: Some(gate),
        })
    }

    /// Signs the request, or lets it pass, if the server is known.
    fn authorize_now(&self, request: &mut Request) -> Result<Option<Pass>> {
        match &mut *self.state() {
            State::Unknown => Ok(None),
            State::Open => Ok(Some(Pass {
                signed_with: None,
                gate: None,
            })),
            State::Challenged(held) => {
                self.sign(held, request)?;
                Ok(Some(Pass {
                    signed_with: Some(held.generation),
                    gate: None,
                }))
            }
        }
    }

    /// Learns from an answer. If it is a 401 that another try can satisfy, signs `again`, which is
    /// the same request, and says so; the gate is open from here on.
    pub(crate) fn answer(
        &self,
        pass: Pass,
        status: StatusCode,
        headers: &HeaderMap,
        again: Option<&mut Request>,
    ) -> Result<bool> {
        // the gate opens when this is left, with what the others wait for in the state
        let Pass {
            signed_with,
            gate: _gate,
        } = pass;
        let mut state = self.state();
        if status != StatusCode::UNAUTHORIZED {
            if status.is_success() && matches!(*state, State::Unknown) {
                *state = State::Open;
            }
            return Ok(false);
        }
        let offer = strongest(headers);
        let refused_counter = offer
            .as_ref()
            .is_some_and(|offer| offer.stale && state.holds(offer));
        adopt(&mut state, offer, signed_with);
        match (&mut *state, again) {
            (State::Challenged(held), Some(again))
                if refused_counter || signed_with != Some(held.generation) =>
            {
                self.sign(held, again)?;
                Ok(true)
            }
            // the same challenge would get the same answer, which was just refused
            _ => Ok(false),
        }
    }

    /// Writes the answer to the challenge into the request, counting it.
    fn sign(&self, held: &mut Held, request: &mut Request) -> Result<()> {
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
        let context = AuthContext::new_with_method(
            self.key.public_key(),
            self.key.private_key().expose_secret(),
            target,
            body,
            HttpMethod::from(method),
        );
        let value = held
            .challenge
            .respond(&context)
            .map_err(|_| unanswerable())?
            .to_string();
        let mut value = HeaderValue::try_from(value).map_err(|_| unanswerable())?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // the state is whole between any two statements, so a panic elsewhere cannot spoil it
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether an offer is the challenge held.
    fn holds(&self, offer: &WwwAuthenticateHeader) -> bool {
        matches!(self, Self::Challenged(held) if held.challenge.nonce == offer.nonce)
    }
}

/// Keeps a new challenge in place of the one with which the request was signed.
///
/// One that repeats the nonce held keeps the counter, since restarting it would use numbers twice;
/// one that comes late, after another request has brought a newer one, is not kept.
fn adopt(state: &mut State, offer: Option<WwwAuthenticateHeader>, signed_with: Option<u64>) {
    let Some(challenge) = offer.filter(|offer| !state.holds(offer)) else {
        return;
    };
    let generation = match state {
        State::Unknown | State::Open => 1,
        State::Challenged(held) if signed_with != Some(held.generation) => return,
        State::Challenged(held) => held.generation + 1,
    };
    *state = State::Challenged(Held {
        generation,
        challenge,
    });
}

fn unanswerable() -> Error {
    Error::new(
        ErrorKind::Answer,
        "the server's digest challenge cannot be answered",
    )
    .with_hint("check the base URL (`ATLAS_BASE_URL`): this does not look like Atlas")
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
