//! The headers of every request.

use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use reqwest::Request;

use super::Transport;
use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;

impl Transport {
    /// Sets the headers of a request.
    pub(super) fn prepare(&self, request: &mut Request, operation: &Operation) -> Result<()> {
        let has_body = request.body().is_some();
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, self.0.user_agent.clone());
        headers.insert(ACCEPT, media_type(operation.accept)?);
        match operation.content_type {
            Some(content_type) if has_body => {
                headers.insert(CONTENT_TYPE, media_type(content_type)?);
            }
            None if has_body => {}
            _ => {
                headers.remove(CONTENT_TYPE);
            }
        }
        Ok(())
    }
}

/// Returns the user agent.
pub(super) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let name = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let text = match suffix {
        Some(suffix) => format!("{name} {suffix}"),
        None => name.to_owned(),
    };
    HeaderValue::try_from(text).map_err(|source| {
        Error::new(
            ErrorKind::Configuration,
            "the user agent contains an invalid character",
        )
        .with_hint("use printable ASCII only, such as `mytool/1.0`")
        .with_source(source)
    })
}

/// Converts a media type of the operations table to a header value.
fn media_type(text: &'static str) -> Result<HeaderValue> {
    HeaderValue::try_from(text).map_err(|source| {
        Error::new(
            ErrorKind::InvalidInput,
            format!("`{text}` is not a media type"),
        )
        .with_source(source)
    })
}
