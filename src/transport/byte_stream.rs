//! Response bodies as streams.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::error::Result;

/// The body of a file as a stream of chunks.
///
/// The deadline of the call covers the whole stream. The stream ends after an error.
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
    /// Returns a connection error for a truncated body, and a timeout after the deadline.
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
