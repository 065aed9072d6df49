//! Converts error responses: error documents of Atlas, and responses of other servers.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use serde_json::{Map, Value};

use super::text::looks_like_html;
use super::{Error, ErrorKind, FieldError, Sender, codes, one_line, summarize};

/// The header with the error code, which is also in the error document.
pub(crate) const ERROR_CODE: &str = "x-error-code";

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
            Some(document) => Self::from_document(status, headers, &document),
            None => Self::from_foreign(status, summarize(body), looks_like_page(body)),
        };
        let mut error = error.with_status(status).with_request_line(request);
        error.0.retry_after = parse_retry_after(headers).or_else(|| rate_limit_wait(&error));
        match error.default_hint() {
            Some(template) => error.with_hint_template(template),
            None => error,
        }
    }

    /// Returns the template of the hint for the code, or else for the status.
    fn default_hint(&self) -> Option<&'static str> {
        let status = self.status()?;
        let is_change = matches!(self.method(), Some("POST" | "PATCH"));
        match codes::find_meaning(status, self.error_code()) {
            (_, Some(hint)) => Some(hint),
            (ErrorKind::Server, None) if is_change => Some(codes::failed_change_hint()),
            _ if self.is_foreign() && matches!(status, 400 | 402..=405 | 409 | 413) => {
                Some(NOT_ATLAS_HINT)
            }
            _ => {
                let hint = codes::status_hint(status);
                hint.or_else(|| self.is_foreign().then_some(NOT_ATLAS_HINT))
            }
        }
    }

    /// Creates an error from an error document of Atlas.
    fn from_document(status: u16, headers: &HeaderMap, document: &Map<String, Value>) -> Self {
        let read_line = |name: &str| document.get(name).and_then(Value::as_str).map(one_line);
        let header = headers.get(ERROR_CODE).and_then(|code| code.to_str().ok());
        let code = read_line("errorCode").or_else(|| header.map(one_line));
        let code = code.filter(|code| !code.is_empty());
        let detail = read_line("detail").filter(|detail| !detail.is_empty());
        let message = detail
            .clone()
            .or_else(|| read_line("message"))
            .or_else(|| read_line("reason"));
        let message = message.filter(|message| !message.is_empty());
        let (kind, _) = codes::find_meaning(status, code.as_deref());
        let mut error = Self::new(kind, message.unwrap_or_else(|| reason_phrase(status)));
        error.0.error_code = code;
        error.0.detail = detail;
        error.0.parameters = document
            .get("parameters")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let details = document.get("badRequestDetail");
        error.0.fields = details.map_or_else(Vec::new, FieldError::from_detail);
        error
    }

    /// Creates an error from a response that is not from Atlas.
    fn from_foreign(status: u16, detail: Option<String>, page: bool) -> Self {
        // the 404 page of another server does not mean that the resource does not exist
        let kind = match codes::status_kind(status) {
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
        error.0.detail = detail;
        error.0.sender = Sender::Other;
        error
    }

    fn is_foreign(&self) -> bool {
        self.0.sender == Sender::Other
    }
}

/// Parses an error document. Fields of an unexpected type are removed, so that they do not hide the others.
fn parse_document(body: &[u8]) -> Option<Map<String, Value>> {
    let mut document: Map<String, Value> = serde_json::from_slice(body).ok()?;
    // some services send the code without the status
    let has_status = document.get("error").is_some_and(Value::is_i64);
    let has_code = document.get("errorCode").is_some_and(Value::is_string);
    if !has_status && !has_code {
        return None;
    }
    document.retain(|name, value| match name.as_str() {
        "errorCode" | "detail" | "reason" | "message" => value.is_string() || value.is_null(),
        "parameters" => value.is_array() || value.is_null(),
        "badRequestDetail" => is_field_list(value),
        _ => true,
    });
    Some(document)
}

/// Returns the status in an error document; `None` for any other document.
pub(crate) fn error_document_status(body: &[u8]) -> Option<u16> {
    let document = parse_document(body)?;
    let mut texts = ["errorCode", "detail", "reason"].iter();
    let has_text = texts.any(|name| document.get(*name).is_some_and(Value::is_string));
    let status = document.get("error")?.as_i64()?.try_into().ok()?;
    (has_text && (400..600).contains(&status)).then_some(status)
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
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(value)
        .ok()?;
    let seconds = moment.duration_since(jiff::Timestamp::now()).as_secs();
    Some(Duration::from_secs(seconds.try_into().unwrap_or(0)))
}

/// Returns the time to wait from the parameters or the message of a rate limit.
fn rate_limit_wait(error: &Error) -> Option<Duration> {
    if !error.is_rate_limited() {
        return None;
    }
    let numbers: Vec<u64> = error.parameters().iter().filter_map(to_number).collect();
    match (error.error_code()?, numbers.as_slice()) {
        // endpoint, seconds to wait, capacity, refill, seconds of a refill
        ("RATE_LIMITED_TOKEN_BUCKET", [seconds, ..]) => Some(Duration::from_secs(*seconds)),
        // requests, minutes: the wait is at most the whole window
        (_, [_, .., minutes]) => Some(Duration::from_secs(minutes.saturating_mul(60))),
        _ => parse_duration(error.detail()?),
    }
}

/// Returns a number, which may be a string.
fn to_number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Returns the first duration in a text, such as `5 minutes` or `per minute`.
fn parse_duration(text: &str) -> Option<Duration> {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    let mut pairs = words.windows(2);
    pairs.find_map(|pair| {
        let unit = pair[1].trim_end_matches(['.', ',', ';']);
        let seconds = match unit.trim_end_matches('s') {
            "second" => 1,
            "minute" => 60,
            "hour" => 3600,
            _ => return None,
        };
        let number: u64 = match pair[0] {
            "per" | "every" | "each" | "a" | "an" | "one" => 1,
            number => number.parse().ok()?,
        };
        Some(Duration::from_secs(number.saturating_mul(seconds)))
    })
}

#[cfg(test)]
mod tests;
