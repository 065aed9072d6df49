//! `private-endpoints aws`.

use super::{
    create, create_interface, delete, delete_interface, describe, describe_interface, list, region,
    watch,
};
use crate::engine::definition::{
    Column, Command, Constant, Example, Input, Literal, Noun, argument, body, column, flag, path,
};

/// The command group `private-endpoints aws`.
pub(super) static NOUN: Noun = Noun::new("aws", "Manage private endpoints on AWS")
    .commands(&[&LIST, &DESCRIBE, &CREATE, &WATCH, &DELETE])
    .nouns(&[&INTERFACES]);

static INTERFACES: Noun = Noun::new("interfaces", "Manage interface endpoints of AWS")
    .aliases(&["interface"])
    .commands(&[&DESCRIBE_INTERFACE, &CREATE_INTERFACE, &DELETE_INTERFACE]);

const PROVIDER: &[Constant] = &[Constant::Path("cloudProvider", "AWS")];
const INTERFACE_ID: &[Input] = &[argument(
    "interface-endpoint-id",
    path("endpointId"),
    "Id of the interface endpoint, such as `vpce-0a1b2c3d4e5f60718`",
)];

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("REGION", "regionName"),
    column("ENDPOINT SERVICE", "endpointServiceName"),
    column("STATUS", "status").state(),
    column("ERROR", "errorMessage"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("ENDPOINT SERVICE", "endpointServiceName"),
    column("STATUS", "status"),
    column("ERROR", "errorMessage"),
];

static LIST: Command = list(PROVIDER)
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "private-endpoints aws list --project Storefront",
        task: "List the private endpoints on AWS",
    }]);

static DESCRIBE: Command = describe(PROVIDER)
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "private-endpoints aws describe 5f0c2a9e1b3d4e0001a2bd01 --project Storefront",
        task: "Show a private endpoint",
    }]);

static CREATE: Command = create(
    &[Constant::Body("/providerName", Literal::Text("AWS"))],
    &[region(
        "Region of the private endpoint, such as `eu-west-1`",
    )],
)
.examples(&[Example {
    line: "private-endpoints aws create --region eu-west-1 --project Storefront",
    task: "Create a private endpoint in Ireland",
}]);

static WATCH: Command =
    watch(PROVIDER, "Private endpoint changes completed.").examples(&[Example {
        line: "private-endpoints aws watch 5f0c2a9e1b3d4e0001a2bd01 --project Storefront",
        task: "Wait until a private endpoint is available",
    }]);

static DELETE: Command = delete(PROVIDER).examples(&[Example {
    line: "private-endpoints aws delete 5f0c2a9e1b3d4e0001a2bd01 --project Storefront --yes",
    task: "Delete a private endpoint",
}]);

static DESCRIBE_INTERFACE: Command = describe_interface(PROVIDER, INTERFACE_ID)
    .columns(&[
        column("ID", "interfaceEndpointId"),
        column("STATUS", "connectionStatus").state(),
        column("ERROR", "errorMessage"),
    ])
    .examples(&[Example {
        line: "private-endpoints aws interfaces describe vpce-0a1b2c3d4e5f60718 --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd01 --project Storefront",
        task: "Show an interface endpoint",
    }]);

static CREATE_INTERFACE: Command = create_interface(
    PROVIDER,
    &[argument(
        "endpoint-service-id",
        path("endpointServiceId"),
        "Id of the private endpoint",
    )],
    &[flag(
        "private-endpoint-id",
        body("/id"),
        "Id of the interface endpoint, such as `vpce-0a1b2c3d4e5f60718`",
    )
    .required()],
    "Interface endpoint '{interfaceEndpointId}' created.",
)
.examples(&[Example {
    line: "private-endpoints aws interfaces create 5f0c2a9e1b3d4e0001a2bd01 --private-endpoint-id vpce-0b1c2d3e4f5061728 --project Storefront",
    task: "Connect an interface endpoint",
}]);

static DELETE_INTERFACE: Command = delete_interface(
    PROVIDER,
    INTERFACE_ID,
    "Interface endpoint '{interface-endpoint-id}' deleted",
)
.examples(&[Example {
    line: "private-endpoints aws interfaces delete vpce-0a1b2c3d4e5f60718 --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd01 --project Storefront --yes",
    task: "Disconnect an interface endpoint",
}]);
