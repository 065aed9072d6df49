//! Classifies responses: a page from a proxy is not a success, and every error is an [`Error`].

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};
use http::{HeaderMap, StatusCode};
use reqwest::Response;
use tokio::time::timeout_at;
use url::Url;

use super::body::{self, Incomplete};
use super::received::{Body, Received};
use crate::error::{Error, ErrorKind, Result, summary};
use crate::operations::{Answer, Operation};
use crate::transport::byte_stream::ByteStream;
use crate::transport::{RequestInfo, deadline, trace};

const NOT_ATLAS: &str = "check the base URL (`ATLAS_BASE_URL`), and any proxy or login page of the \
                         network in between";

/// Reads a response as far as its operation requires, and turns everything but a success of Atlas into
/// an error.
pub(in crate::transport) async fn classify(
    response: Response,
    operation: &Operation,
    info: &RequestInfo,
) -> Result<Received> {
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        return Err(failure(response, info).await);
    }
    if !status.is_success() {
        return Err(redirect(&response, info));
    }
    match operation.answer {
        Answer::Json => document(response, info).await,
        Answer::Bytes => download(response, info).await,
        Answer::Nothing => nothing(response, info).await,
    }
}

/// Reads the rest of a body, so that its connection can be reused.
pub(in crate::transport) async fn drain(response: Response) {
    body::beginning(response).await;
}

/// Reads a JSON document as a whole.
async fn document(response: Response, info: &RequestInfo) -> Result<Received> {
    let head = Head::of(&response);
    let body = body::document(response)
        .await
        .map_err(|reason| match reason {
            Incomplete::TooLarge => info
                .error(
                    ErrorKind::InvalidResponse,
                    head.status,
                    "the answer is larger than 64 MiB",
                )
                .with_hint(NOT_ATLAS),
            Incomplete::Broken(error) => head.broken(error, info),
        })?;
    head.trace(info, &body);
    match body.trim_ascii_start().first() {
        Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
            Ok(head.received(info, Body::Bytes(body)))
        }
        _ => Err(head.unexpected(info, &body, "JSON was expected")),
    }
}

/// Returns a file as a stream; an HTML page is not a file.
///
/// Waits for the first chunk, because a connection that breaks before it can still be retried.
async fn download(mut response: Response, info: &RequestInfo) -> Result<Received> {
    let head = Head::of(&response);
    if head.is_html() {
        return Err(head.unexpected(info, b"<html>", "a file was expected"));
    }
    let first = response.chunk().await;
    let first = first.map_err(|error| head.broken(error, info))?;
    let length = head.headers.get(CONTENT_LENGTH).cloned();
    let body = stream_body(first, response, &info.method);
    let mut file = head.received(info, Body::Stream(body));
    if let Some(length) = length {
        file.headers.insert(CONTENT_LENGTH, length);
    }
    Ok(file)
}

/// Returns the stream of a body whose first chunk has arrived. It ends with an error when the current
/// deadline passes.
fn stream_body(first: Option<Bytes>, rest: Response, method: &str) -> ByteStream {
    let (deadline, method) = (deadline::earliest(None), method.to_owned());
    let rest = stream::try_unfold((rest, method), move |(mut rest, method)| async move {
        let chunk = match deadline {
            Some(deadline) => timeout_at(deadline, rest.chunk()).await,
            None => Ok(rest.chunk().await),
        };
        let url = rest.url();
        match chunk {
            Ok(Ok(chunk)) => Ok(chunk.map(|chunk| (chunk, (rest, method)))),
            Ok(Err(error)) => {
                let error = error.with_url(url.clone());
                Err(Error::from_reqwest(error, Some((&method, url.path()))))
            }
            Err(_) => Err(deadline::over(&method, url.path())),
        }
    });
    ByteStream::new(stream::iter(first.map(Ok)).chain(rest))
}

/// Reads a response whose status says everything. Atlas has carried out the request, so a truncated
/// body is not an error. An HTML page is one: Atlas did not write it.
async fn nothing(response: Response, info: &RequestInfo) -> Result<Received> {
    let head = Head::of(&response);
    let body = body::beginning(response).await;
    head.trace(info, &body);
    if head.is_html() || body.trim_ascii_start().starts_with(b"<") {
        return Err(head.unexpected(info, &body, "no page was expected"));
    }
    Ok(head.received(info, Body::Bytes(Bytes::new())))
}

/// Returns the error that a response with an error status stands for.
async fn failure(response: Response, info: &RequestInfo) -> Error {
    let head = Head::of(&response);
    let body = info.redactor.scrub(body::beginning(response).await);
    head.trace(info, &body);
    Error::from_answer(
        head.status(),
        Some(info.method_and_path()),
        &head.headers,
        &body,
    )
}

/// Why a redirect is not followed.
fn redirect(response: &Response, info: &RequestInfo) -> Error {
    let status = response.status();
    let location = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok());
    let target = location.and_then(|location| response.url().join(location).ok());
    let message = match target.as_ref().and_then(Url::host_str) {
        Some(host) => format!("a redirect to `{host}`, which is never followed"),
        None if status.is_redirection() => "a redirect to nowhere".to_owned(),
        None => "a status that is neither success nor error".to_owned(),
    };
    let hint = match target {
        Some(target) if response.url().host() != target.host() => {
            let origin = target.origin().ascii_serialization();
            format!(
                "if `{origin}` is the Atlas that you mean, make it the base URL (`ATLAS_BASE_URL`)"
            )
        }
        _ => NOT_ATLAS.to_owned(),
    };
    info.error(ErrorKind::InvalidResponse, status, message)
        .with_hint(hint)
}

/// The part of a response before its body.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    url: Url,
}

impl Head {
    fn of(response: &Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            url: response.url().clone(),
        }
    }

    fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Returns whether the content type is HTML.
    fn is_html(&self) -> bool {
        self.headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .trim_start()
                    .to_ascii_lowercase()
                    .starts_with("text/html")
            })
    }

    /// Returns the response with this body, which is neither compressed nor chunked.
    fn received(mut self, info: &RequestInfo, body: Body) -> Received {
        for name in [CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING] {
            self.headers.remove(name);
        }
        Received {
            method: info.method.clone(),
            path: info.path.clone(),
            status: self.status,
            headers: self.headers,
            body,
            fallback: None,
        }
    }

    /// The error about a body that does not come whole.
    fn broken(&self, error: reqwest::Error, info: &RequestInfo) -> Error {
        let error = error.with_url(self.url.clone());
        Error::from_reqwest(error, Some(info.method_and_path())).with_status(self.status())
    }

    fn trace(&self, info: &RequestInfo, body: &Bytes) {
        trace::body(self.status, &self.headers, body, &info.redactor);
    }

    /// A success that cannot be Atlas's.
    fn unexpected(&self, info: &RequestInfo, body: &[u8], expected: &str) -> Error {
        let what = if self.is_html() || body.trim_ascii_start().starts_with(b"<") {
            "an HTML page"
        } else if body.trim_ascii().is_empty() {
            "an empty answer"
        } else {
            "an answer in another format"
        };
        let body = info.redactor.scrub(Bytes::copy_from_slice(body));
        let message = match summary(&body) {
            Some(text) => format!("{what} where {expected}: `{text}`"),
            None => format!("{what} where {expected}"),
        };
        info.error(ErrorKind::InvalidResponse, self.status, message)
            .with_hint(NOT_ATLAS)
    }
}
