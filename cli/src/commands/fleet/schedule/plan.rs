//! `schedule plan`: shows the pauses and starts that are planned for the coming days.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{
    AT, FILE, apply, file,
    timeline::{self, ClusterTimeline},
};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Target, column, flag},
        steps::print::to_document,
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, Item, List, render},
};

/// The longest time range of a plan.
const MAX_PERIOD: SignedDuration = SignedDuration::from_hours(24 * 366);

/// The command `schedule plan`.
pub(super) static PLAN: Command = Command::local(
    "plan",
    "Show the upcoming pauses and starts",
    plan,
)
.details(
    "Prints the events and a timeline in the time zone of the file. In JSON, each event is an object with `time`, \
     `action`, `project`, `cluster` and `schedule`.",
)
.flags(&[
    FILE,
    AT,
    flag("for", Target::None, "Time that the plan covers, such as `36h` or `14d`")
        .value_name("TIME")
        .default("7d"),
])
.columns(&[
    column("TIME", "time").time(),
    column("ACTION", "action"),
    column("PROJECT", "project"),
    column("CLUSTER", "cluster"),
    column("SCHEDULE", "schedule"),
])
.examples(&[
    Example {
        line: "schedule plan --at '2026-09-01 00:00' --for 2d",
        task: "Show the pauses and starts of two days",
    },
]);

fn plan<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = file::read(invocation)?;
        let length = length(invocation.text("for").unwrap_or_default())?;
        let at = file::time_flag(invocation, "at", &file)?;
        let atlas = invocation.session.atlas().await?;
        let plan = apply::read_plan(&atlas, &file, at).await?;
        let start = plan.now;
        let end = start.checked_add(length).unwrap_or(Timestamp::MAX);
        let mut events = Vec::new();
        let mut days = Vec::new();
        let mut impossible = Vec::new();
        for cluster in plan.clusters {
            let (schedules, boundaries) = file.boundaries(&cluster.target, start, end);
            if schedules.is_empty() {
                continue;
            }
            let target = &cluster.target;
            if let Some(obstacle) = target.obstacle {
                impossible.push(format!("`{}`: {}", target.path(), obstacle.description()));
                continue;
            }
            for boundary in &boundaries {
                events.push((
                    boundary.time,
                    json!({
                        "time": boundary.time.to_string(),
                        "action": boundary.action.name(),
                        "project": target.project_name,
                        "cluster": target.name,
                        "schedule": schedules.join(","),
                    }),
                ));
            }
            days.push(ClusterTimeline {
                is_running_at_start: file.is_running_at(target, start),
                target: cluster.target,
                boundaries,
            });
        }
        events.sort_by_key(|(time, _)| *time);
        let mut list = List::default();
        for (_, event) in &events {
            list.items.push(Item {
                document: to_document(event)?,
                labels: Vec::new(),
            });
        }
        let mut view = invocation.view()?;
        if !invocation.values.has("time-zone") {
            view.zone = file.time_zone().clone();
        }
        let mut text = render(&Data::List(list), &view)?;
        if invocation.session.format.is_human_readable() {
            text.push_str(&timeline::draw(&days, (start, end), &view.zone));
        }
        invocation.ui.print(&text)?;
        for note in &impossible {
            invocation.warn(note);
        }
        for failure in &plan.failures {
            invocation.warn(&failure.to_string());
        }
        Ok(if plan.failures.is_empty() {
            Exit::Success
        } else {
            Exit::Partial
        })
    })
}

/// Parses a time span such as `36h` or `14d`.
fn length(text: &str) -> Result<SignedDuration, CliError> {
    let days = text
        .strip_suffix('d')
        .and_then(|days| days.parse::<i64>().ok());
    let length = match days {
        Some(days) => SignedDuration::try_from_hours(days.saturating_mul(24)),
        None => text.parse().ok(),
    };
    let length = length.filter(|length| length.is_positive() && *length <= MAX_PERIOD);
    length.ok_or_else(|| {
        CliError::usage(format!("invalid value `{text}` for `--for`"))
            .with_hint("write a time span such as `36h` or `14d`, up to `366d`")
    })
}
