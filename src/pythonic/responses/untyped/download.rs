//! Answers that are files, written as they come.

use std::io::Write;

use http::header::CONTENT_LENGTH;

use crate::{
    error::{Error, ErrorKind, Result},
    request::{Call, send},
};

impl Call {
    /// Sends it and writes the body of the answer as it comes; gives the number of bytes.
    ///
    /// Works for every operation; those that answer with a file (gzip, csv, PEM) need it. The writer
    /// is not flushed.
    ///
    /// What breaks before the first byte is written is tried again like any other call. After that
    /// nothing is: what has been written cannot be taken back, and Atlas promises neither ranges nor
    /// the same bytes again. Empty the file and call again.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); a connection error that says how much was written when the body
    /// breaks off, a time-out when the deadline comes, and invalid input when the writer fails.
    pub async fn download(&self, writer: &mut impl Write) -> Result<u64> {
        let received = send(self).await?;
        let length = received.headers.get(CONTENT_LENGTH).cloned();
        let mut chunks = received.into_stream();
        let mut written = 0;
        loop {
            let chunk = chunks.try_next().await.map_err(|error| {
                let whole = length.as_ref().and_then(|length| length.to_str().ok());
                error.with_note(&progress(written, whole))
            })?;
            let Some(chunk) = chunk else {
                return Ok(written);
            };
            writer.write_all(&chunk).map_err(|source| {
                let message = "what was downloaded cannot be written";
                let error = Error::new(ErrorKind::InvalidInput, message).with_source(source);
                error.with_note(&progress(written, None))
            })?;
            written += chunk.len() as u64;
        }
    }
}

/// How much has been written, as the end of a message.
fn progress(written: u64, whole: Option<&str>) -> String {
    match whole {
        Some(whole) => format!(" (after {written} of {whole} bytes)"),
        None => format!(" (after {written} bytes)"),
    }
}
