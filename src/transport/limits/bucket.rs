//! A client-side estimate of a token bucket of Atlas.

use std::time::Duration;

use tokio::time::Instant;

/// The share of a bucket reserved for other clients; below it, requests are sent at the refill rate.
const RESERVE_FRACTION: f64 = 0.05;

/// Default seconds in which an empty bucket fills.
const DEFAULT_REFILL: f64 = 60.0;

/// The longest wait of a request; a rejection with a longer one is returned as an error.
const MAX_WAIT: Duration = Duration::from_mins(3);

/// The time after which an unused bucket is removed.
const IDLE_TIME: Duration = Duration::from_mins(10);

/// A rate limit of Atlas: a token bucket that several endpoints share.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The name of the limit.
    pub id: String,
    /// The scope of a bucket: `GROUP`, `ORGANIZATION`, `IP` or `USER`.
    pub scope: String,
    /// The methods and path templates of the operations that share the limit.
    pub endpoints: Vec<(String, String)>,
    /// The number of tokens of a full bucket; a request takes one.
    pub capacity: u32,
    /// The number of tokens added in each [`refill_time`](Self::refill_time).
    pub refill: u32,
    /// The time between refills.
    pub refill_time: Duration,
}

/// The estimated state of a bucket.
#[derive(Debug)]
pub(super) struct Bucket {
    /// `None` until Atlas has sent it; requests are not limited until then.
    capacity: Option<f64>,
    /// The tokens at the time `at`.
    tokens: f64,
    updated_at: Instant,
    /// Tokens per second, if known.
    rate: Option<f64>,
    /// The end of the wait after a rejection.
    closed_until: Option<Instant>,
    /// Requests without a response.
    in_flight: u32,
}

impl Bucket {
    pub(super) fn new(reported: Option<&RateLimit>, now: Instant) -> Self {
        Self {
            capacity: reported.map(|limit| f64::from(limit.capacity)),
            tokens: reported.map_or(0.0, |limit| f64::from(limit.capacity)),
            updated_at: now,
            rate: reported.and_then(|limit| refill_rate(limit.refill, limit.refill_time)),
            closed_until: None,
            in_flight: 0,
        }
    }

    /// Takes a token, or returns the time of the next attempt.
    pub(super) fn take_token(&mut self, now: Instant) -> Result<(), Instant> {
        self.refill(now);
        if let Some(until) = self.closed_until.filter(|until| now < *until) {
            return Err(until);
        }
        if let Some(capacity) = self.capacity {
            let missing = threshold(capacity) - self.tokens;
            if missing > 0.0 {
                let wait = missing / self.rate_of(capacity);
                // one more millisecond, so that rounding never requires a second attempt
                return Err(now
                    + Duration::from_secs_f64(wait.min(3600.0))
                    + Duration::from_millis(1));
            }
        }
        self.tokens -= 1.0;
        self.in_flight += 1;
        Ok(())
    }

    /// Updates the estimate from the headers of a response.
    ///
    /// `remaining` may not include the requests in flight, so they are subtracted. A value above the
    /// estimate may be outdated and is weighted by 0.5.
    pub(super) fn learn(&mut self, limit: Option<u32>, remaining: Option<u32>, now: Instant) {
        self.refill(now);
        let is_first = self.capacity.is_none();
        if let Some(limit) = limit {
            self.capacity = Some(f64::from(limit.max(1)));
        }
        let Some(remaining) = remaining.filter(|_| self.capacity.is_some()) else {
            return;
        };
        let others = self.in_flight.saturating_sub(1);
        let reported = f64::from(remaining) - f64::from(others);
        self.tokens = if is_first || reported < self.tokens {
            reported
        } else {
            f64::midpoint(reported, self.tokens)
        };
    }

    /// Empties the bucket after a rejection, and blocks requests during the wait.
    pub(super) fn record_rejection(
        &mut self,
        wait: Option<Duration>,
        parameters: Option<(u32, u32, Duration)>,
        now: Instant,
    ) {
        if let Some((capacity, refill, time)) = parameters {
            self.capacity = Some(f64::from(capacity.max(1)));
            self.rate = refill_rate(refill, time);
        }
        let Some(wait) = wait.filter(|wait| *wait <= MAX_WAIT) else {
            return;
        };
        self.closed_until = self.closed_until.max(now.checked_add(wait));
        // after the wait, one request reads the actual number of tokens
        self.updated_at = self.closed_until.unwrap_or(now);
        self.tokens = self.capacity.map_or(1.0, threshold);
    }

    /// Removes a request in flight.
    pub(super) fn finish_request(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Returns `true` if the bucket was not used recently.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.in_flight == 0 && now.saturating_duration_since(self.updated_at) > IDLE_TIME
    }

    /// Adds the tokens since the last update.
    fn refill(&mut self, now: Instant) {
        let time = now.saturating_duration_since(self.updated_at).as_secs_f64();
        self.updated_at = self.updated_at.max(now);
        if let Some(capacity) = self.capacity {
            self.tokens = (self.tokens + time * self.rate_of(capacity)).min(capacity);
        }
    }

    /// Returns the tokens per second.
    fn rate_of(&self, capacity: f64) -> f64 {
        self.rate.unwrap_or(capacity / DEFAULT_REFILL)
    }
}

/// Returns the number of tokens from which a request is sent.
fn threshold(capacity: f64) -> f64 {
    capacity.mul_add(RESERVE_FRACTION, 1.0).min(capacity)
}

/// Returns the tokens per second.
fn refill_rate(refill: u32, time: Duration) -> Option<f64> {
    let rate = f64::from(refill) / time.as_secs_f64();
    (rate.is_finite() && rate > 0.0).then_some(rate)
}
