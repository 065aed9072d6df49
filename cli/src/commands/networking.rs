//! Commands for networks: `networking`, `private-endpoints`, `custom-dns` and `cloud-providers`.

pub(crate) mod cloud_providers;
mod containers;
pub(crate) mod custom_dns;
mod peering;
pub(crate) mod private_endpoints;

use serde_json::Value;

use crate::{
    engine::{Invocation, definition::Noun},
    error::CliError,
};

/// The command group `networking`.
pub(crate) static NOUN: Noun = Noun::new(
    "networking",
    "Manage network containers and peering connections",
)
.nouns(&[&containers::NOUN, &peering::NOUN]);

/// Converts a region name from the AWS format to the Atlas format: `EU_WEST_1` for `eu-west-1`.
fn atlas_region(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

/// Converts a region name from the Atlas format to the AWS format: `eu-west-1` for `EU_WEST_1`.
#[expect(clippy::unnecessary_wraps, reason = "the type of `Input::parser`")]
fn aws_region(name: &str) -> Result<Value, CliError> {
    Ok(name.to_lowercase().replace('_', "-").into())
}

/// Prints a list without its envelope in official mode, as the official command does.
fn print_bare_list(invocation: &mut Invocation<'_>) {
    if invocation.session.emulates_official_cli {
        invocation.values.set("compact", vec!["true".to_owned()]);
    }
}
