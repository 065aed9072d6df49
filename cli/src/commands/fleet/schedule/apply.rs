//! `schedule apply`: one pass.

use jiff::Timestamp;
use mongodbatlas::{
    Atlas, Error, PlannedCluster, ScheduleAction, ScheduleChange, ScheduleFile, ScheduleOutcome,
    SchedulePass, SchedulePlan, ScheduleReason,
};
use serde_json::json;

use super::{
    AT, FILE, describe, file,
    journal::{PassJournal, RecentChanges},
};
use crate::{
    engine::{
        Invocation,
        bulk::Outcome,
        definition::{Command, Example, Future, column},
        steps::print::to_document,
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The clock skew in seconds that is reported.
const REPORTED_SKEW: u64 = 30;

/// The command `schedule apply`.
pub(super) static APPLY: Command = Command::local(
    "apply",
    "Run one pass: pause and start the clusters that are due",
    apply,
)
.details(
    "Never asks: the file is the confirmation. A pass is idempotent and needs no state of its own, so it can run \
     every few minutes, on several machines. A start without capacity is tried again by the next pass, and the exit \
     code is 7.",
)
.flags(&[FILE, AT])
.columns(&[
    column("PROJECT", "project"),
    column("CLUSTER", "cluster"),
    column("ACTION", "action"),
    column("OUTCOME", "outcome").state(),
    column("REASON", "reason"),
])
.examples(&[Example {
    line: "schedule apply --dry-run --at '2026-09-01 20:05'",
    task: "Show what a pass would do at a time",
}]);

/// The result of a pass.
pub(super) struct PassResult {
    pub(super) list: List,
    pub(super) warnings: Vec<String>,
    pub(super) exit: Exit,
}

fn apply<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = file::read(invocation)?;
        let at = file::time_flag(invocation, "at", &file)?;
        let is_dry_run = invocation.is_on("dry-run");
        if at.is_some() && !is_dry_run {
            return Err(CliError::usage("`--at` needs `--dry-run`")
                .with_hint("a pass changes clusters only for the current time"));
        }
        let atlas = invocation.session.atlas().await?;
        let result = if is_dry_run {
            planned(&file, &read_plan(&atlas, &file, at).await?)?
        } else {
            let _protection = invocation
                .session
                .interrupts
                .protect_change("the pass".to_owned());
            run_pass(&atlas, &file).await?
        };
        for warning in &result.warnings {
            invocation.warn(warning);
        }
        invocation.print(&Data::List(result.list))?;
        Ok(result.exit)
    })
}

/// Runs one pass with the journal.
///
/// # Errors
///
/// Fails if the clock skew is too large, if no organization can be listed, or if the journal cannot be written.
pub(super) async fn run_pass(atlas: &Atlas, file: &ScheduleFile) -> Result<PassResult, CliError> {
    let mut pass = build_pass(atlas, file);
    if atlas.base_url().is_loopback() {
        // A simulator has a clock of its own.
        pass = pass.without_clock_check();
    }
    let plan = pass.plan().await.map_err(|error| plan_error(&error))?;
    let mut journal = PassJournal::start(&plan, atlas.base_url().as_str());
    let report = pass.apply_plan(plan).await;
    let mut list = List::default();
    let (mut succeeded, mut failures) = (0_usize, Vec::new());
    for change in &report.changes {
        let (outcome, label, reason) = outcome_of(change);
        let error = change.outcome.error();
        let error = error.map(|error| CliError::from_request_error(error, &action_of(change)));
        match &error {
            None => succeeded += 1,
            Some(error) => failures.push(error.exit()),
        }
        list.items.push(item(&json!({
            "project": change.target.project_name,
            "projectId": change.target.project_id.as_str(),
            "cluster": change.target.name,
            "action": change.action.name(),
            "outcome": label,
            "reason": error.as_ref().map_or(reason, |error| error.message().to_owned()),
        }))?);
        journal.record(change, outcome, error);
    }
    let is_incomplete = is_incomplete(&report.plan);
    let has_capacity = !report
        .changes
        .iter()
        .any(|change| matches!(change.outcome, ScheduleOutcome::NoCapacity(_)));
    let exit = match failures.first() {
        None if is_incomplete => Exit::Partial,
        None => Exit::Success,
        Some(exit) if succeeded == 0 && has_capacity => *exit,
        Some(_) => Exit::Partial,
    };
    Ok(PassResult {
        list,
        warnings: [warnings(file, &report.plan), journal.into_warnings()].concat(),
        exit,
    })
}

