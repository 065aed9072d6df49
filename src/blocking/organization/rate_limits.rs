//! The rate limits of the Atlas API, without `async`.

use crate::{
    blocking::{client::Atlas, paging::Items},
    error::Result,
    pythonic::resources::organization::rate_limits::RateLimitSet,
    transport::RateLimit,
};

impl Atlas {
    /// Lists the rate limits.
    pub fn rate_limits(&self) -> Items<RateLimitSet> {
        self.items(self.inner.rate_limits())
    }

    /// Fetches the rate limit with this id.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the rate limit does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn rate_limit(&self, id: &str) -> Result<RateLimitSet> {
        self.wait(self.inner.rate_limit(id))
    }

    /// Fetches the rate limits, applies them to this client and returns them.
    ///
    /// Without this call, the client derives the limits from the headers of responses, one
    /// operation at a time. Call it before sending hundreds of requests: the client then respects
    /// limits that operations share, and their refill rates, before the first rejection.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn learn_rate_limits(&self) -> Result<Vec<RateLimit>> {
        self.wait(self.inner.learn_rate_limits())
    }
}
