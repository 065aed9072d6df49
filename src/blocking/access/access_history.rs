//! Database logins of a cluster, without `async`.

use crate::{
    blocking::{
        deployments::clusters::{Cluster, ClusterHandle},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    pythonic::resources::access::access_history::{AccessFilter, DatabaseAccess},
};

impl ClusterHandle {
    /// Lists the successful and failed logins to the cluster's databases. The list has one page.
    pub fn access_history(&self, filter: &AccessFilter) -> Items<DatabaseAccess> {
        self.atlas.items(self.inner.access_history(filter))
    }
}

impl Cluster {
    /// Lists the successful and failed logins to the cluster's databases. The list has one page.
    ///
    /// See [`ClusterHandle::access_history`].
    pub fn access_history(&self, filter: &AccessFilter) -> Items<DatabaseAccess> {
        self.handle.access_history(filter)
    }
}

impl ProjectHandle {
    /// Lists the successful and failed logins to the databases of one host. The list has one page.
    pub fn access_history_of_host(
        &self,
        hostname: &str,
        filter: &AccessFilter,
    ) -> Items<DatabaseAccess> {
        self.atlas
            .items(self.inner.access_history_of_host(hostname, filter))
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
    ) -> Items<DatabaseAccess> {
        self.handle.access_history_of_host(hostname, filter)
    }
}
