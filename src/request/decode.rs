//! Decodes JSON responses.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::unwrap_document;
use crate::{
    error::{Error, ErrorKind, Result},
    operations::Operation,
    transport::{Received, redact},
};

impl Received {
    /// Returns the body as JSON text.
    pub(crate) fn json_text(&self) -> Result<&RawValue> {
        serde_json::from_slice(self.bytes()).map_err(|error| self.undecodable(&error))
    }

    /// Returns the JSON text of the operation's document; see [`unwrap_document`](super::unwrap_document).
    #[cfg(feature = "core")]
    pub(crate) fn document(&self, operation: &Operation) -> Result<Box<RawValue>> {
        self.decode(operation)
    }

    /// Decodes the operation's document; see [`unwrap_document`](super::unwrap_document).
    pub(crate) fn decode<T: DeserializeOwned>(&self, operation: &Operation) -> Result<T> {
        let document =
            unwrap_document(operation, self.bytes()).map_err(|error| self.describe(error))?;
        serde_json::from_slice(&document).map_err(|error| self.undecodable(&error))
    }

    /// Creates the error for a body, or a part of one, that does not match the operation.
    pub(crate) fn undecodable(&self, source: &serde_json::Error) -> Error {
        self.describe(undecodable(source))
    }
}

/// Creates the error for JSON that does not match its operation.
///
/// The message of the decoder is redacted, because it can quote a secret.
pub(crate) fn undecodable(source: &serde_json::Error) -> Error {
    let reason = redact::decoder_message(source);
    Error::new(
        ErrorKind::InvalidResponse,
        format!("unexpected response body: {reason}"),
    )
    .with_hint("check the base URL (`ATLAS_BASE_URL`); if this is Atlas, the SDK is too old")
}
