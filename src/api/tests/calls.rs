//! Typed calls with JSON arguments. The code for each operation is generated.

use std::{collections::BTreeMap, future::Future, pin::Pin};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    api::{Client, ResponseValue, types},
    error::{self, ErrorKind},
};

pub(super) use generated::{call, default_body, is_known};

/// The arguments of a call.
pub(super) struct Arguments<'a> {
    pub(super) parameters: &'a BTreeMap<String, Value>,
    pub(super) body: Option<Value>,
}

impl Arguments<'_> {
    fn parameter<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        Some(decode(self.parameters.get(name)?))
    }

    fn body<T: DeserializeOwned>(&self) -> Option<T> {
        self.body.as_ref().map(decode)
    }
}

fn decode<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error} in {value}"))
}

/// A call in progress. Its error is the message of an invalid argument.
pub(super) type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + 'a>>;

fn sending<'a, T: 'a>(
    call: impl Future<Output = error::Result<ResponseValue<T>>> + 'a,
) -> Sending<'a> {
    Box::pin(async move {
        match call.await {
            Err(error) if error.kind() == ErrorKind::InvalidInput => Err(error.to_string()),
            _ => Ok(()),
        }
    })
}

/// Builds a body without setting a field.
fn default<B, T>() -> Result<Value, String>
where
    B: Default,
    T: TryFrom<B> + Serialize,
    T::Error: ToString,
{
    let built = T::try_from(B::default()).map_err(|error| error.to_string())?;
    serde_json::to_value(built).map_err(|error| error.to_string())
}

#[allow(clippy::all, clippy::pedantic, unused, reason = "generated")]
mod generated {
    use super::{Arguments, Client, Sending, Value, default, sending, types};

    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}
