//! How often and how long.

use std::time::Duration;

/// How often and how long a call is tried again.
///
/// A call is repeated only where that does no harm. GET, PUT and DELETE are repeated after the
/// statuses 429, 500, 502, 503 and 504, after time-outs and after connections that were refused,
/// broke or delivered half an answer. POST and PATCH are repeated after 429 and where it is certain
/// that nothing was sent; pausing and resuming a cluster count as repeatable, since the result is
/// checked. A `Retry-After` of the server decides the delay; without one it is exponential with full
/// jitter.
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
    /// Tries everything once.
    pub fn none() -> Self {
        Self::default().with_attempts(1)
    }

    /// Tries this often altogether, the first time included; 4 unless told otherwise.
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Waits up to `first` before the first retry, up to twice as long before each further one, and
    /// never longer than `longest`; 200 ms and 20 s unless told otherwise.
    pub fn with_delays(mut self, first: Duration, longest: Duration) -> Self {
        self.first_delay = first;
        self.longest_delay = longest;
        self
    }

    /// Begins no retry later than this after the call began; 3 minutes unless told otherwise.
    ///
    /// A `Retry-After` that reaches beyond it ends the call at once with the server's error.
    pub fn with_total_time(mut self, total_time: Duration) -> Self {
        self.total_time = total_time;
        self
    }

    /// Lets all clones of a client together make this many retries before calls have to succeed
    /// again: ten successes earn one retry. 100 unless told otherwise.
    ///
    /// It keeps many calls at once from battering a service that is down. Retries after a rate
    /// limit whose end the server named cost nothing.
    pub fn with_budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }

    /// Draws the jitter from this seed, so that tests see the same delays every time.
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
