//! Logins to the databases of a cluster.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use crate::{
    api::types,
    operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::clusters::{Cluster, ClusterHandle},
            organization::projects::{Project, ProjectHandle},
            time_range::TimeRange,
        },
    },
    request::Call,
};

/// The time for which Atlas stores logins.
const RETENTION: SignedDuration = SignedDuration::from_hours(7 * 24);

resource! {
    /// A successful or failed login to a database.
    pub struct DatabaseAccess(types::MongoDbAccessLogs) {
        /// Returns the user name.
        username: &str = username,
        /// Returns the authentication database.
        authentication_database: &str = auth_source,
        /// Returns `true` if the login succeeded.
        is_success: bool = auth_result,
        /// Returns the reason for the failure; `None` if the login succeeded.
        failure_reason: Option<&str> = failure_reason,
        /// Returns the IP address of the client.
        ip_address: &str = ip_address,
        /// Returns the host name of the server.
        hostname: &str = hostname,
        /// Returns the time of the login; `None` if missing or malformed.
        time: Option<Timestamp> = timestamp,
        /// Returns the log line.
        log_line: &str = log_line,
    }
}

/// A filter for logins. Default: the most recent logins.
///
/// ```
/// use std::net::Ipv4Addr;
/// use mongodbatlas::AccessFilter;
///
/// let address = Ipv4Addr::new(198, 51, 100, 7);
/// let failures = AccessFilter::new().with_success(false).with_address(address);
/// # let _ = failures;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a filter has no effect until it is passed to a list method"]
pub struct AccessFilter {
    range: TimeRange,
    success: Option<bool>,
    address: Option<IpAddr>,
    limit: Option<u32>,
}

impl AccessFilter {
    /// Creates a filter that matches the most recent logins.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects logins at or after this time.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.range.since = Some(time);
        self
    }

    /// Selects logins at or before this time. Default after [`since`](Self::since): now. Without a start, the
    /// range begins seven days earlier.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.range.until = Some(time);
        self
    }

    /// Selects only successful or only failed logins.
    pub fn with_success(mut self, success: bool) -> Self {
        self.success = Some(success);
        self
    }

    /// Selects logins from this IP address.
    pub fn with_address(mut self, address: impl Into<IpAddr>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Limits the number of logins. Maximum: 20,000.
    pub fn with_limit(mut self, logins: u32) -> Self {
        self.limit = Some(logins);
        self
    }

    fn apply(&self, call: Call) -> Call {
        let millisecond = Timestamp::as_millisecond;
        let range = ["start", "end"];
        let call = self.range.apply(call, range, millisecond, Some(RETENTION));
        call.with_each("authResult", self.success)
            .with_each("ipAddress", self.address)
            .with_each("nLogs", self.limit)
    }
}

impl ClusterHandle {
    /// Lists the successful and failed logins to the cluster's databases. The list has one page.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use mongodbatlas::AccessFilter;
    ///
    /// let cluster = atlas.find_cluster("shop-staging").await?.handle();
    /// let failed = AccessFilter::new().with_success(false).with_limit(100);
    /// let mut logins = cluster.access_history(&failed);
    /// while let Some(login) = logins.try_next().await? {
    ///     println!("{} from {}: {:?}", login.username(), login.ip_address(), login.failure_reason());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn access_history(&self, filter: &AccessFilter) -> Pager<DatabaseAccess> {
        let history = self.operation(operation::GET_GROUP_DB_ACCESS_HISTORY_CLUSTER);
        filter.apply(history).list(&())
    }
}

impl Cluster {
    /// Lists the successful and failed logins to the cluster's databases. The list has one page.
    ///
    /// See [`ClusterHandle::access_history`].
    pub fn access_history(&self, filter: &AccessFilter) -> Pager<DatabaseAccess> {
        self.handle.access_history(filter)
    }
}

impl ProjectHandle {
    /// Lists the successful and failed logins to the databases of one host. The list has one page.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use jiff::{SignedDuration, Timestamp};
    /// use mongodbatlas::AccessFilter;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let process = project.processes().try_next().await?.expect("a process");
    /// let now = Timestamp::now();
    /// let last_hour = AccessFilter::new().since(now - SignedDuration::from_hours(1)).until(now);
    /// let logins = project.access_history_of_host(process.hostname(), &last_hour).collect().await?;
    /// println!("{} logins in the last hour", logins.len());
    /// # Ok(()) }) }
    /// ```
    pub fn access_history_of_host(
        &self,
        hostname: &str,
        filter: &AccessFilter,
    ) -> Pager<DatabaseAccess> {
        let history = self.operation(operation::GET_GROUP_DB_ACCESS_HISTORY_PROCESS);
        filter.apply(history.with("hostname", hostname)).list(&())
    }
}

impl Project {
    /// Lists the successful and failed logins to the databases of one host. The list has one page.
    ///
    /// See [`ProjectHandle::access_history_of_host`].
    pub fn access_history_of_host(
        &self,
        hostname: &str,
        filter: &AccessFilter,
    ) -> Pager<DatabaseAccess> {
        self.handle.access_history_of_host(hostname, filter)
    }
}
