//! Waiting; each verb waits for its async twin. To call a wait off, hand a clone of its
//! [`Cancellation`](crate::Cancellation) to another thread.

use crate::blocking::{Cluster, ClusterHandle, FlexCluster, FlexClusterHandle, twin::twin};
use crate::{
    error::Result,
    pythonic::{
        resources::{
            carrier::{Carrier, WithClient},
            deployments::state::ClusterState,
        },
        workflows::wait::Wait,
    },
};

impl ClusterHandle {
    /// Waits until the cluster is running or paused; as the async
    /// [`wait_until`](crate::ClusterHandle::wait_until).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn wait_until<'a>(&self, goal: ClusterState, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        let cluster = self.atlas.wait(twin(self).wait_until(goal, wait))?;
        Ok(cluster.with_client(self.atlas.clone()))
    }

    /// Waits until the cluster is gone.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.atlas.wait(twin(self).wait_until_deleted(wait))
    }
}

impl FlexClusterHandle {
    /// Waits until the flex cluster is running; as the async
    /// [`wait_until`](crate::FlexClusterHandle::wait_until).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn wait_until<'a>(
        &self,
        goal: ClusterState,
        wait: impl Into<Wait<'a>>,
    ) -> Result<FlexCluster> {
        let client = self.client();
        let cluster = client.wait(twin(self).wait_until(goal, wait))?;
        Ok(cluster.with_client(client.clone()))
    }

    /// Waits until the flex cluster is gone.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.client().wait(twin(self).wait_until_deleted(wait))
    }
}
