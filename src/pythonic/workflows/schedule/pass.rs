//! One pass: reads the clusters, decides, and sends the changes.

mod apply;
mod history;

use std::{collections::HashSet, fmt, time::Instant};

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};

use super::{
    ClusterHistory, ScheduleDecision, ScheduleFile, ScheduleReason, ScheduleTarget, decision::shift,
};
use crate::{
    error::{Error, ErrorKind, Result},
    operation,
    pythonic::{
        client::Atlas,
        ids::ProjectId,
        workflows::inventory::{Failure, InventoryEvent},
    },
};

/// The clock skew from which a pass is refused.
const LARGEST_SKEW: SignedDuration = SignedDuration::from_mins(5);
/// The default number of clusters that are changed at the same time.
const CONCURRENCY: usize = 8;

/// A function that returns what a journal knows about a cluster.
type Journal = Box<dyn Fn(&ProjectId, &str) -> ClusterHistory + Send + Sync>;

/// A pass over all clusters; see [`Atlas::schedule_pass`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use mongodbatlas::ScheduleFile;
/// use serde_json::json;
///
/// let file = ScheduleFile::from_document(&json!({
///     "schedules": { "nights": { "select": ["*-staging"], "running": ["mon-fri 08:00-18:00"], "mode": "enforce" } }
/// }));
/// let file = file.expect("a file without faults");
/// # let pass = atlas.schedule_pass(&file).without_clock_check();
/// # let _ = || {
/// let pass = atlas.schedule_pass(&file);
/// # };
/// for change in pass.apply().await?.changes {
///     println!("{}: {}", change.target.path(), change.outcome);
/// }
/// # Ok(()) }) }
/// ```
#[must_use = "a pass sends no request until it is planned or applied"]
pub struct SchedulePass<'a> {
    atlas: Atlas,
    file: &'a ScheduleFile,
    concurrency: usize,
    checks_clock: bool,
    journal: Option<Journal>,
}

/// The decisions of a pass.
#[derive(Debug)]
#[non_exhaustive]
pub struct SchedulePlan {
    /// The time of Atlas at which the decisions were made.
    pub now: Timestamp,
    /// The time of this machine minus the time of Atlas; `None` if Atlas sent no time or the clocks were not compared.
    pub clock_skew: Option<SignedDuration>,
    /// The clusters with their decisions, in the order in which Atlas returns them.
    pub clusters: Vec<PlannedCluster>,
    /// The lists that failed. Their clusters are missing.
    pub failures: Vec<Failure>,
    /// The names of the projects whose events cannot be read, with the errors. A pass leaves their clusters unchanged if
    /// a change would go unnoticed.
    pub unread_events: Vec<(String, Error)>,
}

/// A cluster and the decision about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PlannedCluster {
    /// The cluster.
    pub target: ScheduleTarget,
    /// The decision.
    pub decision: ScheduleDecision,
    /// The changes that the decision considers.
    pub history: ClusterHistory,
}

pub use apply::{ScheduleChange, ScheduleOutcome, ScheduleReport};

impl Atlas {
    /// Creates a pass over all clusters that the credentials can see. Does not send a request.
    pub fn schedule_pass<'a>(&self, file: &'a ScheduleFile) -> SchedulePass<'a> {
        SchedulePass {
            atlas: self.clone(),
            file,
            concurrency: CONCURRENCY,
            checks_clock: true,
            journal: None,
        }
    }
}

