//! `teams`, and the teams of a project.

use mongodbatlas::operation;

use crate::engine::{
    Invocation,
    definition::{
        Column, Command, Example, Future, Input, Noun, Target, argument, body, column, flag, path,
    },
};
use crate::error::CliError;

/// The command group `teams`.
pub(crate) static NOUN: Noun = Noun::new("teams", "Manage the teams of an organization")
    .aliases(&["team"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &RENAME, &DELETE])
    .nouns(&[&USERS]);

/// The command group `projects teams`.
pub(crate) static PROJECT_NOUN: Noun = Noun::new("teams", "Manage the teams of a project")
    .aliases(&["team"])
    .commands(&[&LIST_IN_PROJECT, &ADD, &UPDATE, &REMOVE]);

const TEAM: Input = argument("team-id", path("teamId"), "Id of the team");
const TEAM_FLAG: Input = flag("team-id", path("teamId"), "Id of the team").required();

const COLUMNS: &[Column] = &[column("ID", "id"), column("NAME", "name")];

static LIST: Command = Command::list(operation::LIST_ORG_TEAMS, "List the teams")
    .columns(COLUMNS)
    .examples(&[Example {
        line: "teams list",
        task: "List the teams of the organization",
    }]);

static DESCRIBE: Command = Command::describe(operation::GET_ORG_TEAM, "Show a team")
    .flags(&[
        flag("id", Target::None, "Id of the team"),
        flag("name", Target::None, "Name of the team").excludes("id"),
    ])
    .columns(COLUMNS)
    .run(describe)
    .examples(&[Example {
        line: "teams describe --name Platform",
        task: "Show a team by its name",
    }]);

static CREATE: Command = Command::create(operation::CREATE_ORG_TEAM, "Create a team")
    .arguments(&[argument("name", body("/name"), "Name of the team")])
    .flags(&[flag(
        "username",
        body("/usernames"),
        "User names of the members, who belong to the organization",
    )
    .list()
    .required()])
    .columns(COLUMNS)
    .result("Team '{name}' created.")
    .examples(&[Example {
        line: "teams create Analytics --username simulator@example.com",
        task: "Create a team with one member",
    }]);

static RENAME: Command = Command::new("rename", operation::RENAME_ORG_TEAM, "Rename a team")
    .aliases(&["update"])
    .arguments(&[argument("new-name", body("/name"), "New name")])
    .flags(&[TEAM_FLAG])
    .columns(COLUMNS)
    .result("Team '{name}' updated.")
    .examples(&[Example {
        line: "teams rename Data --team-id 5f0c2a9e1b3d4e0001a2b3e1",
        task: "Rename a team",
    }]);

static DELETE: Command = Command::delete(operation::DELETE_ORG_TEAM, "Delete a team")
    .arguments(&[TEAM])
    .result("Team '{team-id}' deleted")
    .examples(&[Example {
        line: "teams delete 5f0c2a9e1b3d4e0001a2b3e1 --yes",
        task: "Delete a team",
    }]);

static USERS: Noun = Noun::new("users", "Manage the members of a team")
    .aliases(&["user"])
    .commands(&[&LIST_USERS, &ADD_USERS, &REMOVE_USER]);

static LIST_USERS: Command = Command::list(operation::LIST_ORG_TEAM_USERS, "List the members")
    .flags(&[TEAM_FLAG])
    .columns(&[
        column("ID", "id"),
        column("FIRST NAME", "firstName"),
        column("LAST NAME", "lastName"),
        column("USERNAME", "username"),
        column("STATUS", "orgMembershipStatus"),
    ])
    .plain(&[
        column("ID", "id"),
        column("FIRST NAME", "firstName"),
        column("LAST NAME", "lastName"),
        column("USERNAME", "username"),
    ])
    .examples(&[Example {
        line: "teams users list --team-id 5f0c2a9e1b3d4e0001a2b3e1",
        task: "List the members of a team",
    }]);

