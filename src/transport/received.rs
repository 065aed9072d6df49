//! Responses as the transport returns them.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::versions::VersionFallback;
use crate::error::{Error, Result};

/// A successful response, with the request that it answers.
pub(crate) struct Received {
    /// The HTTP method of the request.
    pub(crate) method: String,
    /// The path of the request, without its query.
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    /// The response headers, without those that describe how the body was encoded.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// Set if Atlas responded in another version than the preferred one.
    pub(crate) fallback: Option<VersionFallback>,
}

impl fmt::Debug for Received {
    /// Writes the length of the body: it can hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("status", &self.status)
            .field("body_length", &self.bytes().len())
            .finish_non_exhaustive()
    }
}

/// The body of a response.
pub(crate) enum Body {
    /// The whole body, decompressed; empty for operations that return nothing.
    Bytes(Bytes),
    /// A file, read as it arrives.
    Stream(ByteStream),
}

impl Received {
    /// Returns the body of a response that is not a file.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Bytes(bytes) => bytes,
            Body::Stream(_) => &[],
        }
    }

    /// Returns the body as a stream, which has at most one item if the response is not a file.
    pub(crate) fn into_stream(self) -> ByteStream {
        match self.body {
            Body::Stream(stream) => stream,
            Body::Bytes(bytes) => {
                let bytes = (!bytes.is_empty()).then_some(Ok(bytes));
                ByteStream::new(futures_util::stream::iter(bytes))
            }
        }
    }

    /// Adds the request, the status and a version fallback to an error about this response.
    pub(crate) fn describe(&self, error: Error) -> Error {
        if error.path().is_some() {
            return error;
        }
        error
            .with_versions(self.fallback.map(VersionFallback::dates))
            .with_request(&self.method, &self.path)
            .with_status(self.status.as_u16())
    }
}

/// The body of a file, in the chunks in which it arrives.
///
/// The deadline of the call covers the whole stream. An error ends it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # #[cfg(not(feature = "invoices"))] fn main() {}
/// # #[cfg(feature = "invoices")] fn main() { example(async |atlas| {
/// let organization = atlas.this_organization().await?;
/// let invoice = organization.handle().invoices().try_next().await?.expect("an invoice");
///
/// let download = atlas
///     .api()
///     .get_org_invoice_csv()
///     .org_id(organization.id().as_str())
///     .invoice_id(invoice.id().as_str());
/// let mut csv = download.send().await?.into_inner();
/// while let Some(chunk) = csv.try_next().await? {
///     println!("{} bytes", chunk.len());
/// }
/// # Ok(()) }) }
/// ```
pub struct ByteStream(Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>);

impl ByteStream {
    pub(crate) fn new(chunks: impl Stream<Item = Result<Bytes>> + Send + 'static) -> Self {
        Self(Box::pin(chunks))
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// A connection error if the body is cut short, and a timeout if the deadline passes.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>> {
        std::future::poll_fn(|context| self.0.as_mut().poll_next(context))
            .await
            .transpose()
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
