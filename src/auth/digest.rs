//! HTTP digest: the challenge that is kept, its counter, and the gate in front of the first request.
//!
//! A challenge costs a request, so it is kept and answered ahead of the server's asking: n calls
//! cost n + 1 requests. A server that does not put up with that is found out by
//! `auth/digest/nonce_reuse.rs`, and each call then fetches a challenge of its own. The arithmetic is
//! `digest_auth`'s, reached through `auth/digest/active_challenge.rs`. What a server offers is read in
//! `auth/offer.rs`; when requests are sent is decided in `transport.rs`.

mod active_challenge;
mod attempt;
mod nonce_reuse;

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
use super::offer::strongest;
use crate::error::Result;
use active_challenge::Held;
pub(super) use attempt::Trial;
use attempt::{Company, Signed};
use nonce_reuse::{Manner, Reuse, Suspicion};

/// Within this time no challenge expires.
const INSTANT: Duration = Duration::from_millis(500);

/// Signs requests with an API key; shared by all clones of a client.
pub(crate) struct Digest {
    key: ApiKey,
    state: Mutex<State>,
    /// Shared by the calls under way, and held alone by the one that fetches the first challenge and
    /// proves the key, and by each in turn where a server can only cope with one at a time.
    gate: Arc<RwLock<()>>,
}

/// What is known about the server.
struct State {
    server: Server,
    /// Whether a signed request has had its answer, so that others need not wait for one.
    judged: bool,
    reuse: Reuse,
}

/// What the server wants.
enum Server {
    /// Nothing is known yet.
    Unknown,
    /// It answered without asking who we are.
    Open,
    /// It wants answers to this challenge.
    Challenged(Held),
}

impl Digest {
    /// Signs with this key; nothing is known about the server yet.
    pub(crate) fn new(key: ApiKey) -> Self {
        Self {
            key,
            state: Mutex::new(State {
                server: Server::Unknown,
                judged: false,
                reuse: Reuse::default(),
            }),
            gate: Arc::new(RwLock::new(())),
        }
    }

    /// Signs the request where a challenge is held. While nothing is known about the server, one
    /// request goes out on its own and the others wait for what it brings back.
    pub(super) async fn authorize(&self, request: &mut Request) -> Result<Trial> {
        if self.state().is_settled() {
            return self.authorize_settled(request).await;
        }
        let alone = self.alone().await;
        // whoever was alone before may have brought the answer back
        if self.state().is_settled() {
            drop(alone);
            return self.authorize_settled(request).await;
        }
        let signed = self.sign_shared(request)?;
        Ok(Trial::first(signed, alone))
    }

    /// Lets the request pass in the manner that the server is known to want.
    async fn authorize_settled(&self, request: &mut Request) -> Result<Trial> {
        if self.state().manner() == Manner::OneAtATime {
            return Ok(Trial::first(Signed::Fetching, self.alone().await));
        }
        let company = Company::Crowd(Arc::clone(&self.gate).read_owned().await);
        // while this waited for its turn, the manner may have become another
        let signed = match self.state().manner() {
            Manner::Shared => None,
            Manner::OneEach | Manner::OneAtATime => Some(Signed::Fetching),
        };
        match signed {
            Some(signed) => Ok(Trial::first(signed, company)),
            None => Ok(Trial::first(self.sign_shared(request)?, company)),
        }
    }

    /// Learns from an answer. If it is a 401 that another try can satisfy, makes `again`, which is
    /// the same request, ready to be sent and gives it leave.
    pub(super) async fn answer(
        &self,
        trial: Trial,
        status: StatusCode,
        headers: &HeaderMap,
        again: Option<&mut Request>,
    ) -> Result<Option<Trial>> {
        let offer = strongest(headers);
        if status != StatusCode::UNAUTHORIZED || trial.is_about_the_caller(headers, offer.as_ref())
        {
            self.state().learn(&trial, status);
            return Ok(None);
        }
        let Some(again) = again else {
            self.state().adopt(offer, trial.signed);
            return Ok(None);
        };
        match (trial.signed, offer) {
            (Signed::Nothing, offer) => self.answer_shared(trial, offer, again),
            (Signed::Fetching, Some(offer)) => self.answer_own(trial, offer, again),
            (Signed::Shared { generation, count }, Some(offer)) => {
                self.refused(trial, (generation, count), offer, again).await
            }
            (Signed::Own { since }, Some(offer)) if self.state().reuse.is_proven() => {
                let crowd = !offer.stale || since.elapsed() < INSTANT;
                Ok(self.fetch_own(trial, crowd, again).await)
            }
            _ => {
                self.state().judged = true;
                Ok(None)
            }
        }
    }

