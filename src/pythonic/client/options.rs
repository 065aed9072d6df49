//! Transport settings of the client: retries, timeouts, limits, cache and certificates.

use std::path::PathBuf;
use std::time::Duration;

use crate::pythonic::client::Builder;
use crate::transport::{Ca, RetryPolicy};

impl Builder {
    /// Sets the retry policy.
    pub fn with_retries(mut self, policy: RetryPolicy) -> Self {
        self.options.retries = policy;
        self
    }

    /// Disables retries.
    pub fn without_retries(self) -> Self {
        self.with_retries(RetryPolicy::none())
    }

    /// Sets the timeout of each operation, including rate limit waits, retries and a download to its last byte.
    /// Default: none.
    ///
    /// [`with_timeout`](crate::with_timeout) sets a timeout for single operations.
    pub fn with_timeout(mut self, time: Duration) -> Self {
        self.options.timeout = Some(time);
        self
    }

    /// Sets the timeout for establishing a connection. Default: 10 s.
    pub fn with_connect_timeout(mut self, time: Duration) -> Self {
        self.options.connection.connect_timeout = time;
        self
    }

    /// Sets the timeout between two reads from the server. Default: one minute.
    pub fn with_idle_timeout(mut self, time: Duration) -> Self {
        self.options.connection.idle_timeout = time;
        self
    }

    /// Sets the number of concurrent requests of the client and its clones. Default: 32.
    pub fn with_concurrent_requests(mut self, requests: usize) -> Self {
        self.options.concurrent_requests = requests;
        self
    }

    /// Disables the client's rate limiter, which otherwise follows the rate limit headers of Atlas. Retries still
    /// handle 429.
    pub fn without_rate_limits(mut self) -> Self {
        self.options.follows_rate_limits = false;
        self
    }

    /// Caches responses to GET for this long. Default: no cache.
    ///
    /// A change sent by this client or a clone of it clears the cache, as does
    /// [`Atlas::clear_cache`](crate::Atlas::clear_cache); changes by other clients become visible when entries expire.
    /// Waits and edits bypass the cache. Clients built separately share no cache. Limits: 1,000 responses and 32 MiB.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { let (_simulator, builder) = demo(); run(async {
    /// use std::time::Duration;
    ///
    /// let atlas = builder.with_cache(Duration::from_secs(30)).build()?;
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// project.get().await?;
    /// project.get().await?; // from the cache
    ///
    /// project.update(&serde_json::json!({"name": "Shop front"})).await?; // clears the cache
    /// assert_eq!(project.get().await?.name(), "Shop front");
    /// # Ok(()) }) }
    /// ```
    pub fn with_cache(mut self, time_to_live: Duration) -> Self {
        self.options.cache = Some(time_to_live);
        self
    }

    /// Sets the maximum size of a JSON response after decompression, in bytes. Default: the number of MiB
    /// in `ATLAS_MAX_RESPONSE_MIB`, else 64 MiB. Downloads of files are not limited.
    pub fn with_max_response_size(mut self, bytes: usize) -> Self {
        self.options.max_response_size = Some(bytes);
        self
    }

    /// Trusts the certificates in this PEM file, in addition to the platform's and those in the file of the
    /// variable `ATLAS_CA_FILE`.
    pub fn with_ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.connection.ca.push(Ca::File(path.into()));
        self
    }

    /// Trusts these PEM certificates, in addition to the platform's.
    pub fn with_ca_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.options.connection.ca.push(Ca::Pem(pem.into()));
        self
    }

    /// Allows a base URL of plain `http` to a host other than a loopback address. Nothing is encrypted then.
    pub fn with_plain_http(mut self) -> Self {
        self.allows_plain_http = true;
        self
    }
}
