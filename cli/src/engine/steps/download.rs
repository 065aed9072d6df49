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

    /// Sends a request and writes the response to a file, which appears when the download is complete.
    /// Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// A failed request, a file that cannot be written, or one that exists without `--force`.
    pub(crate) async fn download_file(
        &self,
        request: &Request,
        file: &Path,
    ) -> Result<u64, CliError> {
        self.check_new_file(file)?;
        let atlas = self.session.atlas().await?;
        let written = request.call(&atlas).download_to(file).await;
        written.map_err(|error| CliError::of_request(&error, &self.action()))
    }

    /// Rejects a file that exists, without `--force`.
    ///
    /// # Errors
    ///
    /// A usage error if the file exists.
    pub(crate) fn check_new_file(&self, file: &Path) -> Result<(), CliError> {
        if self.is_on("force") || !file.exists() {
            return Ok(());
        }
        Err(
            CliError::usage(format!("the file `{}` exists", file.display()))
                .with_hint("choose another file, or add `--force` to replace it"),
        )
    }
}
