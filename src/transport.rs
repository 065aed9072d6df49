//! The request pipeline.
//!
//! [`Transport::execute`]: headers → host and path check → cache → deadline → retry loop
//! ([`Transport::send_with_retries`]). Each attempt ([`Transport::attempt`]): rate-limit permit →
//! authorization → send → one 401 challenge answered → response classified. Each concern is a file in
//! `transport/`; credentials are in `auth.rs`.

mod byte_stream;
mod cache;
mod connection;
mod deadline;
mod headers;
mod limits;
mod options;
mod path;
pub(crate) mod redact;
mod request_info;
mod response;
mod retry;
mod trace;
mod versions;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use jiff::Timestamp;
use reqwest::{Request, Response};
use tracing::Instrument;

use crate::auth::{Authorizer, TokenEndpoint};
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;
use cache::{Cache, Lookup};
use limits::Limits;
use request_info::RequestInfo;
use retry::{Idempotency, Progress, Retries};
use versions::VersionFallback;

pub use byte_stream::ByteStream;
pub(crate) use connection::Ca;
#[cfg(feature = "core")]
pub(crate) use deadline::left as time_left;
pub use deadline::with_timeout;
pub(crate) use deadline::with_timeout_sync;
pub use limits::RateLimit;
pub(crate) use options::Options;
pub(crate) use path::encode as encode_path;
#[cfg(all(feature = "core", any(test, fuzzing)))]
pub(crate) use response::Body;
pub(crate) use response::Received;
pub use retry::RetryPolicy;
pub use versions::Lifecycle;

/// Sends requests to one Atlas with one set of credentials; clones share everything.
#[derive(Clone)]
pub(crate) struct Transport(Arc<Shared>);

struct Shared {
    base_url: BaseUrl,
    user_agent: HeaderValue,
    http: reqwest::Client,
    authorizer: Authorizer,
    retries: Retries,
    limits: Limits,
    warnings: versions::Warnings,
    /// How long a call may take altogether.
    time: Option<Duration>,
    cache: Option<Cache>,
}

impl Transport {
    /// A transport to this place.
    ///
    /// # Errors
    ///
    /// A configuration error when the user agent's suffix cannot be sent or certificates cannot be
    /// read, or when this machine cannot make encrypted connections at all.
    pub(crate) fn new(
        base_url: BaseUrl,
        authorizer: Authorizer,
        user_agent_suffix: Option<&str>,
        options: Options,
    ) -> Result<Self> {
        Ok(Self(Arc::new(Shared {
            user_agent: headers::user_agent(user_agent_suffix)?,
            http: connection::client(&base_url, &options.connection)?,
            authorizer,
            base_url,
            limits: options.limits(),
            retries: Retries::new(options.retries),
            warnings: versions::Warnings::default(),
            time: options.time,
            cache: options.cache.map(Cache::new),
        })))
    }

    /// Returns the HTTP client, which builds requests.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Where requests go.
    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Sends a request of an operation and returns the successful response. Retries it where that is
    /// safe and useful. With `bypass_cache` a cached response is ignored.
    ///
    /// # Errors
    ///
    /// A request to another host or to another operation is invalid input. A passed deadline is a
    /// timeout. Every response that is not a success of this operation is an error.
    #[expect(clippy::large_futures, reason = "the caller boxes it")]
    pub(crate) async fn execute(
        &self,
        mut request: Request,
        operation: &Operation,
        bypass_cache: bool,
    ) -> Result<Received> {
        self.prepare(&mut request, operation)?;
        let info = RequestInfo::of(&request, operation);
        self.check_host(&request, &info)?;
        path::check(&request, operation)?;
        let lookup = match &self.0.cache {
            Some(cache) => cache.lookup(&request, operation, &info, bypass_cache),
            None => Lookup::Bypass,
        };
        if let Lookup::Hit(received) = lookup {
            return Ok(received);
        }
        let span = trace::span(&request, operation);
        let attempts = self.send_with_retries(request, operation, &info);
        let call = deadline::within(self.0.time, &info, attempts);
        let received = async { call.await.inspect_err(trace::failure) }
            .instrument(span)
            .await?;
        if let Lookup::Miss(vacancy) = lookup {
            vacancy.store(&received);
        }
        Ok(received)
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
        let mut progress = Progress::new(Idempotency::of(&request, operation));
        let mut fallback: Option<VersionFallback> = None;
        loop {
            // a streamed body cannot be sent twice
            let again = request.try_clone();
            progress.attempt();
            let error = match self.attempt(request, operation, info).await {
                Ok(mut received) => {
                    self.0.retries.succeeded();
                    received.fallback = fallback.inspect(|fallback| fallback.warn(operation));
                    return Ok(received);
                }
                Err(error) => error,
            };
            let Some(mut next) = again else {
                return Err(error.with_repeated(progress.is_repeated()));
            };
            if let (None, Some(found)) =
                (fallback, VersionFallback::after(&error, &next, operation))
            {
                found.apply(&mut next);
                fallback = Some(found);
            } else if let Some(wait) = self.0.retries.next(&mut progress, &error) {
                tokio::time::sleep(wait).await;
            } else {
                return Err(error.with_repeated(progress.is_repeated()));
            }
            request = next;
        }
    }

