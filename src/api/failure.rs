//! From the error of a generated call to [`Error`].

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, StatusCode};
use reqwest::Response;

use super::{CallError, generated, types::ApiError};
use crate::{
    error::{Error, ErrorKind},
    transport::{REQUEST_HEADER, redact},
};

/// An error on its way through generated code, inside an answer.
#[derive(Clone)]
struct Carried(Arc<Mutex<Option<Error>>>);

/// An answer that generated code hands back untouched because it knows no such status.
pub(super) fn carry(error: Error) -> Response {
    let mut answer = http::Response::new("");
    *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    answer
        .extensions_mut()
        .insert(Carried(Arc::new(Mutex::new(Some(error)))));
    answer.into()
}

/// Takes the error out of an answer that carries one.
fn carried(answer: &mut Response) -> Option<Error> {
    let carried = answer.extensions_mut().remove::<Carried>()?;
    carried
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        match error {
            generated::Error::ErrorResponse(answer) => {
                refused(answer.status().as_u16(), answer.headers(), &answer)
            }
            generated::Error::InvalidResponsePayload(_, source) => undecodable(&source),
            generated::Error::CommunicationError(source)
            | generated::Error::InvalidUpgrade(source)
            | generated::Error::ResponseBodyError(source) => Self::from_reqwest(source, None),
            generated::Error::UnexpectedResponse(mut answer) => carried(&mut answer)
                .unwrap_or_else(|| {
                    Self::from_answer(answer.status().as_u16(), None, answer.headers(), b"")
                }),
            generated::Error::InvalidRequest(message) | generated::Error::Custom(message) => {
                Self::new(ErrorKind::InvalidInput, message)
            }
        }
    }
}

/// Atlas's refusal, with the request that the transport noted in the answer's headers.
fn refused(status: u16, headers: &HeaderMap, document: &ApiError) -> Error {
    let request = headers
        .get(REQUEST_HEADER)
        .and_then(|value| value.to_str().ok());
    let request = request.and_then(|line| line.split_once(' '));
    let body = serde_json::to_vec(document).unwrap_or_default();
    Error::from_answer(status, request, headers, &body)
}

/// An answer whose JSON is not that of its operation.
///
/// What the decoder quotes of the answer can be a secret, so the decoder's error is not handed on as
/// it is.
pub(crate) fn undecodable(source: &serde_json::Error) -> Error {
    let reason = redact::decoder(source);
    Error::new(
        ErrorKind::Answer,
        format!("the answer is not what Atlas answers: {reason}"),
    )
    .with_hint("check the base URL (`ATLAS_BASE_URL`); if this is Atlas, the SDK is too old")
}
