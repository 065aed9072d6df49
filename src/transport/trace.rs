//! What can be watched of a call: a span with OpenTelemetry's HTTP names, and events in it.
//!
//! A call is a span at level INFO. Retries are events at INFO, requests, answers and waits at DEBUG,
//! headers and bodies at TRACE; `redact.rs` decides what of them is shown. All have the target
//! `mongodbatlas`.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::{Body, Request, Response};
use tracing::field::{Empty, display};
use tracing::{Level, Span};

use super::redact::{self, Redactor};
use crate::error::Error;
use crate::operations::Operation;

/// The span of a call; requests that repeat it are in the same span.
pub(super) fn span(request: &Request, operation: &Operation) -> Span {
    let url = request.url();
    tracing::info_span!(
        target: "mongodbatlas",
        "atlas",
        "otel.name" = %operation,
        "otel.kind" = "client",
        "atlas.operation" = operation.id,
        "http.request.method" = operation.method,
        "url.template" = operation.path,
        "server.address" = url.host_str(),
        "server.port" = url.port_or_known_default(),
        "http.request.resend_count" = Empty,
        "http.response.status_code" = Empty,
        "error.type" = Empty,
    )
}

/// A request that goes out.
pub(super) fn request(request: &Request, hidden: &Redactor) {
    tracing::debug!(target: "mongodbatlas", { "http.request.method" = %request.method(),
        "url.full" = redact::url(request.url()) }, "request");
    if tracing::enabled!(target: "mongodbatlas", Level::TRACE) {
        let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
        tracing::trace!(target: "mongodbatlas", { headers = %redact::Headers(request.headers()),
            body = hidden.show(body) }, "request in full");
    }
}

/// The head of an answer that came in.
pub(super) fn answer(response: &Response) {
    let status = response.status().as_u16();
    tracing::debug!(target: "mongodbatlas", { "http.response.status_code" = status }, "answer");
    Span::current().record("http.response.status_code", status);
}

/// An answer that was read.
pub(super) fn body(status: StatusCode, headers: &HeaderMap, body: &Bytes, hidden: &Redactor) {
    if tracing::enabled!(target: "mongodbatlas", Level::TRACE) {
        tracing::trace!(target: "mongodbatlas", { "http.response.status_code" = status.as_u16(),
            headers = %redact::Headers(headers),
            body = hidden.show(body) }, "answer in full");
    }
}

/// A retry that is due after this time.
pub(super) fn retry(attempts: u32, wait: Duration, error: &Error) {
    tracing::info!(
        target: "mongodbatlas",
        attempts, wait_ms = millis(wait), reason = kind(error),
        "trying again"
    );
    Span::current().record("http.request.resend_count", attempts);
}

/// A wait for a rate limit.
pub(super) fn wait(time: Duration) {
    tracing::debug!(target: "mongodbatlas", { wait_ms = millis(time) }, "waiting for the rate limit");
}

/// The end of a call that failed.
pub(super) fn failure(error: &Error) {
    Span::current().record("error.type", display(kind(error)));
    tracing::debug!(target: "mongodbatlas", { "error.type" = kind(error) }, "the call failed");
}

/// What kind of error it is: Atlas's code, the status, or our own word.
fn kind(error: &Error) -> String {
    match (error.error_code(), error.status()) {
        (Some(code), _) => code.to_owned(),
        (None, Some(status)) => status.to_string(),
        (None, None) => format!("{:?}", error.kind()),
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
