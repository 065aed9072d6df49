//! `private-endpoints azure`.

use super::{
    create, create_interface, delete, delete_interface, describe, describe_interface, list, region,
    watch,
};
use crate::engine::definition::{
    Column, Command, Constant, Example, Input, Literal, Noun, argument, body, column, flag, path,
};

/// The command group `private-endpoints azure`.
pub(super) static NOUN: Noun = Noun::new("azure", "Manage private endpoints on Azure")
    .commands(&[&LIST, &DESCRIBE, &CREATE, &WATCH, &DELETE])
    .nouns(&[&INTERFACES]);

static INTERFACES: Noun = Noun::new(
    "interfaces",
    "Manage private endpoints of a virtual network",
)
.aliases(&["interface"])
.commands(&[&DESCRIBE_INTERFACE, &CREATE_INTERFACE, &DELETE_INTERFACE]);

const PROVIDER: &[Constant] = &[Constant::Path("cloudProvider", "AZURE")];
const RESOURCE_ID: &[Input] = &[argument(
    "private-endpoint-resource-id",
    path("endpointId"),
    "Resource id of the private endpoint in Azure",
)];

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("REGION", "regionName"),
    column("ENDPOINT SERVICE", "privateLinkServiceName"),
    column("STATUS", "status").state(),
    column("ERROR", "errorMessage"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("ENDPOINT SERVICE", "privateLinkServiceName"),
    column("STATUS", "status"),
    column("ERROR", "errorMessage"),
];

static LIST: Command = list(PROVIDER)
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "private-endpoints azure list --project Storefront",
        task: "List the private endpoints on Azure",
    }]);

static DESCRIBE: Command = describe(PROVIDER)
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "private-endpoints azure describe 5f0c2a9e1b3d4e0001a2bd02 --project Storefront",
        task: "Show a private endpoint",
    }]);

static CREATE: Command = create(
    &[Constant::Body("/providerName", Literal::Text("AZURE"))],
    &[region(
        "Region of the private endpoint, such as `EUROPE_NORTH`",
    )],
)
.examples(&[Example {
    line: "private-endpoints azure create --region EUROPE_NORTH --project Storefront",
    task: "Create a private endpoint in Ireland",
}]);

static WATCH: Command =
    watch(PROVIDER, "Private endpoint changes completed.").examples(&[Example {
        line: "private-endpoints azure watch 5f0c2a9e1b3d4e0001a2bd02 --project Storefront",
        task: "Wait until a private endpoint is available",
    }]);

static DELETE: Command = delete(PROVIDER).examples(&[Example {
    line: "private-endpoints azure delete 5f0c2a9e1b3d4e0001a2bd02 --project Storefront --yes",
    task: "Delete a private endpoint",
}]);

static DESCRIBE_INTERFACE: Command = describe_interface(PROVIDER, RESOURCE_ID)
    .columns(&[
        column("ID", "privateEndpointResourceId"),
        column("IP ADDRESS", "privateEndpointIPAddress"),
        column("STATUS", "status").state(),
        column("ERROR", "errorMessage"),
    ])
    .examples(&[Example {
        line: "private-endpoints azure interfaces describe /subscriptions/8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e/resourceGroups/shop/providers/Microsoft.Network/privateEndpoints/orders --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd02 --project Storefront",
        task: "Show a private endpoint of a virtual network",
    }]);

static CREATE_INTERFACE: Command = create_interface(
    PROVIDER,
    &[argument(
        "endpoint-service-id",
        path("endpointServiceId"),
        "Id of the private endpoint",
    )],
    &[
        flag(
            "private-endpoint-id",
            body("/id"),
            "Resource id of the private endpoint in Azure",
        )
        .required(),
        flag(
            "private-endpoint-ip-address",
            body("/privateEndpointIPAddress"),
            "IP address of the private endpoint in Azure",
        )
        .required(),
    ],
    "Interface endpoint '{privateEndpointResourceId}' created.",
)
.examples(&[Example {
    line: "private-endpoints azure interfaces create 5f0c2a9e1b3d4e0001a2bd02 --private-endpoint-id /subscriptions/8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e/resourceGroups/shop/providers/Microsoft.Network/privateEndpoints/carts --private-endpoint-ip-address 10.0.0.4 --project Storefront",
    task: "Connect a private endpoint of a virtual network",
}]);

static DELETE_INTERFACE: Command = delete_interface(
    PROVIDER,
    RESOURCE_ID,
    "Interface endpoint '{private-endpoint-resource-id}' deleted",
)
.examples(&[Example {
    line: "private-endpoints azure interfaces delete /subscriptions/8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e/resourceGroups/shop/providers/Microsoft.Network/privateEndpoints/orders --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd02 --project Storefront --yes",
    task: "Disconnect a private endpoint of a virtual network",
}]);
