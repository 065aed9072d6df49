//! The rate limits of the Atlas API, without `async`.

use crate::{
    blocking::{client::Atlas, paging::Items},
    error::Result,
    pythonic::resources::organization::rate_limits::RateLimitSet,
    transport::RateLimit,
};

impl Atlas {
    /// Lists the rate limits.
    ///
    /// See the async [`rate_limits`](crate::Atlas::rate_limits).
    pub fn rate_limits(&self) -> Items<RateLimitSet> {
        self.items(self.inner.rate_limits())
    }

    /// Fetches the rate limit with this id.
    ///
    /// # Errors
    ///
    /// As the async [`rate_limit`](crate::Atlas::rate_limit). Fails inside an async runtime.
    pub fn rate_limit(&self, id: &str) -> Result<RateLimitSet> {
        self.wait(self.inner.rate_limit(id))
    }

    /// Fetches the rate limits, applies them to this client and returns them.
    ///
    /// # Errors
    ///
    /// As the async [`learn_rate_limits`](crate::Atlas::learn_rate_limits). Fails inside an async
    /// runtime.
    pub fn learn_rate_limits(&self) -> Result<Vec<RateLimit>> {
        self.wait(self.inner.learn_rate_limits())
    }
}
