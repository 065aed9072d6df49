//! `federated-authentication`: single sign-on of an organization.

mod identity_providers;
mod organizations;

use mongodbatlas::operation;

use crate::engine::definition::{Command, Example, Input, Noun, column, flag, path};

/// The command group `federated-authentication`.
pub(crate) static NOUN: Noun = Noun::new(
    "federated-authentication",
    "Manage single sign-on with identity providers",
)
.nouns(&[&SETTINGS]);

static SETTINGS: Noun = Noun::new(
    "federation-settings",
    "Manage the federation of an organization",
)
.aliases(&["federation-setting"])
.commands(&[&DESCRIBE])
.nouns(&[&organizations::NOUN, &identity_providers::NOUN]);

/// The flag with the federation.
const FEDERATION: Input = flag(
    "federation-settings-id",
    path("federationSettingsId"),
    "Id of the federation, which `federation-settings describe` prints",
)
.value_name("FEDERATION_ID")
.required();

static DESCRIBE: Command = Command::describe(
    operation::GET_ORG_FEDERATION_SETTINGS,
    "Show the federation of the organization",
)
.columns(&[
    column("ID", "id"),
    column("IDENTITY PROVIDER ID", "identityProviderId"),
    column("STATUS", "identityProviderStatus").state(),
    column("DOMAINS", "federatedDomains.*"),
    column("ROLE MAPPINGS", "hasRoleMappings"),
])
.plain(&[
    column("ID", "id"),
    column("IDENTITY PROVIDER ID", "identityProviderId"),
    column("IDENTITY PROVIDER STATUS", "identityProviderStatus"),
])
.examples(&[Example {
    line: "federated-authentication federation-settings describe",
    task: "Show the federation of the organization",
}]);
