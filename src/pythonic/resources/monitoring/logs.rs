//! Downloads of logs.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use crate::{
    error::Result,
    operation,
    pythonic::{
        resources::{organization::projects::ProjectHandle, time_range::TimeRange, values::value},
        responses::download::Download,
    },
    request::Call,
};

value! {
    /// A log that Atlas can return, such as `mongodb`.
    pub enum LogName {
        Mongod = "mongodb",
        Mongos = "mongos",
        MongodAudit = "mongodb-audit-log",
        MongosAudit = "mongos-audit-log",
    }
}

/// A log of a host, and a time range. Default: the last 24 hours.
///
/// ```
/// use mongodbatlas::{LogName, LogRequest};
///
/// let log = LogRequest::new("shop-shard-00-00.abcde.mongodb.net", LogName::Mongod)
///     .since("2026-09-01T08:00:00Z".parse().expect("a time"));
/// # let _ = log;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a log request has no effect until it is downloaded"]
pub struct LogRequest {
    host: String,
    log: LogName,
    range: TimeRange,
}

impl LogRequest {
    /// Creates a request for a log of a host. The host is the
    /// [`hostname`](crate::ProcessData::hostname) of a process; a port is ignored. Names of logs may
    /// end in `.gz`.
    pub fn new(host: impl Into<String>, log: impl Into<LogName>) -> Self {
        Self {
            host: remove_port(host.into()),
            log: remove_extension(log.into()),
            range: TimeRange::default(),
        }
    }

    /// Selects entries at or after this time, in whole seconds.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.range.since = Some(time);
        self
    }

    /// Selects entries at or before this time, in whole seconds. Default after
    /// [`since`](Self::since): now. Without a start, the log begins 24 hours earlier.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.range.until = Some(time);
        self
    }

    fn apply(&self, call: Call) -> Call {
        let call = call.with("hostName", &self.host).with("logName", &self.log);
        let day = SignedDuration::from_hours(24);
        self.range.apply(
            call,
            ["startDate", "endDate"],
            Timestamp::as_second,
            Some(day),
        )
    }
}

/// Removes the port from `HOST:PORT`.
fn remove_port(mut host: String) -> String {
    if let Some((name, port)) = host.rsplit_once(':')
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && (!name.contains(':') || name.ends_with(']'))
    {
        host.truncate(name.len());
    }
    host
}

/// Removes the extension from `NAME.gz`: the operation adds it.
fn remove_extension(log: LogName) -> LogName {
    match log.as_str().strip_suffix(".gz") {
        Some(name) => name.into(),
        None => log,
    }
}

impl ProjectHandle {
    /// Downloads a gzip-compressed log as a stream of bytes.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the host is unknown, or any
    /// [request error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use mongodbatlas::{LogName, LogRequest};
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let process = project.processes().try_next().await?.expect("a process");
    /// let log = LogRequest::new(process.hostname(), LogName::Mongod);
    /// let mut download = project.download_log(&log).await?;
    /// while let Some(chunk) = download.try_next().await? {
    ///     println!("{} bytes", chunk.len());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn download_log(&self, log: &LogRequest) -> Result<Download> {
        self.log_call(log).download().await
    }

    /// Downloads a gzip-compressed log to a file. Returns the number of bytes; an empty log returns 0
    /// and does not write a file.
    ///
    /// Replaces an existing file when the download is complete; see [`Download::write_to_file`].
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the host is unknown,
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) if the file cannot be written,
    /// [`Connection`](crate::ErrorKind::Connection) if the connection breaks during the download, or
    /// any [request error](crate::Error#request-errors).
    pub async fn download_log_to(&self, log: &LogRequest, path: impl AsRef<Path>) -> Result<u64> {
        self.log_call(log).download_to(path).await
    }

    /// Creates the call that downloads a log.
    fn log_call(&self, log: &LogRequest) -> Call {
        log.apply(self.operation(operation::DOWNLOAD_GROUP_CLUSTER_LOG))
    }
}
