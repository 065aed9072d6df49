//! Decodes responses to the type of their operation.

use std::future::Future;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{ResponseValue, generated};
use crate::{
    error::{Error, ErrorKind, Result},
    operations::Operation,
    request::undecodable,
    transport::Received,
};

/// Decodes a response body to the type of its operation, and encodes it again.
///
/// The result differs from the body only in explicit nulls, which are absent, and in the form of
/// numbers. Tests use it to show that the types lose nothing.
///
/// # Errors
///
/// Invalid input for an operation that does not return JSON or whose tag's cargo feature is disabled,
/// and an answer error for a body that does not fit the type.
///
/// ```
/// let body = br#"{"results": [{"name": "Data", "clusterCount": 2, "new": null}], "newer": 1}"#;
///
/// let again = mongodbatlas::api::decode("listGroups", body)?;
///
/// assert_eq!(again["results"][0]["name"], "Data");
/// assert_eq!(again["newer"], 1);
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
pub fn decode(operation_id: &str, body: &[u8]) -> Result<Value> {
    let decoded = generated::decode_answer(operation_id, body).ok_or_else(|| {
        let message =
            format!("`{operation_id}` is not an operation of this build that returns JSON");
        Error::new(ErrorKind::InvalidInput, message)
            .with_hint("enable the cargo feature of the operation's tag")
    })?;
    decoded.map_err(|error| undecodable(&error))
}

/// Checks a response in another version than the requested one: it must fit the type of its operation.
pub(crate) fn check_fallback(operation: &Operation, received: &Received) -> Result<()> {
    if received.fallback.is_none() {
        return Ok(());
    }
    match generated::decode_answer(operation.id, received.bytes()) {
        Some(Err(error)) => Err(received.undecodable(&error)),
        _ => Ok(()),
    }
}

/// Decodes to the type that this call returns, and encodes again.
pub(super) fn reencode<S, B, F, T>(_send: S, body: &[u8]) -> serde_json::Result<Value>
where
    S: FnOnce(B) -> F,
    F: Future<Output = Result<ResponseValue<T>>>,
    T: DeserializeOwned + Serialize,
{
    serde_json::to_value(serde_json::from_slice::<T>(body)?)
}
