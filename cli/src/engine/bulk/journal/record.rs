//! Reads journals.

use std::{fs, time::Duration};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{age, cannot_write, directory, path_of};
use crate::{
    engine::{
        fleet::{ClusterTarget, Kind},
        session::Place,
    },
    error::CliError,
    exit::Exit,
};

/// The time that a resumed cluster must run before it can be paused again.
const PAUSE_BLOCKED_MINUTES: i64 = 60;

/// The age of changes that schedules consider: 60 minutes after a resume, and the longest `catch-up`.
const RECENT: Duration = Duration::from_hours(2);

/// A journal that was read.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The id of the run.
    pub(crate) id: String,
    /// The description of the run.
    pub(crate) head: Value,
    /// The targets whose change was sent or about to be sent.
    intents: Vec<(String, String)>,
    outcomes: Vec<TargetOutcome>,
}

/// The outcome of a target in a journal.
#[derive(Clone, Debug)]
struct TargetOutcome {
    project: String,
    cluster: String,
    outcome: String,
    at: Option<Timestamp>,
}

impl Record {
    /// Reads the journal of a run.
    ///
    /// # Errors
    ///
    /// Fails if the journal cannot be read.
    pub(crate) fn read(id: &str) -> Result<Self, CliError> {
        let lines = fs::read_to_string(path_of(id)?).map_err(|_| not_found(id))?;
        let mut record = Self {
            id: id.to_owned(),
            head: Value::Null,
            intents: Vec::new(),
            outcomes: Vec::new(),
        };
        // the last line may be cut off
        for line in lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        {
            let field =
                |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
            if let Some(intent) = line.get("intent") {
                let entry = (field(intent, "project"), field(intent, "cluster"));
                record.intents.push(entry);
            } else if let Some(outcome) = line.get("outcome") {
                record.outcomes.push(TargetOutcome {
                    project: field(outcome, "project"),
                    cluster: field(outcome, "cluster"),
                    outcome: field(outcome, "outcome"),
                    at: field(outcome, "at").parse().ok(),
                });
            } else if line.get("run").is_some() {
                record.head = line;
            }
        }
        Ok(record)
    }

    /// Reads all journals, the newest first.
    ///
    /// # Errors
    ///
    /// Fails if the directory cannot be read.
    pub(crate) fn read_all() -> Result<Vec<Self>, CliError> {
        let mut ids = ids(None)?;
        ids.sort_by(|a, b| b.cmp(a));
        // the journal of a creation can be removed in the meantime
        Ok(ids.iter().filter_map(|id| Self::read(id).ok()).collect())
    }

    /// Returns the verb of the run, such as `pause`.
    pub(crate) fn verb(&self) -> &str {
        self.head["verb"].as_str().unwrap_or_default()
    }

    /// Returns the time of the start, in RFC 3339.
    pub(crate) fn started(&self) -> &str {
        self.head["started"].as_str().unwrap_or_default()
    }

    /// Returns the action of a creation, such as ``create cluster `a` ``; `None` for changes to clusters.
    pub(crate) fn creation(&self) -> Option<&str> {
        self.head["creation"].as_str()
    }

    /// Returns the targets.
    pub(crate) fn targets(&self) -> Vec<ClusterTarget> {
        let targets = self.head["targets"].as_array().into_iter().flatten();
        targets.map(target).collect()
    }

    /// Returns the targets without an outcome.
    pub(crate) fn open_targets(&self) -> Vec<ClusterTarget> {
        let mut targets = self.targets();
        targets.retain(|cluster| self.find(cluster).is_none());
        targets
    }

    /// Returns the outcome of a target: `unknown` if its change was sent or about to be sent, `open` if
    /// it was not.
    pub(crate) fn outcome(&self, cluster: &ClusterTarget) -> &str {
        let is_intent = |(project, name): &(String, String)| {
            *project == cluster.project.id && *name == cluster.name
        };
        match self.find(cluster) {
            Some(outcome) => &outcome.outcome,
            None if self.intents.iter().any(is_intent) => "unknown",
            None => "open",
        }
    }

