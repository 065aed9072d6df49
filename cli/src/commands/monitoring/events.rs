//! `events`: the events of projects and organizations.

use mongodbatlas::operation;

use crate::engine::{
    definition::{Column, Command, Example, Input, Noun, column, flag, query},
    value,
};

/// The command group `events`.
pub(crate) static NOUN: Noun = Noun::new("events", "List events")
    .aliases(&["event"])
    .nouns(&[&PROJECTS, &ORGANIZATIONS]);

static PROJECTS: Noun = Noun::new("projects", "List the events of a project")
    .aliases(&["project"])
    .commands(&[&LIST_IN_PROJECT]);

static ORGANIZATIONS: Noun = Noun::new("organizations", "List the events of an organization")
    .aliases(&["organization", "orgs", "org"])
    .commands(&[&LIST_IN_ORGANIZATION]);

const COLUMNS: &[Column] = &[
    column("TIME", "created").time(),
    column("TYPE", "eventTypeName"),
    column("ACTOR", "username|publicKey"),
    column("ID", "id"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("TYPE", "eventTypeName"),
    column("CREATED AT", "created"),
];

const FLAGS: &[Input] = &[
    flag(
        "type",
        query("eventType"),
        "Types of events, such as CLUSTER_PAUSED",
    )
    .list(),
    flag("min-date", query("minDate"), "Earliest time").parser(value::time),
    flag("max-date", query("maxDate"), "Latest time").parser(value::time),
];

static LIST_IN_PROJECT: Command =
    Command::list(operation::LIST_GROUP_EVENTS, "List the events of a project")
        .history()
        .flags(FLAGS)
        .columns(COLUMNS)
        .plain(PLAINTEXT_COLUMNS)
        .examples(&[Example {
            line: "events projects list --project Storefront --type CLUSTER_PAUSED",
            task: "List the pauses of the clusters of a project",
        }]);

static LIST_IN_ORGANIZATION: Command = Command::list(
    operation::LIST_ORG_EVENTS,
    "List the events of the organization",
)
.history()
.flags(FLAGS)
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "events organizations list --min-date 2026-08-01",
    task: "List the events since a day",
}]);
