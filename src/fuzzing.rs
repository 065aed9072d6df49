//! Fuzz targets for untrusted input, which `fuzz/` runs continuously and the tests here briefly.
//!
//! Each target takes bytes and panics if it finds a defect. The module exists for fuzzing and tests only.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::api::types::ClusterDescription;
use crate::auth;
use crate::error::Error;
use crate::pythonic::responses::endpoint::decode_page;
use crate::transport::{Body, Lifecycle, Received, redact::Redactor};

/// Parses challenges, one header in each line.
pub fn challenge(data: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(WWW_AUTHENTICATE, value);
        }
    }
    auth::has_supported_challenge(&headers);
}

/// Parses a page of a list.
///
/// # Panics
///
/// Panics if the error has another kind than [`InvalidResponse`](crate::ErrorKind::InvalidResponse) or
/// does not name the request.
pub fn page(data: &[u8]) {
    let received = Received {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Body::Bytes(data.to_vec().into()),
        fallback: None,
    };
    if let Err(error) = decode_page::<ClusterDescription>(&received) {
        assert!(
            error.is_invalid_response() && error.path() == Some("/"),
            "{error:?}"
        );
    }
}

/// Parses an error response: two bytes of status, a line for `Retry-After` and `Sunset`, the body.
///
/// # Panics
///
/// Panics if the message contains a control character.
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

    let error = Error::from_response(status, Some(("GET", "/")), &headers, body);

    let message = error.to_string();
    assert!(!message.contains(char::is_control), "{message:?}");
    assert!(!message.is_empty() && !format!("{error:?}").is_empty());
    let hint = error.hint().unwrap_or_default();
    assert!(!hint.contains(char::is_control), "{hint:?}");
    error.is_retryable();
    error.is_temporary();
    Lifecycle::from_headers(&headers);
    Redactor::default().redact_to_string(body);
}

/// Parses a config file of the official CLI: the name of the profile in the first line, then the file.
///
/// # Panics
///
/// Panics if a message contains a control character or a secret of the file.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (name, file) = text.split_once('\n').unwrap_or_default();

    let resolved = auth::find_in_text(file, name);

    if let Err(error) = &resolved {
        let (text, hint) = (error.to_string(), error.hint().unwrap_or_default());
        assert!(error.is_configuration() && !hint.is_empty(), "{error:?}");
        assert!(!text.contains(char::is_control), "{text:?}");
        assert!(!hint.contains(char::is_control), "{hint:?}");
    }
    let debug_output = format!("{resolved:?}");
    for secret in list_secrets(file) {
        // the same text may also be the name of the profile or another value of the file
        if debug_output.contains(&secret) {
            let is_also_public = name.contains(&secret) || file.matches(&secret).count() > 1;
            assert!(is_also_public, "{debug_output:?}");
        }
    }
}

/// Returns the secrets of a config file that are too long to occur in other texts.
fn list_secrets(file: &str) -> Vec<String> {
    let profiles: toml::Table = file.parse().unwrap_or_default();
    let profiles = profiles.values().filter_map(toml::Value::as_table);
    let values = profiles.flat_map(|profile| {
        ["private_api_key", "client_secret", "access_token"].map(|name| profile.get(name))
    });
    let texts = values.flatten().filter_map(toml::Value::as_str);
    texts
        .filter(|text| text.len() > 12)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    const CHALLENGE_PATTERN: &str = r#"((Digest|Basic|digest|,|;|=|"|\\| |realm|nonce|qop|algorithm|stale|auth|auth-int|MD5|SHA-256-sess|[a-z]|\n|é){0,40})"#;
    const JSON_PATTERN: &str = r#"(\{|\}|\[|\]|,|:|"results":|"links":|"totalCount":|"rel":"next"|"name":"a"|null|true|-?[0-9]{1,20}|"[a-z\\]{0,4}"| ){0,30}"#;
    const ERROR_PATTERN: &str = r#"..([0-9]{0,25}|soon|Thu, 1 Jul 2027 00:00:00 GMT|-1)\n\{?("error":[0-9]{1,4}|"errorCode":"[A-Z_]{0,9}"|"detail":"[a-z<\u{1b}]{0,9}"|"parameters":\[("x",)?[0-9]{1,20}\]|"badRequestDetail":\{"fields":\[\{"field":"[a-z\u{1b}]{0,3}"\}\]\}|,|<title>|\}){0,9}"#;
    const CONFIG_PATTERN: &str = r#"(default|a|é)\n(\[(default|a)\]\n|version = 2\n|(auth_type|service|base_url|ops_manager_url|public_api_key|private_api_key|client_id|client_secret|access_token) = ("(api_keys|user_account|cloudgov|http://localhost:1|https://u:geheim-geheim@h/\?a=b|geheim-geheim-[a-z]{0,3}|é| |\\u001b)"|geheim-geheim|1|\[\])\n|[\[\]="\n]){0,9}"#;

    proptest! {
        #[test]
        fn challenge_never_panics(text in CHALLENGE_PATTERN, bytes in vec(any::<u8>(), 0..200)) {
            super::challenge(text.as_bytes());
            super::challenge(&bytes);
        }

        #[test]
        fn page_never_panics(text in JSON_PATTERN, bytes in vec(any::<u8>(), 0..200), items in vec("(\\{\\}|null|1|\"a\"|\\{\"name\":(null|1)\\})", 0..4), rest in JSON_PATTERN) {
            super::page(text.as_bytes());
            super::page(&bytes);
            super::page(format!(r#"{{"results":[{}]}}"#, items.join(",")).as_bytes());
            super::page(format!(r#"{{"results":[{}],{rest}}}"#, items.join(",")).as_bytes());
        }

        #[test]
        fn error_never_panics(text in ERROR_PATTERN, bytes in vec(any::<u8>(), 0..200)) {
            super::error(text.as_bytes());
            super::error(&bytes);
        }

        #[test]
        fn config_never_panics(text in CONFIG_PATTERN, noise in "\\PC{0,60}") {
            super::config(text.as_bytes());
            super::config(format!("default\n{noise}").as_bytes());
            super::config(format!("{noise}\n[default]\nclient_id = {noise:?}").as_bytes());
        }
    }
}
