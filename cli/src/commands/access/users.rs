//! `users`, and the users of an organization or a project.

use mongodbatlas::operation;
use serde_json::{Value, json};

use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Future, Noun, Target, argument, body, column, flag, path,
        },
        value,
    },
    error::CliError,
};

/// The command group `users`.
pub(crate) static NOUN: Noun = Noun::new("users", "Manage Atlas users")
    .aliases(&["user"])
    .commands(&[&DESCRIBE, &INVITE]);

/// The command group `organizations users`.
pub(crate) static ORGANIZATION_NOUN: Noun = Noun::new("users", "List the users of an organization")
    .aliases(&["user"])
    .commands(&[&LIST_IN_ORGANIZATION]);

/// The command group `projects users`.
pub(crate) static PROJECT_NOUN: Noun = Noun::new("users", "Manage the users of a project")
    .aliases(&["user"])
    .commands(&[&LIST_IN_PROJECT, &REMOVE_FROM_PROJECT]);

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("FIRST NAME", "firstName"),
    column("LAST NAME", "lastName"),
    column("USERNAME", "username"),
    column("STATUS", "orgMembershipStatus"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("FIRST NAME", "firstName"),
    column("LAST NAME", "lastName"),
    column("USERNAME", "username"),
];

static DESCRIBE: Command = Command::describe(operation::GET_USER, "Show a user")
    .flags(&[
        flag("id", Target::None, "Id of the user"),
        flag("username", Target::None, "Name of the user").excludes("id"),
    ])
    .columns(&[
        column("ID", "id"),
        column("FIRST NAME", "firstName"),
        column("LAST NAME", "lastName"),
        column("USERNAME", "username"),
        column("EMAIL", "emailAddress"),
    ])
    .run(describe)
    .examples(&[Example {
        line: "users describe --username simulator@example.com",
        task: "Show a user by name",
    }]);

static INVITE: Command = Command::new("invite", operation::CREATE_USER, "Invite a new Atlas user")
    .flags(&[
        flag("username", body("/username"), "Name of the user, an e-mail address").required(),
        flag("password", body("/password"), "Password").secret().required(),
        flag("country", body("/country"), "Two letters of the country").required(),
        flag("email", body("/emailAddress"), "E-mail address").required(),
        flag("mobile", body("/mobileNumber"), "Mobile phone number"),
        flag("first-name", body("/firstName"), "First name").required(),
        flag("last-name", body("/lastName"), "Last name").required(),
        flag("org-role", Target::None, "Roles in organizations")
            .list()
            .value_name("ORG_ID:ROLE"),
        flag("project-role", Target::None, "Roles in projects")
            .list()
            .value_name("PROJECT_ID:ROLE"),
    ])
    .adjust(add_roles)
    .result("The user '{username}' has been invited.\nInvited users do not have access to the project until they accept the invitation.")
    .examples(&[Example {
        line: "users invite --username new@example.com --email new@example.com --first-name Ada --last-name Lin --country US --mobile 2025550143 --org-role ed89e56bb1a243693cf9cd34:ORG_MEMBER --password env:APP_PASSWORD",
        task: "Invite a user",
    }]);

static LIST_IN_ORGANIZATION: Command = Command::list(
    operation::LIST_ORG_USERS,
    "List the users of the organization",
)
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "organizations users list",
    task: "List the users of the organization",
}]);

static LIST_IN_PROJECT: Command =
    Command::list(operation::LIST_GROUP_USERS, "List the users of a project")
        .columns(COLUMNS)
        .plain(PLAINTEXT_COLUMNS)
        .examples(&[Example {
            line: "projects users list --project Storefront",
            task: "List the users of a project",
        }]);

static REMOVE_FROM_PROJECT: Command =
    Command::delete(operation::REMOVE_GROUP_USER, "Remove a user from a project")
        .arguments(&[argument("id", path("userId"), "Id of the user")])
        .result("User '{id}' deleted from the project")
        .examples(&[Example {
            line: "projects users delete 668093e67beae3c80a5fa19d --project Storefront --yes",
            task: "Remove a user",
        }]);

/// Adds the roles in organizations and projects.
fn add_roles(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let mut roles = Vec::new();
    for (name, field) in [("org-role", "orgId"), ("project-role", "groupId")] {
        for text in invocation.texts(name) {
            for role in value::split_list(text)? {
                let Some((id, role)) = role.split_once(':') else {
                    return Err(
                        CliError::usage(format!("invalid value `{role}` for `--{name}`"))
                            .with_hint("write `ID:ROLE`"),
                    );
                };
                roles.push(json!({ field: id, "roleName": role }));
            }
        }
    }
    if !roles.is_empty() {
        body["roles"] = roles.into();
    }
    Ok(())
}

/// Reads a user by id or name.
fn describe<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let request = match (invocation.text("id"), invocation.text("username")) {
            (Some(id), _) => {
                let request = invocation.request(operation::GET_USER, None)?;
                request.with("userId", id)
            }
            (None, Some(name)) => {
                let request = invocation.request(operation::GET_USER_BY_NAME, None)?;
                request.with("userName", name)
            }
            (None, None) => {
                return Err(CliError::usage("missing option --id or --username"));
            }
        };
        invocation.confirm_and_send(&request).await
    })
}
