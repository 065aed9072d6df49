//! API keys for AI models. A project creates a key and shows its secret once; the organization
//! lists the keys of all projects.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::schema::secrets::mask_value;
use crate::schema::unique;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupAiModelApiKey", create),
    ("listOrgAiModelApiKeys", list_in_organization),
    ("getOrgAiModelApiKey", get_in_organization),
];

/// `POST /groups/{groupId}/aiModelApiKeys`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    let secret = unique(&format!("model key {}", state.ids().next(call.now)));
    body["createdBy"] = json!(call.sender());
    body["maskedSecret"] = json!(mask_value(&secret));
    let mut key = writes::insert(state, &context, &body)?;
    key.document["apiKeyId"] = json!(key.key);
    key.document["groupId"] = json!(call.path("groupId"));
    if let Some(stored) = state.store.list_mut(&context.collection).last_mut() {
        *stored = key.clone();
    }
    let mut reply = generic::item_response(&context, &key);
    if let Some(document) = &mut reply.document {
        document["secret"] = json!(secret);
    }
    Ok(reply)
}

/// `GET /orgs/{orgId}/aiModelApiKeys`
pub(crate) fn list_in_organization(
    state: &mut State,
    call: &Call,
) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let keys = keys_in_organization(state, call.path("orgId"));
    generic::list_response(&context, &keys)
}

/// `GET /orgs/{orgId}/aiModelApiKeys/{apiKeyId}`
pub(crate) fn get_in_organization(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let keys = keys_in_organization(state, call.path("orgId"));
    let key = keys
        .iter()
        .find(|record| record.key == call.path("apiKeyId"));
    let key = key.ok_or_else(|| context.not_found())?;
    Ok(generic::item_response(&context, key))
}

/// Returns the keys of all projects of an organization.
fn keys_in_organization(state: &State, organization: &str) -> Vec<Record> {
    let projects = state
        .projects()
        .iter()
        .filter(|project| project.organization == organization);
    let keys = projects.flat_map(|project| {
        let keys = state
            .store
            .list(&format!("/groups/{}/aiModelApiKeys", project.id))
            .iter();
        keys.map(|key| {
            let mut key = key.clone();
            key.document["groupId"] = Value::from(project.id.as_str());
            key
        })
    });
    keys.collect()
}