impl SchedulePass<'_> {
    /// Sets the number of clusters that are changed at the same time. Default: 8.
    pub fn with_concurrency(mut self, clusters: usize) -> Self {
        self.concurrency = clusters.max(1);
        self
    }

    /// Does not compare the clock of this machine with the time of Atlas. Default: refuses a pass if they differ by more
    /// than 5 minutes.
    pub fn without_clock_check(mut self) -> Self {
        self.checks_clock = false;
        self
    }

    /// Adds a source of changes that events of Atlas do not show, such as the minute of a resume.
    pub fn with_journal(
        mut self,
        journal: impl Fn(&ProjectId, &str) -> ClusterHistory + Send + Sync + 'static,
    ) -> Self {
        self.journal = Some(Box::new(journal));
        self
    }

    /// Reads the clusters and decides, for the current time of Atlas. Sends no change.
    ///
    /// # Errors
    ///
    /// Fails if the clocks differ by more than 5 minutes, or with any [request error](Error) of the list of
    /// organizations. Other lists that fail are in the plan.
    pub async fn plan(&self) -> Result<SchedulePlan> {
        let (now, clock_skew) = self.server_time().await?;
        let mut plan = self.plan_at(now).await?;
        plan.clock_skew = clock_skew;
        Ok(plan)
    }

    /// Reads the clusters and decides as for a pass at this time. Sends no change.
    ///
    /// # Errors
    ///
    /// Returns any [request error](Error) of the list of organizations. Other lists that fail are in
    /// the plan.
    pub async fn plan_at(&self, now: Timestamp) -> Result<SchedulePlan> {
        let (targets, failures) = self.read_targets().await?;
        let mut clusters = Vec::with_capacity(targets.len());
        for target in targets {
            let history = self.read_journal(&target);
            let decision = self.file.decide(&target, &history, now);
            clusters.push(PlannedCluster {
                target,
                decision,
                history,
            });
        }
        let unread_events = self.add_events(&mut clusters, now).await;
        Ok(SchedulePlan {
            now,
            clock_skew: None,
            clusters,
            failures,
            unread_events,
        })
    }

    /// Returns what the journal knows about a cluster.
    fn read_journal(&self, target: &ScheduleTarget) -> ClusterHistory {
        let journal = self.journal.as_ref();
        journal.map_or_else(ClusterHistory::default, |journal| {
            journal(&target.project_id, &target.name)
        })
    }

    /// Returns the time of Atlas, and the time of this machine minus it.
    async fn server_time(&self) -> Result<(Timestamp, Option<SignedDuration>)> {
        let call = self.atlas.operation(operation::GET_SYSTEM_STATUS);
        let date = call.send().await?.date();
        let local = Timestamp::now();
        let Some(now) = date else {
            return Ok((local, None));
        };
        if !self.checks_clock {
            return Ok((now, None));
        }
        let skew = local.duration_since(now);
        if skew.abs() > LARGEST_SKEW {
            let message = format!("the clock of this machine differs from Atlas by {skew:#}");
            return Err(Error::new(ErrorKind::Configuration, message)
                .with_hint("synchronize the clock, for example with NTP"));
        }
        Ok((now, Some(skew)))
    }

    /// Reads all clusters.
    async fn read_targets(&self) -> Result<(Vec<ScheduleTarget>, Vec<Failure>)> {
        let (mut targets, mut failures) = (Vec::new(), Vec::new());
        let mut project = None;
        let mut events = self.atlas.inventory().events();
        while let Some(event) = events.try_next().await? {
            match (event, &project) {
                (InventoryEvent::Project(next), _) => project = Some(next),
                (InventoryEvent::Cluster(cluster), Some(project)) => {
                    targets.push(ScheduleTarget::from_cluster(project, &cluster));
                }
                (InventoryEvent::FlexCluster(cluster), Some(project)) => {
                    targets.push(ScheduleTarget::from_flex_cluster(project, &cluster));
                }
                (InventoryEvent::Failure(failure), _) => failures.push(failure),
                _ => {}
            }
        }
        Ok((targets, failures))
    }

    /// Reads the events of the clusters that the pass would change or that missed a boundary, and decides again with
    /// them. Returns the projects whose events cannot be read.
    async fn add_events(
        &self,
        clusters: &mut [PlannedCluster],
        now: Timestamp,
    ) -> Vec<(String, Error)> {
        let due: Vec<_> = clusters
            .iter_mut()
            .filter(|cluster| {
                let decision = &cluster.decision;
                decision.action.is_some() || matches!(decision.reason, ScheduleReason::Missed(_))
            })
            .collect();
        let mut histories = history::read(&self.atlas, &due).await;
        let unread: HashSet<ProjectId> = histories.errors.keys().cloned().collect();
        let mut errors = Vec::new();
        for cluster in due {
            let target = &cluster.target;
            if let Some(error) = histories.errors.remove(&target.project_id) {
                errors.push((target.project_name.clone(), error));
            }
            if unread.contains(&target.project_id) && cluster.decision.needs_history(now) {
                cluster.decision.action = None;
                cluster.decision.reason = ScheduleReason::UnknownHistory;
                continue;
            }
            let key = (target.project_id.clone(), target.name.clone());
            let Some(change) = histories.changes.get(&key) else {
                continue;
            };
            cluster.history.last_change = cluster.history.last_change.max(Some(*change));
            cluster.decision = self.file.decide(target, &cluster.history, now);
        }
        errors
    }

    /// Plans a pass and applies the plan.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`plan`](Self::plan).
    pub async fn apply(&self) -> Result<ScheduleReport> {
        let plan = self.plan().await?;
        Ok(self.apply_plan(plan).await)
    }

    /// Pauses and starts the clusters that are due in a plan.
    ///
    /// Reads the state of each cluster again right before its change. A cluster that is in the scheduled state by
    /// then counts as success. A failure does not stop the pass.
    pub async fn apply_plan(&self, plan: SchedulePlan) -> ScheduleReport {
        let due = plan.clusters.iter().filter_map(|cluster| {
            let action = cluster.decision.action?;
            Some((cluster, action))
        });
        let started = Instant::now();
        let changes = stream::iter(due)
            .map(|(cluster, action)| {
                let now = || {
                    let elapsed = SignedDuration::try_from(started.elapsed());
                    shift(plan.now, elapsed.unwrap_or_default())
                };
                apply::change(&self.atlas, self.file, cluster, action, now)
            })
            .buffered(self.concurrency)
            .collect()
            .await;
        ScheduleReport { plan, changes }
    }
}

impl fmt::Debug for SchedulePass<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SchedulePass")
            .field("concurrency", &self.concurrency)
            .field("checks_clock", &self.checks_clock)
            .finish_non_exhaustive()
    }
}

impl SchedulePlan {
    /// Returns the clusters that the pass would change.
    pub fn due(&self) -> impl Iterator<Item = &PlannedCluster> {
        let clusters = self.clusters.iter();
        clusters.filter(|cluster| cluster.decision.action.is_some())
    }

    /// Returns the clusters whose boundary was missed.
    pub fn missed(&self) -> impl Iterator<Item = &PlannedCluster> {
        let clusters = self.clusters.iter();
        clusters.filter(|cluster| matches!(cluster.decision.reason, ScheduleReason::Missed(_)))
    }
}
