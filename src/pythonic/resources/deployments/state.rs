//! The state of a cluster.

use std::{convert::Infallible, fmt, str::FromStr};

/// The state of a cluster, derived from `paused` and `stateName`.
///
/// Both fields are necessary: a cluster has `paused: true` and `UPDATING` while it is being paused,
/// and `paused: false` and `UPDATING` while it is being resumed.
///
/// ```
/// use mongodbatlas::ClusterState;
///
/// assert_eq!(ClusterState::new(true, "IDLE"), ClusterState::Paused);
/// assert_eq!(ClusterState::new(false, "UPDATING").to_string(), "resuming");
/// assert_eq!(ClusterState::from("creating"), ClusterState::Creating);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClusterState {
    /// The cluster is available.
    Running,
    /// The cluster is being paused.
    Pausing,
    /// The cluster is unavailable, and only its storage is billed.
    Paused,
    /// The cluster is being resumed, or another change is being applied.
    Resuming,
    /// The cluster is being created.
    Creating,
    /// The cluster is being deleted.
    Deleting,
    /// The cluster has been deleted.
    Deleted,
    /// Atlas is repairing the cluster.
    Repairing,
    /// A state unknown to this version of the SDK, with its name in the API.
    Other(String),
}

impl ClusterState {
    /// Returns the state for the values of `paused` and `stateName`.
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

/// Reads the text of [`Display`](fmt::Display), such as `paused`.
impl From<&str> for ClusterState {
    fn from(text: &str) -> Self {
        match text {
            "running" => Self::Running,
            "pausing" => Self::Pausing,
            "paused" => Self::Paused,
            "resuming" => Self::Resuming,
            "creating" => Self::Creating,
            "deleting" => Self::Deleting,
            "deleted" => Self::Deleted,
            "repairing" => Self::Repairing,
            other => Self::Other(other.to_uppercase()),
        }
    }
}

impl FromStr for ClusterState {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
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
