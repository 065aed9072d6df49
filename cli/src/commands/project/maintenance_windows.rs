//! `maintenance-windows`: the weekly hour in which Atlas maintains the clusters of a project.

use mongodbatlas::operation;

use crate::engine::definition::{Command, Danger, Example, Noun, body, column, flag};

/// The command group `maintenance-windows`.
pub(crate) static NOUN: Noun = Noun::new(
    "maintenance-windows",
    "Manage the maintenance window of a project",
)
.aliases(&["maintenance-window"])
.commands(&[&DESCRIBE, &UPDATE, &DEFER, &CLEAR]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_MAINTENANCE_WINDOW,
    "Show the maintenance window",
)
.columns(&[
    column("DAY OF WEEK", "dayOfWeek"),
    column("HOUR", "hourOfDay"),
    column("TIME ZONE", "timeZoneId"),
    column("START ASAP", "startASAP"),
    column("DEFERRALS", "numberOfDeferrals"),
    column("AUTO DEFER", "autoDeferOnceEnabled"),
])
.plain(&[
    column("DAY OF THE WEEK", "dayOfWeek"),
    column("HOUR OF DAY", "hourOfDay"),
    column("START ASAP", "startASAP"),
])
.details("Days are numbers: 1 is Sunday, 7 is Saturday.")
.examples(&[Example {
    line: "maintenance-windows describe --project Storefront",
    task: "Show the maintenance window of a project",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_MAINTENANCE_WINDOW,
    "Change the maintenance window",
)
.flags(&[
    flag(
        "day-of-week",
        body("/dayOfWeek"),
        "Day of the week: 1 is Sunday, 7 is Saturday",
    )
    .integer()
    .value_name("DAY"),
    flag(
        "hour-of-day",
        body("/hourOfDay"),
        "Hour of the day from 0 to 23, in the time zone of the project",
    )
    .integer()
    .value_name("HOUR"),
    flag(
        "start-asap",
        body("/startASAP"),
        "Start pending maintenance now",
    )
    .switch(),
    flag(
        "auto-defer",
        body("/autoDeferOnceEnabled"),
        "Defer each maintenance once, by a week",
    )
    .switch(),
])
.result("Maintenance window updated.")
.examples(&[
    Example {
        line: "maintenance-windows update --day-of-week 7 --hour-of-day 3 --project Storefront",
        task: "Maintain the clusters on Saturdays at three",
    },
    Example {
        line: "maintenance-windows update --day-of-week 7 --start-asap --project Storefront",
        task: "Start pending maintenance now",
    },
]);

static DEFER: Command = Command::new(
    "defer",
    operation::DEFER_GROUP_MAINTENANCE_WINDOW,
    "Defer the next maintenance by a week",
)
.details("A maintenance can be deferred twice.")
.result("Maintenance window deferred.")
.examples(&[Example {
    line: "maintenance-windows defer --project Storefront",
    task: "Defer the next maintenance",
}]);

static CLEAR: Command = Command::new(
    "clear",
    operation::RESET_GROUP_MAINTENANCE_WINDOW,
    "Remove the maintenance window",
)
.aliases(&["delete", "rm"])
.danger(Danger::Confirm)
.result("Maintenance window removed.")
.examples(&[Example {
    line: "maintenance-windows clear --project Storefront --yes",
    task: "Let Atlas choose the time of maintenance",
}]);
