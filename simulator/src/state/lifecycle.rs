//! The state machine of a cluster: the pair of `paused` and `stateName`, and what is due when.
//!
//! Nothing runs in the background. A transition notes when it will be over, and
//! [`Lifecycle::advance_to`] applies what is due before each request.

use std::time::Duration;

use jiff::Timestamp;

use super::Refusal;
use crate::state::clock::after;

const CREATE_TIME: Duration = Duration::from_mins(8);
const PAUSE_TIME: Duration = Duration::from_secs(30);
const DELETE_TIME: Duration = Duration::from_mins(3);
/// From the request to resume until the cluster is idle.
const RESUME_TIME: Duration = Duration::from_secs(33);
/// How long a resumed cluster has to run before it can be paused again.
const MINUTES_BEFORE_PAUSE: u64 = 60;
/// How long a cluster stays paused before Atlas resumes it.
const LONGEST_PAUSE: Duration = Duration::from_hours(30 * 24);
/// How long nobody uses a free cluster before Atlas pauses it.
const LONGEST_IDLENESS: Duration = Duration::from_hours(60 * 24);

/// What a cluster is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StateName {
    Idle,
    Creating,
    Updating,
    Deleting,
}

impl StateName {
    /// The word on the wire.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Idle => "IDLE",
            Self::Creating => "CREATING",
            Self::Updating => "UPDATING",
            Self::Deleting => "DELETING",
        }
    }
}

/// A change of state that no request made at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LifecycleEvent {
    Created,
    Updated,
    /// A free cluster was not used for sixty days.
    Paused,
    /// A pause of thirty days is over.
    Resumed,
    Deleted,
}

/// Where a cluster is in its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lifecycle {
    state: StateName,
    /// When the state becomes the next one; none while idle.
    due: Option<Timestamp>,
    paused_at: Option<Timestamp>,
    resumed_at: Option<Timestamp>,
    /// When somebody used it last, which only counts for a free cluster.
    used_at: Option<Timestamp>,
}

impl Lifecycle {
    /// A running cluster without pending changes.
    pub(crate) const fn running() -> Self {
        Self {
            state: StateName::Idle,
            due: None,
            paused_at: None,
            resumed_at: None,
            used_at: None,
        }
    }

    /// A cluster that was asked for just now and takes its time.
    pub(crate) fn creating(now: Timestamp) -> Self {
        Self::creating_for(CREATE_TIME, now)
    }

    pub(crate) fn creating_for(wait: Duration, now: Timestamp) -> Self {
        Self {
            state: StateName::Creating,
            due: Some(after(now, wait)),
            ..Self::running()
        }
    }

    /// A cluster paused at some time before.
    pub(crate) const fn paused_since(moment: Timestamp) -> Self {
        Self {
            paused_at: Some(moment),
            ..Self::running()
        }
    }

    /// A running cluster resumed at some time before.
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

    /// Since when it is paused.
    pub(crate) const fn paused_at(&self) -> Option<Timestamp> {
        self.paused_at
    }

