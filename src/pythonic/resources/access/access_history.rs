//! Who has logged in to a cluster's databases, or tried to: list.

use jiff::Timestamp;

use crate::api::types;
use crate::operation;
use crate::pythonic::{
    paging::pager::Pager,
    resources::{
        define::view, deployments::clusters::ClusterHandle, organization::projects::ProjectHandle,
        period::Period,
    },
};
use crate::request::Call;

view! {
    /// A login to a database, or an attempt, as the server described it.
    pub struct DatabaseAccess(types::MongoDbAccessLogs) {
        /// The name with which it was tried.
        username: &str = username,
        /// The database against which it was to be authenticated.
        authentication_database: &str = auth_source,
        /// Whether it succeeded.
        is_success: bool = auth_result,
        /// Why it did not succeed; none if it did.
        failure_reason: Option<&str> = failure_reason,
        /// The address from which it came.
        ip_address: &str = ip_address,
        /// The host to which it went.
        hostname: &str = hostname,
        /// When it was, if the server sent a time in the form of RFC 3339; the server's own text is
        /// in [`as_api`](Self::as_api).
        time: Option<Timestamp> = timestamp,
        /// The line of the log that tells of it.
        log_line: &str = log_line,
    }
}

/// Which logins are wanted; the latest of all, unless told otherwise.
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
    /// All logins.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only from this time on.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.period.since = Some(time);
        self
    }

    /// Only up to this time.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.period.until = Some(time);
        self
    }

    /// Only those that succeeded, or only those that did not.
    pub fn with_success(mut self, success: bool) -> Self {
        self.success = Some(success);
        self
    }

    /// Only from this address.
    pub fn with_address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// No more than this; Atlas gives 20,000 at the most.
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
    /// Who has logged in to its databases, or tried to; it comes in one piece.
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

impl ProjectHandle {
    /// Who has logged in to the databases of one host, or tried to; it comes in one piece.
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