    /// The first challenge, which everybody shares.
    fn answer_shared(
        &self,
        trial: Trial,
        offer: Option<WwwAuthenticateHeader>,
        again: &mut Request,
    ) -> Result<Option<Trial>> {
        self.state().adopt(offer, trial.signed);
        match self.sign_shared(again)? {
            Signed::Shared { generation, count } => {
                Ok(Some(trial.next(Signed::Shared { generation, count })))
            }
            _ => Ok(None),
        }
    }

    /// A challenge that was fetched for this call alone.
    fn answer_own(
        &self,
        trial: Trial,
        offer: WwwAuthenticateHeader,
        again: &mut Request,
    ) -> Result<Option<Trial>> {
        // a server that hands everybody the same challenge wants one counter for all
        let signed = if self.state().holds(&offer) {
            self.sign_shared(again)?
        } else {
            Held::new(offer, 0).sign(&self.key, again)?;
            Signed::Own {
                since: Instant::now(),
            }
        };
        Ok(Some(trial.next(signed)))
    }

    /// A refused answer to the shared challenge: expired, used up, out of order, or wrong keys.
    async fn refused(
        &self,
        mut trial: Trial,
        (generation, count): (u64, u32),
        offer: WwwAuthenticateHeader,
        again: &mut Request,
    ) -> Result<Option<Trial>> {
        let is_stale = offer.stale;
        let (renewed, doubtful) = {
            let mut state = self.state();
            state.judged = true;
            let contended = state.is_contended(generation, count);
            trial.suspect(state.suspicion(generation, count, is_stale));
            let counter_refused = is_stale && state.holds(&offer);
            state.adopt(Some(offer), trial.signed);
            let renewed = counter_refused || state.generation() != Some(generation);
            (renewed, state.reuse.is_proven() && (renewed || contended))
        };
        if renewed && trial.may_share(is_stale) {
            let signed = self.sign_shared(again)?;
            return Ok(Some(trial.next(signed)));
        }
        // otherwise the same challenge would get the same answer, which was just refused
        if doubtful {
            Ok(self.fetch_own(trial, !is_stale, again).await)
        } else {
            Ok(None)
        }
    }

    /// Sends the call to fetch a challenge of its own; if that was not enough, while all others wait.
    /// If that was not enough either, the key is no longer good.
    async fn fetch_own(&self, mut trial: Trial, crowd: bool, again: &mut Request) -> Option<Trial> {
        if trial.has_fetched() {
            if trial.is_alone() {
                self.state().reuse.doubt();
                return None;
            }
            // waiting for the others to be done, it must not be one of them
            trial.company = Company::Changing;
            trial.company = self.alone().await;
            trial.suspect(crowd.then_some(Suspicion::Crowd));
        }
        again.headers_mut().remove(AUTHORIZATION);
        Some(trial.next(Signed::Fetching))
    }

    /// Signs with the challenge held, if there is one.
    fn sign_shared(&self, request: &mut Request) -> Result<Signed> {
        match &mut self.state().server {
            Server::Unknown | Server::Open => Ok(Signed::Nothing),
            Server::Challenged(held) => {
                let count = held.sign(&self.key, request)?;
                Ok(Signed::Shared {
                    generation: held.generation,
                    count,
                })
            }
        }
    }

    async fn alone(&self) -> Company {
        Company::Alone(Arc::clone(&self.gate).write_owned().await)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // the state is whole between any two statements, so a panic elsewhere cannot spoil it
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
