//! Downloads of files.

use std::path::Path;

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

    /// Sends a request and writes the response to a file. Returns the number of bytes; an empty response
    /// writes no file.
    ///
    /// # Errors
    ///
    /// Fails if the file exists and `--force` is not given, if the request fails, or if the file cannot be
    /// written.
    pub(crate) async fn download_to_file(
        &self,
        request: &Request,
        file: &str,
    ) -> Result<u64, CliError> {
        if Path::new(file).exists() && !self.is_on("force") {
            return Err(CliError::usage(format!("`{file}` exists"))
                .with_hint("choose another file, or overwrite it with `--force`"));
        }
        let atlas = self.session.atlas().await?;
        let size = async {
            request
                .call(&atlas)
                .download()
                .await?
                .write_to_file(file)
                .await
        }
        .await;
        size.map_err(|error| CliError::of_request(&error, &self.action()))
    }
}