    /// Returns the last outcome of a target.
    fn find(&self, cluster: &ClusterTarget) -> Option<&TargetOutcome> {
        let mut outcomes = self.outcomes.iter().rev();
        outcomes.find(|outcome| {
            outcome.project == cluster.project.id && outcome.cluster == cluster.name
        })
    }
}

/// Returns the time from which Atlas allows to pause a cluster, if this program resumed it less than an hour
/// ago.
pub(crate) fn allowed_pause(base_url: &str, project: &str, cluster: &str) -> Option<Timestamp> {
    let now = Timestamp::now();
    let max_age = Duration::from_secs(PAUSE_BLOCKED_MINUTES.unsigned_abs() * 60);
    let target = ClusterTarget::unread(Place::of_id(project, "the journal"), cluster);
    let resumed = ids(Some(max_age)).ok()?.into_iter().filter_map(|id| {
        let record = Record::read(&id).ok()?;
        let is_start = record.verb() == "start" && record.head["baseUrl"] == base_url;
        let outcome = record.find(&target).filter(|_| is_start)?;
        outcome
            .at
            .filter(|_| matches!(outcome.outcome.as_str(), "done" | "failed"))
    });
    let allowed = resumed.max()? + SignedDuration::from_mins(PAUSE_BLOCKED_MINUTES);
    (allowed > now).then_some(allowed)
}

/// A change to a cluster in a journal.
#[derive(Clone, Debug)]
pub(crate) struct RecentChange {
    pub(crate) project: String,
    pub(crate) cluster: String,
    /// The verb of the run, such as `start`.
    pub(crate) verb: String,
    pub(crate) at: Timestamp,
    /// `true` if Atlas refused the change.
    pub(crate) is_refused: bool,
}

/// Returns the changes of the last two hours at this base URL. Journals that cannot be read are skipped.
pub(crate) fn recent_changes(base_url: &str) -> Vec<RecentChange> {
    let ids = ids(Some(RECENT)).unwrap_or_default();
    let records = ids.iter().filter_map(|id| Record::read(id).ok());
    let records = records.filter(|record| record.head["baseUrl"] == base_url);
    let changes = records.flat_map(|record| {
        let verb = record.verb().to_owned();
        let done = record
            .outcomes
            .into_iter()
            .filter(|outcome| matches!(outcome.outcome.as_str(), "done" | "failed"));
        let changes = done.filter_map(move |outcome| {
            Some(RecentChange {
                at: outcome.at?,
                project: outcome.project,
                cluster: outcome.cluster,
                verb: verb.clone(),
                is_refused: outcome.outcome == "failed",
            })
        });
        changes.collect::<Vec<_>>()
    });
    changes.collect()
}

/// Returns the ids of the journals that were written within a time.
fn ids(max_age: Option<Duration>) -> Result<Vec<String>, CliError> {
    let directory = directory()?;
    let entries = fs::read_dir(&directory).map_err(|error| cannot_write(&directory, &error))?;
    let is_young = |entry: &fs::DirEntry| {
        max_age.is_none_or(|max_age| age(entry).is_none_or(|age| age <= max_age))
    };
    let names = entries
        .flatten()
        .filter(is_young)
        .filter_map(|entry| entry.file_name().into_string().ok());
    Ok(names
        .filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned))
        .collect())
}

/// Returns the error for an unknown run.
pub(super) fn not_found(id: &str) -> CliError {
    CliError::failure(format!("run `{id}` not found"))
        .with_exit(Exit::NotFound)
        .with_hint("`atlascli runs list` shows the runs")
}

fn target(target: &Value) -> ClusterTarget {
    let field = |name: &str| target[name].as_str().map(str::to_owned);
    let place = Place {
        name: field("projectName"),
        organization: field("organization"),
        ..Place::of_id(&field("project").unwrap_or_default(), "the run")
    };
    let mut cluster = ClusterTarget::unread(place, &field("cluster").unwrap_or_default());
    cluster.kind = field("kind").and_then(|kind| Kind::from_name(&kind));
    cluster
}
