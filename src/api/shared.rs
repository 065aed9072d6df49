//! What every generated call does, once; the generator puts calls of these in the place of its own.

use std::fmt::Display;

use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::{Request, Response};

use super::{CallError, Client, decode::read_answer, generated::Error};

/// Sends a request and takes any status of success; what else Atlas answers is the error.
pub(super) async fn exchange(
    client: &Client,
    mut request: Request,
    info: &OperationInfo,
) -> Result<Response, CallError> {
    client.pre(&mut request, info).await?;
    let result = client.exec(request, info).await;
    client.post(&result, info).await?;
    let response = result?;
    match response.status().as_u16() {
        200..=299 => Ok(response),
        400..=599 => Err(Error::ErrorResponse(read_answer(response, info).await?)),
        _ => Err(Error::UnexpectedResponse(response)),
    }
}

/// Takes a value for a field of a builder, which tells of a wrong one when it is asked for its struct.
pub(super) fn given<T, V>(value: V, field: &str) -> Result<T, String>
where
    V: TryInto<T>,
    V::Error: Display,
{
    let converted = value.try_into();
    converted.map_err(|error| format!("the value of `{field}` does not fit: {error}"))
}

/// Takes a value for a field of the struct that a builder holds, or keeps why the first one that does
/// not fit does not.
pub(super) fn change<T, V>(place: &mut T, value: V, field: &str, wrong: &mut Option<String>)
where
    V: TryInto<T>,
    V::Error: Display,
{
    match given(value, field) {
        Ok(value) => *place = value,
        Err(error) => drop(wrong.get_or_insert(error)),
    }
}

/// Takes a value for a parameter of a call, which tells of a wrong one when it is sent.
pub(super) fn parameter<T, V: TryInto<T>>(value: V, name: &str) -> Result<T, String> {
    let converted = value.try_into();
    converted.map_err(|_| format!("the value of the parameter `{name}` does not fit"))
}

/// Makes the body of a request of its builder.
#[expect(clippy::result_large_err, reason = "generated code has no other")]
pub(super) fn built<T, B>(builder: Result<B, String>) -> Result<T, CallError>
where
    B: TryInto<T>,
    B::Error: Display,
{
    let body = builder.and_then(|it| it.try_into().map_err(|error| error.to_string()));
    body.map_err(Error::InvalidRequest)
}
