//! Retry decisions.
//!
//! `retry/idempotency.rs` classifies requests, and `retry/budget.rs` limits the retries of all calls of a
//! client. This module does not send or sleep; `transport.rs` does.

mod budget;
mod idempotency;
mod policy;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::{deadline, trace};
use crate::error::Error;
use budget::Budget;

pub(super) use idempotency::Idempotency;
pub use policy::RetryPolicy;

/// Delay after the first rate limit without a wait, as Atlas advises.
const RATE_LIMIT_DELAY: Duration = Duration::from_secs(10);

/// The retry policy and the state that all clones of a client share.
#[derive(Debug)]
pub(super) struct Retries {
    policy: RetryPolicy,
    budget: Budget,
    random: Mutex<fastrand::Rng>,
}

/// The attempts of a call.
#[derive(Debug)]
pub(super) struct Progress {
    idempotency: Idempotency,
    started: Instant,
    /// Number of attempts.
    attempts: u32,
    /// `true` if Atlas may have executed a failed attempt.
    repeated: bool,
}

impl Retries {
    pub(super) fn new(policy: RetryPolicy) -> Self {
        let random = policy
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self {
            budget: Budget::new(policy.budget),
            random: Mutex::new(random),
            policy,
        }
    }

    /// Returns the delay before the next attempt, or `None` if the request is not retried.
    ///
    /// A rate limit with `Retry-After` costs no budget, because the server directs the retry.
    pub(super) fn next_delay(&self, progress: &mut Progress, error: &Error) -> Option<Duration> {
        let is_last = progress.attempts >= self.policy.attempts;
        if is_last || !progress.idempotency.allows_retry(error) {
            return None;
        }
        let requested = error.retry_after();
        let wait = requested.unwrap_or_else(|| {
            if error.is_rate_limited() {
                self.rate_limit_delay(progress.attempts)
            } else {
                self.backoff(progress.attempts)
            }
        });
        let time = self
            .policy
            .total_time
            .saturating_sub(progress.started.elapsed());
        if wait > time.min(deadline::remaining().unwrap_or(time)) {
            return None;
        }
        let is_server_directed = error.is_rate_limited() && requested.is_some();
        if !is_server_directed && !self.budget.take_retry() {
            tracing::warn!(target: "mongodbatlas", "retry budget exhausted");
            return None;
        }
        trace::log_retry(progress.attempts, wait, error);
        progress.repeated |= !error.was_not_executed();
        Some(wait)
    }

    /// Adds to the budget after a success.
    pub(super) fn record_success(&self) {
        self.budget.record_success();
    }

    /// Returns the delay after a rate limit of unknown duration, with up to 50 % jitter.
    fn rate_limit_delay(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let delay = RATE_LIMIT_DELAY.saturating_mul(doubled);
        let delay = delay.mul_f64(1.0 + self.random_fraction() / 2.0);
        delay.min(self.policy.longest_delay)
    }

    /// Returns a random delay between zero and the exponential backoff (full jitter).
    fn backoff(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let max = self.policy.first_delay.saturating_mul(doubled);
        let max = max.min(self.policy.longest_delay);
        max.mul_f64(self.random_fraction())
    }

    fn random_fraction(&self) -> f64 {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        random.f64()
    }
}

impl Progress {
    pub(super) fn new(idempotency: Idempotency) -> Self {
        Self {
            idempotency,
            started: Instant::now(),
            attempts: 0,
            repeated: false,
        }
    }

    pub(super) fn count_attempt(&mut self) {
        self.attempts += 1;
    }

    /// Returns `true` if Atlas may have executed an earlier attempt.
    pub(super) fn is_repeated(&self) -> bool {
        self.repeated
    }
}

#[cfg(test)]
mod tests;
