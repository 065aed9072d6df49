//! The request pipeline.
//!
//! [`Transport::execute`]: headers → host and path check → cache → deadline → retry loop
//! ([`Transport::send_with_retries`]). Each attempt ([`Transport::send_attempt`]): rate-limit permit →
//! authorization → send → retry after a challenge → classification of the response. Each concern is a
//! file in `transport/`; credentials are in `auth.rs`.

mod byte_stream;
mod cache;
mod connection;
mod deadline;
mod limits;
mod options;
mod path;
mod recent_changes;
pub(crate) mod redact;
mod request_info;
mod response;
mod retry;
mod send;
mod trace;
mod versions;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::header::USER_AGENT;
use jiff::Timestamp;
use reqwest::Request;
use tracing::Instrument;
use url::Url;

use crate::auth::Authorizer;
use crate::base_url::BaseUrl;
use crate::error::{Error, Result};
use crate::operations::Operation;
use cache::{Cache, Lookup};
use limits::Limits;
use request_info::RequestInfo;
use retry::{Idempotency, Progress, Retries};
use versions::VersionFallback;

pub use byte_stream::ByteStream;
pub(crate) use connection::Ca;
#[cfg(feature = "core")]
pub(crate) use deadline::remaining as time_left;
pub use deadline::with_timeout;
pub(crate) use deadline::with_timeout_sync;
pub use limits::RateLimit;
pub(crate) use options::Options;
pub(crate) use path::encode as encode_path;
#[cfg(feature = "core")]
pub(crate) use recent_changes::ClusterChange;
pub(crate) use recent_changes::RecentChanges;
#[cfg(all(feature = "core", any(test, fuzzing)))]
pub(crate) use response::Body;
pub(crate) use response::Received;
pub use retry::RetryPolicy;
pub use versions::Lifecycle;

/// Sends requests to one base URL with one set of credentials. Clones share all state.
#[derive(Clone)]
pub(crate) struct Transport(Arc<Shared>);

struct Shared {
    base_url: BaseUrl,
    user_agent: HeaderValue,
    http: reqwest::Client,
    /// Name of the proxy for errors.
    proxy: Option<String>,
    authorizer: Authorizer,
    retries: Retries,
    limits: Limits,
    warnings: versions::Warnings,
    /// Maximum bytes of a JSON response.
    max_response_size: usize,
    /// Timeout of a call, including its retries.
    timeout: Option<Duration>,
    cache: Option<Cache>,
    recent_changes: RecentChanges,
}

impl Transport {
    /// Creates a transport for a base URL.
    ///
    /// # Errors
    ///
    /// Returns a configuration error for an invalid suffix of the user agent or unreadable
    /// certificates, and a TLS error if TLS is unavailable on this machine.
    pub(crate) fn new(
        base_url: BaseUrl,
        authorizer: Authorizer,
        user_agent_suffix: Option<&str>,
        options: Options,
    ) -> Result<Self> {
        Ok(Self(Arc::new(Shared {
            max_response_size: options.max_response_size(),
            user_agent: send::user_agent(user_agent_suffix)?,
            http: connection::client(&base_url, &options.connection)?,
            proxy: options.connection.proxy_name(&base_url),
            authorizer,
            base_url,
            limits: options.limits(),
            retries: Retries::new(options.retries),
            warnings: versions::Warnings::default(),
            timeout: options.timeout,
            cache: options.cache.map(Cache::new),
            recent_changes: RecentChanges::default(),
        })))
    }

    /// Returns the HTTP client, which builds requests.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Returns the recent changes to clusters.
    pub(crate) fn recent_changes(&self) -> &RecentChanges {
        &self.0.recent_changes
    }

