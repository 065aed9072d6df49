//! The description of a request for errors and logs.

use http::StatusCode;
use reqwest::Request;
use url::Url;

use super::redact::Redactor;
use crate::error::{Error, ErrorKind};
use crate::operations::Operation;

/// The method and the path of a request for errors and logs, without the query.
pub(super) struct RequestInfo {
    pub(super) method: String,
    pub(super) path: String,
    /// The roles of the operation, any one of which is required.
    pub(super) roles: &'static [&'static str],
    /// Hides the secrets of the request and its response.
    pub(super) redactor: Redactor,
}

impl RequestInfo {
    pub(super) fn new(request: &Request, operation: &Operation) -> Self {
        Self {
            method: request.method().as_str().to_owned(),
            path: request.url().path().to_owned(),
            roles: operation.roles,
            redactor: Redactor::new(request, operation),
        }
    }

    /// Describes the request of a link. The query of a link is a secret, so errors have its path only.
    pub(super) fn of_link(link: &Url) -> Self {
        Self {
            method: "GET".to_owned(),
            path: link.path().to_owned(),
            roles: &[],
            redactor: Redactor::default(),
        }
    }

    pub(super) fn method_and_path(&self) -> (&str, &str) {
        (&self.method, &self.path)
    }

    /// Creates an error about the request.
    pub(super) fn error(
        &self,
        kind: ErrorKind,
        status: StatusCode,
        message: impl Into<String>,
    ) -> Error {
        Error::new(kind, message)
            .with_status(status.as_u16())
            .with_request(&self.method, &self.path)
    }
}
