//! Waiting; each verb waits for its async twin. To call a wait off, hand a clone of its
//! [`Cancellation`](crate::Cancellation) to another thread.

use super::{Cluster, ClusterHandle};
use crate::{
    error::Result,
    pythonic::{ClusterState, Wait},
};

impl ClusterHandle {
    /// Waits until the cluster is running or paused; as the async
    /// [`wait_until`](crate::ClusterHandle::wait_until).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn wait_until<'a>(&self, goal: ClusterState, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.answered(self.twin().wait_until(goal, wait))
    }

    /// Waits until the cluster is gone.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.atlas.wait(self.twin().wait_until_deleted(wait))
    }
}
