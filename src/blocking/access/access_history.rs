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
    /// Lists the logins to the cluster's databases, successful or not. The list has one page.
    ///
    /// See the async [`access_history`](crate::ClusterHandle::access_history).
    pub fn access_history(&self, filter: &AccessFilter) -> Items<DatabaseAccess> {
        self.atlas.items(self.inner.access_history(filter))
    }
}

impl Cluster {
    /// Lists the logins to the cluster's databases, successful or not. The list has one page.
    ///
    /// See [`ClusterHandle::access_history`].
    pub fn access_history(&self, filter: &AccessFilter) -> Items<DatabaseAccess> {
        self.handle.access_history(filter)
    }
}

impl ProjectHandle {
    /// Lists the logins to the databases of one host, successful or not. The list has one page.
    ///
    /// See the async [`access_history_of_host`](crate::ProjectHandle::access_history_of_host).
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
    /// Lists the logins to the databases of one host, successful or not. The list has one page.
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
