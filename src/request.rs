//! The one path from a call of an operation to its response.
//!
//! A [`Call`] consists of an operation, its parameters and its body. [`send`] builds the HTTP request, passes
//! it to the transport and returns the response with its body and metadata. The facade, calls by
//! operation id and the generated methods all use it.

mod call;
mod decode;
mod document;
mod nearest;

pub use call::Call;
pub(crate) use call::json_of;
pub(crate) use decode::undecodable;
pub(crate) use document::unwrap_document;
pub(crate) use nearest::nearest;

use std::pin::Pin;

use http::Method;
use reqwest::Request;

use crate::{
    error::{Error, Result},
    operations::Location,
    transport::{Received, encode_path},
};

/// Sends a call and returns its successful response.
///
/// The future is boxed to keep the futures of callers small.
///
/// # Errors
///
/// Returns invalid input for parameters or a body that the operation does not have, or any
/// [request error](Error).
pub(crate) fn send(call: &Call) -> Pin<Box<dyn Future<Output = Result<Received>> + Send + '_>> {
    Box::pin(async move {
        let request = build(call)?;
        let transport = call.transport();
        #[expect(clippy::large_futures, reason = "boxed as a whole")]
        let received = transport
            .execute(request, call.operation(), call.bypasses_cache())
            .await?;
        let parameter = |name: &str| call.parameter(name);
        transport
            .recent_changes()
            .record(call.operation(), parameter, call.body());
        Ok(received)
    })
}

/// Builds the HTTP request, without the headers that the transport writes.
fn build(call: &Call) -> Result<Request> {
    call.check()?;
    let (operation, transport) = (call.operation(), call.transport());
    let mut path = operation.path.to_owned();
    let mut query = Vec::new();
    let mut headers = Vec::new();
    for (name, value, location) in call.parameters() {
        match location {
            Location::Path => path = path.replace(&format!("{{{name}}}"), &encode_path(value)),
            Location::Query => query.push((name, value)),
            Location::Header => headers.push((name, value)),
        }
    }
    let method = Method::from_bytes(operation.method.as_bytes()).unwrap_or_default();
    let url = format!("{}{path}", transport.base_url());
    let mut request = transport.http().request(method, url);
    if !query.is_empty() {
        request = request.query(&query);
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    if let Some(body) = call.body() {
        request = request.json(body);
    }
    request
        .build()
        .map_err(|error| Error::from_reqwest(error, None))
}