    /// Sends a request once, when the rate limit allows it, and classifies the response.
    async fn attempt(
        &self,
        request: Request,
        operation: &Operation,
        info: &RequestInfo,
    ) -> Result<Received> {
        let permit = self.0.limits.permit(&request, operation).await;
        let response = self.send_authorized(request, info).await?;
        permit.learn(response.headers());
        self.0
            .warnings
            .note(response.headers(), operation, Timestamp::now());
        let received = response::classify(response, operation, info).await;
        received.inspect_err(|error| permit.rejected(error))
    }

    /// Registers a rate limit.
    pub(crate) fn learn_rate_limit(&self, limit: RateLimit) {
        self.0.limits.register(limit);
    }

    /// Sends a request with the proof of who is asking, as far as it is known what the server wants,
    /// and sends it again where the answer says how to do better. The tries end: see
    /// `auth/digest/attempt.rs`.
    async fn send_authorized(&self, mut request: Request, info: &RequestInfo) -> Result<Response> {
        let name = |error: Error| error.with_request_if_none(&info.method, &info.path);
        let (authorizer, endpoint) = (&self.0.authorizer, self.token_endpoint());
        let mut attempt = authorizer
            .authorize(&mut request, endpoint)
            .await
            .map_err(name)?;
        loop {
            // a streamed body cannot be sent twice; such a call's 401 is the caller's
            let mut again = request.try_clone();
            let response = self.send(request, info).await?;
            let (status, headers) = (response.status(), response.headers());
            let next = authorizer
                .handle_response(attempt, status, headers, again.as_mut(), endpoint)
                .await;
            match (next.map_err(name)?, again) {
                (Some(next), Some(again)) => {
                    response::drain(response).await;
                    (attempt, request) = (next, again);
                }
                _ => return Ok(response),
            }
        }
    }

    /// Gives the access token back that this client holds, if it holds one that it obtained.
    pub(crate) async fn revoke_token(&self) -> Result<()> {
        self.0.authorizer.revoke(self.token_endpoint()).await
    }

    /// What the authorization needs for requests of its own.
    fn token_endpoint(&self) -> TokenEndpoint<'_> {
        let Shared {
            http,
            base_url,
            user_agent,
            ..
        } = &*self.0;
        TokenEndpoint {
            http,
            base_url,
            user_agent,
        }
    }

    /// Sends a request as it is.
    async fn send(&self, request: Request, info: &RequestInfo) -> Result<Response> {
        trace::request(&request, &info.redactor);
        let answer = self.0.http.execute(request).await;
        let answer =
            answer.map_err(|error| Error::from_reqwest(error, Some(info.method_and_path())))?;
        trace::answer(&answer);
        Ok(answer)
    }

    /// Keeps keys from going anywhere but to the base URL's host.
    fn check_host(&self, request: &Request, info: &RequestInfo) -> Result<()> {
        if self.0.base_url.same_host(request.url()) {
            return Ok(());
        }
        let host = request.url().host_str().unwrap_or_default();
        Err(Error::new(
            ErrorKind::InvalidInput,
            format!(
                "`{host}` is not where this client's keys may go, `{}` is",
                self.0.base_url
            ),
        )
        .with_hint("make a client for that host, with `ATLAS_BASE_URL` and keys of its own")
        .with_request(&info.method, &info.path))
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
