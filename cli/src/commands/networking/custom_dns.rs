//! `custom-dns`: the custom DNS setting for clusters on AWS, which resolves host names to addresses in peered networks.

use mongodbatlas::operation;

use crate::engine::definition::{Command, Constant, Example, Literal, Noun, column};

/// The command group `custom-dns`.
pub(crate) static NOUN: Noun = Noun::new("custom-dns", "Manage the custom DNS of clusters on AWS")
    .aliases(&["custom-dn"])
    .nouns(&[&AWS]);

static AWS: Noun = Noun::new("aws", "Manage the custom DNS of clusters on AWS")
    .aliases(&["aw"])
    .commands(&[&DESCRIBE, &ENABLE, &DISABLE]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_AWS_CUSTOM_DNS,
    "Show whether custom DNS is on",
)
.columns(&[column("ENABLED", "enabled")])
.examples(&[Example {
    line: "custom-dns aws describe --project Storefront",
    task: "Show whether custom DNS is on",
}]);

static ENABLE: Command = Command::new(
    "enable",
    operation::TOGGLE_GROUP_AWS_CUSTOM_DNS,
    "Turn custom DNS on",
)
.constants(&[Constant::Body("/enabled", Literal::Bool(true))])
.result("DNS configuration enabled.")
.examples(&[Example {
    line: "custom-dns aws enable --project Storefront",
    task: "Turn custom DNS on",
}]);

static DISABLE: Command = Command::new(
    "disable",
    operation::TOGGLE_GROUP_AWS_CUSTOM_DNS,
    "Turn custom DNS off",
)
.constants(&[Constant::Body("/enabled", Literal::Bool(false))])
.result("DNS configuration disabled.")
.examples(&[Example {
    line: "custom-dns aws disable --project Storefront",
    task: "Turn custom DNS off",
}]);
