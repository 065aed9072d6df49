//! Waits for states of clusters.

use crate::pythonic::workflows::wait::{Wait, follow::Target};
use crate::{
    error::Result,
    pythonic::resources::deployments::{
        clusters::{Cluster, ClusterHandle},
        flex_clusters::{FlexCluster, FlexClusterHandle},
        state::ClusterState,
    },
};

impl ClusterHandle {
    /// Waits until the cluster is running, and returns it.
    ///
    /// Bypasses the response cache, and retries transient failures until the timeout. Reads the state from `paused` and
    /// `stateName`, because Atlas sets `paused` minutes before the cluster is paused.
    ///
    /// After a creation with this client, a cluster that is not found is not an error for ten minutes, and after an
    /// update the first response may be older than the update: both are polled again. The wait also continues while a
    /// flex or shared cluster is upgraded to a dedicated cluster.
    ///
    /// # Errors
    ///
    /// Returns [`Timeout`](crate::ErrorKind::Timeout) if the wait times out,
    /// [`Cancelled`](crate::ErrorKind::Cancelled) if it is cancelled, [`Conflict`](crate::ErrorKind::Conflict) if
    /// the cluster is being deleted, [`NotFound`](crate::ErrorKind::NotFound) if the cluster is unknown, and
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) if it is a flex cluster that is not being upgraded.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use std::time::Duration;
    ///
    /// let cluster = atlas.find_cluster("menu-archive").await?;
    /// cluster.resume().await?;
    /// let cluster = cluster.wait_until_running(Duration::from_mins(30)).await?;
    /// println!("{} is {}", cluster.name(), cluster.state());
    /// # Ok(()) }) }
    /// ```
    pub async fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.wait_for_state(&ClusterState::Running, wait.into())
            .await
    }

    /// Waits until the cluster is paused, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`wait_until_running`](Self::wait_until_running).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use std::time::Duration;
    ///
    /// let cluster = atlas.find_cluster("shop-staging").await?;
    /// cluster.pause().await?;
    /// cluster.wait_until_paused(Duration::from_mins(10)).await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn wait_until_paused<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.wait_for_state(&ClusterState::Paused, wait.into())
            .await
    }

    /// Waits until the cluster is deleted.
    ///
    /// # Errors
    ///
    /// Returns [`Timeout`](crate::ErrorKind::Timeout) if the wait times out, and
    /// [`Cancelled`](crate::ErrorKind::Cancelled) if it is cancelled.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use std::time::Duration;
    ///
    /// let cluster = atlas.find_cluster("menu-archive").await?;
    /// cluster.delete().await?;
    /// cluster.wait_until_deleted(Duration::from_mins(30)).await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        let target = Target::new(&self.project, &self.name);
        target.wait_for_deletion::<Cluster>(wait.into()).await
    }

    async fn wait_for_state(&self, goal: &ClusterState, wait: Wait<'_>) -> Result<Cluster> {
        let target = Target::new(&self.project, &self.name);
        target.wait_for_state(goal, wait).await
    }
}

impl Cluster {
    /// Waits until the cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::wait_until_running`].
    pub async fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_running(wait).await
    }

    /// Waits until the cluster is paused, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::wait_until_paused`].
    pub async fn wait_until_paused<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_paused(wait).await
    }

    /// Waits until the cluster is deleted.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::wait_until_deleted`].
    pub async fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.handle.wait_until_deleted(wait).await
    }
}

impl FlexClusterHandle {
    /// Waits until the flex cluster is running, and returns it; see
    /// [`ClusterHandle::wait_until_running`](crate::ClusterHandle::wait_until_running).
    ///
    /// # Errors
    ///
    /// Returns the errors of
    /// [`ClusterHandle::wait_until_running`](crate::ClusterHandle::wait_until_running).
    pub async fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<FlexCluster> {
        let target = Target::new(&self.project, &self.name);
        target
            .wait_for_state(&ClusterState::Running, wait.into())
            .await
    }

    /// Waits until the upgrade to a dedicated cluster is complete, and returns the dedicated cluster.
    ///
    /// # Errors
    ///
    /// Returns the errors of
    /// [`ClusterHandle::wait_until_running`](crate::ClusterHandle::wait_until_running).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use std::time::Duration;
    ///
    /// let flex = atlas.find_flex_cluster("scratch").await?;
    /// flex.upgrade(&serde_json::json!({"replicationSpecs": [{"regionConfigs": [{
    ///     "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
    ///     "electableSpecs": {"instanceSize": "M10", "nodeCount": 3},
    /// }]}]})).await?;
    /// let cluster = flex.wait_until_upgraded(Duration::from_hours(1)).await?;
    /// println!("{} is {}", cluster.name(), cluster.state());
    /// # Ok(()) }) }
    /// ```
    pub async fn wait_until_upgraded<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        let target = Target {
            is_upgraded: true,
            ..Target::new(&self.project, &self.name)
        };
        target
            .wait_for_state(&ClusterState::Running, wait.into())
            .await
    }

    /// Waits until the flex cluster is deleted; see
    /// [`ClusterHandle::wait_until_deleted`](crate::ClusterHandle::wait_until_deleted).
    ///
    /// # Errors
    ///
    /// Returns the errors of
    /// [`ClusterHandle::wait_until_deleted`](crate::ClusterHandle::wait_until_deleted).
    pub async fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        let target = Target::new(&self.project, &self.name);
        target.wait_for_deletion::<FlexCluster>(wait.into()).await
    }
}

impl FlexCluster {
    /// Waits until the flex cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::wait_until_running`].
    pub async fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_running(wait).await
    }

    /// Waits until the upgrade to a dedicated cluster is complete, and returns the dedicated cluster.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::wait_until_upgraded`].
    pub async fn wait_until_upgraded<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Cluster> {
        self.handle.wait_until_upgraded(wait).await
    }

    /// Waits until the flex cluster is deleted.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::wait_until_deleted`].
    pub async fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.handle.wait_until_deleted(wait).await
    }
}
