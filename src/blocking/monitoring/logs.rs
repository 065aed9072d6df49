//! Downloads of logs, without `async`.

use std::io::Write;

use crate::{
    blocking::organization::projects::ProjectHandle, error::Result,
    pythonic::resources::monitoring::logs::LogRequest,
};

impl ProjectHandle {
    /// Downloads a gzip-compressed log to a writer. Returns the number of bytes.
    ///
    /// Calls `progress` with the total number of bytes after each write. Does not flush the writer.
    /// Streams the log without buffering all of it in memory.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the host is unknown,
    /// [`Connection`](crate::ErrorKind::Connection) if the connection breaks during the download,
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) if the writer fails, or any [request
    /// error](crate::Error#request-errors). Bytes received before an error have been written.
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
