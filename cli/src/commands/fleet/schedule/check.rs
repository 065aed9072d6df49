//! `schedule check`: validates a schedule file.

use mongodbatlas::{ScheduleReason, ScheduleTarget};
use serde_json::json;

use super::{FILE, apply, file};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, column},
        steps::print::to_document,
    },
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The command `schedule check`.
pub(super) static CHECK: Command = Command::local(
    "check",
    "Validate a schedule file and show which clusters it applies to",
    check,
)
.details(
    "A cluster in several schedules runs whenever at least one of them requires it. NOTE shows clusters that cannot \
     be paused and invalid `keep-awake` tags; warnings name selectors that match nothing.",
)
.flags(&[FILE])
.columns(&[
    column("PROJECT", "project"),
    column("CLUSTER", "cluster"),
    column("SCHEDULES", "schedules.*"),
    column("MODE", "mode"),
    column("NOTE", "note"),
])
.examples(&[Example {
    line: "schedule check",
    task: "Validate the file and list its clusters",
}]);

fn check<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = file::read(invocation)?;
        let atlas = invocation.session.atlas().await?;
        let plan = apply::read_plan(&atlas, &file, None).await?;
        let targets: Vec<ScheduleTarget> = plan
            .clusters
            .iter()
            .map(|cluster| cluster.target.clone())
            .collect();
        let mut list = List::default();
        for cluster in &plan.clusters {
            let decision = &cluster.decision;
            if decision.reason == ScheduleReason::Unscheduled {
                continue;
            }
            let note = match (cluster.target.obstacle, decision.has_invalid_tag) {
                (Some(obstacle), _) => obstacle.description(),
                (None, true) => "invalid tag `keep-awake`, treated as `forever`",
                (None, false) => "",
            };
            let document = json!({
                "project": cluster.target.project_name,
                "projectId": cluster.target.project_id.as_str(),
                "cluster": cluster.target.name,
                "schedules": decision.schedules,
                "mode": file.mode(&cluster.target).map(mongodbatlas::ScheduleMode::name),
                "note": note,
            });
            list.items.push(Item {
                document: to_document(&document)?,
                labels: Vec::new(),
            });
        }
        let unmatched = file.unmatched_selectors(&targets);
        for fault in unmatched.iter().chain(&file.unknown_opt_ins(&targets)) {
            invocation.warn(&fault.to_string());
        }
        for failure in &plan.failures {
            invocation.warn(&failure.to_string());
        }
        invocation.print(&Data::List(list))?;
        Ok(if plan.failures.is_empty() {
            Exit::Success
        } else {
            Exit::Partial
        })
    })
}
