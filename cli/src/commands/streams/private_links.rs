//! `streams private-links`: private connections from stream processing to Kafka and Event Hubs.

use mongodbatlas::operation;
use serde_json::Value;

use super::FILE;
use crate::{
    commands::organization::projects::ALLOW_UNKNOWN_FIELDS,
    engine::{
        Invocation,
        definition::{Column, Command, Example, Input, Noun, Target, argument, column, flag, path},
    },
    error::CliError,
};

/// The command group `streams private-links`.
pub(super) static NOUN: Noun = Noun::new("private-links", "Manage private links")
    .aliases(&["private-link"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &DELETE]);

const COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("PROVIDER", "provider"),
    column("REGION", "region"),
    column("VENDOR", "vendor"),
    column("STATE", "state").state(),
    column("INTERFACE_ENDPOINT_ID", "interfaceEndpointId"),
    column("SERVICE_ENDPOINT_ID", "serviceEndpointId"),
    column("DNS_DOMAIN", "dnsDomain"),
    column("DNS_SUBDOMAIN", "dnsSubDomain"),
];

const ID: Input = argument(
    "connection-id",
    path("connectionId"),
    "Id of the private link",
);

static LIST: Command = Command::list(
    operation::LIST_GROUP_STREAM_PRIVATE_LINK_CONNECTIONS,
    "List the private links of a project",
)
.columns(COLUMNS)
.examples(&[Example {
    line: "streams private-links list --project Storefront",
    task: "List the private links of a project",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_STREAM_PRIVATE_LINK_CONNECTION,
    "Show a private link",
)
.arguments(&[ID])
.columns(COLUMNS)
.examples(&[Example {
    line: "streams private-links describe 5f0c2a9e1b3d4e0001a2bd07 --project Storefront",
    task: "Show a private link",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_STREAM_PRIVATE_LINK_CONNECTION,
    "Create a private link",
)
.flags(&[
    FILE,
    flag(
        "provider",
        Target::None,
        "Cloud provider of the private link. Default: the one in the file, else AZURE",
    )
    .choices(&["AWS", "AZURE", "GCP"]),
    ALLOW_UNKNOWN_FIELDS,
])
.adjust(set_provider)
.columns(COLUMNS)
.result("Atlas Stream Processing PrivateLink endpoint {interfaceEndpointId|_id} created.")
.examples(&[Example {
    line: "streams private-links create --file private-link.json --project Storefront",
    task: "Create a private link to Event Hubs",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_STREAM_PRIVATE_LINK_CONNECTION,
    "Delete a private link",
)
.arguments(&[ID])
.result("Atlas Stream Processing PrivateLink endpoint '{connection-id}' deleted.")
.examples(&[Example {
    line: "streams private-links delete 5f0c2a9e1b3d4e0001a2bd07 --project Storefront --yes",
    task: "Delete a private link",
}]);

/// Sets the cloud provider to that of the flag, otherwise that of the file. Default: Azure.
fn set_provider(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if let Some(provider) = invocation.choice("provider")? {
        body["provider"] = provider.into();
    } else if body["provider"].is_null() {
        body["provider"] = "AZURE".into();
    }
    Ok(())
}
