//! Executes a plan: bounded parallel requests, waits, journal.

use std::{collections::VecDeque, time::Instant};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use mongodbatlas::{Atlas, operation};
use tokio::time::{self, MissedTickBehavior};

use super::{
    Change, Outcome, Plan, TargetResult,
    brake::Brake,
    exit_of,
    journal::Journal,
    polls::Poll,
    single::{is_too_early, is_unknown},
    waits::Waits,
};
use crate::{
    engine::{
        Invocation,
        fleet::{ClusterTarget, Kind, Resolved},
        request::Request,
        steps::confirm::Confirmation,
    },
    error::CliError,
    exit::Exit,
    ui::progress::{self, Progress},
};

/// The number of changes that are sent at the same time.
const CONCURRENCY: usize = 16;

/// The outcome of one request.
enum Sent {
    Accepted(ClusterTarget, Instant),
    Finished(TargetResult),
    /// Atlas allows the change later.
    TooEarly(Postponed),
}

/// A target whose change is sent again at a later time.
struct Postponed {
    cluster: ClusterTarget,
    at: Instant,
}

/// The state of a run.
struct Run {
    change: Change,
    has_wait: bool,
    total: usize,
    unsent: VecDeque<ClusterTarget>,
    postponed: Vec<Postponed>,
    /// The projects of the changes whose response has not arrived.
    in_flight: Vec<String>,
    waits: Waits,
    brake: Brake,
    results: Vec<TargetResult>,
    is_interrupted: bool,
}

impl Invocation<'_> {
    /// Plans, confirms and executes a bulk run.
    ///
    /// # Errors
    ///
    /// Fails without a confirmation, or if the journal cannot be written.
    pub(crate) async fn run_bulk(
        &mut self,
        change: Change,
        mut resolved: Resolved,
    ) -> Result<Exit, CliError> {
        let refused = std::mem::take(&mut resolved.refused);
        let plan = Plan::new(change, resolved, self.is_on("skip-impossible"))?;
        for (project, error) in &refused {
            self.warn(&format!(
                "project `{}`: {}",
                project.label(),
                error.message()
            ));
        }
        if self.is_on("dry-run") {
            return self.print_bulk_plan(&plan);
        }
        if self.confirm_plan(&plan)? == Confirmation::Declined {
            return Ok(self.declined());
        }
        let atlas = self.session.atlas().await?;
        let mut journal = Journal::start(change.verb, atlas.base_url().as_str(), &plan.todo)?;
        let (results, is_interrupted) = self.execute(plan, &mut journal).await?;
        let exit = exit_of(&results);
        self.print_results(change.verb, change.done, journal.id(), &results)?;
        Ok(match exit {
            _ if is_interrupted => Exit::Interrupted,
            Exit::Success if !refused.is_empty() => Exit::Partial,
            other => other,
        })
    }

    /// Executes a plan; returns the results, and `true` after Ctrl-C.
    ///
    /// # Errors
    ///
    /// Fails if the journal cannot be written, or for a malformed timeout.
    pub(crate) async fn execute(
        &self,
        plan: Plan,
        journal: &mut Journal,
    ) -> Result<(Vec<TargetResult>, bool), CliError> {
        let atlas = self.session.atlas().await?;
        let mut run = Run::new(plan, self.has_wait(), self.wait_timeout()?);
        let mut requests = FuturesUnordered::new();
        let mut polls = FuturesUnordered::new();
        let mut progress = Progress::start(self.session.format.is_prose());
        let mut ticks = time::interval(progress::INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let interrupts = self.session.interrupts.clone();
        let _protected = interrupts.protect_wait();
        loop {
            while requests.len() < CONCURRENCY
                && let Some(cluster) = run.next_target()
            {
                journal.intent(&cluster)?;
                requests.push(self.send_change(&atlas, run.change, cluster));
            }
            polls.extend(
                run.due_polls()
                    .into_iter()
                    .map(|poll| poll.send(atlas.clone())),
            );
            if requests.is_empty() && run.next_event().is_none() && polls.is_empty() {
                break;
            }
            let results = tokio::select! {
                Some(sent) = requests.next() => run.receive(sent),
                Some(states) = polls.next() => run.waits.finish_poll(states),
                () = sleep_until(run.next_event()) => run.waits.expire(),
                () = interrupts.interrupted(), if !run.is_interrupted => {
                    polls.clear();
                    run.interrupt()
                }
                _ = ticks.tick(), if progress.is_enabled() => {
                    progress.show(&run.progress());
                    Vec::new()
                }
            };
            for result in results {
                journal.outcome(&result)?;
                run.brake.count(&result);
                run.results.push(result);
            }
        }
        run.abandon();
        Ok((run.results, run.is_interrupted))
    }

    /// Sends the change of one cluster.
    async fn send_change(&self, atlas: &Atlas, change: Change, cluster: ClusterTarget) -> Sent {
        let started = Instant::now();
        let purpose = format!("{} `{}`", change.verb, cluster.path());
        let _protected = self.session.interrupts.protect_change(purpose);
        let request = (change.request)(&cluster);
        let error = match request.call(atlas).send().await {
            Ok(_) => return Sent::Accepted(cluster, started),
            Err(error) => error,
        };
        if self.is_on("when-allowed") && is_too_early(&error) {
            let name = &cluster.name;
            let at = Instant::now() + self.next_attempt(atlas, &cluster.project.id, name, started);
            return Sent::TooEarly(Postponed { cluster, at });
        }
        let action = format!("cannot {} `{}`", change.verb, cluster.path());
        let failure = CliError::of_request(&error, &action);
        let mut result = TargetResult::new(cluster, Outcome::Failed, Some(failure));
        result.has_response = !is_unknown(&error);
        Sent::Finished(result.since(started))
    }
}

impl Run {
    fn new(plan: Plan, has_wait: bool, timeout: time::Duration) -> Self {
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
    fn next_target(&mut self) -> Option<ClusterTarget> {
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

    /// Takes the outcome of a request; returns the result if it is final.
    fn receive(&mut self, sent: Sent) -> Vec<TargetResult> {
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
    fn interrupt(&mut self) -> Vec<TargetResult> {
        self.is_interrupted = true;
        self.brake.stop();
        self.waits.interrupt()
    }

    /// Returns the polls that are due.
    fn due_polls(&mut self) -> Vec<Poll> {
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
    fn next_event(&self) -> Option<Instant> {
        let attempts = self.postponed.iter().map(|target| target.at);
        let attempt = attempts.min().filter(|_| !self.brake.is_stopped());
        attempt.into_iter().chain(self.waits.next_event()).min()
    }

    /// Returns the progress line.
    fn progress(&self) -> String {
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
    fn abandon(&mut self) {
        let postponed = self.postponed.drain(..).map(|target| target.cluster);
        let clusters = postponed.chain(self.unsent.drain(..));
        let results =
            clusters.map(|cluster| TargetResult::new(cluster, Outcome::NotAttempted, None));
        self.results.extend(results);
    }
}

/// Waits until a time; forever without one.
async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}

/// Returns the request that reads a cluster.
pub(crate) fn read_request(cluster: &ClusterTarget) -> Request {
    let (operation, name) = match cluster.kind {
        Some(Kind::Flex) => (operation::GET_GROUP_FLEX_CLUSTER, "name"),
        Some(Kind::Serverless) => (operation::GET_GROUP_SERVERLESS_INSTANCE, "name"),
        _ => (operation::GET_GROUP_CLUSTER, "clusterName"),
    };
    Request::new(operation)
        .with("groupId", &cluster.project.id)
        .with(name, &cluster.name)
}
