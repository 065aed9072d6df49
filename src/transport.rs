//! The way of a request to Atlas and of its answer back, in one readable order.
//!
//! Headers ([`Transport::prepare`]) → host check → authorization → send → one challenge answered →
//! the answer made fit to be typed ([`Transport::execute`]). Who is asking is in `auth.rs`, the
//! connection in `transport/connection.rs`, what becomes of an answer in `transport/answer.rs`.

mod answer;
pub(crate) mod capture;
mod connection;

use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue, StatusCode};
use reqwest::{Request, Response};

use crate::auth::{Authorizer, Door};
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;

/// The header that error answers carry towards the caller: the request's method and path.
pub(crate) const REQUEST_HEADER: &str = "x-mongodbatlas-request";

/// The header that generated code sends and Atlas does not know.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// Sends requests to one Atlas with one set of credentials; clones share everything.
#[derive(Clone)]
pub struct Transport(Arc<Shared>);

struct Shared {
    base_url: BaseUrl,
    user_agent: HeaderValue,
    http: reqwest::Client,
    authorizer: Authorizer,
}

impl Transport {
    /// A transport to this place.
    ///
    /// # Errors
    ///
    /// A configuration error when the user agent's suffix cannot be sent, or when this machine
    /// cannot make encrypted connections at all.
    pub(crate) fn new(
        base_url: BaseUrl,
        authorizer: Authorizer,
        user_agent_suffix: Option<&str>,
    ) -> Result<Self> {
        Ok(Self(Arc::new(Shared {
            user_agent: user_agent(user_agent_suffix)?,
            http: connection::client(&base_url)?,
            authorizer,
            base_url,
        })))
    }

    /// The client underneath, for the generated code.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Where requests go.
    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Writes the headers that every request of this operation carries.
    pub(crate) fn prepare(&self, request: &mut Request, operation: &Operation) -> Result<()> {
        let has_body = request.body().is_some();
        let headers = request.headers_mut();
        headers.remove(API_VERSION);
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

    /// Sends a request and hands back its answer, whatever its status.
    ///
    /// # Errors
    ///
    /// When the request would go to another host, when no whole answer came back, and when the
    /// answer is a redirect or cannot be one of this operation.
    pub(crate) async fn execute(
        &self,
        request: Request,
        operation: &Operation,
    ) -> Result<Response> {
        let line = RequestLine::of(&request);
        self.check_host(&request, &line)?;
        let response = self.send_authorized(request, &line).await?;
        answer::classify(response, operation, &line).await
    }

    /// Sends a request with the proof of who is asking, as far as it is known what the server wants,
    /// and sends it again where the answer says how to do better. The tries end: see
    /// `auth/digest/trial.rs`.
    async fn send_authorized(&self, mut request: Request, line: &RequestLine) -> Result<Response> {
        let name = |error: Error| error.with_request_if_none(&line.method, &line.path);
        let (authorizer, door) = (&self.0.authorizer, self.door());
        let mut pass = authorizer
            .authorize(&mut request, door)
            .await
            .map_err(name)?;
        loop {
            // a streamed body cannot be sent twice; such a call's 401 is the caller's
            let mut again = request.try_clone();
            let response = self.send(request, line).await?;
            let (status, headers) = (response.status(), response.headers());
            let next = authorizer
                .answer(pass, status, headers, again.as_mut(), door)
                .await;
            match (next.map_err(name)?, again) {
                (Some(next), Some(again)) => {
                    answer::drain(response).await;
                    (pass, request) = (next, again);
                }
                _ => return Ok(response),
            }
        }
    }

    /// Gives the access token back that this client holds, if it holds one that it obtained.
    pub(crate) async fn revoke_token(&self) -> Result<()> {
        self.0.authorizer.revoke(self.door()).await
    }

    /// What the authorization needs for requests of its own.
    fn door(&self) -> Door<'_> {
        let Shared {
            http,
            base_url,
            user_agent,
            ..
        } = &*self.0;
        Door {
            http,
            base_url,
            user_agent,
        }
    }

    /// Sends a request as it is.
    async fn send(&self, request: Request, line: &RequestLine) -> Result<Response> {
        let answer = self.0.http.execute(request).await;
        answer.map_err(|error| Error::from_reqwest(error, Some(line.pair())))
    }

    /// Keeps keys from going anywhere but to the base URL's host.
    fn check_host(&self, request: &Request, line: &RequestLine) -> Result<()> {
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
        .with_request(&line.method, &line.path))
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

/// What names a request in errors: the query, which can hold anything, is left out.
struct RequestLine {
    method: String,
    path: String,
}

impl RequestLine {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method().as_str().to_owned(),
            path: request.url().path().to_owned(),
        }
    }

    fn pair(&self) -> (&str, &str) {
        (&self.method, &self.path)
    }

    /// An error of this kind about this request.
    fn error(&self, kind: ErrorKind, status: StatusCode, message: impl Into<String>) -> Error {
        Error::new(kind, message)
            .with_status(status.as_u16())
            .with_request(&self.method, &self.path)
    }
}

/// The name under which requests are made.
fn user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let name = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let text = match suffix {
        Some(suffix) => format!("{name} {suffix}"),
        None => name.to_owned(),
    };
    HeaderValue::try_from(text).map_err(|source| {
        Error::new(
            ErrorKind::Configuration,
            "the user agent holds a character that cannot be sent",
        )
        .with_hint("use printable ASCII only, such as `mytool/1.0`")
        .with_source(source)
    })
}

/// A media type out of the operations table.
fn media_type(text: &'static str) -> Result<HeaderValue> {
    HeaderValue::try_from(text).map_err(|source| {
        Error::new(
            ErrorKind::InvalidInput,
            format!("`{text}` is not a media type"),
        )
        .with_source(source)
    })
}

#[cfg(test)]
mod tests;
