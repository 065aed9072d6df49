//! Builds HTTP responses with the headers that Atlas sends.

use std::sync::LazyLock;

use axum::body::Body;
use axum::response::Response;
use http::header::{ALLOW, CONTENT_TYPE, DATE, SERVER, VARY, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::ApiResponse;
use crate::call::error::{ApiError, UNAUTHORIZED_BODY};
use crate::call::rate_limits::Allowance;
use crate::http::faults::InjectedResponse;
use crate::http::versions::{Resolved, format_header_date};
use crate::schema::behaviour::{behaviour, parse};

pub(crate) const JSON: &str = "application/json";
pub(crate) const GZIP: &str = "application/gzip";
pub(crate) const PLAIN_TEXT: &str = "text/plain";

static CONTENT_TYPES: LazyLock<ContentTypes> =
    LazyLock::new(|| parse(behaviour!("content-types.toml")));

#[derive(Default, Deserialize)]
struct ContentTypes {
    operation: Vec<ContentType>,
}

/// The media type of an operation's response where Atlas differs from the OpenAPI document.
#[derive(Deserialize)]
struct ContentType {
    id: String,
    content_type: String,
}

/// Headers of every response to an authenticated request.
const COMMON_HEADERS: [(&str, &str); 7] = [
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "strict-transport-security",
        "max-age=31536000; includeSubdomains;",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-envoy-upstream-service-time", "1"),
    ("x-frame-options", "DENY"),
    ("x-java-version", "17.0.19+10-LTS"),
    ("x-permitted-cross-domain-policies", "none"),
];

/// The layout of a response body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Layout {
    /// `true` if the JSON is indented.
    pub(crate) is_pretty: bool,
    /// `true` if the body contains the status, for clients that cannot read the status line.
    pub(crate) is_enveloped: bool,
}

/// Returns the media type of an operation whose media type differs from the OpenAPI document. Empty
/// if the response has no media type.
pub(crate) fn find_content_type(operation: &str) -> Option<&'static str> {
    let mut operations = CONTENT_TYPES.operation.iter();
    let entry = operations.find(|entry| entry.id == operation)?;
    Some(&entry.content_type)
}

/// Returns a successful response. Omits `Content-Type` if `content_type` is empty.
pub(crate) fn build_success(reply: ApiResponse, content_type: &str, layout: Layout) -> Response {
    let body = match (reply.document, reply.file) {
        (_, Some(file)) => Body::from(file),
        (Some(document), None) => {
            let document = add_envelope(document, reply.status, reply.is_page, layout);
            Body::from(serialize(document, layout))
        }
        (None, None) => Body::empty(),
    };
    let mut response = new_response(reply.status, body);
    let headers = response.headers_mut();
    if !content_type.is_empty() {
        insert_header(headers, CONTENT_TYPE, content_type);
    }
    for (name, value) in reply.headers {
        insert_header(headers, name, &value);
    }
    response
}

/// Sets the `Deprecation` and `Sunset` headers of a version.
pub(crate) fn set_deprecation(response: &mut Response, version: &Resolved) {
    let days = [
        ("deprecation", version.deprecation),
        ("sunset", version.sunset),
    ];
    for (name, day) in days {
        if let Some(day) = day {
            let name = HeaderName::from_static(name);
            insert_header(response.headers_mut(), name, &format_header_date(day));
        }
    }
}

fn add_envelope(mut document: Value, status: StatusCode, is_page: bool, layout: Layout) -> Value {
    let status = status.as_u16();
    match (layout.is_enveloped, is_page) {
        (true, true) => {
            document["status"] = json!(status);
            document
        }
        (true, false) => json!({ "content": document, "status": status }),
        (false, _) => document,
    }
}

/// Returns an error response.
pub(crate) fn build_error(error: &ApiError) -> Response {
    let mut response = new_response(
        error.status(),
        Body::from(serialize(error.document(), Layout::default())),
    );
    let headers = response.headers_mut();
    insert_header(headers, CONTENT_TYPE, JSON);
    insert_header(headers, VARY, "Accept-Encoding");
    if !error.code().is_empty() {
        insert_header(
            headers,
            HeaderName::from_static("x-error-code"),
            error.code(),
        );
    }
    response
}

/// Returns the response to a request for an unknown path.
pub(crate) fn build_not_found(path: &str) -> Response {
    let mut response = build_error(&ApiError::resource_not_found(path));
    add_common(&mut response, None, "");
    response
}

