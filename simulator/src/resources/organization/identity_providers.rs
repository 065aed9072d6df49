//! Identity providers of a federation: a default SAML provider, and the providers that clients create.

use std::time::Duration;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::{after, format_time};
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listFederationSettingIdentityProviders", list),
    ("createFederationSettingIdentityProvider", create),
    ("getFederationSettingIdentityProvider", get),
    ("getFederationSettingIdentityProviderMetadata", metadata),
];

/// Validity of the SAML provider's certificate.
const CERTIFICATE_VALIDITY: Duration = Duration::from_hours(10 * 365 * 24);

/// `GET /federationSettings/{federationSettingsId}/identityProviders`
///
/// Lists the providers of the requested protocol. Default: SAML.
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, &context);
    let providers = generic::find_records(state, &context);
    let mut reply = generic::list_response(&context, &providers)?;
    let results = reply
        .document
        .as_mut()
        .map(|document| &mut document["results"]);
    for document in results.and_then(Value::as_array_mut).into_iter().flatten() {
        let id = document["id"].as_str().unwrap_or_default().to_owned();
        if let Some(provider) = providers.iter().find(|provider| provider.key == id) {
            *document = remove_generated(document.take(), provider);
        }
    }
    Ok(reply)
}

/// `POST /federationSettings/{federationSettingsId}/identityProviders`
///
/// Creates a provider. Default protocol: OIDC.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, &context);
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    for (field, default) in [("protocol", "OIDC"), ("idpType", "WORKFORCE")] {
        if body[field].is_null() {
            body[field] = json!(default);
        }
    }
    let provider = generic::writes::insert(state, &context, &body)?;
    Ok(item_response(&context, &provider))
}

fn item_response(context: &Context<'_>, provider: &Record) -> ApiResponse {
    let mut reply = generic::item_response(context, provider);
    let document = reply.document.take().unwrap_or_default();
    reply.document = Some(remove_generated(document, provider));
    reply
}

/// `GET …/identityProviders/{identityProviderId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    ensure_defaults(state, &context);
    let id = call.path("identityProviderId");
    let provider = state
        .store
        .find(&context.collection, &["id", "oktaIdpId"], id);
    let provider = provider.ok_or_else(|| context.not_found())?;
    Ok(item_response(&context, provider))
}

/// `GET …/identityProviders/{identityProviderId}/metadata.xml`
pub(crate) fn metadata(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut context = Context::new(call)?;
    let federation = call.path("federationSettingsId");
    context.collection = format!("/federationSettings/{federation}/identityProviders");
    ensure_defaults(state, &context);
    let id = call.path("identityProviderId");
    let provider = state
        .store
        .find(&context.collection, &["id", "oktaIdpId"], id);
    let provider = provider.ok_or_else(|| ApiError::named_not_found("IDENTITY_PROVIDER", id))?;
    let (audience, url) = (provider.string("audienceUri"), provider.string("acsUrl"));
    let metadata = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{audience}\">\
         <md:SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
         <md:AssertionConsumerService index=\"0\" \
         Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"{url}\"/>\
         </md:SPSSODescriptor></md:EntityDescriptor>"
    );
    Ok(generic::responses::build(&context, json!(metadata)))
}

fn saml_id(federation: &str) -> String {
    derived_id(&format!("SAML {federation}"))
}

/// Returns the `oktaIdpId` of the default SAML provider of a federation.
pub(crate) fn saml_okta_id(federation: &str) -> String {
    saml_id(federation).chars().take(20).collect()
}

/// Sets `oktaIdpId` of an OIDC provider to null, and also `updatedAt` if no request has changed the
/// provider.
fn remove_generated(mut document: Value, provider: &Record) -> Value {
    if document["protocol"] == "OIDC" {
        document["oktaIdpId"] = Value::Null;
        if provider.updated == provider.created {
            document["updatedAt"] = Value::Null;
        }
    }
    document
}

/// Creates the default SAML provider.
fn ensure_defaults(state: &mut State, context: &Context<'_>) {
    let id = saml_id(context.call.path("federationSettingsId"));
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
