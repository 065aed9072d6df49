//! Downloads of files.

use crate::engine::{Invocation, request::Request};
use crate::error::CliError;

impl Invocation<'_> {
    /// Sends a request and returns the text of the response.
    ///
    /// # Errors
    ///
    /// A failed request.
    pub(crate) async fn download_text(&self, request: &Request) -> Result<String, CliError> {
        let atlas = self.session.atlas().await?;
        let bytes = async { request.call(&atlas).download().await?.into_bytes().await }.await;
        let bytes = bytes.map_err(|error| CliError::of_request(&error, &self.action()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
