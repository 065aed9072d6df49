//! The commands of `organizations`.

use mongodbatlas::operation;

use crate::commands::access::{organization_api_keys, users};
use crate::engine::{
    Invocation,
    definition::{
        Column, Command, Example, Future, Input, Noun, argument, column, flag, path, query,
    },
};

/// The noun `organizations` with its commands.
pub(crate) static NOUN: Noun = Noun::new("organizations", "Manage organizations")
    .aliases(&["organization", "orgs", "org"])
    .commands(&[&LIST, &DESCRIBE])
    .nouns(&[&organization_api_keys::NOUN, &users::ORGANIZATION_NOUN]);

/// The argument of commands on one organization.
pub(crate) const ORGANIZATION: Input =
    argument("id", path("orgId"), "Id or name of the organization").value_name("ORG");

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
    .run(on_organization)
    .examples(&[Example {
        line: "organizations describe \"Open Meadow Data\"",
        task: "Show an organization",
    }]);

/// Runs a command whose argument is the id or the name of an organization.
pub(crate) fn on_organization<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("id").unwrap_or_default().to_owned();
        let organization = invocation.session.organization_named(&name).await?;
        invocation.values.set("id", vec![organization.id]);
        invocation.run_definition().await
    })
}
