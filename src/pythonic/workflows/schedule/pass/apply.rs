//! Sends the changes of a pass.

use std::fmt;

use jiff::Timestamp;

use super::{PlannedCluster, SchedulePlan};
use crate::{
    error::{Error, Result},
    pythonic::{
        client::Atlas,
        workflows::schedule::{ScheduleAction, ScheduleFile, ScheduleReason, ScheduleTarget},
    },
};

/// The code for a pause within 60 minutes of a resume.
const RECENTLY_RESUMED: &str = "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER";
/// The code for pausing a paused cluster.
const ALREADY_PAUSED: &str = "CLUSTER_ALREADY_PAUSED";
/// The part of the codes for a start in a region without capacity: `NO_CAPACITY` and `OUT_OF_CAPACITY`.
const CAPACITY_CODE: &str = "CAPACITY";

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

/// Reads a cluster again, decides again, and pauses or starts it.
pub(super) async fn change(
    atlas: &Atlas,
    file: &ScheduleFile,
    cluster: &PlannedCluster,
    action: ScheduleAction,
    now: impl FnOnce() -> Timestamp,
) -> ScheduleChange {
    let outcome = match Box::pin(send(atlas, file, cluster, action, now)).await {
        Ok(outcome) => outcome,
        Err(error) => to_outcome(error),
    };
    ScheduleChange {
        target: cluster.target.clone(),
        action,
        outcome,
    }
}

async fn send(
    atlas: &Atlas,
    file: &ScheduleFile,
    cluster: &PlannedCluster,
    action: ScheduleAction,
    now: impl FnOnce() -> Timestamp,
) -> Result<ScheduleOutcome> {
    let target = &cluster.target;
    let handle = atlas.cluster(&target.project_id, &target.name);
    let current = target.refreshed(&handle.get().await?);
    // The state, the tags or the scheduled state may have changed since the list.
    let decision = file.decide(&current, &cluster.history, now());
    if decision.action != Some(action) {
        return Ok(match decision.reason {
            ScheduleReason::AsScheduled => ScheduleOutcome::Unchanged,
            _ => ScheduleOutcome::Deferred("the cluster changed during the pass".to_owned()),
        });
    }
    match action {
        ScheduleAction::Pause => handle.pause().await?,
        ScheduleAction::Start => handle.resume().await?,
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
        Some(code) if code.contains(CAPACITY_CODE) => ScheduleOutcome::NoCapacity(error),
        _ => ScheduleOutcome::Failed(error),
    }
}
