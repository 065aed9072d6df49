//! Reads the changes of earlier passes from the journals, and writes the journals of a pass.

use std::collections::HashMap;

use mongodbatlas::{ClusterHistory, ProjectId, ScheduleAction, ScheduleChange, SchedulePlan};

use crate::{
    engine::{
        bulk::{
            Outcome, TargetResult,
            journal::{Journal, recent_changes},
        },
        fleet::{ClusterTarget, Kind},
        session::Place,
    },
    error::CliError,
};

/// The changes of clusters in the journal, by project and name.
pub(super) struct RecentChanges(HashMap<(String, String), ClusterHistory>);

impl RecentChanges {
    /// Reads the journals of the last two hours. Returns no changes if the journals cannot be read.
    pub(super) fn read(base_url: &str) -> Self {
        let mut changes: HashMap<(String, String), ClusterHistory> = HashMap::new();
        for change in recent_changes(base_url) {
            let history = changes.entry((change.project, change.cluster)).or_default();
            history.last_change = history.last_change.max(Some(change.at));
            if change.verb == "start" {
                history.resumed = history.resumed.max(Some(change.at));
            }
        }
        Self(changes)
    }

    /// Returns the recent changes of a cluster.
    pub(super) fn of(&self, project: &ProjectId, cluster: &str) -> ClusterHistory {
        let key = (project.as_str().to_owned(), cluster.to_owned());
        self.0.get(&key).copied().unwrap_or_default()
    }
}

/// The journals of one pass: one for the pauses and one for the starts.
pub(super) struct PassJournal(Vec<(ScheduleAction, Journal)>);

impl PassJournal {
    /// Writes the intents of a plan to disk. A plan without changes has no journal.
    pub(super) fn start(plan: &SchedulePlan, base_url: &str) -> Result<Self, CliError> {
        let mut journals = Vec::new();
        for action in [ScheduleAction::Pause, ScheduleAction::Start] {
            let due = plan
                .due()
                .filter(|cluster| cluster.decision.action == Some(action));
            let targets: Vec<_> = due
                .map(|cluster| target(&cluster.target.project_id, &cluster.target.name))
                .collect();
            if targets.is_empty() {
                continue;
            }
            let mut journal = Journal::start(action.name(), base_url, &targets)?;
            for target in &targets {
                journal.intent(target)?;
            }
            journals.push((action, journal));
        }
        Ok(Self(journals))
    }

    /// Writes the outcome of a change.
    pub(super) fn record(
        &mut self,
        change: &ScheduleChange,
        outcome: Outcome,
        error: Option<CliError>,
    ) -> Result<(), CliError> {
        let target = target(&change.target.project_id, &change.target.name);
        let mut journals = self.0.iter_mut();
        match journals.find(|(action, _)| *action == change.action) {
            Some((_, journal)) => journal.outcome(&TargetResult::new(target, outcome, error)),
            None => Ok(()),
        }
    }
}

fn target(project: &ProjectId, name: &str) -> ClusterTarget {
    let mut target = ClusterTarget::unread(Place::of_id(project.as_str(), "the schedule"), name);
    target.kind = Some(Kind::Dedicated);
    target
}
