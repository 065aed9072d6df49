//! Identity providers of a federation: a default one for SAML, and those that clients create.

use std::time::Duration;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::{after, format_time};
use crate::state::{Record, State, derived_id};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("listFederationSettingIdentityProviders", list),
    ("createFederationSettingIdentityProvider", create),
    ("getFederationSettingIdentityProvider", get),
];

/// Validity of the SAML provider's certificate.
const CERTIFICATE_VALIDITY: Duration = Duration::from_hours(10 * 365 * 24);

/// `GET /federationSettings/{federationSettingsId}/identityProviders`: those for SAML by default
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, &context);
    let providers = generic::find_records(state, &context);
    generic::list_response(&context, &providers)
}

/// `POST /federationSettings/{federationSettingsId}/identityProviders`: default protocol OIDC
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, &context);
    let mut body = requests::body(&context)?.unwrap_or_default();
    for (field, default) in [("protocol", "OIDC"), ("idpType", "WORKFORCE")] {
        if body[field].is_null() {
            body[field] = json!(default);
        }
    }
    let provider = generic::writes::insert(state, &context, &body)?;
    Ok(generic::item_response(&context, &provider))
}

/// `GET …/identityProviders/{identityProviderId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, &context);
    generic::respond(state, call)
}

/// Creates the default SAML provider.
fn ensure_defaults(state: &mut State, context: &Context<'_>) {
    let id = derived_id(&format!("SAML {}", context.collection));
    let providers = state.store.list_mut(&context.collection);
    if providers.iter().any(|provider| provider.key == id) {
        return;
    }
    let now = context.call.now;
    let code = id.get(..20).unwrap_or_default();
    let document = json!({
        "acsUrl": format!("https://auth.mongodb.example/sso/saml2/{code}"),
        "associatedDomains": [],
        "associatedOrgs": [],
        "audienceUri": format!("https://auth.mongodb.example/saml2/service-provider/{code}"),
        "createdAt": format_time(now),
        "description": "",
        "displayName": "Simulated SAML",
        "id": id,
        "idpType": "WORKFORCE",
        "issuerUri": "urn:idp:default",
        "oktaIdpId": code,
        "pemFileInfo": {
            "certificates": [
                { "notAfter": format_time(after(now, CERTIFICATE_VALIDITY)), "notBefore": format_time(now) },
            ],
            "fileName": null,
        },
        "protocol": "SAML",
        "requestBinding": "HTTP-POST",
        "responseSignatureAlgorithm": "SHA-256",
        "slug": "",
        "ssoDebugEnabled": true,
        "ssoUrl": "https://sso.mongodb.example",
        "status": "ACTIVE",
        "updatedAt": format_time(now),
    });
    providers.insert(0, Record::new(id, document, now));
}
