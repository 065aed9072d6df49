//! Resource policies of an organization, written in Cedar.

mod cedar;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{Context, requests, responses};
use crate::resources::{Route, keys_of};
use crate::state::clock::format_time;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listOrgResourcePolicies", list),
    ("getOrgResourcePolicy", get),
    ("createOrgResourcePolicy", create),
    ("updateOrgResourcePolicy", update),
    ("deleteOrgResourcePolicy", delete),
    ("validateOrgResourcePolicies", validate),
];

/// Version of the policy language.
const LANGUAGE_VERSION: &str = "v1";

fn collection_path(call: &Call) -> String {
    format!("/orgs/{}/resourcePolicies", call.path("orgId"))
}

/// `GET /orgs/{orgId}/resourcePolicies`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let policies = state.store.list(&collection_path(call)).iter();
    let policies = policies.map(|policy| policy.document.clone());
    Ok(responses::build(&context, policies.collect()))
}

/// `GET /orgs/{orgId}/resourcePolicies/{resourcePolicyId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let id = call.path("resourcePolicyId");
    let policy = state.store.find(&collection_path(call), &["id"], id);
    let policy = policy.ok_or_else(|| not_found(id))?;
    Ok(responses::build(&context, policy.document.clone()))
}

/// `POST /orgs/{orgId}/resourcePolicies`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let document = build_document(state, &context)?;
    let id = document["id"].as_str().unwrap_or_default().to_owned();
    let record = Record::new(id, document.clone(), call.now);
    state.store.list_mut(&collection_path(call)).push(record);
    Ok(responses::build(&context, document))
}

/// `POST /orgs/{orgId}/resourcePolicies:validate`
pub(crate) fn validate(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let document = build_document(state, &context)?;
    Ok(responses::build(&context, document))
}

/// `PATCH /orgs/{orgId}/resourcePolicies/{resourcePolicyId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let policies = body.get("policies");
    let policies = policies.map(|list| assign_policy_ids(state, call, list));
    let policies = policies.transpose()?;
    let user = find_user(state, call);
    let id = call.path("resourcePolicyId");
    let policy = state.store.find_mut(&collection_path(call), &["id"], id);
    let policy = policy.ok_or_else(|| not_found(id))?;
    if let Some(policies) = policies {
        policy.document["policies"] = policies;
    }
    if let Some(name) = body.get("name").filter(|name| !name.is_null()) {
        policy.document["name"] = name.clone();
    }
    if let Some(description) = body.get("description") {
        set_description(&mut policy.document, description);
    }
    policy.document["lastUpdatedByUser"] = user;
    policy.document["lastUpdatedDate"] = json!(format_time(call.now));
    Ok(responses::build(&context, policy.document.clone()))
}

/// `DELETE /orgs/{orgId}/resourcePolicies/{resourcePolicyId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let id = call.path("resourcePolicyId");
    let removed = state.store.remove(&collection_path(call), &["id"], id);
    removed.ok_or_else(|| not_found(id))?;
    Ok(responses::build(&context, json!({})))
}

/// Returns the document of the policy in a request body.
fn build_document(state: &mut State, context: &Context<'_>) -> Result<Value, ApiError> {
    let call = context.call;
    let body = requests::parse_body(context)?.unwrap_or_default();
    let user = find_user(state, call);
    let mut document = json!({
        "createdByUser": user,
        "createdDate": format_time(call.now),
        "id": state.ids().next(call.now),
        "lastUpdatedByUser": user,
        "lastUpdatedDate": format_time(call.now),
        "name": body["name"],
        "orgId": call.path("orgId"),
        "policies": assign_policy_ids(state, call, &body["policies"])?,
        "version": LANGUAGE_VERSION,
    });
    set_description(&mut document, &body["description"]);
    Ok(document)
}

/// Sets the description, or removes it if it is empty.
fn set_description(document: &mut Value, description: &Value) {
    match description.as_str() {
        Some(text) if !text.is_empty() => document["description"] = json!(text),
        _ => {
            if let Some(document) = document.as_object_mut() {
                document.remove("description");
            }
        }
    }
}

/// Checks the Cedar policies and gives each policy a new id.
fn assign_policy_ids(state: &mut State, call: &Call, list: &Value) -> Result<Value, ApiError> {
    let mut policies = Vec::new();
    for policy in list.as_array().into_iter().flatten() {
        let body = policy["body"].as_str().unwrap_or_default();
        cedar::check(body).map_err(|message| {
            // Atlas's error code is not known.
            let code = "INVALID_RESOURCE_POLICY";
            ApiError::rejected(400, code, message, Vec::new())
        })?;
        policies.push(json!({ "body": body, "id": state.ids().next(call.now) }));
    }
    Ok(Value::Array(policies))
}

/// Returns the caller as the author of a change.
fn find_user(state: &State, call: &Call) -> Value {
    let keys = keys_of(&call.organization);
    let key = state.store.find(&keys, &["publicKey"], call.sender());
    let id = key.map_or_else(|| derived_id(call.sender()), |key| key.key.clone());
    json!({ "id": id, "name": call.sender() })
}

/// Returns the error for an unknown policy. Its body differs from the common error document.
fn not_found(id: &str) -> ApiError {
    let code = "RESOURCE_POLICY_NOT_FOUND";
    let body = json!({
        "errorCode": code,
        "message": format!("Resource Policy with id \"{id}\" not found"),
        "status": "ERROR",
        "version": "1",
    });
    ApiError::with_body(404, code, body)
}
