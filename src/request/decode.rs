//! Decodes JSON responses.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::{
    error::{Error, ErrorKind, Result},
    transport::{Received, redact},
};

impl Received {
    /// Returns the body as JSON text.
    pub(crate) fn json_text(&self) -> Result<&RawValue> {
        serde_json::from_slice(self.bytes()).map_err(|error| self.undecodable(&error))
    }

    /// Decodes the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.bytes()).map_err(|error| self.undecodable(&error))
    }

    /// Returns the error about a body, or a part of one, that is not what the operation returns.
    pub(crate) fn undecodable(&self, source: &serde_json::Error) -> Error {
        self.describe(undecodable(source))
    }
}

/// Returns the error about JSON that is not what its operation returns.
///
/// The message of the decoder can quote a secret, so it is redacted.
pub(crate) fn undecodable(source: &serde_json::Error) -> Error {
    let reason = redact::decoder(source);
    Error::new(
        ErrorKind::InvalidResponse,
        format!("unexpected response body: {reason}"),
    )
    .with_hint("check the base URL (`ATLAS_BASE_URL`); if this is Atlas, the SDK is too old")
}
