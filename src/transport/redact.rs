//! Redaction of requests and responses in logs: headers and query values by an allow list, bodies in
//! `redact/redactor.rs`.

mod redactor;

use std::fmt::{self, Write as _};

use http::HeaderMap;
use reqwest::Url;

use crate::redacted::REDACTED;
pub(crate) use redactor::Redactor;

/// Headers whose values are not sensitive.
const VISIBLE_HEADERS: &[&str] = &[
    "accept",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "deprecation",
    "ratelimit-limit",
    "ratelimit-remaining",
    "retry-after",
    "server",
    "sunset",
    "transfer-encoding",
    "user-agent",
    "x-envoy-upstream-service-time",
    "x-error-code",
    "x-java-method",
];

/// Query parameters whose values are not sensitive.
const VISIBLE_PARAMETERS: &[&str] = &[
    "envelope",
    "includeCount",
    "itemsPerPage",
    "pageNum",
    "pretty",
];

/// Headers with redacted values, except those of [`VISIBLE_HEADERS`].
pub(super) struct Headers<'a>(pub(super) &'a HeaderMap);

impl fmt::Display for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.0.iter().enumerate() {
            let is_visible = VISIBLE_HEADERS.contains(&name.as_str()) && !value.is_sensitive();
            let value = value.to_str().ok().filter(|_| is_visible);
            let value = value.unwrap_or(REDACTED);
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{name}: {value}")?;
        }
        Ok(())
    }
}

/// Returns a URL without user information and with redacted query values, except those of
/// [`VISIBLE_PARAMETERS`].
pub(super) fn redact_url(url: &Url) -> String {
    let mut redacted = format!("{}{}", url.origin().ascii_serialization(), url.path());
    for (index, (key, value)) in url.query_pairs().enumerate() {
        let visible_value = if VISIBLE_PARAMETERS.contains(&key.as_ref()) {
            &*value
        } else {
            REDACTED
        };
        let separator = if index == 0 { '?' } else { '&' };
        let key = if key.chars().all(|c| c.is_ascii_alphanumeric()) {
            &*key
        } else {
            REDACTED
        };
        // writing to a string cannot fail
        let _ = write!(redacted, "{separator}{key}={visible_value}");
    }
    redacted
}

/// Returns the message of a decoder without quoted values of the document.
pub(crate) fn decoder_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let mut redacted = String::with_capacity(message.len());
    let mut rest = message.as_str();
    // the message has names of fields in backticks and values in double quotes
    while let Some((before, after)) = rest.split_once('"') {
        redacted.push_str(before);
        redacted.push('…');
        // a value may contain quotes, so it ends at the last one
        let Some((_, behind)) = after.rsplit_once('"') else {
            return redacted;
        };
        rest = behind;
    }
    redacted.push_str(rest);
    match redacted.split_once("unknown variant `") {
        Some((before, after)) => {
            let behind = after
                .split_once("`, expected")
                .map_or("", |(_, behind)| behind);
            format!("{before}unknown variant, expected{behind}")
        }
        None => redacted,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[test]
    fn unlisted_headers_are_redacted() {
        let mut headers = HeaderMap::new();
        headers.insert("accept", "application/json".parse().unwrap());
        headers.insert("authorization", "Bearer hunter2".parse().unwrap());
        headers.insert("x-new", "hunter2".parse().unwrap());

        assert_eq!(
            Headers(&headers).to_string(),
            "accept: application/json, authorization: [REDACTED], x-new: [REDACTED]"
        );
    }

    #[test]
    fn unlisted_query_values_are_redacted() {
        let text = "https://u:hunter2@a.example/p?pageNum=2&token=hunter2&hunter%202=1#hunter2";

        assert_eq!(
            redact_url(&text.parse().unwrap()),
            "https://a.example/p?pageNum=2&token=[REDACTED]&[REDACTED]=[REDACTED]"
        );
    }

    #[test]
    fn decoder_messages_omit_values() {
        #[derive(Debug, Deserialize)]
        enum Choice {
            A,
        }
        let error = |text: &str| serde_json::from_str::<u8>(text).unwrap_err();

        for text in [r#""hunter2""#, r#""a \" hunter2 \" expected""#] {
            let redacted = decoder_message(&error(text));
            assert!(!redacted.contains("hunter2"), "{redacted}");
            assert!(
                redacted.contains("invalid type: string …, expected u8 at line 1"),
                "{redacted}"
            );
        }
        let variant = serde_json::from_str::<Choice>(r#""hunter2""#).unwrap_err();
        assert!(decoder_message(&variant).starts_with("unknown variant, expected `A`"));
    }
}
