//! The commands of `clusters available-regions`.

use mongodbatlas::operation;

use crate::engine::definition::{Command, Example, Noun, column, flag, query};

/// The command group `clusters available-regions`.
pub(crate) static NOUN: Noun = Noun::new("available-regions", "List the regions for clusters")
    .aliases(&["available-region"])
    .commands(&[&LIST]);

static LIST: Command = Command::list(
    operation::LIST_GROUP_CLUSTER_PROVIDER_REGIONS,
    "List the regions that a project can use",
)
.flags(&[
    flag(
        "provider",
        query("providers"),
        "Cloud provider: AWS, AZURE or GCP",
    ),
    flag("tier", query("tier"), "Instance size, such as M10"),
])
.columns(&[
    column("PROVIDER", "provider"),
    column("TIER", "instanceSizes.*.name"),
    column("REGIONS", "instanceSizes.0.availableRegions.*.name"),
])
.examples(&[Example {
    line: "clusters available-regions list --project Storefront --provider AWS --tier M10",
    task: "List the regions of AWS for M10",
}]);
