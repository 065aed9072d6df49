//! One token bucket, as far as it can be known from outside.

use std::time::Duration;

use tokio::time::Instant;

/// The share of a bucket that is left for others: below it, requests come only as fast as it fills.
const RESERVE: f64 = 0.05;

/// How long an empty bucket is thought to take to fill up, where nothing says so.
const REFILL: f64 = 60.0;

/// The longest closing that calls wait for by themselves; a longer one is told to each that asks.
const PATIENCE: Duration = Duration::from_mins(3);

/// How long a bucket is kept that nobody uses.
const IDLE: Duration = Duration::from_mins(10);

/// A rate limit of Atlas: the endpoints that share it, how many requests it allows at once, and how
/// fast they become allowed again.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RateLimit {
    /// What Atlas calls it.
    pub id: String,
    /// What has such a limit of its own: `GROUP`, `ORGANIZATION`, `IP` or `USER`.
    pub scope: String,
    /// Method and path template of the operations that share it.
    pub endpoints: Vec<(String, String)>,
    /// How many requests are allowed at once.
    pub capacity: u32,
    /// How many requests become allowed again each [`refill_time`](Self::refill_time).
    pub refill: u32,
    /// See [`refill`](Self::refill).
    pub refill_time: Duration,
}

/// What is known and guessed about a bucket.
#[derive(Debug)]
pub(super) struct Bucket {
    /// None until something says so; then nothing is limited.
    capacity: Option<f64>,
    /// What it holds, at `at`.
    tokens: f64,
    at: Instant,
    /// Tokens a second, where something said so.
    rate: Option<f64>,
    /// Until when a refusal asks to wait.
    closed_until: Option<Instant>,
    /// Requests whose answers have not come.
    under_way: u32,
}

impl Bucket {
    pub(super) fn new(told: Option<&RateLimit>, now: Instant) -> Self {
        Self {
            capacity: told.map(|limit| f64::from(limit.capacity)),
            tokens: told.map_or(0.0, |limit| f64::from(limit.capacity)),
            at: now,
            rate: told.and_then(|limit| rate(limit.refill, limit.refill_time)),
            closed_until: None,
            under_way: 0,
        }
    }

    /// Takes a token, or says when to look again.
    pub(super) fn take(&mut self, now: Instant) -> Result<(), Instant> {
        self.fill(now);
        if let Some(until) = self.closed_until.filter(|until| now < *until) {
            return Err(until);
        }
        if let Some(capacity) = self.capacity {
            let missing = threshold(capacity) - self.tokens;
            if missing > 0.0 {
                let wait = missing / self.rate_of(capacity);
                // a millisecond more than computed, so that rounding never means looking twice
                return Err(now
                    + Duration::from_secs_f64(wait.min(3600.0))
                    + Duration::from_millis(1));
            }
        }
        self.tokens -= 1.0;
        self.under_way += 1;
        Ok(())
    }

    /// Takes over what an answer says.
    ///
    /// Requests under way may not be in its figure, so they are taken off. A figure that is higher
    /// than thought may be an old one that was overtaken: it is believed by half.
    pub(super) fn learn(&mut self, limit: Option<u32>, remaining: Option<u32>, now: Instant) {
        self.fill(now);
        let is_first = self.capacity.is_none();
        if let Some(limit) = limit {
            self.capacity = Some(f64::from(limit.max(1)));
        }
        let Some(remaining) = remaining.filter(|_| self.capacity.is_some()) else {
            return;
        };
        let others = self.under_way.saturating_sub(1);
        let told = f64::from(remaining) - f64::from(others);
        self.tokens = if is_first || told < self.tokens {
            told
        } else {
            f64::midpoint(told, self.tokens)
        };
    }

    /// Takes over a refusal: the bucket is empty, and closed until its end.
    pub(super) fn refused(
        &mut self,
        wait: Option<Duration>,
        figures: Option<(u32, u32, Duration)>,
        now: Instant,
    ) {
        if let Some((capacity, refill, time)) = figures {
            self.capacity = Some(f64::from(capacity.max(1)));
            self.rate = rate(refill, time);
        }
        let Some(wait) = wait.filter(|wait| *wait <= PATIENCE) else {
            return;
        };
        self.closed_until = self.closed_until.max(now.checked_add(wait));
        // when it opens, one request finds out how much there really is
        self.at = self.closed_until.unwrap_or(now);
        self.tokens = self.capacity.map_or(1.0, threshold);
    }

    /// Ends a request's being under way.
    pub(super) fn done(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// Whether nobody has used it for long.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.under_way == 0 && now.saturating_duration_since(self.at) > IDLE
    }

    /// Adds what has come in since.
    fn fill(&mut self, now: Instant) {
        let time = now.saturating_duration_since(self.at).as_secs_f64();
        self.at = self.at.max(now);
        if let Some(capacity) = self.capacity {
            self.tokens = (self.tokens + time * self.rate_of(capacity)).min(capacity);
        }
    }

    /// Tokens a second.
    fn rate_of(&self, capacity: f64) -> f64 {
        self.rate.unwrap_or(capacity / REFILL)
    }
}

/// How much must be there for a request to go out.
fn threshold(capacity: f64) -> f64 {
    capacity.mul_add(RESERVE, 1.0).min(capacity)
}

/// Tokens a second.
fn rate(refill: u32, time: Duration) -> Option<f64> {
    let rate = f64::from(refill) / time.as_secs_f64();
    (rate.is_finite() && rate > 0.0).then_some(rate)
}
