//! The options of a transport.

use std::time::Duration;

use super::connection::Settings;
use super::limits::{CONCURRENT_REQUESTS, Limits};
use super::retry::RetryPolicy;

/// The options of a transport.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) retries: RetryPolicy,
    /// Maximum number of concurrent requests.
    pub(crate) concurrent_requests: usize,
    /// `true` if requests wait for rate limits before they are sent.
    pub(crate) follows_rate_limits: bool,
    /// Timeout of a call, including its retries.
    pub(crate) timeout: Option<Duration>,
    /// TTL of the response cache; `None` disables the cache.
    pub(crate) cache: Option<Duration>,
    pub(crate) connection: Settings,
}

impl Options {
    pub(super) fn limits(&self) -> Limits {
        Limits::new(self.concurrent_requests, self.follows_rate_limits)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            retries: RetryPolicy::default(),
            concurrent_requests: CONCURRENT_REQUESTS,
            follows_rate_limits: true,
            timeout: None,
            cache: None,
            connection: Settings::default(),
        }
    }
}
