//! `schedule apply`: one pass.

use mongodbatlas::{
    Atlas, Error, ScheduleChange, ScheduleFile, ScheduleOutcome, SchedulePlan, ScheduleReason,
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
            let changes = RecentChanges::read(atlas.base_url().as_str());
            let pass = atlas
                .schedule_pass(&file)
                .without_clock_check()
                .with_journal(move |project, name| changes.of(project, name));
            let plan = match at {
                Some(time) => pass.plan_at(time).await,
                None => pass.plan().await,
            };
            planned(&file, &plan.map_err(|error| plan_error(&error))?)?
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
    let base_url = atlas.base_url().as_str().to_owned();
    let changes = RecentChanges::read(&base_url);
    let mut pass = atlas
        .schedule_pass(file)
        .with_journal(move |project, name| changes.of(project, name));
    if atlas.base_url().is_loopback() {
        // A simulator has a clock of its own.
        pass = pass.without_clock_check();
    }
    let plan = pass.plan().await.map_err(|error| plan_error(&error))?;
    let mut journal = PassJournal::start(&plan, &base_url)?;
    let report = pass.apply_plan(plan).await;
    let mut list = List::default();
    let (mut succeeded, mut failures) = (0_usize, Vec::new());
    for change in &report.changes {
        let (outcome, reason) = outcome_of(change);
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
            "outcome": outcome.map_or("deferred", Outcome::name),
            "reason": error.as_ref().map_or(reason, |error| error.message().to_owned()),
        }))?);
        if let Some(outcome) = outcome {
            journal.record(change, outcome, error)?;
        }
    }
    let is_refused = !report.plan.failures.is_empty();
    let has_capacity = !report
        .changes
        .iter()
        .any(|change| matches!(change.outcome, ScheduleOutcome::NoCapacity(_)));
    let exit = match failures.first() {
        None if is_refused => Exit::Partial,
        None => Exit::Success,
        Some(exit) if succeeded == 0 && has_capacity => *exit,
        Some(_) => Exit::Partial,
    };
    Ok(PassResult {
        list,
        warnings: warnings(file, &report.plan),
        exit,
    })
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
            "action": decision.action.map_or("none", mongodbatlas::ScheduleAction::name),
            "outcome": if decision.action.is_some() { "planned" } else { "unchanged" },
            "reason": describe::reason(decision, file.time_zone()),
        }))?);
    }
    let exit = if plan.failures.is_empty() {
        Exit::Success
    } else {
        Exit::Partial
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
    warnings
}

/// Returns the outcome of a change for the journal, and the reason for the table. `None`: the next pass tries again.
fn outcome_of(change: &ScheduleChange) -> (Option<Outcome>, String) {
    match &change.outcome {
        ScheduleOutcome::Changed => (Some(Outcome::Done), String::new()),
        ScheduleOutcome::Unchanged => (Some(Outcome::Unchanged), String::new()),
        ScheduleOutcome::Deferred(reason) => (None, reason.clone()),
        _ => (Some(Outcome::Failed), String::new()),
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
pub(super) fn plan_error(error: &Error) -> CliError {
    CliError::from_request_error(error, "cannot plan the pass")
}
