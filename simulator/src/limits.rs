//! Rate limits: a token bucket for each endpoint set and scope, shown in headers.
//!
//! The buckets are only shown; a real 429 comes from a [`Fault`](crate::Fault).

use std::collections::HashMap;
use std::time::Duration;

/// How long an empty bucket takes to fill up.
const REFILL: Duration = Duration::from_mins(1);

/// What the headers of an answer say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) capacity: u32,
    pub(crate) remaining: u32,
}

/// The buckets in use.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    buckets: HashMap<(String, String), Bucket>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled_at: Duration,
}

impl Limits {
    /// Takes a token for a request of an endpoint set within a scope, such as a project.
    pub(crate) fn take(
        &mut self,
        set: &str,
        scope: &str,
        capacity: u32,
        now: Duration,
    ) -> Allowance {
        let full = f64::from(capacity);
        let bucket = self
            .buckets
            .entry((set.to_owned(), scope.to_owned()))
            .or_insert(Bucket {
                tokens: full,
                filled_at: now,
            });
        let waited = now.saturating_sub(bucket.filled_at).as_secs_f64();
        let refilled = bucket.tokens + full * waited / REFILL.as_secs_f64();
        bucket.tokens = (refilled.min(full) - 1.0).max(0.0);
        bucket.filled_at = now;
        Allowance {
            capacity,
            remaining: whole(bucket.tokens, capacity),
        }
    }
}

/// Full tokens in a bucket.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bucket holds between zero and its capacity"
)]
fn whole(tokens: f64, capacity: u32) -> u32 {
    (tokens.floor() as u32).min(capacity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_remains_falls_with_each_request_and_fills_up_again() {
        let mut limits = Limits::default();
        let mut remaining = |seconds| {
            let now = Duration::from_secs(seconds);
            limits.take("listOrgs", "", 300, now).remaining
        };

        assert_eq!(remaining(0), 299);
        assert_eq!(remaining(0), 298);
        assert_eq!(remaining(600), 299);
    }

    #[test]
    fn scopes_have_buckets_of_their_own() {
        let mut limits = Limits::default();

        limits.take("getGroup", "a", 10, Duration::ZERO);

        assert_eq!(
            limits.take("getGroup", "b", 10, Duration::ZERO).remaining,
            9
        );
    }
}
