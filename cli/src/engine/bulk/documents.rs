//! Defines the JSON documents of bulk runs.

use serde::Serialize;

use super::{Outcome, TargetResult};
use crate::{engine::fleet::ClusterTarget, error::CliError};

/// The results of a bulk run.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunDocument<'a> {
    /// The id of the run, for `runs show` and `runs resume`.
    run_id: &'a str,
    results: Vec<ResultEntry<'a>>,
    summary: Summary,
}

/// The result of one cluster.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultEntry<'a> {
    #[serde(flatten)]
    cluster: TargetEntry<'a>,
    /// The change, such as `pause`.
    action: &'a str,
    outcome: Outcome,
    /// The reason of a failure.
    error: Option<&'a str>,
    /// The duration in seconds.
    seconds: f64,
}

/// The number of results with each outcome.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
struct Summary {
    done: usize,
    unchanged: usize,
    failed: usize,
    timed_out: usize,
    not_attempted: usize,
}

/// The plan of a bulk run.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PlanDocument<'a> {
    plan: Vec<PlanEntry<'a>>,
}

/// The plan for one cluster.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PlanEntry<'a> {
    #[serde(flatten)]
    cluster: TargetEntry<'a>,
    /// The change, such as `pause`; `unchanged` or `impossible`.
    action: &'a str,
    /// The reason why the change is impossible.
    reason: Option<&'a str>,
}

/// A cluster of a run.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
struct TargetEntry<'a> {
    /// The id of the organization.
    organization: Option<&'a str>,
    /// The name of the project, or its id if the project was not read.
    project: &'a str,
    project_id: &'a str,
    cluster: &'a str,
    /// The state before the run.
    before: String,
}

impl<'a> RunDocument<'a> {
    pub(super) fn new(run_id: &'a str, verb: &'a str, results: &'a [TargetResult]) -> Self {
        let count = |outcome: Outcome| {
            let results = results.iter();
            results.filter(|result| result.outcome == outcome).count()
        };
        Self {
            run_id,
            results: entries(verb, results).collect(),
            summary: Summary {
                done: count(Outcome::Done),
                unchanged: count(Outcome::Unchanged),
                failed: count(Outcome::Failed),
                timed_out: count(Outcome::TimedOut),
                not_attempted: count(Outcome::NotAttempted),
            },
        }
    }
}

/// Returns the entries of results.
pub(super) fn entries<'a>(
    verb: &'a str,
    results: &'a [TargetResult],
) -> impl Iterator<Item = ResultEntry<'a>> {
    results.iter().map(move |result| ResultEntry {
        cluster: TargetEntry::new(&result.cluster),
        action: verb,
        outcome: result.outcome,
        error: result.error.as_ref().map(CliError::message),
        seconds: (result.seconds * 10.0).round() / 10.0,
    })
}

impl<'a> PlanDocument<'a> {
    /// Creates the document of the clusters to change, and of the results that are known without a request.
    pub(super) fn new(
        verb: &'a str,
        targets: &'a [ClusterTarget],
        known: &'a [TargetResult],
    ) -> Self {
        let changes = targets.iter().map(|cluster| PlanEntry {
            cluster: TargetEntry::new(cluster),
            action: verb,
            reason: None,
        });
        let others = known.iter().map(|result| {
            let reason = result.error.as_ref().map(CliError::message);
            PlanEntry {
                cluster: TargetEntry::new(&result.cluster),
                action: if reason.is_some() {
                    "impossible"
                } else {
                    "unchanged"
                },
                reason,
            }
        });
        Self {
            plan: changes.chain(others).collect(),
        }
    }
}

impl<'a> TargetEntry<'a> {
    fn new(cluster: &'a ClusterTarget) -> Self {
        Self {
            organization: cluster.project.organization.as_deref(),
            project: cluster.project.label(),
            project_id: &cluster.project.id,
            cluster: &cluster.name,
            before: cluster.state().to_string(),
        }
    }
}
