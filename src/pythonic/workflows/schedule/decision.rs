//! Decides what a pass does with one cluster.

use jiff::{SignedDuration, Timestamp};

use super::{
    definition::ScheduleMode,
    file::{CombinedSchedule, ScheduleFile},
    moment::KeepAwake,
    target::{PauseObstacle, ScheduleTarget},
    timeline::{Boundary, ScheduleAction},
};
use crate::pythonic::resources::deployments::state::ClusterState;

/// The time that a resumed cluster has to run before Atlas pauses it again.
pub(super) const MINIMUM_RUN: SignedDuration = SignedDuration::from_mins(60);
/// The time around a boundary in which a pass does not reverse a change.
pub(super) const REVERSAL_GUARD: SignedDuration = SignedDuration::from_mins(10);
/// The time before `now` in which boundaries are searched. Atlas resumes a cluster that was paused longer.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(24 * 31);

/// The recent changes to a cluster, from events of Atlas or from a journal.
///
/// ```
/// use mongodbatlas::ClusterHistory;
///
/// let mut history = ClusterHistory::default();
/// history.last_change = Some("2026-11-27T18:30:00Z".parse()?);
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClusterHistory {
    /// The time of the last change; `None` if unknown.
    pub last_change: Option<Timestamp>,
    /// The time when the cluster was last resumed; `None` if unknown. Atlas does not report it.
    pub resumed: Option<Timestamp>,
    /// The time when Atlas last refused to start the cluster; `None` if unknown. Starts are retried until they succeed.
    pub refused_start: Option<Timestamp>,
}

/// The decision of a pass about a cluster, with its reason.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ScheduleDecision {
    /// The schedules that apply to the cluster.
    pub schedules: Vec<String>,
    /// The action; `None` if the pass leaves the cluster unchanged.
    pub action: Option<ScheduleAction>,
    /// The reason.
    pub reason: ScheduleReason,
    /// The last boundary; `None` if there was none in 31 days.
    pub last_boundary: Option<Boundary>,
    /// The next boundary; `None` if there is none in 31 days.
    pub next_boundary: Option<Boundary>,
    /// `true` if the tag `keep-awake` has a value that cannot be parsed.
    pub has_invalid_tag: bool,
}

/// The reason of a [`ScheduleDecision`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScheduleReason {
    /// No schedule applies to the cluster.
    Unscheduled,
    /// The cluster is in the scheduled state.
    AsScheduled,
    /// The cluster is not in the scheduled state, and the schedule enforces it.
    Enforced,
    /// A boundary of the last `catch-up` changes the state.
    AtBoundary(Boundary),
    /// No boundary in 31 days.
    NoBoundary,
    /// An override requires the cluster to run until this time.
    Overridden(Timestamp),
    /// The events of the project cannot be read, so that a change after the boundary would go unnoticed.
    UnknownHistory,
    /// The boundary is older than `catch-up`.
    Missed(Boundary),
    /// Somebody changed the cluster after the boundary, at this time.
    ChangedSince(Timestamp),
    /// Another machine has applied the next boundary already.
    AppliedAhead(Boundary),
    /// Atlas is changing the cluster.
    Changing,
    /// The cluster is younger than `min-age` until this time.
    TooYoung(Timestamp),
    /// The tag `keep-awake` prevents a pause until this time; `None` if forever.
    KeptAwake(Option<Timestamp>),
    /// The cluster was resumed less than 60 minutes ago and can be paused at this time.
    RecentlyResumed(Timestamp),
    /// The cluster can never be paused.
    Impossible(PauseObstacle),
}

impl ScheduleDecision {
    /// Returns `true` if a change after the last boundary would have changed the decision.
    pub(super) fn needs_history(&self, now: Timestamp) -> bool {
        let is_near = self
            .last_boundary
            .is_some_and(|last| now < shift(last.time, REVERSAL_GUARD));
        match self.reason {
            ScheduleReason::AtBoundary(_) => true,
            ScheduleReason::Enforced => is_near,
            _ => false,
        }
    }
}

