//! The error code of a 401, which decides about another authentication attempt.

use http::{HeaderValue, StatusCode};
use reqwest::{Response, ResponseBuilderExt};
use serde::Deserialize;

use super::body;
use crate::error::ERROR_CODE;

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "errorCode")]
    error_code: String,
}

/// Adds the header with the error code to a 401 whose body contains the code.
pub(in crate::transport) async fn with_error_code(response: Response) -> Response {
    if response.status() != StatusCode::UNAUTHORIZED || response.headers().contains_key(ERROR_CODE)
    {
        return response;
    }
    let (status, version, url) = (
        response.status(),
        response.version(),
        response.url().clone(),
    );
    let mut headers = response.headers().clone();
    let body = body::read_prefix(response).await;
    let code = serde_json::from_slice::<Document>(&body).ok();
    if let Some(code) = code.and_then(|document| HeaderValue::try_from(document.error_code).ok()) {
        headers.insert(ERROR_CODE, code);
    }
    let builder = http::Response::builder()
        .status(status)
        .version(version)
        .url(url);
    // the parts are those of a valid response
    let mut rebuilt = builder.body(body).unwrap_or_default();
    *rebuilt.headers_mut() = headers;
    rebuilt.into()
}
