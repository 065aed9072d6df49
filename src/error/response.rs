//! Converts error responses: error documents of Atlas, and responses of other servers.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use serde_json::{Map, Value};

use super::codes::{hint_of_status, kind_of_status, meaning};
use super::text::looks_like_html;
use super::{Error, ErrorKind, one_line, summary};

const NOT_ATLAS_HINT: &str = "the response is from another server: check the base URL \
                              (`ATLAS_BASE_URL`), and any proxy or login page of the network";

impl Error {
    /// Creates an error from a response with an error status.
    pub(crate) fn from_response(
        status: u16,
        request: Option<(&str, &str)>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Self {
        let error = match parse_document(body) {
            Some(document) => Self::from_document(status, &document),
            None => Self::from_foreign(status, summary(body), looks_like_page(body)),
        };
        let error = error.with_status(status).with_request_line(request);
        error.with_retry_after(parse_retry_after(headers))
    }

    /// Creates an error from an error document of Atlas.
    fn from_document(status: u16, document: &Map<String, Value>) -> Self {
        let text = |name: &str| document.get(name).and_then(Value::as_str).map(one_line);
        let code = text("errorCode").filter(|code| !code.is_empty());
        let detail = text("detail").filter(|detail| !detail.is_empty());
        let meaning = code.as_deref().and_then(meaning);
        let kind = meaning
            .as_ref()
            .map_or_else(|| kind_of_status(status), |known| known.kind);
        let hint = match &meaning {
            Some(known) => known.hint,
            None => hint_of_status(status),
        };
        let message = detail
            .clone()
            .or_else(|| text("reason"))
            .unwrap_or_default();
        let mut error = Self::new(
            kind,
            if message.is_empty() {
                reason_phrase(status)
            } else {
                message
            },
        );
        error.0.error_code = code;
        error.0.detail = detail;
        error.0.hint = hint.map(Into::into);
        error.0.parameters = document
            .get("parameters")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        error
    }

    /// Creates an error from a response that is not from Atlas.
    fn from_foreign(status: u16, detail: Option<String>, page: bool) -> Self {
        // the 404 page of another server does not mean that the resource does not exist
        let kind = match kind_of_status(status) {
            ErrorKind::NotFound => ErrorKind::InvalidResponse,
            kind => kind,
        };
        let content = if page {
            "an HTML page"
        } else {
            "a response that is not from Atlas"
        };
        let message = match &detail {
            Some(detail) => format!("{content}: `{detail}`"),
            None => format!("an empty response ({})", reason_phrase(status)),
        };
        let mut error = Self::new(kind, message);
        error.0.hint = Some(hint_of_status(status).unwrap_or(NOT_ATLAS_HINT).into());
        error.0.detail = detail;
        error
    }

    /// Sets the time to wait, and the hint of a rate limit.
    fn with_retry_after(mut self, header: Option<Duration>) -> Self {
        let is_limited = self.0.kind == ErrorKind::RateLimited;
        self.0.retry_after = header.or_else(|| is_limited.then(|| wait_parameter(&self)).flatten());
        if let (true, Some(wait)) = (is_limited, self.0.retry_after) {
            let seconds = wait.as_secs();
            let unit = if seconds == 1 { "second" } else { "seconds" };
            self.0.hint = Some(format!("wait {seconds} {unit}, then try again").into());
        } else if is_limited && self.0.hint.is_none() {
            self.0.hint = hint_of_status(429).map(Into::into);
        }
        self
    }
}

/// Parses an error document. Fields of an unexpected type are removed, so that they do not hide the others.
fn parse_document(body: &[u8]) -> Option<Map<String, Value>> {
    let mut document: Map<String, Value> = serde_json::from_slice(body).ok()?;
    document.get("error")?.as_i64()?;
    document.retain(|name, value| match name.as_str() {
        "errorCode" | "detail" | "reason" => value.is_string() || value.is_null(),
        "parameters" => value.is_array() || value.is_null(),
        "badRequestDetail" => is_field_list(value),
        _ => true,
    });
    Some(document)
}

/// Returns `true` if the value lists fields of a request with their descriptions.
fn is_field_list(detail: &Value) -> bool {
    let is_text = |value: &Value| value.is_string() || value.is_null();
    let is_field = |field: &Value| {
        let texts = field.as_object();
        texts.is_some_and(|texts| texts.values().all(is_text))
    };
    match detail.get("fields") {
        None | Some(Value::Null) => detail.is_object() || detail.is_null(),
        Some(fields) => fields
            .as_array()
            .is_some_and(|fields| fields.iter().all(is_field)),
    }
}

/// Returns `true` if a body is HTML.
fn looks_like_page(body: &[u8]) -> bool {
    std::str::from_utf8(&body[..body.len().min(64)]).is_ok_and(looks_like_html)
        || body.trim_ascii_start().starts_with(b"<")
}

/// Returns the reason phrase of a status in lower case.
fn reason_phrase(status: u16) -> String {
    http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .map_or_else(|| format!("status {status}"), str::to_lowercase)
}

/// Parses `Retry-After`: a number of seconds, or a date.
fn parse_retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(text)
        .ok()?;
    let seconds = moment.duration_since(jiff::Timestamp::now()).as_secs();
    Some(Duration::from_secs(seconds.try_into().unwrap_or(0)))
}

/// Returns the time to wait from the parameters of a rate limit.
fn wait_parameter(error: &Error) -> Option<Duration> {
    let number = |index: usize| error.parameters().get(index).and_then(Value::as_u64);
    match error.error_code()? {
        // endpoint, seconds to wait, capacity, refill, seconds of a refill
        "RATE_LIMITED_TOKEN_BUCKET" => number(1).map(Duration::from_secs),
        // endpoint, requests, minutes: the wait is at most the whole window
        "RATE_LIMITED" => number(2).map(|minutes| Duration::from_secs(minutes.saturating_mul(60))),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
