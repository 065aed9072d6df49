//! Fetches, caches and refreshes the access tokens of a service account.
//!
//! Atlas issues ten tokens a minute and accepts at most a hundred at a time. All clones of a client
//! therefore share one token and, through `auth/token_cache.rs`, all processes of a user. One task at a
//! time fetches the next token while the others wait. A failed refresh is ignored while the current
//! token is valid. The requests are in `auth/token_provider/exchange.rs`.

mod exchange;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use secrecy::SecretString;

use super::ServiceAccount;
use super::token::Token;
use super::token_cache::TokenCache;
use super::token_endpoint::TokenEndpoint;
use crate::error::Result;

/// Minimum seconds between refreshes after one failed, and between replacements of rejected tokens.
const REFRESH_INTERVAL: u64 = 60;

/// Seconds since 1970.
type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Fetches and stores the tokens of one service account.
pub(crate) struct TokenProvider {
    account: ServiceAccount,
    cache: Option<TokenCache>,
    clock: Clock,
    state: Mutex<State>,
    /// Locked by the task that fetches a token.
    fetch_lock: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// No refresh ahead of expiry is attempted before this time.
    not_before: u64,
    /// The time at which a rejected token was last replaced.
    replaced_at: Option<u64>,
}

impl TokenProvider {
    /// Creates a provider for an account, with an optional cache for other processes.
    pub(super) fn new(account: ServiceAccount, cache: Option<TokenCache>) -> Self {
        Self::with_clock(account, cache, Arc::new(unix_time))
    }

    fn with_clock(account: ServiceAccount, cache: Option<TokenCache>, clock: Clock) -> Self {
        Self {
            account,
            cache,
            clock,
            state: Mutex::new(State::default()),
            fetch_lock: tokio::sync::Mutex::new(()),
        }
    }

    /// Returns a valid token.
    pub(super) async fn token(&self, endpoint: TokenEndpoint<'_>) -> Result<SecretString> {
        if let Some(token) = self.fresh_token(None) {
            return Ok(token);
        }
        let _fetch_guard = self.fetch_lock.lock().await;
        // another task may have fetched a token while this one waited
        if let Some(token) = self.fresh_token(None) {
            return Ok(token);
        }
        match self.obtain_token(None, endpoint).await {
            Ok(token) => Ok(token),
            Err(error) => match self.unexpired_token() {
                Some(token) => {
                    tracing::debug!(%error, "token refresh failed; the current token is still valid");
                    Ok(token)
                }
                None => Err(error),
            },
        }
    }

    /// Returns a replacement for a rejected token, or `None` if the last replacement was so recent
    /// that a new token would be rejected too.
    pub(super) async fn renew(
        &self,
        rejected: &SecretString,
        endpoint: TokenEndpoint<'_>,
    ) -> Result<Option<SecretString>> {
        let _fetch_guard = self.fetch_lock.lock().await;
        if let Some(token) = self.fresh_token(Some(rejected)) {
            return Ok(Some(token));
        }
        {
            let now = (self.clock)();
            let mut state = self.state();
            if state
                .replaced_at
                .is_some_and(|at| now.saturating_sub(at) < REFRESH_INTERVAL)
            {
                return Ok(None);
            }
            state.replaced_at = Some(now);
        }
        self.obtain_token(Some(rejected), endpoint).await.map(Some)
    }

    /// Revokes the current token and removes it from the cache.
    pub(super) async fn revoke(&self, endpoint: TokenEndpoint<'_>) -> Result<()> {
        let _fetch_guard = self.fetch_lock.lock().await;
        let lock = self.lock_cache().await;
        let cached_token = self.cached_token(endpoint, None);
        let token = self.state().token.take().or(cached_token);
        if let (Some(cache), Some(lock)) = (&self.cache, &lock) {
            cache.remove(lock, &self.cache_key(endpoint));
        }
        match token {
            Some(token) => exchange::revoke(&self.account, &token.secret, endpoint).await,
            None => Ok(()),
        }
    }

    /// Returns the token of another process, or fetches a new one.
    async fn obtain_token(
        &self,
        rejected: Option<&SecretString>,
        endpoint: TokenEndpoint<'_>,
    ) -> Result<SecretString> {
        if let Some(token) = self.cached_token(endpoint, rejected) {
            return Ok(self.store(token));
        }
        let lock = self.lock_cache().await;
        // another process may have fetched a token while this one waited
        if let Some(token) = self.cached_token(endpoint, rejected) {
            return Ok(self.store(token));
        }
        let requested_at = (self.clock)();
        let fetched = exchange::fetch(&self.account, requested_at, endpoint).await;
        let token =
            fetched.inspect_err(|_| self.state().not_before = requested_at + REFRESH_INTERVAL)?;
        if let (Some(cache), Some(lock)) = (&self.cache, &lock) {
            cache.write(lock, &self.cache_key(endpoint), &token, requested_at);
        }
        Ok(self.store(token))
    }

    /// Returns the current token if it is fresh and was not rejected.
    fn fresh_token(&self, rejected: Option<&SecretString>) -> Option<SecretString> {
        let (now, state) = ((self.clock)(), self.state());
        let token = state.token.as_ref()?;
        let is_delayed = now < state.not_before && token.is_valid(now);
        let is_usable = (token.is_fresh(now) || is_delayed) && !token.equals(rejected);
        is_usable.then(|| token.secret.clone())
    }

    /// Returns the current token if it has not expired.
    fn unexpired_token(&self) -> Option<SecretString> {
        let (now, state) = ((self.clock)(), self.state());
        state
            .token
            .as_ref()
            .filter(|token| token.is_valid(now))
            .map(|token| token.secret.clone())
    }

    /// Returns the cached token if it is fresh and was not rejected.
    fn cached_token(
        &self,
        endpoint: TokenEndpoint<'_>,
        rejected: Option<&SecretString>,
    ) -> Option<Token> {
        let now = (self.clock)();
        let token = self.cache.as_ref()?.read(&self.cache_key(endpoint), now)?;
        (token.is_fresh(now) && !token.equals(rejected)).then_some(token)
    }

    async fn lock_cache(&self) -> Option<super::token_cache::Lock> {
        match &self.cache {
            Some(cache) => cache.lock().await,
            None => None,
        }
    }

    fn store(&self, token: Token) -> SecretString {
        let secret = token.secret.clone();
        self.state().token = Some(token);
        secret
    }

    /// Returns the cache key of the account.
    fn cache_key(&self, endpoint: TokenEndpoint<'_>) -> String {
        format!("{} {}", endpoint.base_url, self.account.client_id())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // the state is valid between any two statements, so a panic elsewhere does not corrupt it
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenProvider")
            .field("account", &self.account)
            .field("cache", &self.cache)
            .finish_non_exhaustive()
    }
}

/// Returns the seconds since 1970, or 0 for a clock before 1970.
fn unix_time() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests;
