//! A call with typed parameters and a typed body, for the generated builders.

use std::fmt::Display;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{ByteStream, Client, ResponseValue, server_owned};
use crate::{
    error::{Error, ErrorKind, Result},
    operations::Operation,
    request::{self, Call, json_of},
};

/// A call under construction. Sending it returns the error of the first invalid value.
pub(super) struct TypedCall(Result<Call>);

impl TypedCall {
    pub(super) fn new(client: &Client, operation: &'static Operation) -> Self {
        Self(Ok(Call::new(client.transport(), operation)))
    }

    /// Sets a parameter. A list sets it once for each item, and `None` does not set it.
    pub(super) fn parameter<T: Serialize>(self, name: &str, value: Result<T, String>) -> Self {
        let value = value.map_err(invalid).and_then(|value| json_of(&value));
        self.apply(value, |call, value| match value {
            Value::Null => call,
            Value::Array(items) => items
                .iter()
                .fold(call, |call, item| call.with(name, text(item))),
            value => call.with(name, text(&value)),
        })
    }

    /// Sets the body, without the fields that only Atlas sets.
    pub(super) fn body<T: Serialize>(self, body: Result<T, String>) -> Self {
        let body = body.map_err(invalid).and_then(|body| json_of(&body));
        self.apply(body, |call, mut body| {
            server_owned::remove_from(&mut body, call.operation());
            call.with_body(body)
        })
    }

    /// Builds the body from its builder, and sets it.
    pub(super) fn built_body<T, B>(self, builder: Result<B, String>) -> Self
    where
        T: TryFrom<B> + Serialize,
        T::Error: Display,
    {
        self.body(
            builder.and_then(|builder| T::try_from(builder).map_err(|error| error.to_string())),
        )
    }

    /// Sends the request and decodes the JSON response.
    pub(super) async fn json<T: DeserializeOwned>(self) -> Result<ResponseValue<T>> {
        let call = self.0?;
        let received = request::send(&call).await?;
        let value = received.decode(call.operation())?;
        Ok(ResponseValue::new(value, received.status, received.headers))
    }

    /// Sends the request and discards the response body.
    pub(super) async fn empty(self) -> Result<ResponseValue<()>> {
        let received = request::send(&self.0?).await?;
        Ok(ResponseValue::new((), received.status, received.headers))
    }

    /// Sends the request and returns the response body as a stream.
    #[allow(dead_code, reason = "used by the tags with downloads only")]
    pub(super) async fn stream(self) -> Result<ResponseValue<ByteStream>> {
        let received = request::send(&self.0?).await?;
        let (status, headers) = (received.status, received.headers.clone());
        Ok(ResponseValue::new(received.into_stream(), status, headers))
    }

    fn apply(self, value: Result<Value>, set: impl FnOnce(Call, Value) -> Call) -> Self {
        Self(self.0.and_then(|call| Ok(set(call, value?))))
    }
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}

/// Formats the value of a parameter.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
