//! `private-endpoints gcp`.

use serde_json::{Value, json};

use super::{
    SERVICE_ID, create, create_interface, delete, delete_interface, describe, describe_interface,
    list, region, watch,
};
use crate::{
    engine::definition::{
        Column, Command, Constant, Example, Input, Literal, Noun, argument, body, column, flag,
        path,
    },
    error::CliError,
};

/// The command group `private-endpoints gcp`.
pub(super) static NOUN: Noun = Noun::new("gcp", "Manage private endpoints on Google Cloud")
    .commands(&[&LIST, &DESCRIBE, &CREATE, &WATCH, &DELETE])
    .nouns(&[&INTERFACES]);

static INTERFACES: Noun = Noun::new("interfaces", "Manage endpoint groups of Google Cloud")
    .aliases(&["interface"])
    .commands(&[&DESCRIBE_INTERFACE, &CREATE_INTERFACE, &DELETE_INTERFACE]);

const PROVIDER: &[Constant] = &[Constant::Path("cloudProvider", "GCP")];
const GROUP_NAME: &[Input] = &[argument(
    "id",
    path("endpointId"),
    "Name of the endpoint group",
)];

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("GROUP NAME", "endpointGroupNames"),
    column("REGION", "regionName"),
    column("STATUS", "status").state(),
    column("ERROR", "errorMessage"),
];

static LIST: Command = list(PROVIDER).columns(COLUMNS).examples(&[Example {
    line: "private-endpoints gcp list --project Storefront",
    task: "List the private endpoints on Google Cloud",
}]);

static DESCRIBE: Command = describe(PROVIDER).columns(COLUMNS).examples(&[Example {
    line: "private-endpoints gcp describe 5f0c2a9e1b3d4e0001a2bd03 --project Storefront",
    task: "Show a private endpoint",
}]);

static CREATE: Command = create(
    &[Constant::Body("/providerName", Literal::Text("GCP"))],
    &[
        region("Region of the private endpoint, such as `WESTERN_EUROPE`"),
        flag(
            "port-mapping-enabled",
            body("/portMappingEnabled"),
            "Use one service attachment with port mapping instead of 50",
        )
        .switch(),
    ],
)
.examples(&[Example {
    line: "private-endpoints gcp create --region WESTERN_EUROPE --project Storefront",
    task: "Create a private endpoint in Belgium",
}]);

static WATCH: Command =
    watch(PROVIDER, "GCP Private endpoint changes completed.").examples(&[Example {
        line: "private-endpoints gcp watch 5f0c2a9e1b3d4e0001a2bd03 --project Storefront",
        task: "Wait until a private endpoint is available",
    }]);

static DELETE: Command = delete(PROVIDER).examples(&[Example {
    line: "private-endpoints gcp delete 5f0c2a9e1b3d4e0001a2bd03 --project Storefront --yes",
    task: "Delete a private endpoint",
}]);

static DESCRIBE_INTERFACE: Command = describe_interface(PROVIDER, GROUP_NAME)
    .columns(&[
        column("ENDPOINT", "endpointGroupName"),
        column("STATUS", "status").state(),
        column("DELETE REQUESTED", "deleteRequested"),
    ])
    .examples(&[Example {
        line: "private-endpoints gcp interfaces describe orders-group --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd03 --project Storefront",
        task: "Show an endpoint group",
    }]);

static CREATE_INTERFACE: Command = create_interface(
    PROVIDER,
    &[argument(
        "endpoint-group-id",
        body("/endpointGroupName"),
        "Name of the endpoint group",
    )],
    &[
        flag(
            "endpoint",
            body("/endpoints"),
            "Endpoints of the group, separated by commas; can be repeated",
        )
        .list()
        .parser(endpoint)
        .value_name("NAME@IP"),
        SERVICE_ID,
        flag(
            "gcp-project-id",
            body("/gcpProjectId"),
            "Project of Google Cloud that owns the endpoints",
        )
        .required(),
    ],
    "Interface endpoint '{endpointGroupName}' created.",
)
.examples(&[Example {
    line: "private-endpoints gcp interfaces create carts-group --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd03 --gcp-project-id shop-network --endpoint carts-0@10.142.0.2,carts-1@10.142.0.3 --project Storefront",
    task: "Connect an endpoint group",
}]);

static DELETE_INTERFACE: Command =
    delete_interface(PROVIDER, GROUP_NAME, "Interface endpoint '{id}' deleted").examples(&[
        Example {
            line: "private-endpoints gcp interfaces delete orders-group --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd03 --project Storefront --yes",
            task: "Disconnect an endpoint group",
        },
    ]);

/// Parses `NAME@IP` into an endpoint.
fn endpoint(text: &str) -> Result<Value, CliError> {
    match text.split_once('@') {
        Some((name, address)) if !name.is_empty() && !address.is_empty() => {
            Ok(json!({ "endpointName": name, "ipAddress": address }))
        }
        _ => Err(CliError::usage(format!("`{text}` is not an endpoint"))
            .with_hint("write `NAME@IP`, such as `orders-0@10.142.0.2`")),
    }
}
