//! The headers around an answer, as the service sends them.

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, SERVER, VARY, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use crate::call::Reply;
use crate::call::error::{ApiError, UNAUTHORIZED_BODY};
use crate::call::rate_limits::Allowance;
use crate::http::faults::Answer;
use crate::http::versions::{Resolved, header_date};

const JSON: &str = "application/json";

/// What every authenticated answer carries.
const STANDING: [(&str, &str); 7] = [
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

/// How the documents of an answer are to be written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Layout {
    /// With line breaks.
    pub(crate) is_pretty: bool,
    /// With the status inside the body, for clients that cannot see it.
    pub(crate) is_enveloped: bool,
}

/// A successful answer; `version` is none in the unversioned API.
pub(crate) fn success(reply: Reply, version: Option<&Resolved>, layout: Layout) -> Response {
    let body = match (reply.document, reply.file) {
        (_, Some(file)) => Body::from(file),
        (Some(document), None) => {
            let document = enveloped(document, reply.status, reply.is_page, layout);
            Body::from(written(document, layout))
        }
        (None, None) => Body::empty(),
    };
    let mut response = bare(reply.status, body);
    let headers = response.headers_mut();
    let content_type = version.map_or_else(|| JSON.to_owned(), Resolved::content_type);
    put(headers, CONTENT_TYPE, &content_type);
    for (name, value) in reply.headers {
        put(headers, name, &value);
    }
    if let Some(version) = version {
        age(&mut response, version);
    }
    response
}

/// Says that a version is old, and when it goes.
pub(crate) fn age(response: &mut Response, version: &Resolved) {
    let days = [
        ("deprecation", version.deprecation),
        ("sunset", version.sunset),
    ];
    for (name, day) in days {
        if let Some(day) = day {
            let name = HeaderName::from_static(name);
            put(response.headers_mut(), name, &header_date(day));
        }
    }
}

fn enveloped(mut document: Value, status: StatusCode, is_page: bool, layout: Layout) -> Value {
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

/// An error answer.
pub(crate) fn failure(error: &ApiError) -> Response {
    let mut response = bare(
        error.status(),
        Body::from(written(error.document(), Layout::default())),
    );
    let headers = response.headers_mut();
    put(headers, CONTENT_TYPE, JSON);
    put(headers, VARY, "Accept-Encoding");
    put(
        headers,
        HeaderName::from_static("x-error-code"),
        error.code(),
    );
    response
}

/// A 401 with its challenge.
pub(crate) fn challenge(challenge: &str) -> Response {
    let mut response = bare(StatusCode::UNAUTHORIZED, Body::from(UNAUTHORIZED_BODY));
    let headers = response.headers_mut();
    put(headers, CONTENT_TYPE, JSON);
    put(headers, VARY, "Accept-Encoding");
    put(headers, WWW_AUTHENTICATE, challenge);
    response
}

/// An answer of the token service.
pub(crate) fn oauth(answer: &crate::http::auth::oauth::Answer) -> Response {
    let mut response = bare(answer.status, Body::from(answer.document.to_string()));
    put(response.headers_mut(), CONTENT_TYPE, JSON);
    response
}

/// An injected answer, with its own headers only.
pub(crate) fn injected(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        match HeaderName::try_from(name) {
            Ok(name) => put(response.headers_mut(), name, &value),
            Err(error) => tracing::warn!(%error, "an injected header has no valid name"),
        }
    }
    response
}

/// Adds what every authenticated answer carries.
pub(crate) fn stand(response: &mut Response, allowance: Option<Allowance>, handler: &str) {
    let status = response.status();
    let headers = response.headers_mut();
    for (name, value) in STANDING {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if !handler.is_empty() {
        put(headers, HeaderName::from_static("x-java-method"), handler);
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

/// Takes away what answers to a method do not carry: only those to reading and creating vary.
pub(crate) fn as_for(method: &Method, mut response: Response) -> Response {
    if !matches!(*method, Method::GET | Method::POST) {
        response.headers_mut().remove(VARY);
    }
    response
}

fn bare(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(SERVER, HeaderValue::from_static("mdbws"));
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => {
            headers.insert(name, value);
        }
        Err(error) => tracing::warn!(%name, %error, "a header value cannot be sent"),
    }
}

/// A document with its keys in alphabetical order, as the service writes them.
fn written(mut document: Value, layout: Layout) -> Vec<u8> {
    document.sort_all_objects();
    let written = if layout.is_pretty {
        serde_json::to_vec_pretty(&document)
    } else {
        serde_json::to_vec(&document)
    };
    // A document of text and numbers can always be written.
    written.unwrap_or_default()
}
