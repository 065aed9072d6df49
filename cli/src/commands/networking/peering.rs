//! `networking peering`: peering connections between the network of Atlas and another network.

mod create;

use mongodbatlas::operation;

use super::print_bare_list;
use crate::engine::{
    Invocation,
    definition::{
        Command, Example, Future, Input, Noun, WaitFor, argument, column, flag, path, query,
    },
};

/// The command group `networking peering`.
pub(super) static NOUN: Noun = Noun::new("peering", "Manage network peering connections")
    .commands(&[&LIST, &DELETE, &WATCH])
    .nouns(&[&create::NOUN]);

const PEER_ID: Input = argument("peer-id", path("peerId"), "Id of the peering connection");

static LIST: Command = Command::list(
    operation::LIST_GROUP_PEERS,
    "List the peering connections of a project with one cloud provider",
)
.flags(&[flag(
    "provider",
    query("providerName"),
    "Cloud provider of the connections",
)
.choices(&["AWS", "AZURE", "GCP"])
.default("AWS")])
.columns(&[
    column("ID", "id"),
    column("STATUS", "statusName|status").state(),
    column("CONTAINER ID", "containerId"),
    column("NETWORK", "vpcId|vnetName|networkName"),
    column("ACCOUNT", "awsAccountId|azureSubscriptionId|gcpProjectId"),
    column("ERROR", "errorStateName|errorState|errorMessage"),
])
.run(list)
.examples(&[
    Example {
        line: "networking peering list --project Storefront",
        task: "List the peering connections with networks of AWS",
    },
    Example {
        line: "networking peering list --provider GCP --project Storefront",
        task: "List the peering connections with networks of Google Cloud",
    },
]);

static DELETE: Command =
    Command::delete(operation::DELETE_GROUP_PEER, "Delete a peering connection")
        .arguments(&[PEER_ID])
        .result("Peering connection '{peer-id}' deleted")
        .examples(&[Example {
            line: "networking peering delete 5f0c2a9e1b3d4e0001a2bd04 --project Storefront --yes",
            task: "Delete a peering connection",
        }]);

static WATCH: Command = Command::new(
    "watch",
    operation::GET_GROUP_PEER,
    "Wait until a peering connection is available",
)
.details(
    "A connection becomes available after the owner of the other network has accepted it: on AWS by accepting \
     the request, on Azure with a role assignment, on Google Cloud with a peering connection in the other \
     direction.",
)
.arguments(&[PEER_ID])
.wait(WaitFor {
    operation: operation::GET_GROUP_PEER,
    fallback: None,
    created: "id",
    field: "statusName|status",
    until: &["AVAILABLE"],
    failed: &["FAILED", "DELETION_FAILED"],
    result: "Network peering changes completed.",
    always: true,
})
.examples(&[Example {
    line: "networking peering watch 5f0c2a9e1b3d4e0001a2bd04 --project Storefront",
    task: "Wait until a peering connection is available",
}]);

/// Lists the connections with one cloud provider.
fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        print_bare_list(invocation);
        invocation.run_list_with(operation::LIST_GROUP_PEERS).await
    })
}
