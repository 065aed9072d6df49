//! Executes a plan.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Instant,
};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use mongodbatlas::{Atlas, Document, operation};

use super::{Change, Outcome, Plan, TargetResult, exit_of, journal::Journal};
use crate::{
    engine::{
        Invocation,
        fleet::{ClusterTarget, Kind, Resolved},
        request::Request,
        steps::confirm::Confirmation,
    },
    error::CliError,
    exit::Exit,
};

/// The number of changes that are sent at the same time.
const CONCURRENCY: usize = 16;
/// The number of equal failures in a row that stop a run.
const EQUAL_FAILURES: usize = 10;

/// The reasons to stop a run.
#[derive(Debug, Default)]
struct Brake {
    is_stopped: AtomicBool,
    is_interrupted: AtomicBool,
    equal: AtomicUsize,
    last: std::sync::Mutex<String>,
}

impl Brake {
    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    fn interrupt(&self) {
        self.is_interrupted.store(true, Ordering::Relaxed);
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Stops the run after rejected credentials, or after equal failures in a row.
    fn note(&self, result: &TargetResult) {
        let Some(error) = &result.error else {
            self.equal.store(0, Ordering::Relaxed);
            return;
        };
        if error.exit() == Exit::Credentials {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        let reason = error
            .message()
            .rsplit(": ")
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut last = self
            .last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let equal = if *last == reason {
            self.equal.fetch_add(1, Ordering::Relaxed) + 1
        } else {
            *last = reason;
            self.equal.store(1, Ordering::Relaxed);
            1
        };
        if equal >= EQUAL_FAILURES {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
    }
}

impl Invocation<'_> {
    /// Runs a change of clusters: one literal target by the definition of the command, otherwise a bulk
    /// run.
    ///
    /// # Errors
    ///
    /// Targets that cannot be resolved, or a missing confirmation.
    pub(crate) async fn run_change(
        &mut self,
        change: Change,
        has_filters: bool,
    ) -> Result<Exit, CliError> {
        if self.session.is_official {
            return self.run_definition().await;
        }
        let mut resolved = self.resolve_changes("cluster-name", has_filters).await?;
        if !resolved.is_bulk {
            let Some(cluster) = resolved.clusters.pop() else {
                return Err(CliError::failure("no cluster is selected").with_exit(Exit::NotFound));
            };
            self.values.set("cluster-name", vec![cluster.name.clone()]);
            self.project = Some(cluster.project);
            return self.run_definition().await;
        }
        self.run_bulk(change, resolved).await
    }

    /// Plans, confirms and executes a bulk run.
    ///
    /// # Errors
    ///
    /// A missing confirmation, or a journal that cannot be written.
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

    /// Executes a plan; returns the results, and `true` after an interrupt.
    ///
    /// # Errors
    ///
    /// A journal that cannot be written, or a malformed timeout.
    pub(crate) async fn execute(
        &self,
        plan: Plan,
        journal: &mut Journal,
    ) -> Result<(Vec<TargetResult>, bool), CliError> {
        let atlas = self.session.atlas().await?;
        self.wait_timeout()?;
        let change = plan.change;
        let mut results = plan.known;
        let brake = Brake::default();
        let mut waiting = plan.todo.into_iter();
        let mut running = FuturesUnordered::new();
        let mut interrupt = Box::pin(tokio::signal::ctrl_c());
        let mut has_handler = true;
        loop {
            while running.len() < CONCURRENCY
                && !brake.is_stopped()
                && let Some(cluster) = waiting.next()
            {
                journal.intent(&cluster)?;
                running.push(self.change(&atlas, change, cluster));
            }
            if running.is_empty() {
                break;
            }
            tokio::select! {
                Some(result) = running.next() => {
                    brake.note(&result);
                    journal.outcome(&result)?;
                    results.push(result);
                }
                _ = &mut interrupt, if has_handler => {
                    has_handler = false;
                    brake.interrupt();
                }
            }
        }
        results.extend(waiting.map(|cluster| TargetResult {
            cluster,
            outcome: Outcome::NotAttempted,
            error: None,
            seconds: 0.0,
        }));
        let is_interrupted = brake.is_interrupted.load(Ordering::Relaxed);
        Ok((results, is_interrupted))
    }

    /// Changes one cluster, and waits for the goal if that is wanted.
    async fn change(&self, atlas: &Atlas, change: Change, cluster: ClusterTarget) -> TargetResult {
        let started = Instant::now();
        let request = (change.request)(&cluster);
        let sent = request.call(atlas).send().await;
        let action = format!("cannot {} `{}`", change.verb, cluster.path());
        let outcome = match sent {
            Err(error) => Err(CliError::of_request(&error, &action)),
            Ok(_) if self.has_wait() => self.reach(change, &cluster, &action).await,
            Ok(_) => Ok(()),
        };
        let (outcome, error) = match outcome {
            Ok(()) => (Outcome::Done, None),
            Err(error) if error.exit() == Exit::TimedOut => (Outcome::TimedOut, Some(error)),
            Err(error) => (Outcome::Failed, Some(error)),
        };
        TargetResult {
            cluster,
            outcome,
            error,
            seconds: started.elapsed().as_secs_f64(),
        }
    }

    /// Waits for the goal of a change.
    async fn reach(
        &self,
        change: Change,
        cluster: &ClusterTarget,
        action: &str,
    ) -> Result<(), CliError> {
        self.poll_until(&read_request(cluster), action, |document| {
            let state = document.map_or(
                mongodbatlas::ClusterState::Deleted,
                |document: &Document| crate::engine::fleet::state_of(&document.to_value()),
            );
            (change.goal.is_reached(&state), state.to_string())
        })
        .await
        .map(drop)
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
