//! What is fed with what strangers send: by `fuzz/` for long, by the tests here for a moment.
//!
//! Each function takes bytes and panics if it finds something wrong. Only fuzzing and tests see them.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::api::types::ClusterDescription20240805;
use crate::auth;
use crate::error::Error;
use crate::pythonic::read_page;
use crate::transport::capture::Captured;
use crate::transport::{Lifecycle, redact};

/// Challenges, one header a line.
pub fn challenge(data: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(WWW_AUTHENTICATE, value);
        }
    }
    auth::can_be_answered(&headers);
}

/// A page of a list: an error about it is an answer error and names the request.
///
/// # Panics
///
/// If it is another one.
pub fn page(data: &[u8]) {
    let answer = Captured {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: data.to_vec().into(),
        repeated: false,
    };
    if let Err(error) = read_page::<ClusterDescription20240805>(&answer) {
        assert!(error.is_answer() && error.path() == Some("/"), "{error:?}");
    }
}

/// An error answer: two bytes of status, a line for `Retry-After` and `Sunset`, the body.
///
/// # Panics
///
/// If what would be printed moves the cursor.
pub fn error(data: &[u8]) {
    let (head, rest) = data.split_at(data.len().min(2));
    let status = head
        .iter()
        .fold(0, |status, byte| status << 8 | u16::from(*byte))
        % 1000;
    let end = rest
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or_default();
    let (line, body) = rest.split_at(end);
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(line) {
        headers.insert("retry-after", value.clone());
        headers.insert("sunset", value);
    }

    let error = Error::from_answer(status, Some(("GET", "/")), &headers, body);

    let text = error.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(!text.is_empty() && !format!("{error:?}").is_empty());
    error.is_retryable();
    error.is_temporary();
    Lifecycle::of(&headers);
    redact::body(body);
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    const CHALLENGE: &str = r#"((Digest|Basic|digest|,|;|=|"|\\| |realm|nonce|qop|algorithm|stale|auth|auth-int|MD5|SHA-256-sess|[a-z]|\n|é){0,40})"#;
    const JSON: &str = r#"(\{|\}|\[|\]|,|:|"results":|"links":|"totalCount":|"rel":"next"|"name":"a"|null|true|-?[0-9]{1,20}|"[a-z\\]{0,4}"| ){0,30}"#;
    const ERROR: &str = r#"..([0-9]{0,25}|soon|Thu, 1 Jul 2027 00:00:00 GMT|-1)\n\{?("error":[0-9]{1,4}|"errorCode":"[A-Z_]{0,9}"|"detail":"[a-z<\u{1b}]{0,9}"|"parameters":\[("x",)?[0-9]{1,20}\]|,|<title>|\}){0,9}"#;

    proptest! {
        #[test]
        fn any_challenge_is_survived(text in CHALLENGE, bytes in vec(any::<u8>(), 0..200)) {
            super::challenge(text.as_bytes());
            super::challenge(&bytes);
        }

        #[test]
        fn any_page_is_survived(text in JSON, bytes in vec(any::<u8>(), 0..200), items in vec("(\\{\\}|null|1|\"a\"|\\{\"name\":(null|1)\\})", 0..4), rest in JSON) {
            super::page(text.as_bytes());
            super::page(&bytes);
            super::page(format!(r#"{{"results":[{}]}}"#, items.join(",")).as_bytes());
            super::page(format!(r#"{{"results":[{}],{rest}}}"#, items.join(",")).as_bytes());
        }

        #[test]
        fn any_error_is_survived(text in ERROR, bytes in vec(any::<u8>(), 0..200)) {
            super::error(text.as_bytes());
            super::error(&bytes);
        }
    }
}
