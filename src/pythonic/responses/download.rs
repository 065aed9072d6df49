//! Downloads: response bodies as streams of bytes.

mod file;

use std::{
    fmt,
    io::Write,
    path::Path,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::CONTENT_LENGTH;

use crate::{
    error::{Error, ErrorKind, Result},
    transport::{ByteStream, Received},
};

use self::file::PartialFile;

/// The body of a response, as a stream of bytes.
///
/// The client retries the request until the first byte arrives. An error after that ends the stream,
/// and its message contains the number of bytes received. A timeout of the call covers the download.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// # let organization = atlas.this_organization().await?;
/// # let list = atlas.call("listOrgInvoices")?.with("orgId", organization.id());
/// # let id = list.items()?.collect().await?[0].to_value()["id"].as_str().unwrap().to_owned();
/// let call = atlas.call("getOrgInvoiceCsv")?.with("orgId", organization.id()).with("invoiceId", id);
/// let mut download = call.download().await?;
/// while let Some(chunk) = download.try_next().await? {
///     println!("{} bytes", chunk.len());
/// }
/// # Ok(()) }) }
/// ```
#[must_use = "a download has no effect until it is read"]
pub struct Download {
    chunks: ByteStream,
    content_length: Option<u64>,
    received: u64,
}

impl Download {
    /// Creates a download of the body of a response.
    pub(crate) fn new(response: Received) -> Self {
        let length = response.headers.get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        Self {
            chunks: response.into_stream(),
            content_length: length,
            received: 0,
        }
    }

    /// Returns the size in bytes; `None` if the server did not send it.
    pub fn content_length(&self) -> Option<u64> {
        self.content_length
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns [`Connection`](ErrorKind::Connection) if the connection breaks, or
    /// [`Timeout`](ErrorKind::Timeout) if the timeout of the call expires.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Reads the download into memory.
    ///
    /// # Errors
    ///
    /// See [`try_next`](Self::try_next).
    pub async fn into_bytes(mut self) -> Result<Bytes> {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = self.try_next().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    /// Writes the download to a file. Returns the number of bytes.
    ///
    /// Writes to a temporary file in the same directory, and replaces an existing file when the
    /// download is complete. After an error, the existing file is unchanged. An empty download, also
    /// a gzip file without content, returns 0 and does not write a file.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](ErrorKind::InvalidInput) if the file cannot be written, or any error
    /// of [`try_next`](Self::try_next).
    pub async fn write_to_file(mut self, path: impl AsRef<Path>) -> Result<u64> {
        let mut file = PartialFile::create(path.as_ref())?;
        while let Some(chunk) = self.try_next().await? {
            let write = file.write(&chunk).await;
            write.map_err(|error| error.with_note(&self.progress()))?;
        }
        if file.is_empty() {
            return Ok(0);
        }
        file.persist().await?;
        Ok(self.received)
    }

    /// Writes the download to a writer, without flushing it. Returns the number of bytes.
    pub(crate) async fn write_to(mut self, writer: &mut impl Write) -> Result<u64> {
        let mut written = 0;
        while let Some(chunk) = self.try_next().await? {
            writer.write_all(&chunk).map_err(|source| {
                let message = "cannot write the response body";
                let error = Error::new(ErrorKind::InvalidInput, message).with_source(source);
                error.with_note(&format!(" (after {written} bytes)"))
            })?;
            written += chunk.len() as u64;
        }
        Ok(written)
    }

    /// Returns the number of bytes received, as the end of an error message.
    fn progress(&self) -> String {
        match self.content_length {
            Some(length) => format!(" (after {} of {length} bytes)", self.received),
            None => format!(" (after {} bytes)", self.received),
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(Pin::new(&mut self.chunks).poll_next(context));
        Poll::Ready(chunk.map(|chunk| match chunk {
            Ok(chunk) => {
                self.received += chunk.len() as u64;
                Ok(chunk)
            }
            Err(error) => Err(error.with_note(&self.progress())),
        }))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("content_length", &self.content_length)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
