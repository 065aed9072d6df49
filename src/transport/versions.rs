//! Versions: another one where the server refuses the one asked for.

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Request, Response};

use crate::error::Error;
use crate::operations::Operation;

/// The header of an answer in another version than the one asked for; it holds both dates.
const VERSIONS_HEADER: HeaderName = HeaderName::from_static("x-mongodbatlas-versions");

/// The version asked for, and the one that is asked for instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Switch {
    asked: &'static str,
    instead: &'static str,
}

impl Switch {
    /// The version to ask for after this refusal: the newest one known after `VERSION_GONE`, the
    /// next older one after a 406.
    pub(super) fn after(error: &Error, request: &Request, operation: &Operation) -> Option<Self> {
        let versions = operation.versions;
        let accept = request.headers().get(ACCEPT)?.to_str().ok()?;
        let at = versions
            .iter()
            .position(|version| accept.contains(version.date))?;
        let instead = match (error.status()?, error.error_code()) {
            (410, Some("VERSION_GONE")) => versions.last().filter(|_| at + 1 < versions.len()),
            (406, _) => versions[..at].last(),
            _ => None,
        }?;
        Some(Self {
            asked: versions[at].date,
            instead: instead.date,
        })
    }

    /// Asks for the other version, in both headers.
    pub(super) fn apply(self, request: &mut Request) {
        let headers = request.headers_mut();
        for name in [ACCEPT, CONTENT_TYPE] {
            let Some(text) = headers.get(&name).and_then(|value| value.to_str().ok()) else {
                continue;
            };
            if let Ok(value) = HeaderValue::try_from(with_date(text, self.instead)) {
                headers.insert(name, value);
            }
        }
        let Self { asked, instead } = self;
        tracing::debug!(target: "mongodbatlas", asked, instead, "asking for another version");
    }

    /// Notes on an answer that it is in the other version, and warns that it is.
    pub(super) fn note(self, response: &mut Response, operation: &Operation) {
        let Self { asked, instead } = self;
        if response.status().is_success() {
            tracing::warn!(
                target: "mongodbatlas",
                operation = operation.id, asked, answered = instead,
                "Atlas answered in another version than the one that this release was made for"
            );
        }
        if let Ok(value) = HeaderValue::try_from(format!("{asked} {instead}")) {
            response.headers_mut().insert(VERSIONS_HEADER, value);
        }
    }
}

/// The version asked for and the one answered in, where an answer's differ.
pub(crate) fn versions(headers: &HeaderMap) -> Option<(&str, &str)> {
    headers.get(VERSIONS_HEADER)?.to_str().ok()?.split_once(' ')
}

/// A media type with another date.
fn with_date(media_type: &str, date: &str) -> String {
    const PREFIX: &str = "application/vnd.atlas.";
    match media_type
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split_once('+'))
    {
        Some((_, suffix)) => format!("{PREFIX}{date}+{suffix}"),
        None => media_type.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;

    fn refusal(status: u16, code: &str) -> Error {
        let body = json!({ "error": status, "errorCode": code }).to_string();
        Error::from_answer(status, None, &HeaderMap::new(), body.as_bytes())
    }

    /// The versions of `updateGroupCluster` are 2023-01-01, 2023-02-01, 2024-08-05 and 2024-10-23.
    fn switch(date: &str, error: &Error) -> Option<&'static str> {
        let operation = Operation::by_id("updateGroupCluster").unwrap();
        let mut request = Request::new(Method::PATCH, "https://a.example".parse().unwrap());
        let accept = format!("application/vnd.atlas.{date}+json");
        request
            .headers_mut()
            .insert(ACCEPT, accept.parse().unwrap());
        Switch::after(error, &request, operation).map(|switch| switch.instead)
    }

    #[test]
    fn a_version_that_is_gone_is_followed_by_the_newest() {
        let gone = refusal(410, "VERSION_GONE");

        assert_eq!(switch("2023-01-01", &gone), Some("2024-10-23"));
        assert_eq!(switch("2024-10-23", &gone), None);
        assert_eq!(switch("2024-01-01", &gone), None, "not in the table");
        assert_eq!(switch("2023-01-01", &refusal(410, "SOMETHING_GONE")), None);
    }

    #[test]
    fn a_version_that_is_not_known_is_followed_by_the_next_older() {
        let unknown = refusal(406, "INVALID_VERSION_DATE");

        assert_eq!(switch("2024-10-23", &unknown), Some("2024-08-05"));
        assert_eq!(switch("2023-01-01", &unknown), None);
    }

    #[test]
    fn both_headers_name_the_other_version() {
        let mut request = Request::new(Method::PATCH, "https://a.example".parse().unwrap());
        let headers = request.headers_mut();
        headers.insert(
            ACCEPT,
            "application/vnd.atlas.2024-10-23+gzip".parse().unwrap(),
        );
        headers.insert(CONTENT_TYPE, "application/json".parse().unwrap());

        let (asked, instead) = ("2024-10-23", "2024-08-05");
        Switch { asked, instead }.apply(&mut request);

        assert_eq!(
            request.headers()[ACCEPT],
            "application/vnd.atlas.2024-08-05+gzip"
        );
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
    }
}
