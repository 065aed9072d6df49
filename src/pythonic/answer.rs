//! Answers as they were read, before they become values or documents.

#[cfg(feature = "core")]
use std::str::FromStr;

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

/// The id that an answer holds; an answer without a valid one is not Atlas's.
#[cfg(feature = "core")]
pub(crate) fn id<T: FromStr<Err = Error>>(text: Option<&str>) -> Result<T> {
    text.unwrap_or_default().parse().map_err(|source| {
        Error::new(
            crate::error::ErrorKind::Answer,
            "the answer has no valid `id`",
        )
        .with_hint("check the base URL (`ATLAS_BASE_URL`)")
        .with_source(source)
    })
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
