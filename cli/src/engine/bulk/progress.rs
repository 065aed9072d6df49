//! The state of a run: which changes are unsent, in flight, accepted, postponed or finished.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::{Change, Outcome, Plan, TargetResult, brake::Brake, polls::Poll, waits::Waits};
use crate::engine::fleet::ClusterTarget;

/// The outcome of sending one change.
pub(super) enum Sent {
    Accepted(ClusterTarget, Instant),
    Finished(TargetResult),
    /// Atlas allows the change later.
    TooEarly(Postponed),
}

/// A target whose change is sent again at a later time.
pub(super) struct Postponed {
    pub(super) cluster: ClusterTarget,
    pub(super) at: Instant,
}

/// The targets of a run, grouped by the progress of the change.
pub(super) struct RunProgress {
    pub(super) change: Change,
    has_wait: bool,
    total: usize,
    unsent: VecDeque<ClusterTarget>,
    postponed: Vec<Postponed>,
    /// The projects of the changes whose response has not arrived.
    in_flight: Vec<String>,
    pub(super) waits: Waits,
    pub(super) brake: Brake,
    pub(super) results: Vec<TargetResult>,
    pub(super) is_interrupted: bool,
}

impl RunProgress {
    pub(super) fn new(plan: Plan, has_wait: bool, timeout: Duration) -> Self {
        Self {
            change: plan.change,
            has_wait,
            total: plan.todo.len(),
            unsent: plan.todo.into(),
            postponed: Vec::new(),
            in_flight: Vec::new(),
            waits: Waits::new(plan.change, timeout),
            brake: Brake::default(),
            results: plan.known,
            is_interrupted: false,
        }
    }

    /// Returns the next target whose change is sent.
    pub(super) fn next_target(&mut self) -> Option<ClusterTarget> {
        if self.brake.is_stopped() {
            return None;
        }
        let now = Instant::now();
        let due = self.postponed.iter().position(|target| target.at <= now);
        let cluster = match due {
            Some(index) => self.postponed.swap_remove(index).cluster,
            None => self.unsent.pop_front()?,
        };
        self.in_flight.push(cluster.project.id.clone());
        Some(cluster)
    }

    /// Processes the outcome of a request; returns the result if the outcome is final.
    pub(super) fn receive(&mut self, sent: Sent) -> Vec<TargetResult> {
        let project = match &sent {
            Sent::Accepted(cluster, _) => &cluster.project.id,
            Sent::Finished(result) => &result.cluster.project.id,
            Sent::TooEarly(target) => &target.cluster.project.id,
        };
        let index = self.in_flight.iter().position(|known| known == project);
        if let Some(index) = index {
            self.in_flight.swap_remove(index);
        }
        match sent {
            Sent::Accepted(cluster, started) if self.has_wait && !self.is_interrupted => {
                self.waits.add(cluster, started);
                Vec::new()
            }
            Sent::Accepted(cluster, started) => {
                vec![TargetResult::new(cluster, Outcome::Done, None).since(started)]
            }
            Sent::Finished(result) => vec![result],
            Sent::TooEarly(target) => {
                self.postponed.push(target);
                Vec::new()
            }
        }
    }

    /// Stops sending and waiting; changes in flight get their response.
    pub(super) fn interrupt(&mut self) -> Vec<TargetResult> {
        self.is_interrupted = true;
        self.brake.stop();
        self.waits.interrupt()
    }

    /// Returns the polls that are due.
    pub(super) fn due_polls(&mut self) -> Vec<Poll> {
        let Self {
            waits,
            unsent,
            in_flight,
            ..
        } = self;
        waits.due_polls(|project| {
            let unsent = unsent
                .iter()
                .filter(|cluster| cluster.project.id == project);
            let in_flight = in_flight.iter().filter(|known| *known == project);
            unsent.count() + in_flight.count()
        })
    }

    /// Returns the time of the next poll, timeout or repeated attempt.
    pub(super) fn next_event(&self) -> Option<Instant> {
        let attempts = self.postponed.iter().map(|target| target.at);
        let attempt = attempts.min().filter(|_| !self.brake.is_stopped());
        attempt.into_iter().chain(self.waits.next_event()).min()
    }

    /// Returns the progress line.
    pub(super) fn summary(&self) -> String {
        let open = self.unsent.len() + self.postponed.len() + self.in_flight.len();
        let finished = self.total.saturating_sub(open + self.waits.len());
        let mut line = format!(
            "{}: {finished} of {} clusters",
            self.change.verb, self.total
        );
        for (count, state) in [
            (self.in_flight.len(), "sent"),
            (self.postponed.len(), "not allowed yet"),
        ] {
            if count > 0 {
                line = format!("{line}, {count} {state}");
            }
        }
        match self.waits.states() {
            states if states.is_empty() => line,
            states => format!("{line}, {states}"),
        }
    }

    /// Adds the results of the targets whose change is not sent.
    pub(super) fn abandon(&mut self) {
        let postponed = self.postponed.drain(..).map(|target| target.cluster);
        let clusters = postponed.chain(self.unsent.drain(..));
        let results =
            clusters.map(|cluster| TargetResult::new(cluster, Outcome::NotAttempted, None));
        self.results.extend(results);
    }
}
