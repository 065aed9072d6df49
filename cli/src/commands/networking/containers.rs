//! `networking containers`: the networks in which Atlas runs the clusters of a project.

use mongodbatlas::operation;

use super::print_bare_list;
use crate::engine::{
    Invocation,
    definition::{Column, Command, Example, Future, Noun, argument, column, flag, path, query},
};

/// The command group `networking containers`.
pub(super) static NOUN: Noun = Noun::new("containers", "Manage network containers")
    .aliases(&["container"])
    .commands(&[&LIST, &DELETE]);

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("PROVIDER", "providerName"),
    column("REGION", "regionName|region|regions"),
    column("CIDR BLOCK", "atlasCidrBlock"),
    column("PROVISIONED", "provisioned"),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_CONTAINERS,
    "List the network containers of a project",
)
.flags(&[flag(
    "provider",
    query("providerName"),
    "Cloud provider of the containers. Default: all",
)
.choices(&["AWS", "AZURE", "GCP"])])
.columns(COLUMNS)
.run(list)
.examples(&[
    Example {
        line: "networking containers list --project Storefront",
        task: "List the network containers of a project",
    },
    Example {
        line: "networking containers list --provider AWS --project Storefront",
        task: "List the containers on AWS",
    },
]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_CONTAINER,
    "Delete a network container",
)
.arguments(&[argument(
    "container-id",
    path("containerId"),
    "Id of the container",
)])
.result("Network peering container '{container-id}' deleted")
.examples(&[Example {
    line: "networking containers delete 5f0c2a9e1b3d4e0001a2bd05 --project Storefront --yes",
    task: "Delete a network container",
}]);

/// Lists the containers of one cloud provider, or of all.
fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        print_bare_list(invocation);
        let operation = match invocation.text("provider") {
            Some(_) => operation::LIST_GROUP_CONTAINERS,
            None => operation::LIST_GROUP_CONTAINER_ALL,
        };
        invocation.run_list_with(operation).await
    })
}
