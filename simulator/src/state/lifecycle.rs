//! The state machine of a cluster: the pair of `paused` and `stateName`.
//!
//! Nothing runs in the background. A transition stores the time of its end, and
//! [`Lifecycle::advance_to`] applies due transitions before each request.

use std::time::Duration;

use jiff::Timestamp;

use super::ApiRejection;
use crate::state::clock::after;

const CREATE_TIME: Duration = Duration::from_mins(8);
const PAUSE_TIME: Duration = Duration::from_secs(30);
const DELETE_TIME: Duration = Duration::from_mins(3);
/// Time from the request to resume until `IDLE`.
const RESUME_TIME: Duration = Duration::from_secs(33);
/// Minutes that a resumed cluster must run before it can be paused again.
const MINUTES_BEFORE_PAUSE: u64 = 60;
/// Time after which Atlas resumes a paused cluster.
const MAX_PAUSE: Duration = Duration::from_hours(30 * 24);
/// Time without use after which Atlas pauses a free cluster.
const MAX_UNUSED: Duration = Duration::from_hours(60 * 24);

/// The `stateName` of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StateName {
    Idle,
    Creating,
    Updating,
    Deleting,
}

impl StateName {
    /// Returns the value of `stateName`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Idle => "IDLE",
            Self::Creating => "CREATING",
            Self::Updating => "UPDATING",
            Self::Deleting => "DELETING",
        }
    }
}

/// A state change that no request caused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LifecycleEvent {
    Created,
    Updated,
    /// A free cluster was paused after 60 days without use.
    Paused,
    /// A cluster was resumed after a pause of 30 days.
    Resumed,
    Deleted,
}

/// The state of a cluster and its pending transition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lifecycle {
    state: StateName,
    /// End of the pending transition; `None` if there is no transition.
    due: Option<Timestamp>,
    paused_at: Option<Timestamp>,
    resumed_at: Option<Timestamp>,
    /// Time of the last use, which matters for free clusters.
    used_at: Option<Timestamp>,
}

impl Lifecycle {
    /// Returns a running cluster without pending changes.
    pub(crate) const fn running() -> Self {
        Self {
            state: StateName::Idle,
            due: None,
            paused_at: None,
            resumed_at: None,
            used_at: None,
        }
    }

    /// Returns a dedicated cluster whose creation starts now.
    pub(crate) fn creating(now: Timestamp) -> Self {
        Self::creating_for(CREATE_TIME, now)
    }

    /// Returns a cluster whose creation starts now and takes `wait`.
    pub(crate) fn creating_for(wait: Duration, now: Timestamp) -> Self {
        Self {
            state: StateName::Creating,
            due: Some(after(now, wait)),
            ..Self::running()
        }
    }

    /// Returns a cluster that was paused at a time.
    pub(crate) const fn paused_since(moment: Timestamp) -> Self {
        Self {
            paused_at: Some(moment),
            ..Self::running()
        }
    }

    /// Returns a running cluster that was resumed at a time.
    pub(crate) const fn resumed_at(moment: Timestamp) -> Self {
        Self {
            resumed_at: Some(moment),
            ..Self::running()
        }
    }

    pub(crate) const fn state(&self) -> StateName {
        self.state
    }

    pub(crate) const fn is_paused(&self) -> bool {
        self.paused_at.is_some()
    }

    /// Returns the start of the pause.
    pub(crate) const fn paused_at(&self) -> Option<Timestamp> {
        self.paused_at
    }

    /// Returns the end of the pending transition.
    pub(crate) const fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// Returns `true` if the deletion is complete.
    pub(crate) fn is_deleted(&self, now: Timestamp) -> bool {
        self.state == StateName::Deleting && self.due.is_some_and(|due| due <= now)
    }

