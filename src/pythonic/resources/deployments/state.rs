//! What a cluster is doing.

use std::fmt;

/// What a cluster is doing: the pair of its flag `paused` and its `stateName`.
///
/// Neither alone tells: a cluster that is being paused says `paused` and `UPDATING`, one that is
/// being resumed says not `paused` and `UPDATING`.
///
/// ```
/// use mongodbatlas::ClusterState;
///
/// assert_eq!(ClusterState::new(true, "IDLE"), ClusterState::Paused);
/// assert_eq!(ClusterState::new(false, "UPDATING").to_string(), "resuming");
/// assert_eq!(ClusterState::new(false, "CREATING").to_string(), "creating");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClusterState {
    /// It serves.
    Running,
    /// It is about to be paused.
    Pausing,
    /// It does not serve, and only its storage is billed.
    Paused,
    /// It is about to run: after a resume, or while another change is applied to it.
    Resuming,
    /// It is being created.
    Creating,
    /// It is being deleted.
    Deleting,
    /// It is gone.
    Deleted,
    /// Atlas is repairing it.
    Repairing,
    /// Something that this version of the SDK does not know, as the server calls it.
    Other(String),
}

impl ClusterState {
    /// The state for a cluster's flag and the server's name for its state.
    pub fn new(paused: bool, state_name: &str) -> Self {
        match (paused, state_name) {
            (false, "IDLE") => Self::Running,
            (true, "IDLE") => Self::Paused,
            (true, "UPDATING") => Self::Pausing,
            (false, "UPDATING") => Self::Resuming,
            (_, "CREATING") => Self::Creating,
            (_, "DELETING") => Self::Deleting,
            (_, "DELETED") => Self::Deleted,
            (_, "REPAIRING") => Self::Repairing,
            (_, other) => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for ClusterState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Running => f.pad("running"),
            Self::Pausing => f.pad("pausing"),
            Self::Paused => f.pad("paused"),
            Self::Resuming => f.pad("resuming"),
            Self::Creating => f.pad("creating"),
            Self::Deleting => f.pad("deleting"),
            Self::Deleted => f.pad("deleted"),
            Self::Repairing => f.pad("repairing"),
            Self::Other(name) if name.is_empty() => f.pad("unknown"),
            Self::Other(name) => f.pad(&name.to_lowercase()),
        }
    }
}
