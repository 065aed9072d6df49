//! Downloads of logs, without `async`.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{
    blocking::organization::projects::ProjectHandle, error::Result,
    pythonic::resources::monitoring::logs::LogRequest,
};

/// A writer that reports the total number of bytes written.
struct ProgressWriter<'a, W, F> {
    writer: &'a mut W,
    written: u64,
    progress: F,
}

impl<W: Write, F: FnMut(u64)> Write for ProgressWriter<'_, W, F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.writer.write(bytes)?;
        self.written += count as u64;
        (self.progress)(self.written);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl ProjectHandle {
    /// Downloads a gzip-compressed log to a writer. Returns the number of bytes; 0 for an empty log.
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
        let mut writer = ProgressWriter {
            writer,
            written: 0,
            progress,
        };
        self.atlas.wait(async {
            let download = self.inner.download_log(log).await?;
            download.write_to(&mut writer).await
        })
    }

    /// Downloads a gzip-compressed log to a file. Returns the number of bytes; an empty log returns 0
    /// and does not write a file.
    ///
    /// Replaces an existing file when the download is complete; see
    /// [`Download::write_to_file`](crate::Download::write_to_file).
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the host is unknown,
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) if the file cannot be written,
    /// [`Connection`](crate::ErrorKind::Connection) if the connection breaks during the download, or
    /// any [request error](crate::Error#request-errors).
    pub fn download_log_to(&self, log: &LogRequest, path: impl AsRef<Path>) -> Result<u64> {
        self.atlas.wait(self.inner.download_log_to(log, path))
    }
}
