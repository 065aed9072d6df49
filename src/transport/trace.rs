//! Tracing spans and events, with the HTTP names of OpenTelemetry.
//!
//! A call is a span at level INFO. Retries are events at INFO, requests, responses and waits at DEBUG,
//! headers and bodies at TRACE, redacted by `redact.rs`. The target is `mongodbatlas`.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::{Body, Request, Response};
use tracing::field::{Empty, display};
use tracing::{Level, Span};

use super::redact::{self, Redactor};
use crate::error::Error;
use crate::operations::Operation;

/// Creates the span of a call, which includes its retries.
pub(super) fn new_span(request: &Request, operation: &Operation) -> Span {
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

/// Logs the method, the URL and, at TRACE, the headers and the body of a request.
pub(super) fn log_request(request: &Request, redactor: &Redactor) {
    tracing::debug!(target: "mongodbatlas", { "http.request.method" = %request.method(),
        "url.full" = redact::redact_url(request.url()) }, "request");
    if tracing::enabled!(target: "mongodbatlas", Level::TRACE) {
        let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
        tracing::trace!(target: "mongodbatlas", { headers = %redact::Headers(request.headers()),
            body = redactor.redact_to_string(body) }, "request with body");
    }
}

/// Logs the status of a response.
pub(super) fn log_response(response: &Response) {
    let status = response.status().as_u16();
    tracing::debug!(target: "mongodbatlas", { "http.response.status_code" = status }, "response");
    Span::current().record("http.response.status_code", status);
}

/// Logs the headers and the body of a response.
pub(super) fn log_body(status: StatusCode, headers: &HeaderMap, body: &Bytes, redactor: &Redactor) {
    if tracing::enabled!(target: "mongodbatlas", Level::TRACE) {
        tracing::trace!(target: "mongodbatlas", { "http.response.status_code" = status.as_u16(),
            headers = %redact::Headers(headers),
            body = redactor.redact_to_string(body) }, "response with body");
    }
}

/// Logs a retry after a delay.
pub(super) fn log_retry(attempts: u32, wait: Duration, error: &Error) {
    tracing::info!(
        target: "mongodbatlas",
        attempts, wait_ms = millis(wait), reason = kind_name(error),
        "retry"
    );
    Span::current().record("http.request.resend_count", attempts);
}

/// Logs a wait for a rate limit.
pub(super) fn log_wait(time: Duration) {
    tracing::debug!(target: "mongodbatlas", { wait_ms = millis(time) }, "waiting for the rate limit");
}

/// Logs a failed call.
pub(super) fn log_failure(error: &Error) {
    Span::current().record("error.type", display(kind_name(error)));
    tracing::debug!(target: "mongodbatlas", { "error.type" = kind_name(error) }, "the call failed");
}

/// Returns the error code of Atlas, or else the status, or else the kind.
fn kind_name(error: &Error) -> String {
    match (error.error_code(), error.status()) {
        (Some(code), _) => code.to_owned(),
        (None, Some(status)) => status.to_string(),
        (None, None) => format!("{:?}", error.kind()),
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