    /// Returns the base URL.
    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Sends a request of an operation and returns the successful response. Retries the request if that
    /// is safe and useful. With `bypass_cache` a cached response is ignored.
    ///
    /// # Errors
    ///
    /// Returns invalid input for a request to another host or operation, a timeout after the deadline,
    /// and an error for every unsuccessful response.
    #[expect(clippy::large_futures, reason = "the caller boxes it")]
    pub(crate) async fn execute(
        &self,
        mut request: Request,
        operation: &Operation,
        bypass_cache: bool,
    ) -> Result<Received> {
        self.prepare(&mut request, operation)?;
        let info = RequestInfo::new(&request, operation);
        self.check_host(&request, &info)?;
        path::check(&request, operation)?;
        let lookup = match &self.0.cache {
            Some(cache) => cache.lookup(&request, operation, &info, bypass_cache),
            None => Lookup::Bypass,
        };
        if let Lookup::Hit(received) = lookup {
            return Ok(received);
        }
        let span = trace::new_span(&request, operation);
        let attempts = self.send_with_retries(request, operation, &info);
        let call = deadline::run(self.0.timeout, &info, attempts);
        let received = async { call.await.inspect_err(trace::log_failure) }
            .instrument(span)
            .await?;
        if let Lookup::Miss(vacancy) = lookup {
            vacancy.store(&received);
        }
        Ok(received)
    }

    /// Requests the file behind a link, which can have another host. Sends no credentials.
    ///
    /// # Errors
    ///
    /// Returns a connection error, a timeout after the deadline, and an error for every unsuccessful response.
    pub(crate) async fn fetch_link(&self, link: Url) -> Result<Received> {
        let info = RequestInfo::of_link(&link);
        // the query is a signature, so the request is not traced
        let request = self.0.http.get(link).header(USER_AGENT, &self.0.user_agent);
        let call = async {
            let response = request.send().await.map_err(|error| {
                let error = Error::from_reqwest(error, Some(info.method_and_path()));
                error.with_proxy(self.0.proxy.as_deref())
            })?;
            response::classify_file(response, &info).await
        };
        deadline::run(self.0.timeout, &info, call).await
    }

    /// Removes all cached responses.
    pub(crate) fn clear_cache(&self) {
        if let Some(cache) = &self.0.cache {
            cache.clear();
        }
    }

    /// Sends a request until it succeeds or another attempt is unsafe or useless.
    async fn send_with_retries(
        &self,
        mut request: Request,
        operation: &Operation,
        info: &RequestInfo,
    ) -> Result<Received> {
        let mut progress = Progress::new(Idempotency::classify(&request, operation));
        let mut fallback: Option<VersionFallback> = None;
        loop {
            // a streamed body cannot be sent twice
            let copy = request.try_clone();
            progress.count_attempt();
            let error = match self.send_attempt(request, operation, info).await {
                Ok(mut received) => {
                    self.0.retries.record_success();
                    received.fallback = fallback.inspect(|fallback| fallback.warn(operation));
                    return Ok(received);
                }
                Err(error) => error,
            };
            let Some(mut next) = copy else {
                return Err(error.with_repeated(progress.is_repeated()));
            };
            if let (None, Some(found)) =
                (fallback, VersionFallback::select(&error, &next, operation))
            {
                found.apply(&mut next);
                fallback = Some(found);
            } else if let Some(wait) = self.0.retries.next_delay(&mut progress, &error) {
                tokio::time::sleep(wait).await;
            } else {
                return Err(error.with_repeated(progress.is_repeated()));
            }
            request = next;
        }
    }

    /// Sends a request once the rate limit allows it, and classifies the response.
    async fn send_attempt(
        &self,
        request: Request,
        operation: &Operation,
        info: &RequestInfo,
    ) -> Result<Received> {
        let permit = self.0.limits.acquire_permit(&request, operation).await;
        let response = self.send_authorized(request, info).await?;
        permit.learn(response.headers());
        self.0
            .warnings
            .note(response.headers(), operation, Timestamp::now());
        let max_size = self.0.max_response_size;
        let received = response::classify(response, operation, info, max_size).await;
        received
            .map_err(|error| self.describe(error))
            .inspect_err(|error| permit.record_rejection(error))
    }

    /// Adds the hint about the credentials to a generic 401, and names the proxy that caused an error.
    fn describe(&self, error: Error) -> Error {
        match self.0.authorizer.rejection_hint() {
            Some(hint) if error.is_unauthorized() => error.with_hint(hint),
            _ => error.with_proxy(self.0.proxy.as_deref()),
        }
    }

    /// Registers a rate limit.
    pub(crate) fn learn_rate_limit(&self, limit: RateLimit) {
        self.0.limits.register(limit);
    }

    /// Revokes the access token that the client fetched, if any.
    pub(crate) async fn revoke_token(&self) -> Result<()> {
        self.0.authorizer.revoke(self.token_endpoint()).await
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base_url", &self.0.base_url)
            .field("authorizer", &self.0.authorizer)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
