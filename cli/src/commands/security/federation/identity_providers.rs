//! `federated-authentication federation-settings identity-provider`: the identity providers of a federation.

use mongodbatlas::operation;

use super::FEDERATION;
use crate::engine::definition::{
    Column, Command, Constant, Example, Input, Literal, Noun, argument, body, column, flag, path,
    query,
};

/// The command group `identity-provider`.
pub(super) static NOUN: Noun = Noun::new(
    "identity-provider",
    "Manage the identity providers of a federation",
)
.commands(&[&LIST, &DESCRIBE, &DELETE, &REVOKE_KEYS])
.nouns(&[&CREATE, &UPDATE]);

const PROVIDER: Input = argument(
    "identity-provider-id",
    path("identityProviderId"),
    "Id of the identity provider",
);

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("DISPLAY NAME", "displayName"),
    column("ISSUER URI", "issuerUri"),
    column("CLIENT ID", "clientId"),
    column("IDP TYPE", "idpType"),
];

static LIST: Command = Command::list(
    operation::LIST_FEDERATION_SETTING_IDENTITY_PROVIDERS,
    "List identity providers",
)
.flags(&[
    FEDERATION,
    flag(
        "idp-type",
        query("idpType"),
        "Purpose: WORKFORCE for people, WORKLOAD for programs",
    )
    .list()
    .choices(&["WORKFORCE", "WORKLOAD"])
    .default("WORKFORCE"),
    flag("protocol", query("protocol"), "Protocol")
        .list()
        .choices(&["OIDC", "SAML"])
        .default("OIDC"),
])
.columns(COLUMNS)
.examples(&[Example {
    line: "federated-authentication federation-settings identity-provider list --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --protocol SAML",
    task: "List the SAML providers of a federation",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_FEDERATION_SETTING_IDENTITY_PROVIDER,
    "Show an identity provider",
)
.arguments(&[PROVIDER])
.flags(&[FEDERATION])
.columns(COLUMNS)
.examples(&[Example {
    line: "federated-authentication federation-settings identity-provider describe 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    task: "Show an identity provider",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_FEDERATION_SETTING_IDENTITY_PROVIDER,
    "Delete an identity provider",
)
.arguments(&[PROVIDER])
.flags(&[FEDERATION])
.result("Identity provider '{identity-provider-id}' deleted")
.examples(&[Example {
    line: "federated-authentication federation-settings identity-provider delete 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --yes",
    task: "Delete an identity provider",
}]);

static REVOKE_KEYS: Command = Command::new(
    "revoke-jwk",
    operation::REVOKE_FEDERATION_SETTING_IDENTITY_PROVIDER_JWKS,
    "Discard the cached public keys of an OIDC identity provider",
)
.details("Clusters fetch the keys of the provider again. Use it after the provider's signing key leaked.")
.arguments(&[PROVIDER])
.flags(&[FEDERATION])
.result("Keys of identity provider '{identity-provider-id}' revoked.")
.examples(&[Example {
    line: "federated-authentication federation-settings identity-provider revoke-jwk 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    task: "Discard the keys of a provider",
}]);

static CREATE: Noun = Noun::new("create", "Create an identity provider").commands(&[&CREATE_OIDC]);
static UPDATE: Noun = Noun::new("update", "Change an identity provider").commands(&[&UPDATE_OIDC]);

const PROTOCOL: &[Constant] = &[Constant::Body("/protocol", Literal::Text("OIDC"))];
const AUDIENCE: Input = flag("audience", body("/audience"), "Recipient of the tokens");
const AUTHORIZATION_TYPE: Input = flag(
    "authorization-type",
    body("/authorizationType"),
    "Grant access by group membership or by user",
)
.choices(&["GROUP", "USER"]);
const CLIENT_ID: Input = flag(
    "client-id",
    body("/clientId"),
    "Id that the provider gave to the client application",
);
const DESCRIPTION: Input = flag("desc", body("/description"), "Description");
const GROUPS_CLAIM: Input = flag(
    "groups-claim",
    body("/groupsClaim"),
    "Claim of the tokens with the groups of the user",
);
const IDP_TYPE: Input = flag(
    "idp-type",
    body("/idpType"),
    "Purpose: WORKFORCE for people, WORKLOAD for programs",
)
.choices(&["WORKFORCE", "WORKLOAD"])
.required();
const ISSUER: Input = flag("issuer-uri", body("/issuerUri"), "URI of the issuer");
const DOMAINS: Input = flag(
    "associated-domain",
    body("/associatedDomains"),
    "Domains whose users sign in with the provider",
)
.list();
const SCOPES: Input = flag(
    "requested-scope",
    body("/requestedScopes"),
    "Scopes that clients request from the provider",
)
.list();
const USER_CLAIM: Input = flag(
    "user-claim",
    body("/userClaim"),
    "Claim of the tokens with the id of the user",
);

static CREATE_OIDC: Command = Command::new(
    "oidc",
    operation::CREATE_FEDERATION_SETTING_IDENTITY_PROVIDER,
    "Create an OIDC identity provider",
)
.arguments(&[argument("display-name", body("/displayName"), "Name of the provider").optional()])
.flags(&[
    FEDERATION,
    IDP_TYPE,
    AUDIENCE.required(),
    AUTHORIZATION_TYPE.required(),
    CLIENT_ID,
    DESCRIPTION.required(),
    GROUPS_CLAIM.required(),
    ISSUER.required(),
    DOMAINS,
    SCOPES,
    USER_CLAIM.required(),
])
.constants(PROTOCOL)
.columns(COLUMNS)
.result("Identity provider '{id}' created.")
.examples(&[Example {
    line: "federated-authentication federation-settings identity-provider create oidc Workloads --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --idp-type WORKLOAD --audience atlas --authorization-type GROUP --desc \"Programs in the cluster\" --groups-claim groups --issuer-uri https://tokens.example.com --user-claim sub",
    task: "Let programs authenticate with tokens",
}]);

static UPDATE_OIDC: Command = Command::new(
    "oidc",
    operation::UPDATE_FEDERATION_SETTING_IDENTITY_PROVIDER,
    "Change an OIDC identity provider",
)
.arguments(&[PROVIDER])
.flags(&[
    FEDERATION,
    IDP_TYPE,
    AUDIENCE,
    AUTHORIZATION_TYPE,
    CLIENT_ID,
    DESCRIPTION,
    GROUPS_CLAIM,
    ISSUER,
    DOMAINS,
    SCOPES,
    USER_CLAIM,
])
.constants(PROTOCOL)
.columns(COLUMNS)
.result("Identity provider '{id}' updated.")
.examples(&[Example {
    line: "federated-authentication federation-settings identity-provider update oidc 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --idp-type WORKLOAD --audience reports",
    task: "Change the audience of a provider",
}]);
