//! Executes a plan: bounded parallel requests, waits, journal. `progress.rs` has the state of a run.

use std::time::Instant;

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use mongodbatlas::Atlas;
use tokio::time::{self, MissedTickBehavior};

use super::{
    Change, Outcome, Plan, TargetResult, exit_of,
    journal::Journal,
    progress::{Postponed, RunProgress, Sent},
    single::{is_too_early, is_unknown, next_attempt},
};
use crate::{
    engine::{
        Invocation,
        fleet::{ClusterTarget, Resolved},
        steps::confirm::Confirmation,
    },
    error::CliError,
    exit::Exit,
    ui::progress::{self, Progress},
};

/// The number of changes that are sent at the same time.
const CONCURRENCY: usize = 16;

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
        let mut run = RunProgress::new(plan, self.has_wait(), self.wait_timeout()?);
        let mut requests = FuturesUnordered::new();
        let mut polls = FuturesUnordered::new();
        let mut progress = Progress::start(self.session.format.is_human_readable());
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
                Some(states) = polls.next() => run.waits.finish_poll(&states),
                () = sleep_until(run.next_event()) => run.waits.expire(),
                () = interrupts.interrupted(), if !run.is_interrupted => {
                    polls.clear();
                    run.interrupt()
                }
                _ = ticks.tick(), if progress.is_enabled() => {
                    progress.show(&run.summary());
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
        let Err(error) = request.call(atlas).send().await else {
            tracing::info!(target: "atlascli", "{} `{}`: accepted", change.verb, cluster.path());
            return Sent::Accepted(cluster, started);
        };
        if self.is_on("when-allowed") && is_too_early(&error) {
            let name = &cluster.name;
            let at = Instant::now() + next_attempt(atlas, &cluster.project.id, name, started);
            return Sent::TooEarly(Postponed { cluster, at });
        }
        let action = format!("cannot {} `{}`", change.verb, cluster.path());
        let failure = CliError::from_request_error(&error, &action);
        let mut result = TargetResult::new(cluster, Outcome::Failed, Some(failure));
        result.has_response = !is_unknown(&error);
        Sent::Finished(result.since(started))
    }
}

/// Waits until a time; forever without one.
async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}
