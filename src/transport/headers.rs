//! The headers that every request carries.

use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use reqwest::Request;

use super::Transport;
use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;

impl Transport {
    /// Writes the headers that every request of this operation carries.
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

/// The name under which requests are made.
pub(super) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let name = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let text = match suffix {
        Some(suffix) => format!("{name} {suffix}"),
        None => name.to_owned(),
    };
    HeaderValue::try_from(text).map_err(|source| {
        Error::new(
            ErrorKind::Configuration,
            "the user agent holds a character that cannot be sent",
        )
        .with_hint("use printable ASCII only, such as `mytool/1.0`")
        .with_source(source)
    })
}

/// A media type out of the operations table.
fn media_type(text: &'static str) -> Result<HeaderValue> {
    HeaderValue::try_from(text).map_err(|source| {
        Error::new(
            ErrorKind::InvalidInput,
            format!("`{text}` is not a media type"),
        )
        .with_source(source)
    })
}
