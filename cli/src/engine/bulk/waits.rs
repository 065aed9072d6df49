//! Waits for the targets of a bulk run. Each target has a separate timeout; targets of one project share list requests.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use mongodbatlas::{ClusterState, Error};

use super::{
    Change, Outcome, TargetResult,
    polls::{Poll, PolledStates},
};
use crate::{
    engine::{fleet::ClusterTarget, steps::poll},
    error::CliError,
};

/// The number of unfinished targets in a project from which its list is polled.
const LIST_FROM: usize = 5;
/// The shortest interval between two polls of a list.
const LIST_INTERVAL: Duration = Duration::from_secs(10);

/// The accepted changes whose goal is not reached.
#[derive(Debug)]
pub(super) struct Waits {
    change: Change,
    timeout: Duration,
    projects: BTreeMap<String, ProjectWaits>,
}

/// The waits in one project.
#[derive(Debug)]
struct ProjectWaits {
    targets: Vec<Waiting>,
    interval: Duration,
    next_poll: Instant,
    is_polling: bool,
}

/// A target whose change was accepted.
#[derive(Debug)]
struct Waiting {
    cluster: ClusterTarget,
    started: Instant,
    deadline: Instant,
    state: String,
    failures: u32,
}

impl Waits {
    pub(super) fn new(change: Change, timeout: Duration) -> Self {
        Self {
            change,
            timeout,
            projects: BTreeMap::new(),
        }
    }

    /// Starts the wait of a target whose change was accepted now.
    pub(super) fn add(&mut self, cluster: ClusterTarget, started: Instant) {
        let now = Instant::now();
        let id = cluster.project.id.clone();
        let project = self.projects.entry(id).or_insert_with(|| ProjectWaits {
            targets: Vec::new(),
            interval: poll::FIRST_INTERVAL,
            next_poll: now + poll::FIRST_INTERVAL,
            is_polling: false,
        });
        project.targets.push(Waiting {
            state: cluster.state().to_string(),
            cluster,
            started,
            deadline: now + self.timeout,
            failures: 0,
        });
    }

    /// Returns the number of waiting targets.
    pub(super) fn len(&self) -> usize {
        let projects = self.projects.values();
        projects.map(|project| project.targets.len()).sum()
    }

    /// Returns the time of the next poll or timeout.
    pub(super) fn next_event(&self) -> Option<Instant> {
        let idle = self.projects.values().filter(|project| !project.is_polling);
        let times = idle.filter_map(|project| {
            let deadlines = project.targets.iter().map(|waiting| waiting.deadline);
            Some(deadlines.min()?.min(project.next_poll))
        });
        times.min()
    }

    /// Returns the results of the targets that have timed out.
    pub(super) fn expire(&mut self) -> Vec<TargetResult> {
        let now = Instant::now();
        let (change, timeout) = (self.change, self.timeout);
        self.remove(
            |waiting| now >= waiting.deadline,
            |waiting| poll::timed_out(&action(change, &waiting.cluster), timeout, &waiting.state),
        )
    }

    /// Ends all waits after Ctrl-C.
    pub(super) fn interrupt(&mut self) -> Vec<TargetResult> {
        let change = self.change;
        self.remove(
            |_| true,
            |waiting| poll::interrupted(&action(change, &waiting.cluster), &waiting.state),
        )
    }

    /// Removes targets; their outcome is `timedOut`.
    fn remove(
        &mut self,
        is_removed: impl Fn(&Waiting) -> bool,
        error: impl Fn(&Waiting) -> CliError,
    ) -> Vec<TargetResult> {
        let mut results = Vec::new();
        for project in self.projects.values_mut() {
            for waiting in project
                .targets
                .extract_if(.., |waiting| is_removed(waiting))
            {
                let error = error(&waiting);
                let result = TargetResult::new(waiting.cluster, Outcome::TimedOut, Some(error));
                results.push(result.since(waiting.started));
            }
        }
        self.projects
            .retain(|_, project| !project.targets.is_empty());
        results
    }

    /// Returns the polls that are due. `unfinished` returns the number of targets of a project that are not
    /// accepted yet.
    pub(super) fn due_polls(&mut self, unfinished: impl Fn(&str) -> usize) -> Vec<Poll> {
        let now = Instant::now();
        let mut polls = Vec::new();
        for (id, project) in &mut self.projects {
            if project.is_polling || project.next_poll > now || project.targets.is_empty() {
                continue;
            }
            project.is_polling = true;
            let clusters = project
                .targets
                .iter()
                .map(|waiting| waiting.cluster.clone());
            polls.push(Poll {
                project: id.clone(),
                clusters: clusters.collect(),
                is_list: project.targets.len() + unfinished(id) >= LIST_FROM,
            });
        }
        polls
    }

    /// Returns the results of the targets that a poll finishes, and plans the next poll.
    pub(super) fn finish_poll(&mut self, polled: &PolledStates) -> Vec<TargetResult> {
        let change = self.change;
        let Some(project) = self.projects.get_mut(&polled.project) else {
            return Vec::new();
        };
        project.is_polling = false;
        let interval = if polled.is_list {
            LIST_INTERVAL
        } else {
            project.interval
        };
        project.next_poll = Instant::now() + interval;
        project.interval = (project.interval * 2).min(poll::LAST_INTERVAL);
        let mut results = Vec::new();
        project.targets.retain_mut(|waiting| {
            let finished = polled
                .state(&waiting.cluster.name)
                .and_then(|state| waiting.observe(change, state));
            let is_waiting = finished.is_none();
            results.extend(finished.map(|(outcome, error)| {
                let result = TargetResult::new(waiting.cluster.clone(), outcome, error);
                result.since(waiting.started)
            }));
            is_waiting
        });
        self.projects
            .retain(|_, project| !project.targets.is_empty());
        results
    }

    /// Returns the number of waiting targets in each state, such as `3 pausing`.
    pub(super) fn states(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for waiting in self.projects.values().flat_map(|project| &project.targets) {
            *counts.entry(&waiting.state).or_default() += 1;
        }
        let counts = counts
            .iter()
            .map(|(state, count)| format!("{count} {state}"));
        counts.collect::<Vec<_>>().join(", ")
    }
}

impl Waiting {
    /// Returns the outcome if a state or an error ends the wait.
    fn observe(
        &mut self,
        change: Change,
        state: Result<ClusterState, &Error>,
    ) -> Option<(Outcome, Option<CliError>)> {
        match state {
            Ok(state) if change.goal.is_reached(&state) => Some((Outcome::Done, None)),
            Ok(state) => {
                self.failures = 0;
                self.state = state.to_string();
                None
            }
            Err(error) if error.is_retryable() && self.failures < poll::FAILURES => {
                self.failures += 1;
                None
            }
            Err(error) => {
                let error = CliError::from_request_error(error, &action(change, &self.cluster));
                Some((Outcome::Failed, Some(error)))
            }
        }
    }
}

/// Returns the beginning of an error message.
fn action(change: Change, cluster: &ClusterTarget) -> String {
    format!("cannot {} `{}`", change.verb, cluster.path())
}
