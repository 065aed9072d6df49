//! One call: typed by the generated layer, with the server's own bytes beside the value.

use std::future::Future;

use serde::de::DeserializeOwned;

use super::{
    answer::{raw, with_request},
    document::Document,
    untyped::Call,
};
use crate::{
    api::{CallError, ResponseValue, undecodable},
    error::{Error, ErrorKind, Result},
    transport::capture::{self, Captured},
};

/// A value of the generated layer with the document from which it was read.
#[derive(Clone, Debug)]
pub(crate) struct Record<T> {
    pub(crate) value: T,
    pub(crate) document: Document,
}

/// Runs a generated call that answers with one document.
pub(crate) async fn one<T, F>(call: F) -> Result<Record<T>>
where
    F: Future<Output = Result<ResponseValue<T>, CallError>>,
{
    let (value, answer) = captured(call).await?;
    let document = Document::new(raw(&answer)?);
    Ok(Record { value, document })
}

/// Runs a generated call that deletes something.
///
/// If the answer to a deletion is lost, it is asked for again; that the thing is gone by then, or
/// about to go, is what was wanted.
pub(crate) async fn deleted<T, F>(call: F) -> Result<()>
where
    F: Future<Output = Result<ResponseValue<T>, CallError>>,
{
    let is_going = |error: &Error| error.error_code() == Some("CLUSTER_ALREADY_REQUESTED_DELETION");
    match captured_or_empty(call).await {
        Err(error) if error.is_repeated() && (error.is_not_found() || is_going(&error)) => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}

/// Runs a generated call; gives the typed value and the answer from which it was read.
pub(crate) async fn captured<T, F>(call: F) -> Result<(T, Captured)>
where
    F: Future<Output = Result<ResponseValue<T>, CallError>>,
{
    let (value, answer) = captured_or_empty(call).await?;
    let answer =
        answer.ok_or_else(|| Error::new(ErrorKind::Answer, "the answer was not a document"))?;
    Ok((value, answer))
}

async fn captured_or_empty<T, F>(call: F) -> Result<(T, Option<Captured>)>
where
    F: Future<Output = Result<ResponseValue<T>, CallError>>,
{
    let (result, answer) = capture::scope(call).await;
    match result {
        Ok(value) => Ok((value.into_inner(), answer)),
        Err(error) => {
            let error = with_request(error.into(), answer.as_ref());
            let repeated = error.is_repeated() || answer.is_some_and(|answer| answer.repeated);
            Err(error.with_repeated(repeated))
        }
    }
}

/// Makes a call whose body is a JSON document, sent as it is, and decodes the answer.
///
/// The generated types cannot express an explicit null, which clears a field; a document can.
pub(crate) async fn with_document<T: DeserializeOwned>(call: Call) -> Result<Record<T>> {
    let captured = call.captured().await?;
    let raw = raw(&captured)?;
    let value = serde_json::from_str(raw.get())
        .map_err(|error| with_request(undecodable(&error), Some(&captured)))?;
    Ok(Record {
        value,
        document: Document::new(raw),
    })
}
