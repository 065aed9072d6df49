//! HTTP digest authentication: the active challenge, its nonce count, and the gate before the first
//! request.
//!
//! A challenge costs a request, so the client reuses it: n calls cost n + 1 requests. Servers that
//! reject nonce reuse are detected in `auth/digest/nonce_reuse.rs`. `digest_auth` computes the
//! responses (`auth/digest/active_challenge.rs`), and `auth/digest/offer.rs` selects the challenge.
//!
//! `State` tracks what the server requires and how nonces are reused:
//!
//! | server | reuse | unsigned requests | gate | next state |
//! |---|---|---|---|---|
//! | `Unknown` | `Shared` | the first request | exclusive | 2xx: `Open`; 401: `Challenged` |
//! | `Open` | `Shared` | every request | shared | 401: `Challenged` |
//! | `Challenged`, no response yet | `Shared` | none | exclusive | any response: shared gate |
//! | `Challenged` | `Shared` | none | shared | 2 young nonces rejected: `PerCall` |
//! | `Challenged` | `PerCall` | the first request of each call | shared | own nonce rejected while others run: `Serialized` |
//! | `Challenged` | `Serialized` | the first request of each call | exclusive | none |
//!
//! `PerCall` and `Serialized` are entered only after the rejected call succeeded, and are final. A
//! rejected call uses the shared nonce at most twice (three times if the nonce is stale), then its own
//! nonce, then its own nonce with the exclusive gate. If that is rejected too, the key is no longer
//! proven, and later 401s are returned after two requests.

mod active_challenge;
mod attempt;
mod challenge;
mod nonce_reuse;
mod offer;
mod state;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use digest_auth::WwwAuthenticateHeader;
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use reqwest::Request;
use tokio::sync::RwLock;
use tokio::time::Instant;

use super::ApiKey;
use crate::error::Result;
use active_challenge::ActiveChallenge;
pub(super) use attempt::DigestAttempt;
use attempt::{GateGuard, Signature};
use nonce_reuse::{NonceReuse, RejectionCause};
pub(super) use offer::select_challenge;
use state::{Server, State};

/// Minimum lifetime of a nonce.
const MIN_NONCE_LIFETIME: Duration = Duration::from_millis(500);

/// Signs requests with an API key; shared by all clones of a client.
pub(crate) struct Digest {
    key: ApiKey,
    state: Mutex<State>,
    /// Locked shared by running calls, and exclusively by the call that fetches the first challenge
    /// and by each call if calls are serialized.
    gate: Arc<RwLock<()>>,
}

impl Digest {
    /// Creates the authenticator for an API key.
    pub(crate) fn new(key: ApiKey) -> Self {
        Self {
            key,
            state: Mutex::new(State::default()),
            gate: Arc::new(RwLock::new(())),
        }
    }

    /// Signs the request if a challenge is known. The first request runs alone, and the others wait
    /// for its challenge.
    pub(super) async fn authorize(&self, request: &mut Request) -> Result<DigestAttempt> {
        if self.state().is_ready() {
            return self.authorize_ready(request).await;
        }
        let guard = self.lock_exclusive().await;
        // another call may have fetched the challenge while this one waited
        if self.state().is_ready() {
            drop(guard);
            return self.authorize_ready(request).await;
        }
        let signature = self.sign_shared(request)?;
        Ok(DigestAttempt::first(signature, guard))
    }

    async fn authorize_ready(&self, request: &mut Request) -> Result<DigestAttempt> {
        if self.state().nonce_reuse() == NonceReuse::Serialized {
            let guard = self.lock_exclusive().await;
            return Ok(DigestAttempt::first(Signature::ChallengeRequest, guard));
        }
        let guard = GateGuard::Shared(Arc::clone(&self.gate).read_owned().await);
        // read again: another call may have changed it while this one waited
        let nonce_reuse = self.state().nonce_reuse();
        let signature = match nonce_reuse {
            NonceReuse::Shared => self.sign_shared(request)?,
            NonceReuse::PerCall | NonceReuse::Serialized => Signature::ChallengeRequest,
        };
        Ok(DigestAttempt::first(signature, guard))
    }

