//! Sends the changes of a pass.

use std::fmt;

use super::{PlannedCluster, SchedulePlan};
use crate::{
    error::{Error, Result},
    pythonic::{
        client::Atlas,
        resources::deployments::state::ClusterState,
        workflows::schedule::{ScheduleAction, ScheduleTarget},
    },
};

/// The code for a pause within 60 minutes of a resume.
const RECENTLY_RESUMED: &str = "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER";
/// The code for pausing a paused cluster.
const ALREADY_PAUSED: &str = "CLUSTER_ALREADY_PAUSED";
/// The codes for a start in a region without capacity.
const CAPACITY_CODES: [&str; 2] = ["NO_CAPACITY", "OUT_OF_CAPACITY"];

/// The result of a pass.
#[derive(Debug)]
#[non_exhaustive]
pub struct ScheduleReport {
    /// The decisions.
    pub plan: SchedulePlan,
    /// The clusters that were due, with the outcomes.
    pub changes: Vec<ScheduleChange>,
}

/// A cluster that was due, with the outcome.
#[derive(Debug)]
#[non_exhaustive]
pub struct ScheduleChange {
    /// The cluster, as it was when the pass started.
    pub target: ScheduleTarget,
    /// The action of the schedule.
    pub action: ScheduleAction,
    /// The outcome.
    pub outcome: ScheduleOutcome,
}

/// The outcome of a change.
#[derive(Debug)]
#[non_exhaustive]
pub enum ScheduleOutcome {
    /// Atlas accepted the change.
    Changed,
    /// The cluster was in the scheduled state already.
    Unchanged,
    /// The next pass tries again: Atlas is changing the cluster, or it was resumed less than 60 minutes ago.
    Deferred(String),
    /// Atlas has no capacity to start the cluster. The next pass tries again.
    NoCapacity(Error),
    /// The change failed.
    Failed(Error),
}

impl ScheduleOutcome {
    /// Returns the error of a failure.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::NoCapacity(error) | Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for ScheduleOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("changed"),
            Self::Unchanged => f.write_str("unchanged"),
            Self::Deferred(reason) => write!(f, "deferred: {reason}"),
            Self::NoCapacity(error) | Self::Failed(error) => write!(f, "failed: {error}"),
        }
    }
}

/// Reads a cluster again, and pauses or starts it.
pub(super) async fn change(
    atlas: &Atlas,
    cluster: &PlannedCluster,
    action: ScheduleAction,
) -> ScheduleChange {
    let target = &cluster.target;
    let outcome = match Box::pin(send(atlas, target, action)).await {
        Ok(outcome) => outcome,
        Err(error) => to_outcome(error),
    };
    ScheduleChange {
        target: target.clone(),
        action,
        outcome,
    }
}

async fn send(
    atlas: &Atlas,
    target: &ScheduleTarget,
    action: ScheduleAction,
) -> Result<ScheduleOutcome> {
    let handle = atlas.cluster(&target.project_id, &target.name);
    let current = handle.get().await?.state();
    match (&current, action) {
        (ClusterState::Running, ScheduleAction::Pause) => handle.pause().await?,
        (ClusterState::Paused, ScheduleAction::Start) => handle.resume().await?,
        (ClusterState::Running, ScheduleAction::Start)
        | (ClusterState::Paused, ScheduleAction::Pause) => return Ok(ScheduleOutcome::Unchanged),
        (state, _) => return Ok(ScheduleOutcome::Deferred(format!("the cluster is {state}"))),
    };
    Ok(ScheduleOutcome::Changed)
}

/// Returns the outcome for an error of a change.
fn to_outcome(error: Error) -> ScheduleOutcome {
    match error.error_code() {
        Some(RECENTLY_RESUMED) => {
            ScheduleOutcome::Deferred("resumed less than 60 minutes ago".to_owned())
        }
        Some(ALREADY_PAUSED) => ScheduleOutcome::Unchanged,
        Some(code) if CAPACITY_CODES.contains(&code) => ScheduleOutcome::NoCapacity(error),
        _ => ScheduleOutcome::Failed(error),
    }
}
