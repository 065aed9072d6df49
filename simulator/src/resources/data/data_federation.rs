//! Federated database instances.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::resources::access::cloud_access;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupDataFederation", create),
    ("updateGroupDataFederation", update),
];

/// `POST /groups/{groupId}/dataFederation`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    if body["name"].as_str().is_none_or(str::is_empty) {
        return Err(ApiError::missing_attribute("name"));
    }
    let providers = render_role(state, call, &body)?;
    let mut instance = writes::insert(state, &context, &body)?;
    complete(&mut instance, providers);
    if let Some(last) = state.store.list_mut(&context.collection).last_mut() {
        *last = instance.clone();
    }
    Ok(generic::item_response(&context, &instance))
}

/// `PATCH /groups/{groupId}/dataFederation/{tenantName}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let providers = render_role(state, call, &body)?;
    let change = requests::remove_secrets(&context, &body);
    let name = call.path("tenantName");
    let instance = state.store.find_mut(&context.collection, &["name"], name);
    let instance = instance.ok_or_else(|| context.not_found())?;
    instance.merge(&change, call.now);
    complete(instance, providers);
    let instance = instance.clone();
    Ok(generic::item_response(&context, &instance))
}

/// Returns the `cloudProviderConfig` of a body, completed with the ARNs and the external id of the
/// AWS role that it names. Returns `None` if the body does not have the field.
fn render_role(state: &State, call: &Call, body: &Value) -> Result<Option<Value>, ApiError> {
    let Some(configuration) = body.get("cloudProviderConfig") else {
        return Ok(None);
    };
    let mut providers = configuration.clone();
    for (_, provider) in providers.as_object_mut().into_iter().flatten() {
        let Some(id) = provider["roleId"].as_str() else {
            continue;
        };
        let role = cloud_access::find_authorized(state, call, id)?;
        for (field, source) in [
            ("externalId", "atlasAssumedRoleExternalId"),
            ("iamAssumedRoleARN", "iamAssumedRoleArn"),
            ("iamUserARN", "atlasAWSAccountArn"),
        ] {
            if role.document[source].is_string() {
                provider[field] = role.document[source].clone();
            }
        }
        if let Some(provider) = provider.as_object_mut() {
            provider.remove("testS3Bucket");
        }
    }
    Ok(Some(providers))
}

/// Sets the provider configuration and the hostnames, which contain the region.
fn complete(instance: &mut Record, providers: Option<Value>) {
    let code = derived_id(&format!("federation host {}", instance.key));
    let code = code.get(..5).unwrap_or_default();
    let region = instance.document["dataProcessRegion"]["region"].as_str();
    let region = region.map(|region| format!("{}.", region.to_lowercase().replace('_', "-")));
    let region = region.unwrap_or_default();
    let host = format!(
        "{}-{code}.{region}a.query.mongodb.example",
        instance.string("name").to_lowercase()
    );
    instance.document["hostnames"] = json!([host]);
    if let Some(providers) = providers {
        instance.document["cloudProviderConfig"] = providers;
    }
}
