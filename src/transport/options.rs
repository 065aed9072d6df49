//! What can be chosen about a transport.

use std::time::Duration;

use super::connection::Settings;
use super::limits::{CONCURRENT_REQUESTS, Limits};
use super::retry::RetryPolicy;

/// What can be chosen about a transport.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) retries: RetryPolicy,
    /// How many requests may be under way at once.
    pub(crate) concurrent_requests: usize,
    /// Whether requests wait where Atlas would refuse them.
    pub(crate) follows_rate_limits: bool,
    /// How long a call may take altogether.
    pub(crate) time: Option<Duration>,
    /// How long answers are kept; not at all unless told otherwise.
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
            time: None,
            cache: None,
            connection: Settings::default(),
        }
    }
}
