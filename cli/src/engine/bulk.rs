//! Bulk runs: plan, confirmation, bounded parallel execution, journal, summary.

mod brake;
pub(crate) mod documents;
pub(crate) mod journal;
mod plan;
mod polls;
mod progress;
mod read;
mod report;
mod run;
mod single;
mod waits;

use std::time::Instant;

use mongodbatlas::ClusterState;
use serde::Serialize;

use super::{definition::Danger, fleet::ClusterTarget, request::Request};
use crate::{error::CliError, exit::Exit};

pub(crate) use plan::Plan;
pub(crate) use read::read_request;

/// A change of clusters with an observable goal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    /// The verb, such as `pause`.
    pub(crate) verb: &'static str,
    /// The past participle, such as `paused`.
    pub(crate) done: &'static str,
    pub(crate) goal: Goal,
    /// The confirmation of a bulk run.
    pub(crate) danger: Danger,
    /// `true` if names that are not found stop the run.
    pub(crate) needs_all: bool,
    /// Returns the request for a cluster.
    pub(crate) request: fn(&ClusterTarget) -> Request,
    /// Returns the reason why a cluster cannot be changed.
    pub(crate) obstacle: fn(&ClusterTarget) -> Option<String>,
}

/// The state in which a change is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// The cluster is available.
    Running,
    /// The cluster is paused.
    Paused,
    /// The cluster is deleted.
    Deleted,
}

impl Goal {
    /// Returns `true` if a state is the goal, or on the way to it.
    pub(crate) fn is_accepted(self, state: &ClusterState) -> bool {
        match self {
            Self::Running => matches!(state, ClusterState::Running | ClusterState::Resuming),
            Self::Paused => matches!(state, ClusterState::Paused | ClusterState::Pausing),
            Self::Deleted => matches!(state, ClusterState::Deleting | ClusterState::Deleted),
        }
    }

    /// Returns `true` if a state is the goal.
    pub(crate) fn is_reached(self, state: &ClusterState) -> bool {
        match self {
            Self::Running => *state == ClusterState::Running,
            Self::Paused => *state == ClusterState::Paused,
            Self::Deleted => *state == ClusterState::Deleted,
        }
    }
}

/// The outcome of one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) enum Outcome {
    /// The change was made.
    Done,
    /// The cluster was in the goal state.
    Unchanged,
    /// The change failed, or cannot be made.
    Failed,
    /// The change was accepted, and the wait timed out.
    TimedOut,
    /// The run stopped before the target.
    NotAttempted,
}

impl Outcome {
    /// Returns the name in JSON.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
            Self::TimedOut => "timedOut",
            Self::NotAttempted => "notAttempted",
        }
    }

    /// Returns the name in tables and messages.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::TimedOut => "timed out",
            Self::NotAttempted => "not attempted",
            other => other.name(),
        }
    }

    /// Returns `true` if the cluster is in the goal state, or on the way to it.
    pub(crate) const fn is_success(self) -> bool {
        matches!(self, Self::Done | Self::Unchanged)
    }
}

/// The result of one target.
#[derive(Debug)]
pub(crate) struct TargetResult {
    pub(crate) cluster: ClusterTarget,
    pub(crate) outcome: Outcome,
    pub(crate) error: Option<CliError>,
    /// The duration in seconds.
    pub(crate) seconds: f64,
    /// `false` if the change was sent and no response arrived: Atlas may have made it.
    pub(crate) has_response: bool,
}

impl TargetResult {
    /// Creates a result.
    pub(crate) fn new(cluster: ClusterTarget, outcome: Outcome, error: Option<CliError>) -> Self {
        Self {
            cluster,
            outcome,
            error,
            seconds: 0.0,
            has_response: true,
        }
    }

    /// Sets the duration to the time since the start of the change.
    fn since(mut self, started: Instant) -> Self {
        self.seconds = started.elapsed().as_secs_f64();
        self
    }

    /// Returns `true` if Atlas may have made the change although it failed.
    pub(crate) fn is_unknown(&self) -> bool {
        !self.has_response
    }
}

/// Returns the exit code of a run.
pub(crate) fn exit_of(results: &[TargetResult]) -> Exit {
    let succeeded = results
        .iter()
        .filter(|result| result.outcome.is_success())
        .count();
    if succeeded == results.len() {
        return Exit::Success;
    }
    if succeeded > 0 {
        return Exit::Partial;
    }
    let codes: Vec<_> = results
        .iter()
        .filter(|result| result.outcome != Outcome::NotAttempted)
        .map(|result| match (&result.error, result.outcome) {
            (_, Outcome::TimedOut) => Exit::TimedOut,
            (Some(error), _) => error.exit(),
            (None, _) => Exit::Failure,
        })
        .collect();
    match codes.split_first() {
        Some((first, rest)) if rest.iter().all(|code| code == first) => *first,
        _ => Exit::Failure,
    }
}
