//! What names a request in errors, and what of it is not to be seen.

use http::StatusCode;
use reqwest::Request;

use super::redact::Hidden;
use crate::error::{Error, ErrorKind};
use crate::operations::Operation;

/// What names a request in errors: the query, which can hold anything, is left out.
pub(super) struct RequestLine {
    pub(super) method: String,
    pub(super) path: String,
    /// What is not shown of its bodies.
    pub(super) hidden: Hidden,
}

impl RequestLine {
    pub(super) fn of(request: &Request, operation: &Operation) -> Self {
        Self {
            method: request.method().as_str().to_owned(),
            path: request.url().path().to_owned(),
            hidden: Hidden::of(request, operation),
        }
    }

    pub(super) fn pair(&self) -> (&str, &str) {
        (&self.method, &self.path)
    }

    /// An error of this kind about this request.
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
