//! The commands of `clusters connection-strings`.

use mongodbatlas::operation;

use super::target::{CLUSTER, FLEX_ERROR_CODES, RENAMED_PARAMETERS};
use crate::engine::definition::{Command, Example, Fallback, Noun, Target, column, flag};

/// The command group `clusters connection-strings`.
pub(crate) static NOUN: Noun = Noun::new("connection-strings", "Show connection strings")
    .aliases(&["connection-string", "cs"])
    .commands(&[&DESCRIBE]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_CLUSTER,
    "Show the connection strings of a cluster",
)
.arguments(&[CLUSTER])
.on_cluster()
.flags(&[flag(
    "type",
    Target::None,
    "Kind of the connection string: standard or private",
)
.choices(&["standard", "private"])
.default("standard")])
.projection("/connectionStrings")
.columns(&[
    column("STANDARD", "standardSrv"),
    column("STANDARD WITHOUT SRV", "standard"),
    column("PRIVATE", "privateSrv"),
])
.plain(&[column("STANDARD CONNECTION STRING", "standardSrv|standard")])
.fallback(Fallback {
    operation: operation::GET_GROUP_FLEX_CLUSTER,
    codes: FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
})
.examples(&[Example {
    line: "clusters connection-strings describe shop-staging --project Storefront",
    task: "Show the connection strings of a cluster",
}]);
