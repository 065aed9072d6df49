//! `private-endpoints regional-modes`: private endpoints in several regions for sharded clusters.

use mongodbatlas::operation;

use crate::engine::definition::{Command, Constant, Example, Literal, Noun, column};

/// The command group `private-endpoints regional-modes`.
pub(super) static NOUN: Noun = Noun::new(
    "regional-modes",
    "Manage private endpoints in several regions",
)
.aliases(&["regional-mode"])
.commands(&[&DESCRIBE, &ENABLE, &DISABLE]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_PRIVATE_ENDPOINT_REGIONAL_MODE,
    "Show whether a project can have private endpoints in several regions",
)
.columns(&[column("ENABLED", "enabled")])
.examples(&[Example {
    line: "private-endpoints regional-modes describe --project Storefront",
    task: "Show whether the setting is on",
}]);

static ENABLE: Command = Command::new(
    "enable",
    operation::TOGGLE_GROUP_PRIVATE_ENDPOINT_REGIONAL_MODE,
    "Allow private endpoints in several regions",
)
.details("Changes the connection strings of sharded clusters, which are then specific to a region.")
.constants(&[Constant::Body("/enabled", Literal::Bool(true))])
.result("Regionalized private endpoint setting enabled.")
.examples(&[Example {
    line: "private-endpoints regional-modes enable --project Storefront",
    task: "Allow private endpoints in several regions",
}]);

static DISABLE: Command = Command::new(
    "disable",
    operation::TOGGLE_GROUP_PRIVATE_ENDPOINT_REGIONAL_MODE,
    "Forbid private endpoints in several regions",
)
.constants(&[Constant::Body("/enabled", Literal::Bool(false))])
.result("Regionalized private endpoint setting disabled.")
.examples(&[Example {
    line: "private-endpoints regional-modes disable --project Storefront",
    task: "Forbid private endpoints in several regions",
}]);
