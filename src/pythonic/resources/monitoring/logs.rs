//! Downloads of logs.

use std::io::{self, Write};

use jiff::Timestamp;

use crate::error::Result;
use crate::operation;
use crate::pythonic::resources::{organization::projects::ProjectHandle, period::Period};

/// Which log is wanted, and of which time; the last 24 hours, unless told otherwise.
///
/// ```
/// use mongodbatlas::LogRequest;
///
/// let log = LogRequest::new("shop-shard-00-00.abcde.mongodb.net", "mongodb")
///     .since("2026-09-01T08:00:00Z".parse().expect("a time"));
/// # let _ = log;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is downloaded"]
pub struct LogRequest {
    host: String,
    log: String,
    period: Period,
}

impl LogRequest {
    /// The log of a host: `mongodb`, `mongos`, `mongodb-audit-log` or `mongos-audit-log`. The host is
    /// a process's [`hostname`](crate::Process::hostname), without a port.
    pub fn new(host: impl Into<String>, log: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            log: log.into(),
            period: Period::default(),
        }
    }

    /// Only what was logged from this time on, to the second.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.period.since = Some(time);
        self
    }

    /// Only what was logged up to this time, to the second.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.period.until = Some(time);
        self
    }
}

/// A writer that tells how much has been written.
struct Counted<'a, W, F> {
    writer: &'a mut W,
    written: u64,
    progress: F,
}

impl<W: Write, F: FnMut(u64)> Write for Counted<'_, W, F> {
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
    /// Downloads a log, compressed with gzip, and writes it as it comes; gives the number of bytes.
    ///
    /// `progress` hears how many bytes have been written so far, after each piece. The writer is not
    /// flushed. Nothing but a piece is kept in memory.
    ///
    /// # Errors
    ///
    /// Not found for an unknown host, a connection error when the log breaks off, invalid input when
    /// the writer fails, and what a call can end with. What came until then has been written.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
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
        let download = log.period.apply(download, names, Timestamp::as_second);
        let mut counted = Counted {
            writer,
            written: 0,
            progress,
        };
        download.download(&mut counted).await
    }
}
