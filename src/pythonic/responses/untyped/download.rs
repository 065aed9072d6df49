//! Downloads: response bodies, written to a writer as they arrive.

use std::io::Write;

use http::header::CONTENT_LENGTH;

use crate::{
    api,
    error::{Error, ErrorKind, Result},
    request::{self, Call},
};

impl Call {
    /// Sends the request and writes the response body as it arrives; returns the number of bytes.
    ///
    /// Works for every operation; those that return a file (gzip, csv, PEM) need it. Does not flush the
    /// writer.
    ///
    /// The request is retried only until the first byte is written, because written bytes cannot be undone and Atlas
    /// supports neither ranges nor identical content in a second download. To repeat a download, empty the file first.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send). An error after the first byte contains the number of bytes written. A failing writer is
    /// invalid input.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?;
    /// # let list = atlas.call("listOrgInvoices")?.with("orgId", organization.id());
    /// # let id = list.items()?.collect().await?[0].to_value()["id"].as_str().unwrap().to_owned();
    /// let download = atlas
    ///     .call("getOrgInvoiceCsv")?
    ///     .with("orgId", organization.id())
    ///     .with("invoiceId", id);
    /// let mut csv = Vec::new();
    /// let bytes = download.download(&mut csv).await?;
    /// assert_eq!(bytes, csv.len() as u64);
    /// # Ok(()) }) }
    /// ```
    pub async fn download(&self, writer: &mut impl Write) -> Result<u64> {
        let received = request::send(self).await?;
        api::check_fallback(self.operation(), &received)?;
        let length = received.headers.get(CONTENT_LENGTH).cloned();
        let mut chunks = received.into_stream();
        let mut written = 0;
        loop {
            let chunk = chunks.try_next().await.map_err(|error| {
                let total = length.as_ref().and_then(|length| length.to_str().ok());
                error.with_note(&progress(written, total))
            })?;
            let Some(chunk) = chunk else {
                return Ok(written);
            };
            writer.write_all(&chunk).map_err(|source| {
                let message = "cannot write the response body";
                let error = Error::new(ErrorKind::InvalidInput, message).with_source(source);
                error.with_note(&progress(written, None))
            })?;
            written += chunk.len() as u64;
        }
    }
}

/// Returns the end of a message with the number of bytes written.
fn progress(written: u64, total: Option<&str>) -> String {
    match total {
        Some(total) => format!(" (after {written} of {total} bytes)"),
        None => format!(" (after {written} bytes)"),
    }
}
