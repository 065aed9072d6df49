//! Downloads of logs, without `async`.

use std::io::Write;

use crate::{
    blocking::organization::projects::ProjectHandle, error::Result,
    pythonic::resources::monitoring::logs::LogRequest,
};

impl ProjectHandle {
    /// Downloads a gzip-compressed log and writes it as it arrives; returns the number of bytes.
    ///
    /// # Errors
    ///
    /// As the async [`download_log`](crate::ProjectHandle::download_log). Fails inside an async
    /// runtime.
    pub fn download_log(
        &self,
        log: &LogRequest,
        writer: &mut impl Write,
        progress: impl FnMut(u64),
    ) -> Result<u64> {
        self.atlas
            .wait(self.inner.download_log(log, writer, progress))
    }
}
