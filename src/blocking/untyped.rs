//! Calls of any operation, without `async`.

use std::{fmt, io::Write, path::Path};

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
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the operation is unknown.
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

    /// Writes the file behind a link that Atlas returned to a writer; as the async
    /// [`download_link`](crate::Atlas::download_link). Returns the number of bytes. Does not flush the writer.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) for a malformed link or if the writer fails, or any
    /// error of the async method. Bytes received before an error have been written.
    pub fn download_link(&self, link: &str, writer: &mut impl Write) -> Result<u64> {
        self.wait(async { self.inner.download_link(link).await?.write_to(writer).await })
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
    /// Returns the errors of the async [`send`](crate::Call::send). Fails inside an async runtime.
    pub fn send(&self) -> Result<Response> {
        self.atlas.wait(self.inner.send())
    }

    /// Returns the items of a list. Does not send a request before the first item is read.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`items`](crate::Call::items).
    pub fn items(self) -> Result<Items<Document>> {
        Ok(self.atlas.items(self.inner.items()?))
    }

    /// Sends the request and writes the response body to a writer. Returns the number of bytes.
    ///
    /// Works for every operation. Operations that return a file (gzip, CSV, PEM) need this method or
    /// [`download_to`](Self::download_to). Does not flush the writer.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if a parameter is invalid or the
    /// writer fails, [`Connection`](crate::ErrorKind::Connection) if the connection breaks during the
    /// download, or any [request error](crate::Error#request-errors). Bytes received before an error
    /// have been written.
    pub fn download(&self, writer: &mut impl Write) -> Result<u64> {
        self.atlas
            .wait(async { self.inner.download().await?.write_to(writer).await })
    }

    /// Sends the request and writes the response body to a file. Returns the number of bytes; an
    /// empty body returns 0 and does not write a file.
    ///
    /// Replaces an existing file when the download is complete; see
    /// [`Download::write_to_file`](crate::Download::write_to_file).
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if a parameter is invalid or the file
    /// cannot be written, [`Connection`](crate::ErrorKind::Connection) if the connection breaks
    /// during the download, or any [request error](crate::Error#request-errors).
    pub fn download_to(&self, path: impl AsRef<Path>) -> Result<u64> {
        self.atlas.wait(self.inner.download_to(path))
    }
}