    /// Advances the cluster to a time and returns its lifecycle events.
    pub(crate) fn advance_to(&mut self, now: Timestamp) -> Vec<(Timestamp, LifecycleEvent)> {
        let mut events: Vec<_> = self.finish(now).into_iter().collect();
        if self.state == StateName::Deleting {
            return events;
        }
        let automatic_resume = self.paused_at.map(|paused| after(paused, MAX_PAUSE));
        if let Some(at) = automatic_resume.filter(|at| *at <= now) {
            self.resume(at);
            events.push((at, LifecycleEvent::Resumed));
            events.extend(self.finish(now));
        }
        events
    }

    /// Stores the time of the last use.
    pub(crate) const fn record_use(&mut self, now: Timestamp) {
        self.used_at = Some(now);
    }

    /// Advances a free cluster to a time. Pauses an unused cluster and does not resume it.
    pub(crate) fn advance_free_to(&mut self, now: Timestamp) -> Vec<(Timestamp, LifecycleEvent)> {
        let mut events: Vec<_> = self.finish(now).into_iter().collect();
        if self.state != StateName::Idle || self.is_paused() {
            return events;
        }
        let ready = events.last().map_or(now, |(at, _)| *at);
        let pause = after(*self.used_at.get_or_insert(ready), MAX_UNUSED);
        if pause <= now {
            self.paused_at = Some(pause);
            events.push((pause, LifecycleEvent::Paused));
        }
        events
    }

    /// Ends a due transition. The project removes the deleted cluster.
    fn finish(&mut self, now: Timestamp) -> Option<(Timestamp, LifecycleEvent)> {
        let due = self.due.filter(|due| *due <= now)?;
        let event = match self.state {
            StateName::Deleting => return Some((due, LifecycleEvent::Deleted)),
            StateName::Creating => LifecycleEvent::Created,
            StateName::Updating | StateName::Idle => LifecycleEvent::Updated,
        };
        self.state = StateName::Idle;
        self.due = None;
        Some((due, event))
    }

    /// Starts a pause.
    pub(crate) fn pause(&mut self, now: Timestamp) -> Result<(), ApiRejection> {
        if self.is_paused() {
            return Err(ApiRejection::AlreadyPaused);
        }
        if self.state != StateName::Idle {
            return Err(ApiRejection::PendingChanges);
        }
        let required = Duration::from_mins(MINUTES_BEFORE_PAUSE);
        if self
            .resumed_at
            .is_some_and(|resumed| now < after(resumed, required))
        {
            return Err(ApiRejection::RecentlyResumed {
                minutes: MINUTES_BEFORE_PAUSE,
            });
        }
        self.paused_at = Some(now);
        self.begin(StateName::Updating, PAUSE_TIME, now);
        Ok(())
    }

    /// Resumes a paused or pausing cluster; a running cluster is unchanged.
    pub(crate) fn resume(&mut self, now: Timestamp) {
        if self.paused_at.take().is_some() {
            self.resumed_at = Some(now);
            self.begin(StateName::Updating, RESUME_TIME, now);
        }
    }

    /// Starts a change that takes `wait`; a cluster in creation remains `CREATING`.
    pub(crate) fn update(&mut self, wait: Duration, now: Timestamp) {
        if self.state != StateName::Creating {
            self.begin(StateName::Updating, wait, now);
        }
    }

    /// Starts the deletion of a dedicated cluster.
    pub(crate) fn delete(&mut self, now: Timestamp) {
        self.delete_for(DELETE_TIME, now);
    }

    /// Starts a deletion that takes `wait`.
    pub(crate) fn delete_for(&mut self, wait: Duration, now: Timestamp) {
        self.begin(StateName::Deleting, wait, now);
    }

    fn begin(&mut self, state: StateName, wait: Duration, now: Timestamp) {
        let end = after(now, wait);
        let pending = self
            .due
            .filter(|_| self.state == state && state == StateName::Updating);
        self.state = state;
        self.due = Some(pending.map_or(end, |due| due.max(end)));
    }
}

#[cfg(test)]
mod tests;
