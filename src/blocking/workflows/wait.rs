//! Waits for states of clusters, without `async`.
//!
//! To cancel a wait, pass a clone of its [`Cancellation`](crate::Cancellation) to another thread.

use crate::{
    blocking::deployments::{
        clusters::{Cluster, ClusterHandle},
        flex_clusters::{FlexCluster, FlexClusterHandle},
    },
    error::Result,
    pythonic::workflows::wait::Wait,
};

impl ClusterHandle {
    /// Waits until the cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`wait_until_running`](crate::ClusterHandle::wait_until_running).
    /// Fails inside an async runtime.
    pub fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.atlas.fetch(self.inner.wait_until_running(wait))
    }

    /// Waits until the cluster is paused, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`wait_until_paused`](crate::ClusterHandle::wait_until_paused).
    /// Fails inside an async runtime.
    pub fn wait_until_paused<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.atlas.fetch(self.inner.wait_until_paused(wait))
    }

    /// Waits until the cluster is deleted.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`wait_until_deleted`](crate::ClusterHandle::wait_until_deleted).
    /// Fails inside an async runtime.
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.atlas.wait(self.inner.wait_until_deleted(wait))
    }
}

impl Cluster {
    /// Waits until the cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::wait_until_running`].
    pub fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_running(wait)
    }

    /// Waits until the cluster is paused, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::wait_until_paused`].
    pub fn wait_until_paused<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_paused(wait)
    }

    /// Waits until the cluster is deleted.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::wait_until_deleted`].
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.handle.wait_until_deleted(wait)
    }
}

impl FlexClusterHandle {
    /// Waits until the flex cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`wait_until_running`](crate::FlexClusterHandle::wait_until_running).
    /// Fails inside an async runtime.
    pub fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<FlexCluster> {
        self.atlas.fetch(self.inner.wait_until_running(wait))
    }

    /// Waits until the upgrade to a dedicated cluster is complete, and returns the dedicated cluster.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`wait_until_upgraded`](crate::FlexClusterHandle::wait_until_upgraded).
    /// Fails inside an async runtime.
    pub fn wait_until_upgraded<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.atlas.fetch(self.inner.wait_until_upgraded(wait))
    }

    /// Waits until the flex cluster is deleted.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`wait_until_deleted`](crate::FlexClusterHandle::wait_until_deleted).
    /// Fails inside an async runtime.
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.atlas.wait(self.inner.wait_until_deleted(wait))
    }
}

impl FlexCluster {
    /// Waits until the flex cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::wait_until_running`].
    pub fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_running(wait)
    }

    /// Waits until the upgrade to a dedicated cluster is complete, and returns the dedicated cluster.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::wait_until_upgraded`].
    pub fn wait_until_upgraded<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.handle.wait_until_upgraded(wait)
    }

    /// Waits until the flex cluster is deleted.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::wait_until_deleted`].
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.handle.wait_until_deleted(wait)
    }
}
