//! Whether a call is tried again, and when.
//!
//! What may be repeated is decided in `retry/idempotency.rs`, how much all calls of a client may repeat
//! together in `retry/budget.rs`. Nothing here sends or sleeps: `transport.rs` asks, waits and sends.

mod budget;
mod idempotency;
mod policy;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::{deadline, trace};
use crate::error::Error;
use budget::Budget;

pub(super) use idempotency::Safety;
pub use policy::RetryPolicy;

/// The policy with what all clones of a client share.
#[derive(Debug)]
pub(super) struct Retries {
    policy: RetryPolicy,
    budget: Budget,
    random: Mutex<fastrand::Rng>,
}

/// How far a call has come.
#[derive(Debug)]
pub(super) struct Progress {
    safety: Safety,
    started: Instant,
    /// The tries so far.
    attempts: u32,
    /// Whether one of them may have been carried out, although it failed.
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

    /// The time to wait before the next try, or nothing if `error` is the last word.
    ///
    /// A rate limit that says when it ends costs no budget: such tries come when they are asked for.
    pub(super) fn next(&self, progress: &mut Progress, error: &Error) -> Option<Duration> {
        let is_last = progress.attempts >= self.policy.attempts;
        if is_last || !progress.safety.allows(error) {
            return None;
        }
        let asked = error.retry_after();
        let wait = asked.unwrap_or_else(|| self.backoff(progress.attempts));
        let time = self
            .policy
            .total_time
            .saturating_sub(progress.started.elapsed());
        if wait > time.min(deadline::left().unwrap_or(time)) {
            return None;
        }
        let invited = error.is_rate_limited() && asked.is_some();
        if !invited && !self.budget.take() {
            tracing::warn!(target: "mongodbatlas", "too many calls fail: retries are suspended");
            return None;
        }
        trace::retry(progress.attempts, wait, error);
        progress.repeated |= !error.was_not_executed();
        Some(wait)
    }

    /// Notes that a call succeeded, which earns a part of a later retry.
    pub(super) fn succeeded(&self) {
        self.budget.earn();
    }

    /// Exponential backoff with full jitter: anything from nothing to the doubled delay before.
    fn backoff(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let most = self.policy.first_delay.saturating_mul(doubled);
        let most = most.min(self.policy.longest_delay);
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        most.mul_f64(random.f64())
    }
}

impl Progress {
    pub(super) fn new(safety: Safety) -> Self {
        Self {
            safety,
            started: Instant::now(),
            attempts: 0,
            repeated: false,
        }
    }

    /// Counts a try.
    pub(super) fn attempt(&mut self) {
        self.attempts += 1;
    }

    /// Whether a try before the last one may have been carried out.
    pub(super) fn is_repeated(&self) -> bool {
        self.repeated
    }
}

#[cfg(test)]
mod tests;
