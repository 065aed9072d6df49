//! The endpoints under `/api/private` that the official CLI uses.

use axum::response::Response;
use http::Method;
use http::request::Parts;
use serde_json::json;

use crate::http::auth::identity::ADDRESS;
use crate::http::headers;
use crate::state::DEFAULT_MAJOR_VERSION;

const IP_INFO: &str = "/api/private/ipinfo";
const MAJOR_VERSION: &str = "/api/private/unauth/nds/defaultMongoDBMajorVersion";

/// Returns the response of an endpoint that requires no authentication, or `None` for other paths.
pub(super) fn respond_without_credentials(parts: &Parts) -> Option<Response> {
    let body = || (headers::PLAIN_TEXT, DEFAULT_MAJOR_VERSION.to_owned());
    get(parts, MAJOR_VERSION, body)
}

/// Returns the response of an endpoint that requires authentication, or `None` for other paths.
pub(super) fn respond_with_credentials(parts: &Parts) -> Option<Response> {
    let document = || json!({ "currentIpv4Address": ADDRESS.to_string() });
    get(parts, IP_INFO, || (headers::JSON, document().to_string()))
}

fn get(
    parts: &Parts,
    path: &str,
    body: impl FnOnce() -> (&'static str, String),
) -> Option<Response> {
    if parts.uri.path().trim_end_matches('/') != path {
        return None;
    }
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return Some(headers::build_method_not_allowed(&["GET", "HEAD"]));
    }
    let (content_type, body) = body();
    Some(headers::build_with_body(content_type, body))
}
