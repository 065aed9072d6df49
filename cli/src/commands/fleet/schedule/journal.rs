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

/// The changes to clusters in the journal, by project and name.
pub(super) struct RecentChanges(HashMap<(String, String), ClusterHistory>);

impl RecentChanges {
    /// Reads the journals of the last two hours. Returns no changes if the journals cannot be read.
    pub(super) fn read(base_url: &str) -> Self {
        let mut changes: HashMap<(String, String), ClusterHistory> = HashMap::new();
        for change in recent_changes(base_url) {
            let history = changes.entry((change.project, change.cluster)).or_default();
            match (change.verb.as_str(), change.is_refused) {
                ("start", true) => {
                    history.refused_start = history.refused_start.max(Some(change.at));
                    continue;
                }
                (_, true) => continue,
                ("start", false) => history.resumed = history.resumed.max(Some(change.at)),
                _ => {}
            }
            history.last_change = history.last_change.max(Some(change.at));
        }
        Self(changes)
    }

    /// Returns the recent changes to a cluster.
    pub(super) fn of(&self, project: &ProjectId, cluster: &str) -> ClusterHistory {
        let key = (project.as_str().to_owned(), cluster.to_owned());
        self.0.get(&key).copied().unwrap_or_default()
    }
}

/// The journals of one pass: one for the pauses and one for the starts. A pass continues without a journal that cannot
/// be written.
#[derive(Default)]
pub(super) struct PassJournal {
    journals: Vec<(ScheduleAction, Journal)>,
    warnings: Vec<String>,
}

impl PassJournal {
    /// Writes the intents of a plan to disk. A plan without changes has no journal.
    pub(super) fn start(plan: &SchedulePlan, base_url: &str) -> Self {
        let mut started = Self::default();
        for action in [ScheduleAction::Pause, ScheduleAction::Start] {
            match start_journal(plan, action, base_url) {
                Ok(journal) => started
                    .journals
                    .extend(journal.map(|journal| (action, journal))),
                Err(error) => started.warn(&error),
            }
        }
        started
    }

    /// Writes the outcome of a change.
    pub(super) fn record(
        &mut self,
        change: &ScheduleChange,
        outcome: Outcome,
        error: Option<CliError>,
    ) {
        let target = target(&change.target.project_id, &change.target.name);
        let mut journals = self.journals.iter_mut();
        let written = match journals.find(|(action, _)| *action == change.action) {
            Some((_, journal)) => journal.outcome(&TargetResult::new(target, outcome, error)),
            None => Ok(()),
        };
        if let Err(error) = written {
            self.warn(&error);
        }
    }

    /// Returns the warnings about journals that cannot be written.
    pub(super) fn into_warnings(self) -> Vec<String> {
        self.warnings
    }

    fn warn(&mut self, error: &CliError) {
        self.warnings
            .push(format!("no journal: {}", error.message()));
    }
}

/// Starts the journal of the pauses or of the starts, if there are any.
fn start_journal(
    plan: &SchedulePlan,
    action: ScheduleAction,
    base_url: &str,
) -> Result<Option<Journal>, CliError> {
    let due = plan
        .due()
        .filter(|cluster| cluster.decision.action == Some(action));
    let targets: Vec<_> = due
        .map(|cluster| target(&cluster.target.project_id, &cluster.target.name))
        .collect();
    if targets.is_empty() {
        return Ok(None);
    }
    let mut journal = Journal::start(action.name(), base_url, &targets)?;
    for target in &targets {
        journal.intent(target)?;
    }
    Ok(Some(journal))
}

fn target(project: &ProjectId, name: &str) -> ClusterTarget {
    let mut target = ClusterTarget::unread(Place::of_id(project.as_str(), "the schedule"), name);
    target.kind = Some(Kind::Dedicated);
    target
}
