//! Waits for states of clusters.

use crate::pythonic::workflows::wait::{Wait, poller::PollResult};
use crate::{
    error::{Error, ErrorKind, Result},
    pythonic::resources::deployments::{
        clusters::{Cluster, ClusterHandle},
        flex_clusters::{FlexCluster, FlexClusterHandle},
        state::ClusterState,
    },
};

impl ClusterHandle {
    /// Waits until the cluster is running, and returns it.
    ///
    /// Bypasses the response cache, and tolerates transient failures, such as a broken connection. Reads the state from
    /// `paused` and `stateName`, because Atlas sets `paused` minutes before the cluster is paused.
    ///
    /// # Errors
    ///
    /// Timeout if the wait times out, conflict if the cluster is being deleted, not found for an unknown cluster,
    /// cancelled if the wait is cancelled.
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
    /// As [`wait_until_running`](Self::wait_until_running).
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
    /// Timeout if the wait times out, cancelled if the wait is cancelled.
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
        let target = Target::new("cluster", self.name());
        let poll = || self.get_uncached();
        wait_for_deletion(target, wait.into(), poll, |cluster| cluster.state()).await
    }

    async fn wait_for_state(&self, goal: &ClusterState, wait: Wait<'_>) -> Result<Cluster> {
        let target = Target::new("cluster", self.name());
        let poll = || self.get_uncached();
        wait_for_state(target, goal, wait, poll, |cluster| cluster.state()).await
    }
}

impl Cluster {
    /// Waits until the cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::wait_until_running`].
    pub async fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_running(wait).await
    }

    /// Waits until the cluster is paused, and returns it.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::wait_until_paused`].
    pub async fn wait_until_paused<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_paused(wait).await
    }

    /// Waits until the cluster is deleted.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::wait_until_deleted`].
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
    /// As [`ClusterHandle::wait_until_running`](crate::ClusterHandle::wait_until_running).
    pub async fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<FlexCluster> {
        let target = Target::new("flex cluster", self.name());
        let poll = || self.get_uncached();
        let goal = ClusterState::Running;
        wait_for_state(target, &goal, wait.into(), poll, |cluster| cluster.state()).await
    }

    /// Waits until the flex cluster is deleted; see
    /// [`ClusterHandle::wait_until_deleted`](crate::ClusterHandle::wait_until_deleted).
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::wait_until_deleted`](crate::ClusterHandle::wait_until_deleted).
    pub async fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        let target = Target::new("flex cluster", self.name());
        let poll = || self.get_uncached();
        wait_for_deletion(target, wait.into(), poll, |cluster| cluster.state()).await
    }
}

impl FlexCluster {
    /// Waits until the flex cluster is running, and returns it.
    ///
    /// # Errors
    ///
    /// As [`FlexClusterHandle::wait_until_running`].
    pub async fn wait_until_running<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<Self> {
        self.handle.wait_until_running(wait).await
    }

    /// Waits until the flex cluster is deleted.
    ///
    /// # Errors
    ///
    /// As [`FlexClusterHandle::wait_until_deleted`].
    pub async fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        self.handle.wait_until_deleted(wait).await
    }
}

/// The kind and name of the cluster, for messages.
#[derive(Clone, Copy)]
struct Target<'a> {
    kind: &'a str,
    name: &'a str,
}

impl<'a> Target<'a> {
    fn new(kind: &'a str, name: &'a str) -> Self {
        Self { kind, name }
    }

    fn to_be(self, goal: &ClusterState) -> String {
        format!("{} `{}` to be {goal}", self.kind, self.name)
    }
}

/// Polls until the target state.
async fn wait_for_state<T, Fut: Future<Output = Result<T>>>(
    target: Target<'_>,
    goal: &ClusterState,
    wait: Wait<'_>,
    get: impl Fn() -> Fut,
    state_of: fn(&T) -> ClusterState,
) -> Result<T> {
    let get = &get;
    let poll = || async move {
        let cluster = get().await?;
        let state = state_of(&cluster);
        if matches!(state, ClusterState::Deleting | ClusterState::Deleted) {
            return Err(unreachable_state(target, goal));
        }
        let reached = (state == *goal).then_some(cluster);
        Ok(PollResult { state, reached })
    };
    wait.poll_until(&target.to_be(goal), poll).await
}

/// Polls until the cluster is deleted.
async fn wait_for_deletion<T, Fut: Future<Output = Result<T>>>(
    target: Target<'_>,
    wait: Wait<'_>,
    get: impl Fn() -> Fut,
    state_of: fn(&T) -> ClusterState,
) -> Result<()> {
    let get = &get;
    let poll = || async move {
        let state = match get().await {
            Ok(cluster) => state_of(&cluster),
            Err(error) if error.is_not_found() => ClusterState::Deleted,
            Err(error) => return Err(error),
        };
        let reached = (state == ClusterState::Deleted).then_some(());
        Ok(PollResult { state, reached })
    };
    wait.poll_until(&target.to_be(&ClusterState::Deleted), poll)
        .await
}

/// Returns the error for a cluster that is being deleted.
fn unreachable_state(Target { kind, name }: Target<'_>, goal: &ClusterState) -> Error {
    let message = format!("{kind} `{name}` is being deleted and will not be {goal}");
    Error::new(ErrorKind::Conflict, message).with_hint("create a new cluster with this name")
}
