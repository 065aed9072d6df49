//! `alerts`: the alerts of a project.

mod settings;

use jiff::{SignedDuration, Timestamp};
use mongodbatlas::operation;
use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        definition::{
            Command, Example, Input, Noun, Target, argument, body, column, flag, path, query,
        },
        value,
    },
    error::CliError,
};

/// The command group `alerts`.
pub(crate) static NOUN: Noun = Noun::new("alerts", "Manage the alerts of a project")
    .aliases(&["alert"])
    .commands(&[&LIST, &DESCRIBE, &ACKNOWLEDGE, &UNACKNOWLEDGE])
    .nouns(&[&settings::NOUN]);

const ALERT: Input = argument("alert-id", path("alertId"), "Id of the alert");
const COMMENT: Input = flag("comment", body("/acknowledgementComment"), "Comment");

/// The duration of `--forever`: 100 years.
const FOREVER: SignedDuration = SignedDuration::from_hours(100 * 365 * 24);

static LIST: Command = Command::list(operation::LIST_GROUP_ALERTS, "List alerts")
    .history()
    .flags(&[flag("status", query("status"), "Status of the alerts")
        .choices(&["OPEN", "TRACKING", "CLOSED"])])
    .columns(&[
        column("ID", "id"),
        column("TYPE", "eventTypeName"),
        column("STATUS", "status").state(),
        column("CLUSTER", "clusterName"),
        column("CREATED", "created").time(),
    ])
    .plain(&[
        column("ID", "id"),
        column("TYPE", "eventTypeName"),
        column("STATUS", "status"),
    ])
    .examples(&[Example {
        line: "alerts list --status OPEN --project Storefront",
        task: "List the open alerts of a project",
    }]);

static DESCRIBE: Command = Command::describe(operation::GET_GROUP_ALERT, "Show an alert")
    .arguments(&[ALERT])
    .columns(&[
        column("ID", "id"),
        column("TYPE", "eventTypeName"),
        column("METRIC", "metricName"),
        column("STATUS", "status").state(),
    ])
    .examples(&[Example {
        line: "alerts describe 5f0c2a9e1b3d4e0001a2b401 --project Storefront",
        task: "Show an alert",
    }]);

static ACKNOWLEDGE: Command = Command::new(
    "acknowledge",
    operation::ACKNOWLEDGE_GROUP_ALERT,
    "Acknowledge an alert",
)
.aliases(&["ack"])
.arguments(&[ALERT])
.flags(&[
    COMMENT,
    flag(
        "until",
        body("/acknowledgedUntil"),
        "End of the acknowledgement, or a duration from now such as `2h`",
    )
    .parser(value::time),
    flag(
        "forever",
        Target::None,
        "Acknowledge it for a hundred years",
    )
    .short('F')
    .switch()
    .excludes("until"),
])
.adjust(set_end)
.result("Alert '{id}' acknowledged until {acknowledgedUntil}")
.examples(&[Example {
    line: "alerts acknowledge 5f0c2a9e1b3d4e0001a2b401 --until 2h --project Storefront",
    task: "Silence an alert for two hours",
}]);

static UNACKNOWLEDGE: Command = Command::new(
    "unacknowledge",
    operation::ACKNOWLEDGE_GROUP_ALERT,
    "End the acknowledgement of an alert",
)
.aliases(&["unack"])
.arguments(&[ALERT])
.flags(&[COMMENT])
.adjust(clear_end)
.result("Alert '{id}' unacknowledged")
.examples(&[Example {
    line: "alerts unacknowledge 5f0c2a9e1b3d4e0001a2b401 --project Storefront",
    task: "End an acknowledgement",
}]);

/// Sets the end for `--forever`.
fn set_end(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if invocation.is_on("forever") {
        body["acknowledgedUntil"] = seconds_from_now(FOREVER).into();
    } else if body["acknowledgedUntil"].is_null() {
        return Err(CliError::usage("missing option --until or --forever")
            .with_hint("write `--until 2h`, or `--forever`"));
    }
    Ok(())
}

/// Sets an end in the past, which ends the acknowledgement.
#[expect(clippy::unnecessary_wraps, reason = "the type of `Command::adjust`")]
fn clear_end(_: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    body["acknowledgedUntil"] = seconds_from_now(-SignedDuration::from_hours(24)).into();
    Ok(())
}

fn seconds_from_now(duration: SignedDuration) -> String {
    let now = Timestamp::now();
    let time = now.checked_add(duration).unwrap_or(now);
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