/// Returns the response to an OPTIONS request, which lists the methods of the path.
pub(crate) fn build_options_response(allowed: &[&str]) -> Response {
    let mut response = new_response(StatusCode::NO_CONTENT, Body::empty());
    insert_header(response.headers_mut(), ALLOW, &allowed.join(", "));
    add_common(&mut response, None, "");
    response
}

/// Returns the response to a method that the path does not support.
pub(crate) fn build_method_not_allowed(allowed: &[&str]) -> Response {
    let mut response = build_error(&ApiError::method_not_allowed());
    insert_header(response.headers_mut(), ALLOW, &allowed.join(", "));
    add_common(&mut response, None, "");
    response
}

/// Returns a successful response with a body.
pub(crate) fn build_with_body(content_type: &str, body: String) -> Response {
    let mut response = new_response(StatusCode::OK, Body::from(body));
    insert_header(response.headers_mut(), CONTENT_TYPE, content_type);
    response
}

/// Returns a 401 with a challenge.
pub(crate) fn build_challenge(challenge: &str) -> Response {
    let mut response = new_response(StatusCode::UNAUTHORIZED, Body::from(UNAUTHORIZED_BODY));
    let headers = response.headers_mut();
    insert_header(headers, CONTENT_TYPE, JSON);
    insert_header(headers, VARY, "Accept-Encoding");
    insert_header(headers, WWW_AUTHENTICATE, challenge);
    response
}

/// Returns a response of the token service.
pub(crate) fn build_token_response(token: &crate::http::auth::oauth::TokenResponse) -> Response {
    let mut response = new_response(token.status, Body::from(token.document.to_string()));
    insert_header(response.headers_mut(), CONTENT_TYPE, JSON);
    response
}

/// Returns an injected response, which contains only the headers of the fault.
pub(crate) fn build_injected(fault: InjectedResponse) -> Response {
    let mut response = Response::new(Body::from(fault.body));
    *response.status_mut() =
        StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in fault.headers {
        match HeaderName::try_from(name) {
            Ok(name) => insert_header(response.headers_mut(), name, &value),
            Err(error) => tracing::warn!(%error, "invalid name of an injected header"),
        }
    }
    response
}

/// Adds the headers of every response to an authenticated request.
pub(crate) fn add_common(response: &mut Response, allowance: Option<Allowance>, java_method: &str) {
    let status = response.status();
    let headers = response.headers_mut();
    for (name, value) in COMMON_HEADERS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if !java_method.is_empty() {
        insert_header(
            headers,
            HeaderName::from_static("x-java-method"),
            java_method,
        );
    }
    if let Some(allowance) = allowance {
        headers.insert("ratelimit-limit", allowance.capacity.into());
        headers.insert("ratelimit-remaining", allowance.remaining.into());
        if let Some(wait) = allowance
            .retry_after
            .filter(|_| status == StatusCode::TOO_MANY_REQUESTS)
        {
            headers.insert("retry-after", wait.into());
        }
    }
}

/// Removes `Vary` from responses to methods other than GET, HEAD and POST.
pub(crate) fn adapt_to_method(method: &Method, mut response: Response) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD | Method::POST) {
        response.headers_mut().remove(VARY);
    }
    response
}

/// Adds `Date` with the time of the simulator's clock.
pub(crate) fn add_date(response: &mut Response, now: Timestamp) {
    if let Ok(date) = DateTimePrinter::new().timestamp_to_rfc9110_string(&now) {
        insert_header(response.headers_mut(), DATE, &date);
    }
}

fn new_response(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(SERVER, HeaderValue::from_static("mdbws"));
    response
}

fn insert_header(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => {
            headers.insert(name, value);
        }
        Err(error) => tracing::warn!(%name, %error, "invalid header value"),
    }
}

/// Serializes a document with its keys in alphabetical order, as Atlas does.
fn serialize(mut document: Value, layout: Layout) -> Vec<u8> {
    document.sort_all_objects();
    let json = if layout.is_pretty {
        serde_json::to_vec_pretty(&document)
    } else {
        serde_json::to_vec(&document)
    };
    // Serializing a `Value` cannot fail.
    json.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::document::Document;

    #[test]
    fn content_types_are_of_operations_of_the_document() {
        let operations = Document::vendored().unwrap().operations();

        for entry in &CONTENT_TYPES.operation {
            assert!(
                operations.iter().any(|operation| operation.id == entry.id),
                "{}",
                entry.id
            );
        }
    }
}
