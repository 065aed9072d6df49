//! Classifies responses: rejects HTML pages of proxies, and converts error responses to an [`Error`].

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};
use http::{HeaderMap, StatusCode};
use reqwest::Response;
use tokio::time::timeout_at;
use url::Url;

use super::body::{self, Incomplete};
use super::received::{Body, Received};
use super::regions::add_regions;
use crate::error::{Error, ErrorKind, Result, error_document_status, summarize};
use crate::operations::{Operation, ResponseKind};
use crate::transport::byte_stream::ByteStream;
use crate::transport::options::{MAX_RESPONSE_VARIABLE, MEBIBYTE};
use crate::transport::{RequestInfo, deadline, trace};

const NOT_ATLAS_HINT: &str =
    "check the base URL (`ATLAS_BASE_URL`), and any proxy or login page of the network";

/// Maximum bytes of an error document.
const MAX_ERROR_DOCUMENT: usize = 64 * 1024;

/// Reads the body of a successful response as its operation requires, and returns an error for any other
/// response.
pub(in crate::transport) async fn classify(
    response: Response,
    operation: &Operation,
    info: &RequestInfo,
    max_size: usize,
) -> Result<Received> {
    let response = check_status(response, info).await?;
    match operation.response_kind {
        ResponseKind::Json => receive_document(response, info, max_size).await,
        ResponseKind::Bytes => receive_file(response, info).await,
        ResponseKind::Empty => receive_empty(response, info).await,
    }
}

/// Returns the file of a successful response, and an error for any other response.
pub(in crate::transport) async fn classify_file(
    response: Response,
    info: &RequestInfo,
) -> Result<Received> {
    let response = check_status(response, info).await?;
    receive_file(response, info).await
}

/// Rejects a response whose status is not that of a success.
async fn check_status(response: Response, info: &RequestInfo) -> Result<Response> {
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        return Err(read_error(response, info).await);
    }
    if !status.is_success() {
        return Err(redirect_error(&response, info));
    }
    Ok(response)
}

/// Discards a body, so that its connection can be reused.
pub(in crate::transport) async fn drain(response: Response) {
    body::read_prefix(response).await;
}

/// Reads a JSON document.
async fn receive_document(
    response: Response,
    info: &RequestInfo,
    max_size: usize,
) -> Result<Received> {
    let head = Head::new(&response);
    let body = body::read_document(response, max_size)
        .await
        .map_err(|reason| match reason {
            Incomplete::TooLarge => head.too_large_error(info, max_size),
            Incomplete::Broken(error) => head.incomplete_body_error(error, info),
        })?;
    head.trace(info, &body);
    head.reject_error_document(info, &body)?;
    match body.trim_ascii_start().first() {
        Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
            Ok(head.received(info, Body::Bytes(body)))
        }
        _ => Err(head.unexpected_body_error(info, &body, "JSON")),
    }
}

/// Returns a file as a stream. Rejects HTML pages and error documents.
///
/// Waits for the first chunk, because a request can still be retried before it.
async fn receive_file(mut response: Response, info: &RequestInfo) -> Result<Received> {
    let head = Head::new(&response);
    if head.is_html() {
        return Err(head.unexpected_body_error(info, b"<html>", "a file"));
    }
    let first = response.chunk().await;
    let first = first.map_err(|error| head.incomplete_body_error(error, info))?;
    let first = match first {
        Some(chunk) if may_be_document(&chunk) => {
            let beginning = body::read_beginning(chunk, &mut response).await;
            let beginning = beginning.map_err(|error| head.incomplete_body_error(error, info))?;
            head.reject_error_document(info, &beginning)?;
            Some(beginning)
        }
        first => first,
    };
    let length = head.headers.get(CONTENT_LENGTH).cloned();
    let body = stream_body(first, response, &info.method);
    let mut file = head.received(info, Body::Stream(body));
    if let Some(length) = length {
        file.headers.insert(CONTENT_LENGTH, length);
    }
    Ok(file)
}

/// Returns the stream of a body whose first chunk has arrived. The stream ends with an error after the
/// current deadline.
fn stream_body(first: Option<Bytes>, rest: Response, method: &str) -> ByteStream {
    let (deadline, method) = (deadline::earliest_deadline(None), method.to_owned());
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
            Err(_) => Err(deadline::timeout_error(&method, url.path())),
        }
    });
    ByteStream::new(stream::iter(first.map(Ok)).chain(rest))
}