/// Creates a pass that considers the journal.
fn build_pass<'a>(atlas: &Atlas, file: &'a ScheduleFile) -> SchedulePass<'a> {
    let changes = RecentChanges::read(atlas.base_url().as_str());
    let pass = atlas.schedule_pass(file);
    pass.with_journal(move |project, name| changes.of(project, name))
}

/// Plans a pass for a time, or for now. Sends no change.
///
/// # Errors
///
/// Fails if no project can be listed.
pub(super) async fn read_plan(
    atlas: &Atlas,
    file: &ScheduleFile,
    at: Option<Timestamp>,
) -> Result<SchedulePlan, CliError> {
    let pass = build_pass(atlas, file).without_clock_check();
    let plan = match at {
        Some(time) => pass.plan_at(time).await,
        None => pass.plan().await,
    };
    plan.map_err(|error| plan_error(&error))
}

/// Returns `true` if a project could not be read, or a start was missed.
fn is_incomplete(plan: &SchedulePlan) -> bool {
    let is_missed_start = |cluster: &PlannedCluster| match cluster.decision.reason {
        ScheduleReason::Missed(boundary) => boundary.action == ScheduleAction::Start,
        _ => false,
    };
    !plan.failures.is_empty()
        || !plan.unread_events.is_empty()
        || plan.clusters.iter().any(is_missed_start)
}

/// Returns the result of a pass that sends no changes.
fn planned(file: &ScheduleFile, plan: &SchedulePlan) -> Result<PassResult, CliError> {
    let mut list = List::default();
    for cluster in &plan.clusters {
        let decision = &cluster.decision;
        if matches!(
            decision.reason,
            ScheduleReason::Unscheduled | ScheduleReason::AsScheduled
        ) {
            continue;
        }
        list.items.push(item(&json!({
            "project": cluster.target.project_name,
            "projectId": cluster.target.project_id.as_str(),
            "cluster": cluster.target.name,
            "action": decision.action.map_or("none", ScheduleAction::name),
            "outcome": if decision.action.is_some() { "planned" } else { "unchanged" },
            "reason": describe::reason(decision, file.time_zone()),
        }))?);
    }
    let exit = if is_incomplete(plan) {
        Exit::Partial
    } else {
        Exit::Success
    };
    Ok(PassResult {
        list,
        warnings: warnings(file, plan),
        exit,
    })
}

/// Returns warnings about missed boundaries, unreadable tags, refused projects and the clock.
fn warnings(file: &ScheduleFile, plan: &SchedulePlan) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(skew) = plan.clock_skew
        && skew.unsigned_abs().as_secs() > REPORTED_SKEW
    {
        warnings.push(format!(
            "the clock of this machine differs from Atlas by {skew:#}"
        ));
    }
    for cluster in &plan.clusters {
        let path = cluster.target.path();
        if matches!(cluster.decision.reason, ScheduleReason::Missed(_)) {
            let reason = describe::reason(&cluster.decision, file.time_zone());
            warnings.push(format!("`{path}` is unchanged: {reason}"));
        }
        if cluster.decision.has_invalid_tag {
            warnings.push(format!(
                "invalid tag `keep-awake` of `{path}`, treated as `forever`"
            ));
        }
    }
    warnings.extend(plan.failures.iter().map(ToString::to_string));
    for (project, error) in &plan.unread_events {
        warnings.push(format!(
            "cannot read the events of project `{project}`: {error}"
        ));
    }
    warnings
}

/// Returns the outcome of a change for the journal, its name, and the reason for the table.
fn outcome_of(change: &ScheduleChange) -> (Outcome, &'static str, String) {
    match &change.outcome {
        ScheduleOutcome::Changed => (Outcome::Done, "done", String::new()),
        ScheduleOutcome::Unchanged => (Outcome::Unchanged, "unchanged", String::new()),
        ScheduleOutcome::Deferred(reason) => (Outcome::NotAttempted, "deferred", reason.clone()),
        _ => (Outcome::Failed, "failed", String::new()),
    }
}

fn action_of(change: &ScheduleChange) -> String {
    format!("cannot {} `{}`", change.action.name(), change.target.name)
}

fn item(document: &serde_json::Value) -> Result<Item, CliError> {
    Ok(Item {
        document: to_document(document)?,
        labels: Vec::new(),
    })
}

/// Returns the error of a pass that could not be planned.
fn plan_error(error: &Error) -> CliError {
    let failure = CliError::from_request_error(error, "cannot plan the pass");
    if error.is_configuration() && !error.is_missing_credentials() {
        // The clock, not the credentials.
        return failure.with_exit(Exit::Failure);
    }
    failure
}