    /// When what it is doing comes to its end.
    pub(crate) const fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// Whether the cluster is deleted and gone.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.state == StateName::Deleting && self.due.is_some_and(|due| due <= now)
    }

    /// Advances the cluster to a time, and returns what happened since the last time.
    pub(crate) fn advance_to(&mut self, now: Timestamp) -> Vec<(Timestamp, LifecycleEvent)> {
        let mut passed: Vec<_> = self.finish(now).into_iter().collect();
        if self.state == StateName::Deleting {
            return passed;
        }
        let automatic = self.paused_at.map(|it| after(it, LONGEST_PAUSE));
        if let Some(automatic) = automatic.filter(|it| *it <= now) {
            self.resume(automatic);
            passed.push((automatic, LifecycleEvent::Resumed));
            passed.extend(self.finish(now));
        }
        passed
    }

    /// Notes that somebody uses the cluster.
    pub(crate) const fn used(&mut self, now: Timestamp) {
        self.used_at = Some(now);
    }

    /// Advances a free cluster to a time: an unused one is paused, and stays paused.
    pub(crate) fn advance_free_to(&mut self, now: Timestamp) -> Vec<(Timestamp, LifecycleEvent)> {
        let mut passed: Vec<_> = self.finish(now).into_iter().collect();
        if self.state != StateName::Idle || self.is_paused() {
            return passed;
        }
        let ready = passed.last().map_or(now, |(at, _)| *at);
        let idle = after(*self.used_at.get_or_insert(ready), LONGEST_IDLENESS);
        if idle <= now {
            self.paused_at = Some(idle);
            passed.push((idle, LifecycleEvent::Paused));
        }
        passed
    }

    /// Ends a transition that is due; a deleted cluster is for its owner to remove.
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

    /// Starts to pause.
    pub(crate) fn pause(&mut self, now: Timestamp) -> Result<(), Refusal> {
        if self.is_paused() {
            return Err(Refusal::AlreadyPaused);
        }
        if self.state != StateName::Idle {
            return Err(Refusal::PendingChanges);
        }
        let required = Duration::from_mins(MINUTES_BEFORE_PAUSE);
        if self
            .resumed_at
            .is_some_and(|resumed| now < after(resumed, required))
        {
            return Err(Refusal::RecentlyResumed {
                minutes: MINUTES_BEFORE_PAUSE,
            });
        }
        self.paused_at = Some(now);
        self.begin(StateName::Updating, PAUSE_TIME, now);
        Ok(())
    }

    /// Starts to resume, also in the middle of pausing; nothing happens to a running cluster.
    pub(crate) fn resume(&mut self, now: Timestamp) {
        if self.paused_at.take().is_some() {
            self.resumed_at = Some(now);
            self.begin(StateName::Updating, RESUME_TIME, now);
        }
    }

    /// Starts a change that takes `wait`; a creation under way is not shortened by it.
    pub(crate) fn update(&mut self, wait: Duration, now: Timestamp) {
        if self.state != StateName::Creating {
            self.begin(StateName::Updating, wait, now);
        }
    }

    /// Starts to delete.
    pub(crate) fn delete(&mut self, now: Timestamp) {
        self.delete_for(DELETE_TIME, now);
    }

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
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        after(
            Timestamp::from_second(1_788_249_600).unwrap(),
            Duration::from_secs(seconds),
        )
    }

    fn pair(lifecycle: &mut Lifecycle, seconds: u64) -> (bool, StateName) {
        lifecycle.advance_to(at(seconds));
        (lifecycle.is_paused(), lifecycle.state())
    }

    #[test]
    fn pausing_and_resuming_go_through_all_four_pairs() {
        let mut cluster = Lifecycle::running();

        cluster.pause(at(0)).unwrap();
        assert_eq!(pair(&mut cluster, 29), (true, StateName::Updating));
        assert_eq!(pair(&mut cluster, 30), (true, StateName::Idle));
        cluster.resume(at(100));
        assert_eq!(pair(&mut cluster, 132), (false, StateName::Updating));
        assert_eq!(pair(&mut cluster, 133), (false, StateName::Idle));
    }

    #[test]
    fn a_cluster_can_be_resumed_while_it_is_pausing() {
        let mut cluster = Lifecycle::running();

        cluster.pause(at(0)).unwrap();
        cluster.resume(at(5));

        assert_eq!(pair(&mut cluster, 5), (false, StateName::Updating));
        assert_eq!(pair(&mut cluster, 38), (false, StateName::Idle));
    }

    #[test]
    fn a_resumed_cluster_runs_for_an_hour_before_it_pauses_again() {
        let mut cluster = Lifecycle::resumed_at(at(0));

        assert_eq!(
            cluster.pause(at(3599)),
            Err(Refusal::RecentlyResumed { minutes: 60 })
        );
        assert_eq!(cluster.pause(at(3600)), Ok(()));
    }

    #[test]
    fn a_cluster_resumes_by_itself_after_thirty_days() {
        const DAY: u64 = 24 * 60 * 60;
        let mut cluster = Lifecycle::paused_since(at(0));

        assert_eq!(pair(&mut cluster, 30 * DAY - 1), (true, StateName::Idle));
        assert_eq!(pair(&mut cluster, 30 * DAY), (false, StateName::Updating));
        assert_eq!(pair(&mut cluster, 30 * DAY + 33), (false, StateName::Idle));
        assert!(cluster.pause(at(30 * DAY + 60)).is_err());
    }

    #[test]
    fn a_free_cluster_that_nobody_uses_pauses_itself_and_stays_paused() {
        const DAY: u64 = 24 * 60 * 60;
        let mut cluster = Lifecycle::creating_for(Duration::from_secs(15), at(0));
        let mut pair = |seconds: u64| {
            cluster.advance_free_to(at(seconds));
            (cluster.is_paused(), cluster.state())
        };

        assert_eq!(pair(60 * DAY + 14), (false, StateName::Idle));
        assert_eq!(pair(60 * DAY + 15), (true, StateName::Idle));
        assert_eq!(pair(200 * DAY), (true, StateName::Idle));
    }

    #[test]
    fn nothing_pauses_while_something_is_pending() {
        let mut creating = Lifecycle::creating(at(0));
        let mut updating = Lifecycle::running();
        updating.update(Duration::from_mins(1), at(0));

        assert_eq!(creating.pause(at(1)), Err(Refusal::PendingChanges));
        assert_eq!(updating.pause(at(1)), Err(Refusal::PendingChanges));
    }

    #[test]
    fn a_deleted_cluster_is_over_after_a_while() {
        let mut cluster = Lifecycle::running();

        cluster.delete(at(0));

        assert_eq!(pair(&mut cluster, 179), (false, StateName::Deleting));
        assert!(!cluster.is_over(at(179)));
        assert!(cluster.is_over(at(180)));
    }
}
