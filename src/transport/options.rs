//! The options of a transport.

use std::time::Duration;

use super::connection::Settings;
use super::limits::{CONCURRENT_REQUESTS, Limits};
use super::retry::RetryPolicy;
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};

/// Default for the maximum size of a JSON response.
const MAX_RESPONSE_SIZE: usize = 64 * MEBIBYTE;

/// The environment variable for the maximum size of a JSON response in MiB.
pub(crate) const MAX_RESPONSE_VARIABLE: &str = "ATLAS_MAX_RESPONSE_MIB";

pub(super) const MEBIBYTE: usize = 1024 * 1024;

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
    /// Maximum bytes of a JSON response after decompression.
    pub(crate) max_response_size: Option<usize>,
    pub(crate) connection: Settings,
}

impl Options {
    /// Sets options from environment variables. `base_url` selects the proxy.
    ///
    /// # Errors
    ///
    /// Returns a configuration error if a variable is malformed.
    pub(crate) fn read_environment(
        &mut self,
        read: impl Fn(&str) -> Option<String>,
        base_url: &BaseUrl,
    ) -> Result<()> {
        if self.max_response_size.is_none() {
            self.max_response_size = read_size(&read)?;
        }
        self.connection.read_environment(read, base_url)
    }

    pub(super) fn max_response_size(&self) -> usize {
        self.max_response_size.unwrap_or(MAX_RESPONSE_SIZE)
    }

    pub(super) fn limits(&self) -> Limits {
        Limits::new(self.concurrent_requests, self.follows_rate_limits)
    }
}

/// Reads the maximum size of a JSON response in bytes.
fn read_size(read: impl Fn(&str) -> Option<String>) -> Result<Option<usize>> {
    let Some(text) = read(MAX_RESPONSE_VARIABLE).filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let mebibytes = text.trim().parse::<usize>().ok();
    let bytes = mebibytes.and_then(|number| number.checked_mul(MEBIBYTE));
    bytes.filter(|bytes| *bytes > 0).map(Some).ok_or_else(|| {
        let message = format!("`{MAX_RESPONSE_VARIABLE}` is not a size in MiB: `{text}`");
        Error::new(ErrorKind::Configuration, message).with_hint(format!(
            "set `{MAX_RESPONSE_VARIABLE}` to a number, such as `256`, or unset it"
        ))
    })
}

impl Default for Options {
    fn default() -> Self {
        Self {
            retries: RetryPolicy::default(),
            concurrent_requests: CONCURRENT_REQUESTS,
            follows_rate_limits: true,
            timeout: None,
            cache: None,
            max_response_size: None,
            connection: Settings::default(),
        }
    }
}
