//! `service-accounts` of the organization, and `projects service-accounts`.
//!
//! Both have the same commands on different operations, so functions create the definitions.

mod organization;
mod project;
mod secrets;

pub(crate) use organization::NOUN;
pub(crate) use project::NOUN as PROJECT_NOUN;

use mongodbatlas::operations::Operation;

use super::organization_api_keys::add_entries;
use crate::engine::definition::{
    Column, Command, Input, Target, argument, body, column, flag, path,
};

const CLIENT: Input = argument(
    "client-id",
    path("clientId"),
    "Client id of the service account, such as mdb_sa_id_…",
);
const CLIENT_FLAG: Input = flag(
    "client-id",
    path("clientId"),
    "Client id of the service account, such as mdb_sa_id_…",
)
.required();
const LIFETIME: Input = flag(
    "secret-expires-after-hours",
    body("/secretExpiresAfterHours"),
    "Lifetime of the secret in hours",
)
.integer()
.value_name("HOURS")
.default("720");

const COLUMNS: &[Column] = &[
    column("CLIENT ID", "clientId"),
    column("NAME", "name"),
    column("ROLES", "roles.*"),
    column("SECRETS EXPIRE", "secrets.*.expiresAt"),
    column("CREATED", "createdAt").time(),
];
const ENTRY_COLUMNS: &[Column] = &[
    column("IP ADDRESS", "ipAddress"),
    column("CIDR BLOCK", "cidrBlock"),
    column("LAST USED", "lastUsedAt").time(),
    column("CREATED", "createdAt").time(),
];

/// The message after the creation of an account, the only time that Atlas returns the secret.
const CREATED: &str = "Service account '{clientId}' created.\nSecret {secrets.0.secret}";

const NAME: Input = argument("name", body("/name"), "Name of the service account");
const ENTRY: Input = argument("entry", path("ipAddress"), "IP address or CIDR block");
const IP: Input = flag("ip", Target::None, "IP addresses").list();
const CIDR: Input = flag("cidr", Target::None, "CIDR blocks").list();
const CURRENT_IP: Input = flag(
    "current-ip",
    Target::None,
    "Add the address that Atlas sees for this machine",
)
.switch();

const fn list(operation: &'static Operation) -> Command {
    Command::list(operation, "List service accounts").columns(COLUMNS)
}

const fn describe(operation: &'static Operation) -> Command {
    Command::describe(operation, "Show a service account")
        .arguments(&[CLIENT])
        .columns(COLUMNS)
}

const fn create(operation: &'static Operation) -> Command {
    Command::create(operation, "Create a service account")
        .details("The secret is printed once, or written to the file of `--secret-to`.")
        .arguments(&[NAME])
        .columns(COLUMNS)
        .result(CREATED)
}

const fn update(operation: &'static Operation) -> Command {
    Command::update(operation, "Change a service account")
        .arguments(&[CLIENT])
        .columns(COLUMNS)
        .result("Service account '{clientId}' updated.")
}

const fn list_entries(operation: &'static Operation) -> Command {
    Command::list(
        operation,
        "List the addresses from which a service account can be used",
    )
    .arguments(&[CLIENT])
    .columns(ENTRY_COLUMNS)
}

const fn create_entries(operation: &'static Operation) -> Command {
    Command::create(operation, "Add addresses to the access list")
        .flags(&[CLIENT_FLAG, IP, CIDR, CURRENT_IP])
        .adjust(add_entries)
        .run(super::access_lists::create_for_key)
        .result("Created new access list entry(s).")
}

const fn delete_entry(operation: &'static Operation) -> Command {
    Command::delete(operation, "Delete an address from the access list")
        .arguments(&[ENTRY])
        .flags(&[CLIENT_FLAG])
        .result("Access list entry '{entry}' deleted")
}