impl ScheduleFile {
    /// Decides what a pass at `now` does with a cluster.
    ///
    /// Does not send a request. `now` should be the time of Atlas, from a response's `Date` header.
    pub fn decide(
        &self,
        cluster: &ScheduleTarget,
        history: &ClusterHistory,
        now: Timestamp,
    ) -> ScheduleDecision {
        let (first, last) = (shift(now, -LOOK_BACK), shift(now, LOOK_BACK));
        let Some(schedule) = self.combine(cluster, first, last) else {
            return ScheduleDecision {
                schedules: Vec::new(),
                action: None,
                reason: ScheduleReason::Unscheduled,
                last_boundary: None,
                next_boundary: None,
                has_invalid_tag: false,
            };
        };
        let keep_awake = KeepAwake::from_tag(cluster, &self.zone);
        let (action, reason) = match decide(&schedule, keep_awake, cluster, history, now) {
            Ok((action, reason)) => (Some(action), reason),
            Err(reason) => (None, reason),
        };
        let timeline = schedule.effective_timeline();
        let in_range = |boundary: &Boundary| (first..=last).contains(&boundary.time);
        ScheduleDecision {
            action,
            reason,
            last_boundary: timeline.last_boundary(now).filter(in_range),
            next_boundary: timeline.next_boundary(now).filter(in_range),
            schedules: schedule.names,
            has_invalid_tag: keep_awake == Some(KeepAwake::Invalid),
        }
    }

    /// Returns the mode for a cluster: [`Enforce`](ScheduleMode::Enforce) if all its schedules enforce; `None` without
    /// a schedule.
    pub fn mode(&self, cluster: &ScheduleTarget) -> Option<ScheduleMode> {
        let time = Timestamp::UNIX_EPOCH;
        Some(self.combine(cluster, time, time)?.mode)
    }

    /// Returns `true` if a cluster has to run at this time.
    pub fn is_running_at(&self, cluster: &ScheduleTarget, time: Timestamp) -> bool {
        let schedule = self.combine(cluster, time, time);
        schedule.is_some_and(|schedule| schedule.is_running_at(time))
    }

    /// Returns the boundaries of a cluster from `first` up to `last`, with the names of its schedules. An override starts
    /// a paused cluster at `first`.
    pub fn boundaries(
        &self,
        cluster: &ScheduleTarget,
        first: Timestamp,
        last: Timestamp,
    ) -> (Vec<String>, Vec<Boundary>) {
        let Some(schedule) = self.combine(cluster, first, last) else {
            return (Vec::new(), Vec::new());
        };
        let timeline = schedule.effective_timeline();
        let boundaries = timeline.boundaries();
        let mut boundaries: Vec<_> = boundaries
            .filter(|boundary| (first..last).contains(&boundary.time))
            .collect();
        if schedule.is_overridden_at(first) && cluster.state == ClusterState::Paused {
            let start = Boundary {
                time: first,
                action: ScheduleAction::Start,
            };
            boundaries.insert(0, start);
        }
        (schedule.names, boundaries)
    }
}

