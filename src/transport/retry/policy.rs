//! The retry policy.

use std::time::Duration;

/// The number, delay and total time of retries.
///
/// A request is retried only if that is safe. GET, PUT and DELETE are retried after rate limits, after
/// the statuses 500, 502, 503 and 504, after timeouts, and after refused or broken connections and
/// truncated responses. POST and PATCH are retried after rate limits, and if the request was not sent.
/// Pausing and resuming a cluster are retried like PUT, because the client checks the result. The delay
/// is the `Retry-After` of the server or the wait in an error of Atlas. Otherwise it is exponential with
/// full jitter, and starts with 10 seconds after a rate limit.
///
/// ```
/// use std::time::Duration;
/// use mongodbatlas::{ApiKey, Atlas, RetryPolicy};
///
/// let policy = RetryPolicy::default()
///     .with_attempts(6)
///     .with_delays(Duration::from_secs(1), Duration::from_mins(1))
///     .with_total_time(Duration::from_mins(5))
///     .with_budget(10)
///     .with_seed(42);
/// let atlas = Atlas::builder()
///     .with_api_key(ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?)
///     .with_retries(policy)
///     .build()?;
/// assert_eq!(RetryPolicy::none(), RetryPolicy::default().with_attempts(1));
/// # let _ = atlas;
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until a client is built with it"]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    pub(super) first_delay: Duration,
    pub(super) longest_delay: Duration,
    pub(super) total_time: Duration,
    pub(super) budget: u32,
    pub(super) seed: Option<u64>,
}

impl RetryPolicy {
    /// Returns a policy without retries.
    pub fn none() -> Self {
        Self::default().with_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first. Default: 4.
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the maximum delay before the first retry, which doubles with each further retry up to
    /// `longest`. Default: 200 ms and 20 s.
    pub fn with_delays(mut self, first: Duration, longest: Duration) -> Self {
        self.first_delay = first;
        self.longest_delay = longest;
        self
    }

    /// Sets the time after the start of a call in which retries may begin. Default: 3 minutes.
    ///
    /// A longer `Retry-After` ends the call immediately with the error of the server.
    pub fn with_total_time(mut self, total_time: Duration) -> Self {
        self.total_time = total_time;
        self
    }

    /// Sets the retry budget that all clones of a client share. Ten successes earn one retry.
    /// Default: 100.
    ///
    /// The budget protects an overloaded server from many concurrent calls. Retries after a rate limit
    /// with `Retry-After` are free.
    pub fn with_budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }

    /// Sets the seed of the jitter, for reproducible delays in tests.
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 4,
            first_delay: Duration::from_millis(200),
            longest_delay: Duration::from_secs(20),
            total_time: Duration::from_mins(3),
            budget: 100,
            seed: None,
        }
    }
}
