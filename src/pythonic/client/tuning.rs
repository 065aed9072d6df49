//! What can be chosen about how a client sends: retries, limits, time, and whom it trusts.

use std::path::PathBuf;
use std::time::Duration;

use crate::pythonic::client::Builder;
use crate::transport::{Ca, RetryPolicy};

impl Builder {
    /// Tries calls again as this policy says, instead of as its default does.
    pub fn with_retries(mut self, policy: RetryPolicy) -> Self {
        self.options.retries = policy;
        self
    }

    /// Tries every call once.
    pub fn without_retries(self) -> Self {
        self.with_retries(RetryPolicy::none())
    }

    /// Gives every call this long altogether: waiting for rate limits, retries and the answer, the
    /// whole of a download too.
    ///
    /// There is no such limit unless told otherwise. [`with_timeout`](crate::with_timeout) does
    /// the same for single calls.
    pub fn with_timeout(mut self, time: Duration) -> Self {
        self.options.timeout = Some(time);
        self
    }

    /// Gives a connection this long to stand; 10 seconds unless told otherwise.
    pub fn with_connect_timeout(mut self, time: Duration) -> Self {
        self.options.connection.connect_timeout = time;
        self
    }

    /// Gives up when nothing has come from the server for this long; one minute unless told
    /// otherwise.
    pub fn with_idle_timeout(mut self, time: Duration) -> Self {
        self.options.connection.idle_timeout = time;
        self
    }

    /// Sends at most this many requests at once, clones of the client included; 32 unless told
    /// otherwise.
    pub fn with_concurrent_requests(mut self, requests: usize) -> Self {
        self.options.concurrent_requests = requests;
        self
    }

    /// Sends requests without regard to what Atlas says about its rate limits, until it refuses.
    pub fn without_rate_limits(mut self) -> Self {
        self.options.follows_rate_limits = false;
        self
    }

    /// Keeps answers to GET for this long, and answers the same question from them. Nothing is kept
    /// unless this is called.
    ///
    /// Whatever this client or a clone of it changes drops all that is kept, and
    /// [`Atlas::clear_cache`](crate::Atlas::clear_cache) does; changes that others make go unseen for that
    /// long. Waiting and editing always ask Atlas. Clients that were built apart share nothing, so nobody
    /// sees what other credentials may see. At most 1,000 answers and 32 MiB are kept.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() -> mongodbatlas::Result<()> {
    /// # let (simulator, builder) = demo();
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    /// # runtime.block_on(async {
    /// use std::time::Duration;
    ///
    /// let atlas = builder.with_cache(Duration::from_secs(30)).build()?;
    /// let id = atlas.find_project("Storefront").await?.id().clone();
    /// let project = atlas.project(&id).get().await?; // asks Atlas
    /// let again = atlas.project(&id).get().await?; // does not
    /// assert_eq!(project.name(), again.name());
    ///
    /// atlas.project(&id).update(&serde_json::json!({"name": "Shop front"})).await?; // forgets
    /// assert_eq!(atlas.project(&id).get().await?.name(), "Shop front");
    /// atlas.clear_cache(); // as if somebody else had changed something
    /// # Ok(())
    /// # })
    /// # }
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

    /// Trusts the certificates in this file (PEM), besides those that the platform trusts and those
    /// of the file that the variable `ATLAS_CA_FILE` names.
    pub fn with_ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.connection.ca.push(Ca::File(path.into()));
        self
    }

    /// Trusts these certificates (PEM), besides those that the platform trusts.
    pub fn with_ca_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.options.connection.ca.push(Ca::Pem(pem.into()));
        self
    }

    /// Accepts a base URL of plain `http` to another machine: everything is sent unencrypted.
    pub fn with_plain_http(mut self) -> Self {
        self.allows_plain_http = true;
        self
    }
}