/// Returns the action with its reason, or as the error the reason why there is none.
fn decide(
    schedule: &CombinedSchedule,
    keep_awake: Option<KeepAwake>,
    cluster: &ScheduleTarget,
    history: &ClusterHistory,
    now: Timestamp,
) -> Result<(ScheduleAction, ScheduleReason), ScheduleReason> {
    let action = required_action(schedule, cluster, now)?;
    if let Some(end) = schedule.override_end.filter(|end| now < *end) {
        return Ok((action, ScheduleReason::Overridden(end)));
    }
    if let Some(created) = cluster.created {
        let grown = shift(created, schedule.min_age);
        if now < grown {
            return Err(ScheduleReason::TooYoung(grown));
        }
    }
    let timeline = match (action, keep_awake) {
        (ScheduleAction::Start, _) => schedule.timeline.clone(),
        (ScheduleAction::Pause, None) => schedule.effective_timeline(),
        (ScheduleAction::Pause, Some(tag)) => {
            if now < tag.end() {
                let end = Some(tag.end()).filter(|end| *end < Timestamp::MAX);
                return Err(ScheduleReason::KeptAwake(end));
            }
            // The end of the tag is a boundary.
            schedule.effective_timeline().with_running_until(tag.end())
        }
    };
    let last = timeline.last_boundary(now);
    let last = last.filter(|boundary| boundary.time >= shift(now, -LOOK_BACK));
    let reason = match schedule.mode {
        ScheduleMode::Enforce => {
            let next = timeline.next_boundary(now);
            // The next boundary leads to the current state: another machine was early.
            if let Some(next) = next.filter(|next| next.time <= shift(now, REVERSAL_GUARD)) {
                return Err(ScheduleReason::AppliedAhead(next));
            }
            if let Some(last) = last.filter(|last| now < shift(last.time, REVERSAL_GUARD)) {
                check_unchanged_since(last, history)?;
            }
            ScheduleReason::Enforced
        }
        ScheduleMode::Edges => {
            let last = last.ok_or(ScheduleReason::NoBoundary)?;
            check_unchanged_since(last, history)?;
            let was_refused = action == ScheduleAction::Start
                && history.refused_start.is_some_and(|time| time >= last.time);
            if !was_refused && now > shift(earliest_time(last, history), schedule.catch_up) {
                return Err(ScheduleReason::Missed(last));
            }
            ScheduleReason::AtBoundary(last)
        }
    };
    if action == ScheduleAction::Pause
        && let Some(resumed) = history.resumed
        && now < shift(resumed, MINIMUM_RUN)
    {
        return Err(ScheduleReason::RecentlyResumed(shift(resumed, MINIMUM_RUN)));
    }
    Ok((action, reason))
}

/// Returns the action that leads to the scheduled state.
fn required_action(
    schedule: &CombinedSchedule,
    cluster: &ScheduleTarget,
    now: Timestamp,
) -> Result<ScheduleAction, ScheduleReason> {
    match (&cluster.state, schedule.is_running_at(now)) {
        (ClusterState::Running, true) | (ClusterState::Paused, false) => {
            Err(ScheduleReason::AsScheduled)
        }
        (ClusterState::Running | ClusterState::Paused, is_due) => match cluster.obstacle {
            Some(obstacle) => Err(ScheduleReason::Impossible(obstacle)),
            None if is_due => Ok(ScheduleAction::Start),
            None => Ok(ScheduleAction::Pause),
        },
        _ => Err(ScheduleReason::Changing),
    }
}

/// Returns an error if the cluster was changed after the boundary.
fn check_unchanged_since(
    boundary: Boundary,
    history: &ClusterHistory,
) -> Result<(), ScheduleReason> {
    match history.last_change {
        Some(time) if time > boundary.time => Err(ScheduleReason::ChangedSince(time)),
        _ => Ok(()),
    }
}

/// Returns the time from which a boundary can be applied: a pause has to wait for 60 minutes after a resume. An event
/// does not say whether a change before the boundary was a resume, so that each of them counts as one.
fn earliest_time(boundary: Boundary, history: &ClusterHistory) -> Timestamp {
    if boundary.action != ScheduleAction::Pause {
        return boundary.time;
    }
    let change = history.last_change.filter(|time| *time <= boundary.time);
    match history.resumed.max(change) {
        Some(resumed) => boundary.time.max(shift(resumed, MINIMUM_RUN)),
        None => boundary.time,
    }
}

/// Adds a duration, up to the limits of timestamps.
pub(super) fn shift(time: Timestamp, duration: SignedDuration) -> Timestamp {
    let limit = if duration.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    time.checked_add(duration).unwrap_or(limit)
}
