//! `data-federation private-endpoints`: the private endpoints of federated database instances.

use mongodbatlas::operation;

use crate::engine::definition::{
    Column, Command, Constant, Example, Input, Literal, Noun, argument, body, column, flag, path,
};

/// The command group `data-federation private-endpoints`.
pub(super) static NOUN: Noun = Noun::new(
    "private-endpoints",
    "Manage the private endpoints of federated database instances",
)
.aliases(&["private-endpoint"])
.commands(&[&LIST, &DESCRIBE, &CREATE, &DELETE]);

const ENDPOINT: Input = argument("endpoint-id", path("endpointId"), "Id of the endpoint");
const NEW_ENDPOINT: Input = argument(
    "endpoint-id",
    body("/endpointId"),
    "Id of the endpoint in the cloud, such as vpce-0a1b2c3d4e5f60718",
);

const COLUMNS: &[Column] = &[
    column("ENDPOINT ID", "endpointId"),
    column("PROVIDER", "provider"),
    column("STATUS", "status").state(),
    column("COMMENT", "comment"),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_PRIVATE_NETWORK_SETTING_ENDPOINT_IDS,
    "List private endpoints",
)
.columns(COLUMNS)
.examples(&[Example {
    line: "data-federation private-endpoints list --project Storefront",
    task: "List the private endpoints of a project",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_PRIVATE_NETWORK_SETTING_ENDPOINT_ID,
    "Show a private endpoint",
)
.arguments(&[ENDPOINT])
.columns(COLUMNS)
.examples(&[Example {
    line: "data-federation private-endpoints describe vpce-0a1b2c3d4e5f60718 --project Storefront",
    task: "Show the status of an endpoint",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_PRIVATE_NETWORK_SETTING_ENDPOINT_ID,
    "Add a private endpoint of AWS",
)
.arguments(&[NEW_ENDPOINT])
.flags(&[flag("comment", body("/comment"), "Comment")])
.constants(&[
    Constant::Body("/provider", Literal::Text("AWS")),
    Constant::Body("/type", Literal::Text("DATA_LAKE")),
])
.result("Private endpoint '{endpoint-id}' created.")
.examples(&[Example {
    line: "data-federation private-endpoints create vpce-0a1b2c3d4e5f60719 --comment \"for reports\" \
           --project Storefront",
    task: "Add an endpoint",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_PRIVATE_NETWORK_SETTING_ENDPOINT_ID,
    "Remove a private endpoint",
)
.arguments(&[ENDPOINT])
.result("'{endpoint-id}' deleted")
.examples(&[Example {
    line: "data-federation private-endpoints delete vpce-0a1b2c3d4e5f60718 --project Storefront --yes",
    task: "Remove an endpoint",
}]);
