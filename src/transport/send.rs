//! Sends one request: headers, host check and authorization.

use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use reqwest::{Request, Response};

use super::{RequestInfo, Shared, Transport, response, trace};
use crate::auth::TokenEndpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;

impl Transport {
    /// Sets the headers of a request.
    pub(super) fn prepare(&self, request: &mut Request, operation: &Operation) -> Result<()> {
        let has_body = request.body().is_some();
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, self.0.user_agent.clone());
        headers.insert(ACCEPT, media_type(operation.accept)?);
        match operation.content_type {
            Some(content_type) if has_body => {
                headers.insert(CONTENT_TYPE, media_type(content_type)?);
            }
            None if has_body => {}
            _ => {
                headers.remove(CONTENT_TYPE);
            }
        }
        Ok(())
    }

    /// Rejects a request to another host than that of the base URL, which would reveal credentials.
    pub(super) fn check_host(&self, request: &Request, info: &RequestInfo) -> Result<()> {
        if self.0.base_url.is_same_origin(request.url()) {
            return Ok(());
        }
        let host = request.url().host_str().unwrap_or_default();
        Err(Error::new(
            ErrorKind::InvalidInput,
            format!(
                "requests to `{host}` are not sent: the base URL is `{}`",
                self.0.base_url
            ),
        )
        .with_hint("create a client for that host, with its own base URL (`ATLAS_BASE_URL`) and credentials")
        .with_request(&info.method, &info.path))
    }

    /// Signs and sends a request, and retries it after a challenge. The number of attempts is bounded,
    /// see `auth/digest/attempt.rs`.
    pub(super) async fn send_authorized(
        &self,
        mut request: Request,
        info: &RequestInfo,
    ) -> Result<Response> {
        let add_request = |error: Error| error.with_request_if_none(&info.method, &info.path);
        let (authorizer, endpoint) = (&self.0.authorizer, self.token_endpoint());
        let mut attempt = authorizer
            .authorize(&mut request, endpoint)
            .await
            .map_err(add_request)?;
        loop {
            // a streamed body cannot be sent twice, so its 401 is returned
            let mut copy = request.try_clone();
            let response = response::with_error_code(self.send(request, info).await?).await;
            let (status, headers) = (response.status(), response.headers());
            let next = authorizer
                .handle_response(attempt, status, headers, copy.as_mut(), endpoint)
                .await;
            match (next.map_err(add_request)?, copy) {
                (Some(next), Some(copy)) => {
                    response::drain(response).await;
                    (attempt, request) = (next, copy);
                }
                _ => return Ok(response),
            }
        }
    }

    /// Sends a request once.
    async fn send(&self, request: Request, info: &RequestInfo) -> Result<Response> {
        trace::log_request(&request, &info.redactor);
        let response = self.0.http.execute(request).await;
        let response = response.map_err(|error| {
            let error = Error::from_reqwest(error, Some(info.method_and_path()));
            error.with_proxy(self.0.proxy.as_deref())
        })?;
        trace::log_response(&response);
        Ok(response)
    }

    /// Returns the access to the OAuth endpoints.
    pub(super) fn token_endpoint(&self) -> TokenEndpoint<'_> {
        let Shared {
            http,
            proxy,
            base_url,
            user_agent,
            ..
        } = &*self.0;
        TokenEndpoint {
            http,
            proxy: proxy.as_deref(),
            base_url,
            user_agent,
        }
    }
}

/// Returns the user agent.
pub(super) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let name = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let user_agent = match suffix {
        Some(suffix) => format!("{name} {suffix}"),
        None => name.to_owned(),
    };
    HeaderValue::try_from(user_agent).map_err(|source| {
        Error::new(
            ErrorKind::Configuration,
            "the user agent contains an invalid character",
        )
        .with_hint("use printable ASCII only, such as `mytool/1.0`")
        .with_source(source)
    })
}

/// Converts a media type of the operations table to a header value.
fn media_type(text: &'static str) -> Result<HeaderValue> {
    HeaderValue::try_from(text).map_err(|source| {
        Error::new(
            ErrorKind::InvalidInput,
            format!("`{text}` is not a media type"),
        )
        .with_source(source)
    })
}
