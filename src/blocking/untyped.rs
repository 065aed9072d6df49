//! Calls of any operation, without `async`.

use std::{fmt, io::Write};

use serde_json::Value;

use crate::blocking::{client::Atlas, paging::Items};
use crate::{
    error::Result,
    operations::Operation,
    pythonic::responses::{document::Document, untyped::Response},
    request,
};

/// A call of one stable operation; the blocking counterpart of [`Call`](crate::Call).
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    pub(super) inner: request::Call,
    pub(super) atlas: Atlas,
}

impl Atlas {
    /// Creates a call of the operation with this id, such as `getGroupCluster`; as the async
    /// [`call`](crate::Atlas::call).
    ///
    /// # Errors
    ///
    /// Invalid input for an unknown operation.
    pub fn call(&self, operation_id: &str) -> Result<Call> {
        Ok(Call {
            inner: self.inner.call(operation_id)?,
            atlas: self.clone(),
        })
    }

    /// Creates a call of an operation from its constant; as the async
    /// [`operation`](crate::Atlas::operation).
    pub fn operation(&self, operation: &'static Operation) -> Call {
        Call {
            inner: self.inner.operation(operation),
            atlas: self.clone(),
        }
    }
}

impl Call {
    /// Returns the operation.
    pub fn operation(&self) -> &'static Operation {
        self.inner.operation()
    }

    /// Sets a parameter of the path, the query or the headers; as the async
    /// [`with`](crate::Call::with).
    pub fn with(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        Self {
            inner: self.inner.with(name, value),
            ..self
        }
    }

    /// Sets the body, which is sent verbatim. An explicit null clears a field.
    pub fn with_body(self, body: Value) -> Self {
        Self {
            inner: self.inner.with_body(body),
            ..self
        }
    }

    /// Sends the request and reads the response.
    ///
    /// # Errors
    ///
    /// As the async [`send`](crate::Call::send). Fails inside an async runtime.
    pub fn send(&self) -> Result<Response> {
        self.atlas.wait(self.inner.send())
    }

    /// Returns the items of a list. Does not send a request before the first item is read.
    ///
    /// # Errors
    ///
    /// As the async [`items`](crate::Call::items).
    pub fn items(self) -> Result<Items<Document>> {
        Ok(self.atlas.items(self.inner.items()?))
    }

    /// Sends the request and writes the response body as it arrives; returns the number of bytes.
    ///
    /// # Errors
    ///
    /// As the async [`download`](crate::Call::download). Fails inside an async runtime.
    pub fn download(&self, writer: &mut impl Write) -> Result<u64> {
        self.atlas.wait(self.inner.download(writer))
    }
}