    /// Updates the state after a response. Signs `retry`, a copy of the request, and returns the
    /// next attempt if the response is a 401 that another attempt can satisfy.
    pub(super) async fn handle_response(
        &self,
        attempt: DigestAttempt,
        status: StatusCode,
        headers: &HeaderMap,
        retry: Option<&mut Request>,
    ) -> Result<Option<DigestAttempt>> {
        let offer = select_challenge(headers);
        if status != StatusCode::UNAUTHORIZED
            || attempt.is_permission_error(headers, offer.as_ref())
        {
            self.state().record_response(&attempt, status);
            return Ok(None);
        }
        let Some(retry) = retry else {
            self.state().adopt(offer, attempt.signature);
            return Ok(None);
        };
        match (attempt.signature, offer) {
            (Signature::None, offer) => self.retry_with_shared_nonce(attempt, offer, retry),
            (Signature::ChallengeRequest, Some(offer)) => {
                self.retry_with_own_nonce(attempt, offer, retry)
            }
            (Signature::SharedNonce { generation, count }, Some(offer)) => {
                self.retry_after_rejection(attempt, (generation, count), offer, retry)
                    .await
            }
            (Signature::OwnNonce { since }, Some(offer)) if self.state().reuse.is_key_proven() => {
                let is_concurrent = !offer.stale || since.elapsed() < MIN_NONCE_LIFETIME;
                Ok(self.fetch_own_nonce(attempt, is_concurrent, retry).await)
            }
            _ => {
                self.state().has_response = true;
                Ok(None)
            }
        }
    }

    /// Signs the retry with the first challenge, which all calls share.
    fn retry_with_shared_nonce(
        &self,
        attempt: DigestAttempt,
        offer: Option<WwwAuthenticateHeader>,
        retry: &mut Request,
    ) -> Result<Option<DigestAttempt>> {
        self.state().adopt(offer, attempt.signature);
        match self.sign_shared(retry)? {
            signature @ Signature::SharedNonce { .. } => Ok(Some(attempt.next(signature))),
            _ => Ok(None),
        }
    }

    /// Signs the retry with a challenge that this call fetched.
    fn retry_with_own_nonce(
        &self,
        attempt: DigestAttempt,
        offer: WwwAuthenticateHeader,
        retry: &mut Request,
    ) -> Result<Option<DigestAttempt>> {
        // a server that sends every call the same nonce requires one counter for all
        let is_active = self.state().is_active(&offer);
        let signature = if is_active {
            self.sign_shared(retry)?
        } else {
            ActiveChallenge::new(offer, 0).sign(&self.key, retry)?;
            Signature::OwnNonce {
                since: Instant::now(),
            }
        };
        Ok(Some(attempt.next(signature)))
    }

    /// Handles a rejected shared nonce: it expired, was used up or out of order, or the key is wrong.
    async fn retry_after_rejection(
        &self,
        mut attempt: DigestAttempt,
        (generation, count): (u64, u32),
        offer: WwwAuthenticateHeader,
        retry: &mut Request,
    ) -> Result<Option<DigestAttempt>> {
        let is_stale = offer.stale;
        let (is_renewed, may_fetch) = {
            let mut state = self.state();
            state.has_response = true;
            let is_contended = state.is_contended(generation, count);
            attempt.record_rejection(state.rejection_cause(generation, count, is_stale));
            let is_count_rejected = is_stale && state.is_active(&offer);
            state.adopt(Some(offer), attempt.signature);
            let is_renewed = is_count_rejected || state.generation() != Some(generation);
            let may_fetch = state.reuse.is_key_proven() && (is_renewed || is_contended);
            (is_renewed, may_fetch)
        };
        if is_renewed && attempt.may_share(is_stale) {
            let signature = self.sign_shared(retry)?;
            return Ok(Some(attempt.next(signature)));
        }
        // the same nonce would be rejected again
        if may_fetch {
            Ok(self.fetch_own_nonce(attempt, !is_stale, retry).await)
        } else {
            Ok(None)
        }
    }

    /// Prepares the retry to fetch a challenge for this call: first while other calls run, then
    /// with the exclusive gate. Returns `None` if both were rejected, since the key is invalid then.
    async fn fetch_own_nonce(
        &self,
        mut attempt: DigestAttempt,
        is_concurrent: bool,
        retry: &mut Request,
    ) -> Option<DigestAttempt> {
        if attempt.has_fetched() {
            if attempt.is_exclusive() {
                self.state().reuse.reset_proof();
                return None;
            }
            // release the shared guard first: it would block the exclusive one
            attempt.guard = GateGuard::Upgrading;
            attempt.guard = self.lock_exclusive().await;
            attempt.record_rejection(is_concurrent.then_some(RejectionCause::Concurrent));
        }
        retry.headers_mut().remove(AUTHORIZATION);
        Some(attempt.next(Signature::ChallengeRequest))
    }

    /// Signs with the active challenge, if there is one.
    fn sign_shared(&self, request: &mut Request) -> Result<Signature> {
        match &mut self.state().server {
            Server::Unknown | Server::Open => Ok(Signature::None),
            Server::Challenged(active) => {
                let count = active.sign(&self.key, request)?;
                Ok(Signature::SharedNonce {
                    generation: active.generation,
                    count,
                })
            }
        }
    }

    async fn lock_exclusive(&self) -> GateGuard {
        GateGuard::Exclusive(Arc::clone(&self.gate).write_owned().await)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // the state is valid between any two statements, so a panic elsewhere does not corrupt it
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
