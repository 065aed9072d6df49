//! Version fallback: requests another version if the server rejects the preferred one.

mod lifecycle;

use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE};
use reqwest::Request;

use crate::error::Error;
use crate::operations::Operation;
pub use lifecycle::Lifecycle;
pub(super) use lifecycle::Warnings;

/// The preferred version of an operation and its replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VersionFallback {
    requested: &'static str,
    used: &'static str,
}

impl VersionFallback {
    /// Returns the version to request after this error: the newest known one after `VERSION_GONE`,
    /// the next older one after a 406.
    pub(super) fn select(error: &Error, request: &Request, operation: &Operation) -> Option<Self> {
        let versions = operation.versions;
        let accept = request.headers().get(ACCEPT)?.to_str().ok()?;
        let index = versions
            .iter()
            .position(|version| accept.contains(version.date))?;
        let used = match (error.status()?, error.error_code()) {
            (410, Some("VERSION_GONE")) => versions.last().filter(|_| index + 1 < versions.len()),
            (406, _) => versions[..index].last(),
            _ => None,
        }?;
        Some(Self {
            requested: versions[index].date,
            used: used.date,
        })
    }

    /// Returns the dates of the requested version and of the one in the response.
    pub(crate) fn dates(self) -> (&'static str, &'static str) {
        (self.requested, self.used)
    }

    /// Sets the other version in both headers.
    pub(super) fn apply(self, request: &mut Request) {
        let headers = request.headers_mut();
        for name in [ACCEPT, CONTENT_TYPE] {
            let Some(text) = headers.get(&name).and_then(|value| value.to_str().ok()) else {
                continue;
            };
            if let Ok(value) = HeaderValue::try_from(with_date(text, self.used)) {
                headers.insert(name, value);
            }
        }
        let Self { requested, used } = self;
        tracing::debug!(target: "mongodbatlas", requested, used, "requesting another version");
    }

    /// Warns that a successful response is in the other version.
    pub(super) fn warn(self, operation: &Operation) {
        let Self { requested, used } = self;
        tracing::warn!(
            target: "mongodbatlas",
            operation = operation.id, requested, used,
            "Atlas responded in another version than the one this release was made for"
        );
    }
}

/// Replaces the date of a media type.
fn with_date(media_type: &str, date: &str) -> String {
    const VERSION_PREFIX: &str = "application/vnd.atlas.";
    match media_type
        .strip_prefix(VERSION_PREFIX)
        .and_then(|rest| rest.split_once('+'))
    {
        Some((_, suffix)) => format!("{VERSION_PREFIX}{date}+{suffix}"),
        None => media_type.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;

    fn rejection(status: u16, code: &str) -> Error {
        let body = json!({ "error": status, "errorCode": code }).to_string();
        Error::from_response(status, None, &http::HeaderMap::new(), body.as_bytes())
    }

    /// The versions of `updateGroupCluster` are 2023-01-01, 2023-02-01, 2024-08-05 and 2024-10-23.
    fn fallback(date: &str, error: &Error) -> Option<&'static str> {
        let operation = crate::operation::UPDATE_GROUP_CLUSTER;
        let mut request = Request::new(Method::PATCH, "https://a.example".parse().unwrap());
        let accept = format!("application/vnd.atlas.{date}+json");
        request
            .headers_mut()
            .insert(ACCEPT, accept.parse().unwrap());
        VersionFallback::select(error, &request, operation).map(|fallback| fallback.used)
    }

    #[test]
    fn falls_back_to_newest_version_after_version_gone() {
        let error = rejection(410, "VERSION_GONE");

        assert_eq!(fallback("2023-01-01", &error), Some("2024-10-23"));
        assert_eq!(fallback("2024-10-23", &error), None);
        assert_eq!(fallback("2024-01-01", &error), None, "not in the table");
        assert_eq!(
            fallback("2023-01-01", &rejection(410, "SOMETHING_GONE")),
            None
        );
    }

    #[test]
    fn falls_back_to_next_older_version_after_406() {
        let error = rejection(406, "INVALID_VERSION_DATE");

        assert_eq!(fallback("2024-10-23", &error), Some("2024-08-05"));
        assert_eq!(fallback("2023-01-01", &error), None);
    }

    #[test]
    fn fallback_rewrites_accept_and_content_type() {
        let mut request = Request::new(Method::PATCH, "https://a.example".parse().unwrap());
        let headers = request.headers_mut();
        headers.insert(
            ACCEPT,
            "application/vnd.atlas.2024-10-23+gzip".parse().unwrap(),
        );
        headers.insert(CONTENT_TYPE, "application/json".parse().unwrap());

        let (requested, used) = ("2024-10-23", "2024-08-05");
        VersionFallback { requested, used }.apply(&mut request);

        assert_eq!(
            request.headers()[ACCEPT],
            "application/vnd.atlas.2024-08-05+gzip"
        );
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
    }
}
