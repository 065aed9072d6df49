//! Database logins of a cluster.

use jiff::Timestamp;

use crate::{
    api::types,
    operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::clusters::{Cluster, ClusterHandle},
            organization::projects::{Project, ProjectHandle},
            period::Period,
        },
    },
    request::Call,
};

resource! {
    /// A login to a database, successful or not.
    pub struct DatabaseAccess(types::MongoDbAccessLogs) {
        /// Returns the user name.
        username: &str = username,
        /// Returns the authentication database.
        authentication_database: &str = auth_source,
        /// Returns whether the login succeeded.
        is_success: bool = auth_result,
        /// Returns the reason of a failure; `None` if the login succeeded.
        failure_reason: Option<&str> = failure_reason,
        /// Returns the client's address.
        ip_address: &str = ip_address,
        /// Returns the host name of the server.
        hostname: &str = hostname,
        /// Returns the time of the login; `None` unless Atlas sent it in the form of RFC 3339.
        /// [`as_api`](Self::as_api) has the text that Atlas sent.
        time: Option<Timestamp> = timestamp,
        /// Returns the log line.
        log_line: &str = log_line,
    }
}

/// Selects logins; the default is the most recent ones.
///
/// ```
/// use mongodbatlas::AccessFilter;
///
/// let failures = AccessFilter::new().with_success(false).with_address("198.51.100.7");
/// # let _ = failures;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a filter does nothing until it is given to a list"]
pub struct AccessFilter {
    period: Period,
    success: Option<bool>,
    address: Option<String>,
    limit: Option<u32>,
}

impl AccessFilter {
    /// Selects all logins.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects logins at or after this time.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.period.since = Some(time);
        self
    }

    /// Selects logins at or before this time.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.period.until = Some(time);
        self
    }

    /// Selects only successful or only failed logins.
    pub fn with_success(mut self, success: bool) -> Self {
        self.success = Some(success);
        self
    }

    /// Selects logins from this address.
    pub fn with_address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Limits the number of logins; Atlas returns at most 20,000.
    pub fn with_limit(mut self, logins: u32) -> Self {
        self.limit = Some(logins);
        self
    }

    fn apply(&self, call: Call) -> Call {
        let millisecond = Timestamp::as_millisecond;
        let call = self.period.apply(call, ["start", "end"], millisecond);
        call.with_each("authResult", self.success)
            .with_each("ipAddress", &self.address)
            .with_each("nLogs", self.limit)
    }
}

impl ClusterHandle {
    /// Lists the logins to the cluster's databases, successful or not. The list has one page.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::AccessFilter;
    ///
    /// let cluster = atlas.find_cluster("shop-staging").await?.handle();
    /// let failures = AccessFilter::new().with_success(false).with_limit(100);
    /// for attempt in cluster.access_history(&failures).collect().await? {
    ///     println!("{} from {}", attempt.username(), attempt.ip_address());
    ///     println!("{} {:?}", attempt.is_success(), attempt.failure_reason());
    ///     println!("{:?} {} {}", attempt.time(), attempt.hostname(), attempt.log_line());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn access_history(&self, filter: &AccessFilter) -> Pager<DatabaseAccess> {
        let history = self.operation(operation::GET_GROUP_DB_ACCESS_HISTORY_CLUSTER);
        filter.apply(history).list(&())
    }
}

impl Cluster {
    /// Lists the logins to the cluster's databases, successful or not. The list has one page.
    ///
    /// See [`ClusterHandle::access_history`].
    pub fn access_history(&self, filter: &AccessFilter) -> Pager<DatabaseAccess> {
        self.handle.access_history(filter)
    }
}

impl ProjectHandle {
    /// Lists the logins to the databases of one host, successful or not. The list has one page.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::AccessFilter;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let process = project.processes().try_next().await?.expect("a process");
    /// let end = jiff::Timestamp::now();
    /// let hour = jiff::SignedDuration::from_hours(1);
    /// let lately = AccessFilter::new().since(end - hour).until(end);
    /// for login in project.access_history_of_host(process.hostname(), &lately).collect().await? {
    ///     println!("{}@{}", login.username(), login.authentication_database());
    /// }
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
    /// Lists the logins to the databases of one host, successful or not. The list has one page.
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
