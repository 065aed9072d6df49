//! Through the types of an operation and back.

use std::future::Future;

use progenitor_client::OperationInfo;
use reqwest::Response;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{CallError, ResponseValue, failure, generated, undecodable};
use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;

/// Decodes the answer of an operation, named by its id, to the operation's type and encodes it
/// again.
///
/// What comes back differs from what went in only by explicit nulls, which are absent, and by the
/// way numbers are written. Tests use it to show that the types lose nothing.
///
/// # Errors
///
/// Invalid input for an operation that does not answer with JSON or whose tag's cargo feature is
/// off, an answer error for a body that does not fit the type.
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
            format!("`{operation_id}` is no operation of this build that answers with JSON");
        Error::new(ErrorKind::InvalidInput, message)
            .with_hint("enable the cargo feature of the operation's tag")
    })?;
    decoded.map_err(|error| undecodable(&error))
}

/// Reads the answer of a generated call; an error about one that does not decode names the request.
pub(super) async fn read_answer<T: DeserializeOwned>(
    response: Response,
    info: &OperationInfo,
) -> Result<ResponseValue<T>, CallError> {
    let (status, headers) = (response.status(), response.headers().clone());
    let path = response.url().path().to_owned();
    let body = response
        .bytes()
        .await
        .map_err(CallError::ResponseBodyError)?;
    match serde_json::from_slice(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => {
            let operation = Operation::by_method_name(info.operation_id);
            let method = operation.map_or("", |operation| operation.method);
            let error = undecodable(&error)
                .with_status(status.as_u16())
                .with_request(method, &path);
            Err(CallError::UnexpectedResponse(failure::carry(error)))
        }
    }
}

/// Decodes to the type that this call answers with, and encodes again.
pub(super) fn reencode<S, B, F, T>(_send: S, body: &[u8]) -> serde_json::Result<Value>
where
    S: FnOnce(B) -> F,
    F: Future<Output = Result<ResponseValue<T>, CallError>>,
    T: DeserializeOwned + Serialize,
{
    serde_json::to_value(serde_json::from_slice::<T>(body)?)
}
