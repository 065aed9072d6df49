//! `data-federation query-limits`: limits on the data that queries process.

use mongodbatlas::operation;

use crate::engine::definition::{
    Column, Command, Example, Input, Noun, argument, body, column, flag, path,
};

/// The command group `data-federation query-limits`.
pub(super) static NOUN: Noun = Noun::new(
    "query-limits",
    "Manage limits on the data that queries process",
)
.aliases(&["query-limit"])
.commands(&[&LIST, &DESCRIBE, &CREATE, &DELETE]);

const LIMIT: Input = argument(
    "name",
    path("limitName"),
    "Limit: bytesProcessed.query, bytesProcessed.daily, bytesProcessed.weekly or bytesProcessed.monthly",
);
const INSTANCE: Input = flag(
    "data-federation",
    path("tenantName"),
    "Name of the federated database instance",
)
.value_name("NAME")
.required();

const COLUMNS: &[Column] = &[
    column("NAME", "name"),
    column("LIMIT", "value").bytes(),
    column("USED", "currentUsage").bytes(),
    column("OVERRUN POLICY", "overrunPolicy"),
    column("MODIFIED", "lastModifiedDate").time(),
];
/// The columns of plain text, with limits as numbers of bytes.
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("TENANT NAME", "tenantName"),
    column("NAME", "name"),
    column("VALUE", "value"),
    column("OVERRUN POLICY", "overrunPolicy"),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_DATA_FEDERATION_LIMITS,
    "List the query limits of a federated database instance",
)
.flags(&[INSTANCE])
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "data-federation query-limits list --data-federation reports --project Storefront",
    task: "List the limits of an instance",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_DATA_FEDERATION_LIMIT,
    "Show a query limit",
)
.arguments(&[LIMIT])
.flags(&[INSTANCE])
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "data-federation query-limits describe bytesProcessed.monthly --data-federation reports \
           --project Storefront",
    task: "Show the limit of a month and its use",
}]);

static CREATE: Command = Command::create(
    operation::SET_GROUP_DATA_FEDERATION_LIMIT,
    "Set a query limit",
)
.arguments(&[LIMIT])
.flags(&[
    INSTANCE,
    flag("value", body("/value"), "Number of bytes")
        .integer()
        .value_name("BYTES")
        .required(),
    flag(
        "overrun-policy",
        body("/overrunPolicy"),
        "What happens to queries beyond the limit",
    )
    .choices(&["BLOCK", "BLOCK_AND_KILL"]),
])
.result("Data federation query limit {name} created.")
.examples(&[Example {
    line: "data-federation query-limits create bytesProcessed.query --value 118000000000 \
           --data-federation reports --project Storefront",
    task: "Limit the data that one query may process",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_DATA_FEDERATION_LIMIT,
    "Delete a query limit",
)
.arguments(&[LIMIT])
.flags(&[INSTANCE])
.result("'{name}' deleted")
.examples(&[Example {
    line: "data-federation query-limits delete bytesProcessed.monthly --data-federation reports \
           --project Storefront --yes",
    task: "Delete the limit of a month",
}]);
