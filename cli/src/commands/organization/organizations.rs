//! `organizations`.

use mongodbatlas::operation;

use crate::engine::definition::{
    Column, Command, Example, Input, Noun, argument, column, flag, path, query,
};

/// `organizations`.
pub(crate) static NOUN: Noun = Noun::new("organizations", "Manage organizations")
    .aliases(&["organization", "orgs", "org"])
    .commands(&[&LIST, &DESCRIBE]);

/// The argument of commands on one organization.
pub(crate) const ORGANIZATION: Input =
    argument("id", path("orgId"), "Id of the organization").value_name("ORG_ID");

const COLUMNS: &[Column] = &[column("ID", "id"), column("NAME", "name")];

static LIST: Command = Command::list(operation::LIST_ORGS, "List organizations")
    .flags(&[
        flag("name", query("name"), "Beginning of the name"),
        flag(
            "include-deleted",
            crate::engine::definition::Target::None,
            "List deleted organizations too; Atlas no longer lists them",
        )
        .switch()
        .hidden(),
    ])
    .columns(COLUMNS)
    .examples(&[Example {
        line: "organizations list",
        task: "List the organizations that the credentials can see",
    }]);

static DESCRIBE: Command = Command::describe(operation::GET_ORG, "Show an organization")
    .arguments(&[ORGANIZATION])
    .columns(COLUMNS)
    .examples(&[Example {
        line: "organizations describe 5f0c2a9e1b3d4e0001a2b3c4",
        task: "Show an organization",
    }]);
