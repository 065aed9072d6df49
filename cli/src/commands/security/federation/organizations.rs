//! `federated-authentication federation-settings connected-org-configs`: the organizations of a federation.

use mongodbatlas::{Document, operation};
use serde_json::{Value, json};

use super::FEDERATION;
use crate::engine::{
    Invocation,
    definition::{Column, Command, Danger, Example, Future, Input, Noun, Target, column, flag},
};
use crate::{commands::organization::projects::ALLOW_UNKNOWN_FIELDS, error::CliError, exit::Exit};

/// The command group `connected-org-configs`.
pub(super) static NOUN: Noun = Noun::new(
    "connected-org-configs",
    "Manage the organizations of a federation",
)
.aliases(&["connected-org-config"])
.commands(&[&LIST, &DESCRIBE, &UPDATE, &CONNECT, &DISCONNECT, &DELETE]);

const PROVIDER: Input = flag(
    "identity-provider-id",
    Target::None,
    "Id of the identity provider; for SAML its Okta id",
)
.required();
const PROTOCOL: Input = flag(
    "protocol",
    Target::None,
    "Protocol of the identity provider",
)
.choices(&["OIDC", "SAML"])
.default("OIDC");

const COLUMNS: &[Column] = &[
    column("ORG ID", "orgId"),
    column("SAML PROVIDER", "identityProviderId"),
    column("OIDC PROVIDERS", "dataAccessIdentityProviderIds.*"),
    column("DOMAIN RESTRICTION", "domainRestrictionEnabled"),
    column("DEFAULT ROLES", "postAuthRoleGrants.*"),
];

static LIST: Command = Command::list(
    operation::LIST_FEDERATION_SETTING_CONNECTED_ORG_CONFIGS,
    "List the organizations",
)
.flags(&[FEDERATION])
.columns(COLUMNS)
.examples(&[Example {
    line: "federated-authentication federation-settings connected-org-configs list --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    task: "List the organizations of a federation",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_FEDERATION_SETTING_CONNECTED_ORG_CONFIG,
    "Show an organization",
)
.flags(&[FEDERATION])
.columns(COLUMNS)
.examples(&[Example {
    line: "federated-authentication federation-settings connected-org-configs describe --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    task: "Show how the organization uses the federation",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_FEDERATION_SETTING_CONNECTED_ORG_CONFIG,
    "Change an organization by a file",
)
.flags(&[
    FEDERATION,
    flag(
        "file",
        Target::BodyFile,
        "JSON document with the changed fields; `-` is standard input",
    )
    .required(),
    ALLOW_UNKNOWN_FIELDS,
])
.columns(COLUMNS)
.result("Organization configuration '{orgId}' updated.")
.examples(&[Example {
    line: "federated-authentication federation-settings connected-org-configs update --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --file federation.json",
    task: "Restrict the organization to domains",
}]);

static CONNECT: Command = Command::new(
    "connect",
    operation::UPDATE_FEDERATION_SETTING_CONNECTED_ORG_CONFIG,
    "Connect an identity provider to the organization",
)
.flags(&[FEDERATION, PROVIDER, PROTOCOL])
.columns(COLUMNS)
.result("Identity provider '{identity-provider-id}' connected.")
.run(connect)
.examples(&[Example {
    line: "federated-authentication federation-settings connected-org-configs connect --identity-provider-id 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    task: "Let an OIDC provider authenticate users of databases",
}]);

static DISCONNECT: Command = Command::new(
    "disconnect",
    operation::UPDATE_FEDERATION_SETTING_CONNECTED_ORG_CONFIG,
    "Disconnect an identity provider from the organization",
)
.flags(&[FEDERATION, PROVIDER, PROTOCOL])
.columns(COLUMNS)
.result("Identity provider '{identity-provider-id}' disconnected.")
.run(disconnect)
.examples(&[Example {
    line: "federated-authentication federation-settings connected-org-configs disconnect --identity-provider-id 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    task: "Disconnect an OIDC provider",
}]);

static DELETE: Command = Command::new(
    "delete",
    operation::REMOVE_FEDERATION_SETTING_CONNECTED_ORG_CONFIG,
    "Remove the organization from the federation",
)
.danger(Danger::Confirm)
.flags(&[FEDERATION])
.result("Organization '{org}' removed from the federation.")
.examples(&[Example {
    line: "federated-authentication federation-settings connected-org-configs delete --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --yes",
    task: "Remove the organization from a federation",
}]);

/// A change of the providers of an organization.
#[derive(Clone, Copy)]
enum Change {
    Connect,
    Disconnect,
}

fn connect<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(change_providers(invocation, Change::Connect))
}

fn disconnect<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(change_providers(invocation, Change::Disconnect))
}

/// Reads the organization's configuration and sends it with changed providers: Atlas has no operation for one of them.
async fn change_providers(
    invocation: &mut Invocation<'_>,
    change: Change,
) -> Result<Exit, CliError> {
    let scope = invocation.scope().await?;
    let scope = scope
        .as_ref()
        .map(|(name, place)| (*name, place.id.as_str()));
    let request = invocation.request(
        operation::UPDATE_FEDERATION_SETTING_CONNECTED_ORG_CONFIG,
        scope,
    )?;
    let read = request.with_operation(operation::GET_FEDERATION_SETTING_CONNECTED_ORG_CONFIG, &[]);
    let (response, _) = invocation.send(&read).await?;
    let mut configuration = response
        .document()
        .map_or_else(|| json!({}), Document::to_value);
    if let Some(fields) = configuration.as_object_mut() {
        // role mappings and conflicts have separate operations
        for name in ["roleMappings", "userConflicts", "links"] {
            fields.remove(name);
        }
    }
    let provider = invocation.text("identity-provider-id").unwrap_or_default();
    if invocation.choice("protocol")?.as_deref() == Some("SAML") {
        configuration["identityProviderId"] = match change {
            Change::Connect => json!(provider),
            Change::Disconnect => Value::Null,
        };
    } else {
        change_ids(
            &mut configuration["dataAccessIdentityProviderIds"],
            provider,
            change,
        );
    }
    let request = request.with_body(configuration);
    invocation.confirm_and_send(&request).await
}

/// Adds an id to a list of ids, or removes it.
fn change_ids(ids: &mut Value, id: &str, change: Change) {
    let mut changed = ids.as_array().cloned().unwrap_or_default();
    changed.retain(|known| known != id);
    if matches!(change, Change::Connect) {
        changed.push(json!(id));
    }
    *ids = changed.into();
}
