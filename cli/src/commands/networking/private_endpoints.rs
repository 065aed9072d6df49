//! `private-endpoints`: connections to clusters that do not leave the network of a cloud provider.

mod aws;
mod azure;
mod gcp;
mod regional_modes;

use mongodbatlas::operation;

use crate::engine::definition::{
    Command, Constant, Input, Noun, Target, WaitFor, argument, body, flag, path,
};

/// The command group `private-endpoints`.
pub(crate) static NOUN: Noun = Noun::new("private-endpoints", "Manage private endpoints")
    .aliases(&["private-endpoint"])
    .nouns(&[&aws::NOUN, &azure::NOUN, &gcp::NOUN, &regional_modes::NOUN]);

const ENDPOINT_ID: Input = argument(
    "private-endpoint-id",
    path("endpointServiceId"),
    "Id of the private endpoint",
);
/// The flag for the id of the private endpoint service, for commands on interfaces of a private endpoint.
const SERVICE_ID: Input = flag(
    "endpoint-service-id",
    path("endpointServiceId"),
    "Id of the private endpoint",
)
.required();

/// The hidden flags of the official lists. Atlas returns these lists as a whole.
const PAGE_FLAGS: &[Input] = &[
    flag("limit", Target::None, "Number of items on a page")
        .integer()
        .hidden(),
    flag("page", Target::None, "Page to print")
        .integer()
        .hidden(),
];

const fn create(constants: &'static [Constant], flags: &'static [Input]) -> Command {
    Command::create(
        operation::CREATE_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE,
        "Create a private endpoint",
    )
    .flags(flags)
    .constants(constants)
    .result("Private endpoint '{id}' created.")
}

const fn region(help: &'static str) -> Input {
    flag("region", body("/region"), help).required()
}

const fn list(provider: &'static [Constant]) -> Command {
    Command::list(
        operation::LIST_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE,
        "List the private endpoints of a project",
    )
    .flags(PAGE_FLAGS)
    .constants(provider)
}

const fn describe(provider: &'static [Constant]) -> Command {
    Command::describe(
        operation::GET_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE,
        "Show a private endpoint",
    )
    .arguments(&[ENDPOINT_ID])
    .constants(provider)
}

const fn delete(provider: &'static [Constant]) -> Command {
    Command::delete(
        operation::DELETE_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE,
        "Delete a private endpoint",
    )
    .arguments(&[ENDPOINT_ID])
    .constants(provider)
    .result("Private endpoint '{private-endpoint-id}' deleted")
}

const fn watch(provider: &'static [Constant], result: &'static str) -> Command {
    Command::new(
        "watch",
        operation::GET_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE,
        "Wait until a private endpoint is available",
    )
    .arguments(&[ENDPOINT_ID])
    .constants(provider)
    .wait(WaitFor {
        operation: operation::GET_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE,
        fallback: None,
        created: "id",
        field: "status",
        until: &["AVAILABLE"],
        failed: &["FAILED"],
        result,
        always: true,
    })
}

const fn create_interface(
    provider: &'static [Constant],
    arguments: &'static [Input],
    flags: &'static [Input],
    result: &'static str,
) -> Command {
    Command::create(
        operation::CREATE_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE_ENDPOINT,
        "Connect an interface with a private endpoint",
    )
    .aliases(&["add"])
    .arguments(arguments)
    .flags(flags)
    .constants(provider)
    .result(result)
}

const fn describe_interface(provider: &'static [Constant], arguments: &'static [Input]) -> Command {
    Command::describe(
        operation::GET_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE_ENDPOINT,
        "Show an interface of a private endpoint",
    )
    .arguments(arguments)
    .flags(&[SERVICE_ID])
    .constants(provider)
}

const fn delete_interface(
    provider: &'static [Constant],
    arguments: &'static [Input],
    result: &'static str,
) -> Command {
    Command::delete(
        operation::DELETE_GROUP_PRIVATE_ENDPOINT_ENDPOINT_SERVICE_ENDPOINT,
        "Disconnect an interface from a private endpoint",
    )
    .arguments(arguments)
    .flags(&[SERVICE_ID])
    .constants(provider)
    .result(result)
}
