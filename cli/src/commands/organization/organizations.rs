//! The commands of `organizations`.

use mongodbatlas::operation;

use serde_json::Value;

use super::invitations;
use crate::commands::access::{organization_api_keys, users};
use crate::engine::{
    Invocation,
    definition::{
        Column, Command, Example, Future, Input, Noun, argument, body, column, flag, path, query,
    },
};
use crate::error::CliError;

/// The command group `organizations`.
pub(crate) static NOUN: Noun = Noun::new("organizations", "Manage organizations")
    .aliases(&["organization", "orgs", "org"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &DELETE])
    .nouns(&[
        &organization_api_keys::NOUN,
        &invitations::NOUN,
        &users::ORGANIZATION_NOUN,
    ]);

/// The argument of commands that act on one organization.
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

static CREATE: Command = Command::create(operation::CREATE_ORG, "Create an organization")
    .details(
        "With an API key, the key's organization needs cross-organization billing, and the new one needs an owner and \
         an API key of its own: `--owner-id`, `--api-key-description` and `--api-key-role`. Its private key is printed \
         once.",
    )
    .arguments(&[argument("name", body("/name"), "Name of the organization")])
    .flags(&[
        flag(
            "owner-id",
            body("/orgOwnerId"),
            "Id of the Atlas user who becomes its owner",
        ),
        flag(
            "api-key-description",
            body("/apiKey/desc"),
            "Description of an API key of the new organization",
        ),
        flag(
            "api-key-role",
            body("/apiKey/roles"),
            "Organization roles of the API key, such as ORG_OWNER",
        )
        .list(),
        flag(
            "federation-settings-id",
            body("/federationSettingsId"),
            "Id of the federation that the organization joins",
        ),
    ])
    .adjust(check_key)
    .columns(&[
        column("ID", "organization.id"),
        column("NAME", "organization.name"),
        column("OWNER ID", "orgOwnerId"),
        column("PUBLIC KEY", "apiKey.publicKey"),
        column("PRIVATE KEY", "apiKey.privateKey"),
    ])
    .examples(&[Example {
        line: "organizations create Research --owner-id 668093e67beae3c80a5fa19d --api-key-description setup --api-key-role ORG_OWNER",
        task: "Create an organization with an API key",
    }]);

static DELETE: Command = Command::delete(operation::DELETE_ORG, "Delete an organization")
    .details("The organization must have no projects.")
    .arguments(&[ORGANIZATION])
    .result("Organization '{id}' deleted")
    .run(on_organization)
    .examples(&[Example {
        line: "organizations delete Research --yes",
        task: "Delete an organization without a confirmation",
    }]);

/// Rejects an API key without a description or without roles.
fn check_key(_: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let Some(key) = body.get("apiKey") else {
        return Ok(());
    };
    for (field, name) in [("desc", "api-key-description"), ("roles", "api-key-role")] {
        if key.get(field).is_none() {
            return Err(CliError::usage(format!(
                "the API key of the organization needs `--{name}`"
            ))
            .with_hint("give both `--api-key-description` and `--api-key-role`"));
        }
    }
    Ok(())
}

/// Runs a command whose argument is the id or the name of an organization.
pub(crate) fn on_organization<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("id").unwrap_or_default().to_owned();
        let organization = invocation.session.organization_named(&name).await?;
        invocation.values.set("id", vec![organization.id]);
        invocation.run_definition().await
    })
}
