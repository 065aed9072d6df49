//! Waits for states of clusters, without `async`.
//!
//! To cancel a wait, pass a clone of its [`Cancellation`](crate::Cancellation) to another thread.

use crate::{
    blocking::deployments::{
        clusters::{Cluster, ClusterHandle},
        flex_clusters::{FlexCluster, FlexClusterHandle},
    },
    error::Result,
    pythonic::{resources::deployments::state::ClusterState, workflows::wait::Wait},
};

impl ClusterHandle {
    /// Waits until the cluster is running or paused, and returns it.
    ///
    /// # Errors
    ///
    /// As the async [`wait_until`](crate::ClusterHandle::wait_until). Fails inside an async
    /// runtime.
    pub fn wait_until<'a>(&self, goal: ClusterState, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.atlas.fetch(self.inner.wait_until(goal, wait))
    }

    /// Waits until the cluster is deleted.
    ///
    /// # Errors
    ///
    /// As the async [`wait_until_deleted`](crate::ClusterHandle::wait_until_deleted). Fails inside
    /// an async runtime.
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.atlas.wait(self.inner.wait_until_deleted(wait))
    }
}

impl Cluster {
    /// Waits until the cluster is running or paused, and returns it.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::wait_until`].
    pub fn wait_until<'a>(&self, goal: ClusterState, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until(goal, wait)
    }

    /// Waits until the cluster is deleted.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::wait_until_deleted`].
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.handle.wait_until_deleted(wait)
    }
}

impl FlexClusterHandle {
    /// Waits until the flex cluster is running, and returns it; see
    /// [`ClusterHandle::wait_until`](crate::ClusterHandle::wait_until).
    ///
    /// # Errors
    ///
    /// As the async [`wait_until`](crate::FlexClusterHandle::wait_until). Fails inside an async
    /// runtime.
    pub fn wait_until<'a>(
        &self,
        goal: ClusterState,
        wait: impl Into<Wait<'a>>,
    ) -> Result<FlexCluster> {
        self.atlas.fetch(self.inner.wait_until(goal, wait))
    }

    /// Waits until the flex cluster is deleted; see
    /// [`ClusterHandle::wait_until_deleted`](crate::ClusterHandle::wait_until_deleted).
    ///
    /// # Errors
    ///
    /// As the async [`wait_until_deleted`](crate::FlexClusterHandle::wait_until_deleted). Fails
    /// inside an async runtime.
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.atlas.wait(self.inner.wait_until_deleted(wait))
    }
}

impl FlexCluster {
    /// Waits until the flex cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// As [`FlexClusterHandle::wait_until`].
    pub fn wait_until<'a>(&self, goal: ClusterState, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until(goal, wait)
    }

    /// Waits until the flex cluster is deleted.
    ///
    /// # Errors
    ///
    /// As [`FlexClusterHandle::wait_until_deleted`].
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.handle.wait_until_deleted(wait)
    }
}