static ADD_USERS: Command = Command::new("add", operation::ADD_ORG_TEAM_USERS, "Add members")
    .arguments(&[argument("user-id", Target::None, "Ids of users of the organization").many()])
    .flags(&[TEAM_FLAG])
    .adjust(add_members)
    .result("User(s) added to the team.")
    .examples(&[Example {
        line: "teams users add 668093e67beae3c80a5fa19d --team-id 5f0c2a9e1b3d4e0001a2b3e1",
        task: "Add a member",
    }]);

static REMOVE_USER: Command = Command::delete(
    operation::REMOVE_ORG_TEAM_USER_FROM_TEAM,
    "Remove a member",
)
.arguments(&[argument("user-id", path("userId"), "Id of the user")])
.flags(&[TEAM_FLAG])
.result("User '{user-id}' deleted from the team")
.examples(&[Example {
    line: "teams users delete 668093e67beae3c80a5fa19d --team-id 5f0c2a9e1b3d4e0001a2b3e1 --yes",
    task: "Remove a member",
}]);

static LIST_IN_PROJECT: Command = Command::list(operation::LIST_GROUP_TEAMS, "List the teams")
    .columns(&[column("ID", "teamId"), column("ROLES", "roleNames.*")])
    .plain(&[column("ID", "teamId")])
    .examples(&[Example {
        line: "projects teams list --project Storefront",
        task: "List the teams of a project",
    }]);

static ADD: Command = Command::new("add", operation::ADD_GROUP_TEAMS, "Add a team")
    .arguments(&[argument("team-id", body("/0/teamId"), "Id of the team")])
    .flags(&[flag(
        "role",
        body("/0/roleNames"),
        "Project roles, such as GROUP_READ_ONLY",
    )
    .list()
    .required()])
    .result("Team added to the project.")
    .examples(&[Example {
        line: "projects teams add 5f0c2a9e1b3d4e0001a2b3e1 --role GROUP_READ_ONLY --project Storefront",
        task: "Give a team access to a project",
    }]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_TEAM,
    "Change the roles of a team",
)
.aliases(&["updates"])
.arguments(&[TEAM])
.flags(&[flag(
    "role",
    body("/roleNames"),
    "Project roles; replaces the roles of the team",
)
.list()
.required()])
.result("Team's roles updated.")
.examples(&[Example {
    line: "projects teams update 5f0c2a9e1b3d4e0001a2b3e1 --role GROUP_OWNER --project Storefront",
    task: "Replace the roles of a team",
}]);

static REMOVE: Command = Command::delete(operation::REMOVE_GROUP_TEAM, "Remove a team")
    .arguments(&[TEAM])
    .result("Team '{team-id}' deleted")
    .examples(&[Example {
        line: "projects teams delete 5f0c2a9e1b3d4e0001a2b3e1 --project Storefront --yes",
        task: "Remove a team from a project",
    }]);

/// Sets the body to the list of users to add.
#[expect(clippy::unnecessary_wraps, reason = "the type of `Command::adjust`")]
fn add_members(invocation: &Invocation<'_>, body: &mut serde_json::Value) -> Result<(), CliError> {
    let ids = invocation.texts("user-id").iter();
    *body = ids.map(|id| serde_json::json!({ "id": id })).collect();
    Ok(())
}

/// Reads a team by its id or its name.
fn describe<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = match (invocation.text("id"), invocation.text("name")) {
            (Some(id), _) => {
                let request = invocation.request(operation::GET_ORG_TEAM, scope)?;
                request.with("teamId", id)
            }
            (None, Some(name)) => {
                let request = invocation.request(operation::GET_ORG_TEAM_BY_NAME, scope)?;
                request.with("teamName", name)
            }
            (None, None) => {
                return Err(CliError::usage("missing option --id or --name")
                    .with_hint("`atlascli teams list` prints both"));
            }
        };
        invocation.confirm_and_send(&request).await
    })
}
