//! Decodes responses to the type of their operation.

use std::future::Future;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{ResponseValue, generated};
use crate::{
    error::{Error, ErrorKind, Result},
    operations::Operation,
    request::{undecodable, unwrap_document},
    transport::Received,
};

/// Decodes a response body to the type of its operation, and encodes it again.
///
/// The result differs from the body only in explicit nulls, which are absent, and in the format of
/// numbers. Use it to test that the types decode a response without loss.
///
/// # Errors
///
/// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the operation does not return JSON
/// or its cargo feature is disabled, and [`InvalidResponse`](crate::ErrorKind::InvalidResponse) if
/// the type does not accept the body.
///
/// ```
/// let body = br#"{"results": [{"name": "Data", "clusterCount": 2, "new": null}], "newer": 1}"#;
///
/// let encoded = mongodbatlas::api::decode("listGroups", body)?;
///
/// assert_eq!(encoded["results"][0]["name"], "Data");
/// assert_eq!(encoded["newer"], 1);
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
pub fn decode(operation_id: &str, body: &[u8]) -> Result<Value> {
    let untyped = || {
        let message = format!("this build has no type for the response of `{operation_id}`");
        Error::new(ErrorKind::InvalidInput, message)
            .with_hint("enable the cargo feature of the operation's tag")
    };
    let operation = Operation::by_id(operation_id).ok_or_else(untyped)?;
    let document = unwrap_document(operation, body)?;
    let decoded = generated::decode_response(operation_id, &document).ok_or_else(untyped)?;
    decoded.map_err(|error| undecodable(&error))
}

/// Checks that a response in another than the requested version decodes to the type of its operation.
pub(crate) fn check_fallback(operation: &Operation, received: &Received) -> Result<()> {
    if received.fallback.is_none() {
        return Ok(());
    }
    match generated::decode_response(operation.id, received.bytes()) {
        Some(Err(error)) => Err(received.undecodable(&error)),
        _ => Ok(()),
    }
}

/// Decodes a body to the type that `send` returns, and encodes it again.
pub(super) fn reencode<S, B, F, T>(_send: S, body: &[u8]) -> serde_json::Result<Value>
where
    S: FnOnce(B) -> F,
    F: Future<Output = Result<ResponseValue<T>>>,
    T: DeserializeOwned + Serialize,
{
    serde_json::to_value(serde_json::from_slice::<T>(body)?)
}
