//! Obtains a service account's tokens: as few as possible, and ahead of need.
//!
//! Atlas hands out ten tokens a minute and keeps a hundred alive. So one token serves all clones of
//! a client and, through `auth/token_cache.rs`, all processes of the user; one task at a time asks
//! for the next while the others wait; and a refusal while the present token is still good is no
//! error. What is asked and answered is in `auth/token_provider/exchange.rs`.

mod exchange;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use secrecy::SecretString;

use super::ServiceAccount;
use super::authorizer::Door;
use super::token::Token;
use super::token_cache::TokenCache;
use crate::error::Result;

/// How long, in seconds, to leave the server alone after it refused a token ahead of need, and
/// between tokens that replace refused ones.
const PAUSE: u64 = 60;

/// Seconds since 1970.
type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Obtains and keeps the tokens of one account.
pub(crate) struct Minter {
    account: ServiceAccount,
    cache: Option<TokenCache>,
    clock: Clock,
    state: Mutex<State>,
    /// Held by the one task that obtains a token.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// Before this moment no token is asked for ahead of need.
    not_before: u64,
    /// When a token was last asked for in place of a refused one.
    replaced_at: Option<u64>,
}

impl Minter {
    /// Obtains tokens for this account and keeps them here for other processes.
    pub(super) fn new(account: ServiceAccount, cache: Option<TokenCache>) -> Self {
        Self::with_clock(account, cache, Arc::new(unix_time))
    }

    fn with_clock(account: ServiceAccount, cache: Option<TokenCache>, clock: Clock) -> Self {
        Self {
            account,
            cache,
            clock,
            state: Mutex::new(State::default()),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    /// A token that is good.
    pub(super) async fn token(&self, door: Door<'_>) -> Result<SecretString> {
        if let Some(token) = self.held(None) {
            return Ok(token);
        }
        let _turn = self.turn.lock().await;
        // whoever had the turn before may have obtained one
        if let Some(token) = self.held(None) {
            return Ok(token);
        }
        match self.obtain(None, door).await {
            Ok(token) => Ok(token),
            Err(error) => match self.last_resort() {
                Some(token) => {
                    tracing::debug!(%error, "no token ahead of need; the present one still holds");
                    Ok(token)
                }
                None => Err(error),
            },
        }
    }

    /// A token in place of one that was refused; none when the last one was replaced so recently
    /// that the token is not what is wrong.
    pub(super) async fn renew(
        &self,
        refused: &SecretString,
        door: Door<'_>,
    ) -> Result<Option<SecretString>> {
        let _turn = self.turn.lock().await;
        if let Some(token) = self.held(Some(refused)) {
            return Ok(Some(token));
        }
        {
            let now = (self.clock)();
            let mut state = self.state();
            if state
                .replaced_at
                .is_some_and(|at| now.saturating_sub(at) < PAUSE)
            {
                return Ok(None);
            }
            state.replaced_at = Some(now);
        }
        self.obtain(Some(refused), door).await.map(Some)
    }

    /// Gives the present token back, here and at the server.
    pub(super) async fn revoke(&self, door: Door<'_>) -> Result<()> {
        let _turn = self.turn.lock().await;
        let lock = self.lock_cache().await;
        let kept = self.cached(door, None);
        let token = self.state().token.take().or(kept);
        if let (Some(cache), Some(lock)) = (&self.cache, &lock) {
            cache.remove(lock, &self.cache_key(door));
        }
        match token {
            Some(token) => exchange::revoke(&self.account, &token.secret, door).await,
            None => Ok(()),
        }
    }

    /// The next token: another process's, or a new one.
    async fn obtain(&self, refused: Option<&SecretString>, door: Door<'_>) -> Result<SecretString> {
        if let Some(token) = self.cached(door, refused) {
            return Ok(self.keep(token));
        }
        let lock = self.lock_cache().await;
        // whoever had the lock before may have obtained one
        if let Some(token) = self.cached(door, refused) {
            return Ok(self.keep(token));
        }
        let asked_at = (self.clock)();
        let minted = exchange::mint(&self.account, asked_at, door).await;
        let token = minted.inspect_err(|_| self.state().not_before = asked_at + PAUSE)?;
        if let (Some(cache), Some(lock)) = (&self.cache, &lock) {
            cache.write(lock, &self.cache_key(door), &token, asked_at);
        }
        Ok(self.keep(token))
    }

    /// The present token, if it is not due and not the one that was refused.
    fn held(&self, refused: Option<&SecretString>) -> Option<SecretString> {
        let (now, state) = ((self.clock)(), self.state());
        let token = state.token.as_ref()?;
        let waiting = now < state.not_before && token.is_good(now);
        let usable = (token.is_fresh(now) || waiting) && !token.is(refused);
        usable.then(|| token.secret.clone())
    }

    /// The present token, if it has not expired.
    fn last_resort(&self) -> Option<SecretString> {
        let (now, state) = ((self.clock)(), self.state());
        state
            .token
            .as_ref()
            .filter(|token| token.is_good(now))
            .map(|token| token.secret.clone())
    }

    /// Another process's token, if it is not due and not the one that was refused.
    fn cached(&self, door: Door<'_>, refused: Option<&SecretString>) -> Option<Token> {
        let now = (self.clock)();
        let token = self.cache.as_ref()?.read(&self.cache_key(door), now)?;
        (token.is_fresh(now) && !token.is(refused)).then_some(token)
    }

    async fn lock_cache(&self) -> Option<super::token_cache::Lock> {
        match &self.cache {
            Some(cache) => cache.lock().await,
            None => None,
        }
    }

    fn keep(&self, token: Token) -> SecretString {
        let secret = token.secret.clone();
        self.state().token = Some(token);
        secret
    }

    /// Under what the tokens of this account are kept.
    fn cache_key(&self, door: Door<'_>) -> String {
        format!("{} {}", door.base_url, self.account.client_id())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // the state is whole between any two statements, so a panic elsewhere cannot spoil it
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Minter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Minter")
            .field("account", &self.account)
            .field("cache", &self.cache)
            .finish_non_exhaustive()
    }
}

/// What the system's clock says; a clock before 1970 says nothing useful.
fn unix_time() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests;
