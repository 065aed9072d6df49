//! `organizations invitations`: pending invitations to an organization.

use mongodbatlas::operation;
use serde_json::{Value, json};

use super::projects::ALLOW_UNKNOWN_FIELDS;
use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Future, Input, Noun, Target, argument, body, column, flag,
            path, query,
        },
    },
    error::CliError,
};

/// The command group `organizations invitations`.
pub(super) static NOUN: Noun = Noun::new("invitations", "Manage invitations to an organization")
    .aliases(&["invitation"])
    .commands(&[&LIST, &DESCRIBE, &INVITE, &UPDATE, &DELETE]);

const INVITATION: Input = argument(
    "invitation-id",
    path("invitationId"),
    "Id of the invitation",
);
const FILE: Input = flag(
    "file",
    Target::BodyFile,
    "JSON document with the invitation; `-` is standard input",
)
.short('f')
.excludes("role");

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("USERNAME", "username"),
    column("ROLES", "roles.*"),
    column("CREATED", "createdAt").time(),
    column("EXPIRES", "expiresAt").time(),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("USERNAME", "username"),
    column("CREATED AT", "createdAt"),
    column("EXPIRES AT", "expiresAt"),
];

static LIST: Command = Command::list(operation::LIST_ORG_INVITES, "List invitations")
    .flags(&[flag(
        "email",
        query("username"),
        "E-mail address of the user",
    )])
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "organizations invitations list",
        task: "List the open invitations to the organization",
    }]);

static DESCRIBE: Command = Command::describe(operation::GET_ORG_INVITE, "Show an invitation")
    .arguments(&[INVITATION])
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "organizations invitations describe 5f0c2a9e1b3d4e0001a2b3f4",
        task: "Show an invitation",
    }]);

static INVITE: Command = Command::new(
    "invite",
    operation::CREATE_ORG_INVITE,
    "Invite a user to the organization",
)
.aliases(&["create"])
.arguments(&[argument("email", body("/username"), "E-mail address of the user").optional()])
.flags(&[
    flag(
        "role",
        body("/roles"),
        "Organization roles, such as ORG_MEMBER",
    )
    .list(),
    flag("team-id", body("/teamIds"), "Teams that the user joins").list(),
    FILE,
    ALLOW_UNKNOWN_FIELDS,
])
.adjust(check_invitation)
.columns(COLUMNS)
.result("User '{username}' invited.")
.examples(&[
    Example {
        line: "organizations invitations invite new@example.com --role ORG_MEMBER",
        task: "Invite a user",
    },
    Example {
        line: "organizations invitations invite --file invitation.json",
        task: "Invite a user with roles in projects",
    },
]);

static UPDATE: Command = Command::update(
    operation::UPDATE_ORG_INVITE_BY_ID,
    "Change the roles of an invitation",
)
.aliases(&["updates"])
.arguments(&[INVITATION.optional()])
.flags(&[
    flag(
        "email",
        Target::None,
        "E-mail address of the user, instead of the id",
    )
    .excludes("invitation-id"),
    flag(
        "role",
        body("/roles"),
        "Organization roles; replaces those of the invitation",
    )
    .list(),
    FILE,
    ALLOW_UNKNOWN_FIELDS,
])
.columns(COLUMNS)
.result("Invitation {id} updated.")
.run(update)
.examples(&[
    Example {
        line: "organizations invitations update 5f0c2a9e1b3d4e0001a2b3f4 --role ORG_READ_ONLY",
        task: "Change the roles of an invitation",
    },
    Example {
        line: "organizations invitations update --email invited@example.com --role ORG_READ_ONLY",
        task: "Change the invitation of a user",
    },
]);

static DELETE: Command = Command::delete(operation::DELETE_ORG_INVITE, "Delete an invitation")
    .arguments(&[INVITATION])
    .result("Invitation '{invitation-id}' deleted")
    .examples(&[Example {
        line: "organizations invitations delete 5f0c2a9e1b3d4e0001a2b3f4 --yes",
        task: "Delete an invitation",
    }]);

/// Rejects an invitation without a user or without roles.
fn check_invitation(_: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if body.get("username").is_none() {
        return Err(
            CliError::usage("the invitation has no e-mail address").with_hint(
                "write `organizations invitations invite ADDRESS`, or `username` in the file",
            ),
        );
    }
    if body.get("roles").is_none() {
        return Err(CliError::usage("the invitation has no roles")
            .with_hint("add `--role ORG_MEMBER`, or `roles` in the file"));
    }
    Ok(())
}

/// Updates the invitation with the given id, or the invitation of the user with the given email address.
fn update<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        if invocation.text("invitation-id").is_some() {
            let request = invocation.request(operation::UPDATE_ORG_INVITE_BY_ID, scope)?;
            return invocation.confirm_and_send(&request).await;
        }
        let mut request = invocation.request(operation::UPDATE_ORG_INVITES, scope)?;
        let body = request.body.get_or_insert_with(|| json!({}));
        if let Some(address) = invocation.text("email") {
            body["username"] = json!(address);
        }
        if body.get("username").is_none() {
            return Err(CliError::usage("no invitation given")
                .with_hint("write its id, `--email ADDRESS`, or `username` in the file"));
        }
        invocation.confirm_and_send(&request).await
    })
}
