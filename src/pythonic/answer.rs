//! Answers as they were read, before they become values or documents.

use serde_json::value::RawValue;

use crate::{
    api::undecodable,
    error::{Error, Result},
    transport::capture::Captured,
};

/// The body of an answer as JSON text.
pub(crate) fn raw(answer: &Captured) -> Result<&RawValue> {
    serde_json::from_slice(&answer.body)
        .map_err(|error| with_request(undecodable(&error), Some(answer)))
}

/// The error with the request that it is about, if it does not name it yet.
pub(crate) fn with_request(error: Error, answer: Option<&Captured>) -> Error {
    match answer {
        Some(answer) if error.path().is_none() => error
            .with_request(&answer.method, &answer.path)
            .with_status(answer.status.as_u16()),
        _ => error,
    }
}
