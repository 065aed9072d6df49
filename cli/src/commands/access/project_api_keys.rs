//! `projects api-keys`: API keys with a role in a project.

use mongodbatlas::operation;

use super::organization_api_keys::{COLUMNS, CREATED, PLAINTEXT_COLUMNS};
use crate::engine::definition::{Command, Example, Input, Noun, argument, body, flag, path};

/// The command group `projects api-keys`.
pub(crate) static NOUN: Noun = Noun::new("api-keys", "Manage API keys of a project")
    .aliases(&["api-key"])
    .commands(&[&LIST, &CREATE, &ASSIGN, &DELETE]);

const KEY: Input = argument("id", path("apiUserId"), "Id of the API key").value_name("KEY_ID");
const ROLES: Input = flag(
    "role",
    body("/roles"),
    "Project roles, such as GROUP_READ_ONLY",
)
.list()
.required();

static LIST: Command = Command::list(operation::LIST_GROUP_API_KEYS, "List API keys")
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "projects api-keys list --project Storefront",
        task: "List the API keys of a project",
    }]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_API_KEY,
    "Create an API key with roles in the project",
)
.flags(&[flag("desc", body("/desc"), "Description").required(), ROLES])
.columns(COLUMNS)
.result(CREATED)
.examples(&[Example {
    line: "projects api-keys create --desc nightly --role GROUP_READ_ONLY --project Storefront",
    task: "Create a key that can read the project",
}]);

static ASSIGN: Command = Command::new(
    "assign",
    operation::UPDATE_GROUP_API_KEY_ROLES,
    "Set the roles of an API key in the project",
)
.aliases(&["update"])
.arguments(&[KEY])
.flags(&[ROLES])
.result("API Key successfully assigned.")
.examples(&[Example {
    line: "projects api-keys assign 5f0c2a9e1b3d4e0001a2b3d1 --role GROUP_READ_ONLY --project Storefront",
    task: "Give a key access to a project",
}]);

static DELETE: Command = Command::delete(
    operation::REMOVE_GROUP_API_KEY,
    "Remove an API key from the project",
)
.details("The key stays in the organization.")
.arguments(&[KEY])
.result("API Key '{id}' deleted")
.examples(&[Example {
    line: "projects api-keys delete 5f0c2a9e1b3d4e0001a2b3d1 --project Storefront --yes",
    task: "Remove a key from a project",
}]);
