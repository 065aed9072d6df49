//! `streams connections`: sources and sinks of a stream processing instance.

use mongodbatlas::operation;
use serde_json::Value;

use super::FILE;
use crate::{
    commands::organization::projects::ALLOW_UNKNOWN_FIELDS,
    engine::{
        Invocation,
        definition::{Column, Command, Example, Input, Noun, argument, body, column, flag, path},
    },
    error::CliError,
};

/// The command group `streams connections`.
pub(super) static NOUN: Noun = Noun::new("connections", "Manage connections of an instance")
    .aliases(&["connection"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE]);

const COLUMNS: &[Column] = &[
    column("NAME", "name"),
    column("TYPE", "type"),
    column("STATE", "state").state(),
    column("SERVERS", "bootstrapServers|clusterName|url"),
];

const INSTANCE: Input = flag("instance", path("tenantName"), "Name of the instance")
    .short('i')
    .required();
const NAME: Input = argument(
    "connection-name",
    path("connectionName"),
    "Name of the connection",
);

static LIST: Command = Command::list(
    operation::LIST_GROUP_STREAM_CONNECTIONS,
    "List the connections of an instance",
)
.flags(&[INSTANCE])
.columns(COLUMNS)
.examples(&[Example {
    line: "streams connections list --instance shop-stream --project Storefront",
    task: "List the connections of an instance",
}]);

static DESCRIBE: Command =
    Command::describe(operation::GET_GROUP_STREAM_CONNECTION, "Show a connection")
        .arguments(&[argument(
            "stream-connection-name",
            path("connectionName"),
            "Name of the connection",
        )])
        .flags(&[INSTANCE])
        .columns(COLUMNS)
        .examples(&[Example {
            line: "streams connections describe orders --instance shop-stream --project Storefront",
            task: "Show a connection",
        }]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_STREAM_CONNECTION,
    "Create a connection",
)
.arguments(&[argument(
    "connection-name",
    body("/name"),
    "Name of the connection. Default: the name in the file",
)
.optional()])
.flags(&[FILE, INSTANCE, ALLOW_UNKNOWN_FIELDS])
.adjust(require_name)
.columns(COLUMNS)
.result("Connection {name} created.")
.examples(&[Example {
    line: "streams connections create carts --instance shop-stream --file kafka.json --project Storefront",
    task: "Create a connection to Kafka",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_STREAM_CONNECTION,
    "Change a connection",
)
.arguments(&[NAME])
.flags(&[FILE, INSTANCE, ALLOW_UNKNOWN_FIELDS])
.columns(COLUMNS)
.result("Connection {name} updated.")
.examples(&[Example {
    line: "streams connections update orders --instance shop-stream --file kafka.json --project Storefront",
    task: "Change a connection",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_STREAM_CONNECTION,
    "Delete a connection",
)
.arguments(&[NAME])
.flags(&[INSTANCE])
.result("Atlas Stream Processing connection '{connection-name}' deleted")
.examples(&[Example {
    line: "streams connections delete orders --instance shop-stream --project Storefront --yes",
    task: "Delete a connection",
}]);

/// Rejects a connection that is named neither on the command line nor in the file.
fn require_name(_: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    match body["name"].as_str() {
        Some(name) if !name.is_empty() => Ok(()),
        _ => Err(CliError::usage("the connection has no name")
            .with_hint("write it as the argument, or as `name` in the file")),
    }
}
