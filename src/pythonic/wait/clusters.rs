//! Waiting for clusters: which states lead where.

use super::{Wait, looking::Sight};
use crate::{
    error::{Error, ErrorKind, Result},
    pythonic::{Cluster, ClusterHandle, state::ClusterState},
    transport::fresh,
};

impl ClusterHandle {
    /// Waits until the cluster is running or paused, whatever comes in between, and gives it as it is
    /// then.
    ///
    /// Both the flag `paused` and the state's name count: a cluster that is being paused says `paused`
    /// long before it is. This asks Atlas, never a cache. Failures that pass, such as a broken connection,
    /// do not end it.
    ///
    /// # Errors
    ///
    /// A time-out when the deadline comes first, a conflict as soon as the cluster is being deleted,
    /// not found when it does not exist, cancelled when the wait was called off; invalid input for a
    /// state in which clusters do not stay.
    ///
    /// ```no_run
    /// # async fn example(cluster: mongodbatlas::ClusterHandle) -> mongodbatlas::Result<()> {
    /// use std::time::Duration;
    /// use mongodbatlas::ClusterState;
    ///
    /// cluster.resume().await?;
    /// let cluster = cluster.wait_until(ClusterState::Running, Duration::from_mins(30)).await?;
    /// println!("{} serves again", cluster.name());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn wait_until<'a>(
        &self,
        goal: ClusterState,
        wait: impl Into<Wait<'a>>,
    ) -> Result<Cluster> {
        check_goal(&goal)?;
        let what = format!("cluster `{}` to be {goal}", self.name());
        let goal = &goal;
        let look = || async move {
            let cluster = self.get_fresh().await?;
            let state = cluster.state();
            if state == ClusterState::Deleting {
                return Err(never(self.name(), goal));
            }
            let reached = (state == *goal).then_some(cluster);
            Ok(Sight { state, reached })
        };
        wait.into().look_until(&what, look).await
    }

    /// Waits until the cluster is gone.
    ///
    /// # Errors
    ///
    /// A time-out when the deadline comes first, cancelled when the wait was called off.
    ///
    /// ```no_run
    /// # async fn example(cluster: mongodbatlas::ClusterHandle) -> mongodbatlas::Result<()> {
    /// use mongodbatlas::Wait;
    ///
    /// cluster.delete().await?;
    /// cluster.wait_until_deleted(Wait::new()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn wait_until_deleted<'a>(&self, wait: impl Into<Wait<'a>>) -> Result<()> {
        let what = format!("cluster `{}` to be deleted", self.name());
        let look = || async move {
            match self.get_fresh().await {
                Ok(cluster) => Ok(Sight {
                    state: cluster.state(),
                    reached: None,
                }),
                Err(error) if error.is_not_found() => Ok(Sight {
                    state: ClusterState::Deleted,
                    reached: Some(()),
                }),
                Err(error) => Err(error),
            }
        };
        wait.into().look_until(&what, look).await
    }

    /// Fetches the cluster as it is now.
    async fn get_fresh(&self) -> Result<Cluster> {
        fresh(self.get()).await
    }
}

/// Refuses to wait for what clusters only pass through, since nobody may look in time.
fn check_goal(goal: &ClusterState) -> Result<()> {
    if matches!(goal, ClusterState::Running | ClusterState::Paused) {
        return Ok(());
    }
    let message = format!("a cluster does not stay {goal}, so nothing can wait for it");
    Err(Error::new(ErrorKind::InvalidInput, message)
        .with_hint("wait until it is running, paused or deleted"))
}

/// The end of a wait for a cluster that will be gone.
fn never(name: &str, goal: &ClusterState) -> Error {
    let message = format!("cluster `{name}` is being deleted and will not be {goal}");
    Error::new(ErrorKind::Conflict, message).with_hint("create it anew if it is still wanted")
}