/// Reads a response without a useful body. Atlas has executed the request, so a truncated body is not an
/// error. An HTML page is an error, because another server sent it.
async fn receive_empty(response: Response, info: &RequestInfo) -> Result<Received> {
    let head = Head::new(&response);
    let body = body::read_prefix(response).await;
    head.trace(info, &body);
    if head.is_html() || body.trim_ascii_start().starts_with(b"<") {
        return Err(head.unexpected_body_error(info, &body, "no body"));
    }
    Ok(head.received(info, Body::Bytes(Bytes::new())))
}

/// Creates the error for a response with an error status.
async fn read_error(response: Response, info: &RequestInfo) -> Error {
    let head = Head::new(&response);
    let body = info
        .redactor
        .redact_bytes(body::read_prefix(response).await);
    head.trace(info, &body);
    let error = Error::from_response(
        head.status(),
        Some(info.method_and_path()),
        &head.headers,
        &body,
    );
    add_regions(error.with_operation(info.roles, head.host()))
}

/// Returns `true` if a file may be a JSON object.
fn may_be_document(beginning: &[u8]) -> bool {
    beginning.trim_ascii_start().starts_with(b"{")
}

/// Creates the error for a redirect.
fn redirect_error(response: &Response, info: &RequestInfo) -> Error {
    let status = response.status();
    let location = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok());
    let target = location.and_then(|location| response.url().join(location).ok());
    let message = match target.as_ref().and_then(Url::host_str) {
        Some(host) => format!("redirect to `{host}` not followed"),
        None if status.is_redirection() => "redirect without a location".to_owned(),
        None => "unexpected status".to_owned(),
    };
    let hint = match target {
        Some(target) if response.url().host() != target.host() => {
            let origin = target.origin().ascii_serialization();
            format!("set the base URL (`ATLAS_BASE_URL`) to `{origin}` if that server is Atlas")
        }
        _ => NOT_ATLAS_HINT.to_owned(),
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
    fn new(response: &Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            url: response.url().clone(),
        }
    }

    fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Returns `true` if the content type is HTML.
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

    /// Returns the response with a decoded body.
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

    /// Creates the error for an incomplete body.
    fn incomplete_body_error(&self, error: reqwest::Error, info: &RequestInfo) -> Error {
        let error = error.with_url(self.url.clone());
        Error::from_reqwest(error, Some(info.method_and_path())).with_status(self.status())
    }

    /// Creates the error for a document above the maximum size.
    fn too_large_error(&self, info: &RequestInfo, max_size: usize) -> Error {
        let limit = if max_size.is_multiple_of(MEBIBYTE) {
            format!("{} MiB", max_size / MEBIBYTE)
        } else {
            format!("{max_size} bytes")
        };
        let message = format!("the response exceeds the limit of {limit}");
        info.error(ErrorKind::InvalidResponse, self.status, message)
            .with_hint(format!(
                "raise the limit with `{MAX_RESPONSE_VARIABLE}` or `Builder::with_max_response_size`, \
                 or stream the data: read a list page by page, or download a file such as CSV"
            ))
    }

    /// Returns an error if a body is an error document in spite of its status and content type.
    fn reject_error_document(&self, info: &RequestInfo, body: &Bytes) -> Result<()> {
        if body.len() > MAX_ERROR_DOCUMENT || !may_be_document(body) {
            return Ok(());
        }
        let Some(status) = error_document_status(body) else {
            return Ok(());
        };
        let body = info.redactor.redact_bytes(body.clone());
        let request = Some(info.method_and_path());
        let error = Error::from_response(status, request, &self.headers, &body);
        Err(error.with_operation(info.roles, self.host()))
    }

    fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    fn trace(&self, info: &RequestInfo, body: &Bytes) {
        trace::log_body(self.status, &self.headers, body, &info.redactor);
    }

    /// Creates the error for a successful response that is not from Atlas.
    fn unexpected_body_error(&self, info: &RequestInfo, body: &[u8], expected: &str) -> Error {
        let actual = if self.is_html() || body.trim_ascii_start().starts_with(b"<") {
            "an HTML page"
        } else if body.trim_ascii().is_empty() {
            "an empty body"
        } else {
            "another format"
        };
        let body = info.redactor.redact_bytes(Bytes::copy_from_slice(body));
        let message = match summarize(&body) {
            Some(text) => format!("expected {expected}, got {actual}: `{text}`"),
            None => format!("expected {expected}, got {actual}"),
        };
        info.error(ErrorKind::InvalidResponse, self.status, message)
            .with_hint(NOT_ATLAS_HINT)
    }
}
