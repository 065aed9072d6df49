//! What becomes of an answer on its way to the generated code.
//!
//! Generated code tells success by the status and parses what it gets. So what it gets is checked
//! here: a page from a proxy is not taken for success, and every error parses.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::{Body, Response, ResponseBuilderExt};
use url::Url;

use super::body::{self, Incomplete};
use super::capture::{self, Captured};
use super::{REQUEST_HEADER, RequestLine, deadline, trace};
use crate::error::{Error, ErrorKind, Result, document_around, error_document, summary};
use crate::operations::{Answer, Operation};

const NOT_ATLAS: &str = "check the base URL (`ATLAS_BASE_URL`), and any proxy or login page of the \
                         network in between";

/// An answer that was read.
pub(super) enum Outcome {
    /// A success.
    Answered(Response),
    /// A refusal, and the error that it stands for.
    Refused(Response, Error),
}

/// What stands in the way of a success.
pub(super) fn error(outcome: &Result<Outcome>) -> Option<&Error> {
    match outcome {
        Ok(Outcome::Answered(_)) => None,
        Ok(Outcome::Refused(_, error)) | Err(error) => Some(error),
    }
}

/// Makes an answer fit for the generated code.
pub(super) async fn classify(
    response: Response,
    operation: &Operation,
    line: &RequestLine,
) -> Result<Outcome> {
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        return Ok(failure(response, line).await);
    }
    if !status.is_success() {
        return Err(redirect(&response, line));
    }
    let answer = match operation.answer {
        Answer::Json => document(response, line).await,
        Answer::Bytes => download(response, line).await,
        Answer::Nothing => nothing(response, line).await,
    };
    answer.map(Outcome::Answered)
}

/// Reads what is left of a body, so that its connection can be used again.
pub(super) async fn drain(response: Response) {
    body::beginning(response).await;
}

/// A JSON document, read as a whole.
async fn document(response: Response, line: &RequestLine) -> Result<Response> {
    let head = Head::of(&response);
    let body = body::document(response)
        .await
        .map_err(|reason| match reason {
            Incomplete::TooLarge => line
                .error(
                    ErrorKind::Answer,
                    head.status,
                    "the answer is larger than 64 MiB",
                )
                .with_hint(NOT_ATLAS),
            Incomplete::Broken(error) => head.broken(error, line),
        })?;
    head.record(line, &body);
    match body.trim_ascii_start().first() {
        Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
            Ok(head.rebuild(body))
        }
        _ => Err(head.unexpected(line, &body, "JSON was expected")),
    }
}

/// A file, which is passed on as it comes; a page is not one.
///
/// Its beginning is waited for: until then another try can still make good what breaks.
async fn download(mut response: Response, line: &RequestLine) -> Result<Response> {
    let head = Head::of(&response);
    if head.is_html() {
        return Err(head.unexpected(line, b"<html>", "a file was expected"));
    }
    let beginning = response.chunk().await;
    let beginning = beginning.map_err(|error| head.broken(error, line))?;
    let length = head.headers.get(CONTENT_LENGTH).cloned();
    let mut file = head.rebuild(deadline::body(beginning, response, &line.method));
    if let Some(length) = length {
        file.headers_mut().insert(CONTENT_LENGTH, length);
    }
    Ok(file)
}

/// An answer whose status says it all. The change is made, so a body that breaks off is no error;
/// a page, however, was not written by Atlas, and then nothing is known.
async fn nothing(response: Response, line: &RequestLine) -> Result<Response> {
    let head = Head::of(&response);
    let body = body::beginning(response).await;
    head.record(line, &body);
    if head.is_html() || body.trim_ascii_start().starts_with(b"<") {
        return Err(head.unexpected(line, &body, "no page was expected"));
    }
    Ok(head.rebuild(Bytes::new()))
}

/// An error answer, which always holds an error document and names its request.
async fn failure(response: Response, line: &RequestLine) -> Outcome {
    let mut head = Head::of(&response);
    let body = line.hidden.scrub(body::beginning(response).await);
    head.record(line, &body);
    if let Ok(request) = HeaderValue::try_from(format!("{} {}", line.method, line.path)) {
        head.headers.insert(REQUEST_HEADER, request);
    }
    let status = head.status();
    let error = Error::from_answer(status, Some(line.pair()), &head.headers, &body);
    if let Some(document) = error_document(&body) {
        return Outcome::Refused(head.rebuild(document), error);
    }
    let document = document_around(head.status, &body);
    head.headers
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Outcome::Refused(head.rebuild(document), error)
}

/// Why a redirect is not followed.
fn redirect(response: &Response, line: &RequestLine) -> Error {
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
    line.error(ErrorKind::Answer, status, message)
        .with_hint(hint)
}

/// The part of an answer before its body.
#[derive(Clone)]
pub(super) struct Head {
    status: StatusCode,
    headers: HeaderMap,
    url: Url,
}

impl Head {
    pub(super) fn of(response: &Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            url: response.url().clone(),
        }
    }

    fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Whether it announces a page for people.
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

    /// The same answer with this body, which is neither compressed nor cut into pieces.
    pub(super) fn rebuild<B: Default + Into<Body>>(mut self, body: B) -> Response {
        for name in [CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING] {
            self.headers.remove(name);
        }
        // status and address come from an answer, so the builder has nothing to object to
        let built = http::Response::builder()
            .url(self.url)
            .body(body)
            .unwrap_or_default();
        let (mut parts, body) = built.into_parts();
        parts.status = self.status;
        parts.headers = self.headers;
        http::Response::from_parts(parts, body).into()
    }

    /// The error about a body that does not come whole.
    fn broken(&self, error: reqwest::Error, line: &RequestLine) -> Error {
        let error = error.with_url(self.url.clone());
        Error::from_reqwest(error, Some(line.pair())).with_status(self.status())
    }

    /// Hands the answer to whoever wants it exactly as it came.
    pub(super) fn record(&self, line: &RequestLine, body: &Bytes) {
        trace::body(self.status, &self.headers, body, &line.hidden);
        capture::record(|| Captured {
            method: line.method.clone(),
            path: line.path.clone(),
            status: self.status,
            headers: self.headers.clone(),
            body: body.clone(),
            repeated: false,
        });
    }

    /// A success that cannot be Atlas's.
    fn unexpected(&self, line: &RequestLine, body: &[u8], expected: &str) -> Error {
        let what = if self.is_html() || body.trim_ascii_start().starts_with(b"<") {
            "an HTML page"
        } else if body.trim_ascii().is_empty() {
            "an empty answer"
        } else {
            "an answer in another format"
        };
        let body = line.hidden.scrub(Bytes::copy_from_slice(body));
        let message = match summary(&body) {
            Some(text) => format!("{what} where {expected}: `{text}`"),
            None => format!("{what} where {expected}"),
        };
        line.error(ErrorKind::Answer, self.status, message)
            .with_hint(NOT_ATLAS)
    }
}
