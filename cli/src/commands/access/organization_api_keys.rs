//! `organizations api-keys`: API keys of an organization, and the access list of each key.

use mongodbatlas::operation;
use serde_json::{Value, json};

use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Input, Noun, Target, argument, body, column, flag, path,
        },
    },
    error::CliError,
};

/// The command group `organizations api-keys`.
pub(crate) static NOUN: Noun = Noun::new("api-keys", "Manage API keys of an organization")
    .aliases(&["api-key"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &ASSIGN, &DELETE])
    .nouns(&[&ACCESS_LISTS]);

const KEY: Input = argument("id", path("apiUserId"), "Id of the API key").value_name("KEY_ID");

pub(super) const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("DESCRIPTION", "desc"),
    column("PUBLIC KEY", "publicKey"),
    column("ROLES", "roles.*.roleName"),
];
pub(super) const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("DESCRIPTION", "desc"),
    column("PUBLIC KEY", "publicKey"),
    column("PRIVATE KEY", "privateKey"),
];

/// The message after the creation of a key, the only time that Atlas returns the private key.
pub(super) const CREATED: &str =
    "API Key '{id}' created.\nPublic API Key {publicKey}\nPrivate API Key {privateKey}";

static LIST: Command = Command::list(operation::LIST_ORG_API_KEYS, "List API keys")
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "organizations api-keys list",
        task: "List the API keys of the organization",
    }]);

static DESCRIBE: Command = Command::describe(operation::GET_ORG_API_KEY, "Show an API key")
    .arguments(&[KEY])
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "organizations api-keys describe 5f0c2a9e1b3d4e0001a2b3d1",
        task: "Show an API key",
    }]);

static CREATE: Command = Command::create(operation::CREATE_ORG_API_KEY, "Create an API key")
    .flags(&[
        flag("desc", body("/desc"), "Description").required(),
        flag(
            "role",
            body("/roles"),
            "Organization roles, such as ORG_READ_ONLY",
        )
        .list()
        .required(),
    ])
    .columns(COLUMNS)
    .result(CREATED)
    .examples(&[Example {
        line: "organizations api-keys create --desc nightly --role ORG_READ_ONLY",
        task: "Create a key that can read the organization",
    }]);

static ASSIGN: Command = Command::new(
    "assign",
    operation::UPDATE_ORG_API_KEY,
    "Change the roles and the description of an API key",
)
.aliases(&["updates"])
.arguments(&[KEY])
.flags(&[
    flag("desc", body("/desc"), "Description"),
    flag(
        "role",
        body("/roles"),
        "Organization roles; replaces the roles of the key",
    )
    .list(),
])
.columns(COLUMNS)
.result("API Key '{id}' successfully updated.")
.examples(&[Example {
    line: "organizations api-keys assign 5f0c2a9e1b3d4e0001a2b3d1 --role ORG_MEMBER",
    task: "Replace the roles of a key",
}]);

static DELETE: Command = Command::delete(operation::DELETE_ORG_API_KEY, "Delete an API key")
    .arguments(&[KEY])
    .result("API Key '{id}' deleted")
    .examples(&[Example {
        line: "organizations api-keys delete 5f0c2a9e1b3d4e0001a2b3d1 --yes",
        task: "Delete a key",
    }]);

static ACCESS_LISTS: Noun = Noun::new("access-lists", "Manage the access list of an API key")
    .aliases(&["access-list", "whitelist", "whitelists"])
    .commands(&[&LIST_ENTRIES, &CREATE_ENTRIES, &DELETE_ENTRY]);

static LIST_ENTRIES: Command = Command::list(
    operation::LIST_ORG_API_KEY_ACCESS_LIST_ENTRIES,
    "List the addresses from which a key can be used",
)
.arguments(&[KEY])
.columns(&[
    column("IP ADDRESS", "ipAddress"),
    column("CIDR BLOCK", "cidrBlock"),
    column("LAST USED", "lastUsed").time(),
    column("CREATED", "created").time(),
])
.plain(&[
    column("IP ADDRESS", "ipAddress"),
    column("CIDR BLOCK", "cidrBlock"),
    column("CREATED AT", "created"),
])
.examples(&[Example {
    line: "organizations api-keys access-lists list 5f0c2a9e1b3d4e0001a2b3d1",
    task: "List the addresses of a key",
}]);

static CREATE_ENTRIES: Command = Command::create(
    operation::CREATE_ORG_API_KEY_ACCESS_LIST_ENTRY,
    "Add addresses to the access list of a key",
)
.flags(&[
    flag("api-key", path("apiUserId"), "Id of the API key").required(),
    flag("ip", Target::None, "IP addresses").list(),
    flag("cidr", Target::None, "CIDR blocks").list(),
    flag(
        "current-ip",
        Target::None,
        "Add the address that Atlas sees for this machine",
    )
    .switch(),
])
.adjust(add_entries)
.run(super::access_lists::create_for_key)
.result("Created new access list entry(s).")
.examples(&[Example {
    line: "organizations api-keys access-lists create --api-key 5f0c2a9e1b3d4e0001a2b3d1 --ip 192.0.2.15",
    task: "Add an address",
}]);

static DELETE_ENTRY: Command = Command::delete(
    operation::DELETE_ORG_API_KEY_ACCESS_LIST_ENTRY,
    "Delete an address from the access list of a key",
)
.arguments(&[argument(
    "entry",
    path("ipAddress"),
    "IP address or CIDR block",
)])
.flags(&[flag("api-key", path("apiUserId"), "Id of the API key").required()])
.result("Access list entry '{entry}' deleted")
.examples(&[Example {
    line: "organizations api-keys access-lists delete 192.0.2.15 --api-key 5f0c2a9e1b3d4e0001a2b3d1 --yes",
    task: "Delete an address",
}]);

/// Adds one entry for each address and block.
pub(super) fn add_entries(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let mut entries = Vec::new();
    for (name, field) in [("ip", "ipAddress"), ("cidr", "cidrBlock")] {
        for text in invocation.texts(name) {
            for address in crate::engine::value::split_list(text)? {
                entries.push(json!({ field: address }));
            }
        }
    }
    if entries.is_empty() {
        return Err(CliError::usage("no address given")
            .with_hint("add `--ip`, `--cidr`, or `--current-ip` for this machine's"));
    }
    *body = entries.into();
    Ok(())
}
