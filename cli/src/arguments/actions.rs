//! What a command line asks for, in the order in which it is done.

use super::{Arguments, ClusterPath, Create};
use crate::error::CliError;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action<'a> {
    /// List the organization.
    List,
    /// Print the documents of the projects.
    Projects,
    /// Print the document that a cluster is made from.
    DefaultCluster,
    /// Create a cluster.
    CreateCluster,
    /// Print the documents of the clusters.
    Clusters,
    /// Print the document of one cluster.
    Cluster(ClusterPath),
    /// Pause or resume the cluster of this name.
    Switch(Switch, &'a str),
}

impl<'a> Action<'a> {
    /// What is to be paused or resumed, if that is the action.
    pub(crate) fn switch(&self) -> Option<(Switch, &'a str)> {
        match *self {
            Self::Switch(switch, name) => Some((switch, name)),
            _ => None,
        }
    }
}

/// Which way a cluster is switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// Off.
    Pause,
    /// On.
    Resume,
}

impl Arguments {
    /// What is to be done. The order is that of the old program and of its successor, however the
    /// flags are written: all pauses come before all resumes.
    ///
    /// # Errors
    ///
    /// A usage error for a cluster that is not written as `PROJECT_ID:CLUSTER_NAME`, and for flags
    /// that mean nothing without another.
    pub(crate) fn actions(&self) -> Result<Vec<Action<'_>>, CliError> {
        self.create.check()?;
        let flags = [
            (self.look.list, Action::List),
            (self.look.listproj, Action::Projects),
            (self.create.defaultcluster, Action::DefaultCluster),
            (self.create.createcluster.is_some(), Action::CreateCluster),
            (self.look.listcluster, Action::Clusters),
        ];
        let mut actions: Vec<_> = flags
            .into_iter()
            .filter_map(|(is_set, action)| is_set.then_some(action))
            .collect();
        for text in &self.look.cluster {
            actions.push(Action::Cluster(text.parse()?));
        }
        for (switch, names) in [
            (Switch::Pause, &self.act.pause),
            (Switch::Resume, &self.act.resume),
        ] {
            actions.extend(names.iter().map(|name| Action::Switch(switch, name)));
        }
        Ok(actions)
    }
}

impl Create {
    /// Stops at a name or a file for a cluster that is not created.
    fn check(&self) -> Result<(), CliError> {
        let lonely = match (&self.createcluster, &self.clusterconfig, &self.clustername) {
            (None, Some(_), _) => "--clusterconfig",
            (None, None, Some(_)) => "--clustername",
            _ => return Ok(()),
        };
        Err(CliError::usage(format!(
            "`{lonely}` means nothing without `--createcluster`"
        ))
        .with_hint("write `--createcluster FILE` for the cluster that is to be created"))
    }
}
