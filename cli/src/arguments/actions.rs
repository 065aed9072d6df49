//! Determines the actions that a command line requests, in the order in which they run.

use super::{Arguments, ClusterPath, Creation};
use crate::error::CliError;

/// One action of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action<'a> {
    /// List the organization.
    List,
    /// Print the documents of the projects.
    PrintProjects,
    /// Print the default document for a new cluster.
    PrintDefaultCluster,
    /// Create a cluster.
    CreateCluster,
    /// Print the documents of the clusters.
    PrintClusters,
    /// Print the document of one cluster.
    PrintCluster(ClusterPath),
    /// Pause or resume the cluster of this name.
    Change(ClusterChange, &'a str),
}

impl<'a> Action<'a> {
    /// Returns the change and the cluster's name if the action pauses or resumes a cluster.
    pub(crate) fn change(&self) -> Option<(ClusterChange, &'a str)> {
        match *self {
            Self::Change(change, name) => Some((change, name)),
            _ => None,
        }
    }
}

/// A change to a cluster's paused state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClusterChange {
    /// Pause a running cluster.
    Pause,
    /// Resume a paused cluster.
    Resume,
}

impl Arguments {
    /// Returns the actions in the order of the Python program. The order of the flags does not matter: all pauses
    /// run before all resumes.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if a cluster is not written as `PROJECT_ID:CLUSTER_NAME`, or if a flag
    /// is given without the flag that it requires.
    pub(crate) fn actions(&self) -> Result<Vec<Action<'_>>, CliError> {
        self.creation.check()?;
        let flags = [
            (self.listing.list, Action::List),
            (self.listing.listproj, Action::PrintProjects),
            (self.creation.defaultcluster, Action::PrintDefaultCluster),
            (self.creation.createcluster.is_some(), Action::CreateCluster),
            (self.listing.listcluster, Action::PrintClusters),
        ];
        let mut actions: Vec<_> = flags
            .into_iter()
            .filter_map(|(is_set, action)| is_set.then_some(action))
            .collect();
        for text in &self.listing.cluster {
            actions.push(Action::PrintCluster(text.parse()?));
        }
        for (change, names) in [
            (ClusterChange::Pause, &self.pausing.pause),
            (ClusterChange::Resume, &self.pausing.resume),
        ] {
            actions.extend(names.iter().map(|name| Action::Change(change, name)));
        }
        Ok(actions)
    }
}

impl Creation {
    /// Rejects flags that require `--createcluster` without it.
    fn check(&self) -> Result<(), CliError> {
        let flag = match (&self.createcluster, &self.clusterconfig, &self.clustername) {
            (None, Some(_), _) => "--clusterconfig",
            (None, None, Some(_)) => "--clustername",
            _ => return Ok(()),
        };
        Err(
            CliError::usage(format!("`{flag}` requires `--createcluster`"))
                .with_hint("add `--createcluster FILE` to create a cluster"),
        )
    }
}
