//! Downloads of logs.

use std::io::{self, Write};

use jiff::Timestamp;

use crate::{
    error::Result,
    operation,
    pythonic::resources::{organization::projects::ProjectHandle, time_range::TimeRange},
};

/// A log of a host, and a time range. Default: the last 24 hours.
///
/// ```
/// use mongodbatlas::LogRequest;
///
/// let log = LogRequest::new("shop-shard-00-00.abcde.mongodb.net", "mongodb")
///     .since("2026-09-01T08:00:00Z".parse().expect("a time"));
/// # let _ = log;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a log request has no effect until it is downloaded"]
pub struct LogRequest {
    host: String,
    log: String,
    range: TimeRange,
}

impl LogRequest {
    /// Creates a request for a log of a host: `mongodb`, `mongos`, `mongodb-audit-log` or
    /// `mongos-audit-log`. The host is the [`hostname`](crate::ProcessData::hostname) of a process,
    /// without a port.
    pub fn new(host: impl Into<String>, log: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            log: log.into(),
            range: TimeRange::default(),
        }
    }

    /// Selects entries at or after this time, in whole seconds.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.range.since = Some(time);
        self
    }

    /// Selects entries at or before this time, in whole seconds.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.range.until = Some(time);
        self
    }
}

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
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use mongodbatlas::LogRequest;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let process = project.processes().try_next().await?.expect("a process");
    /// let hour = jiff::SignedDuration::from_hours(1);
    /// let end = jiff::Timestamp::now();
    /// let log = LogRequest::new(process.hostname(), "mongodb").since(end - hour).until(end);
    /// let mut file = Vec::new();
    /// let bytes = project.download_log(&log, &mut file, |so_far| eprintln!("{so_far} bytes")).await?;
    /// assert_eq!(bytes, file.len() as u64);
    /// # Ok(()) }) }
    /// ```
    pub async fn download_log(
        &self,
        log: &LogRequest,
        writer: &mut impl Write,
        progress: impl FnMut(u64),
    ) -> Result<u64> {
        let download = self.operation(operation::DOWNLOAD_GROUP_CLUSTER_LOG);
        let download = download
            .with("hostName", &log.host)
            .with("logName", &log.log);
        let names = ["startDate", "endDate"];
        let download = log.range.apply(download, names, Timestamp::as_second);
        let mut writer = ProgressWriter {
            writer,
            written: 0,
            progress,
        };
        download.download(&mut writer).await
    }
}
