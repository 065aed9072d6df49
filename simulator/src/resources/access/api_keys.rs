//! API keys, which an organization creates and assigns to projects with roles.
//!
//! The response to the creation contains the private key. Later responses mask it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::roles::MEMBER_ROLE;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, render_link};
use crate::schema::unique;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listOrgApiKeys", list),
    ("getOrgApiKey", get),
    ("createOrgApiKey", create),
    ("updateOrgApiKey", update),
    ("deleteOrgApiKey", delete),
    ("listGroupApiKeys", list_in_project),
    ("createGroupApiKey", create_in_project),
    ("addGroupApiKey", assign),
    ("updateGroupApiKeyRoles", assign),
    ("removeGroupApiKey", remove_from_project),
];

/// Private key of a key that the simulator is configured with.
const MASKED_KEY: &str = "********-****-****-************";

/// Returns the path of an organization's keys in the store.
pub(crate) fn collection_path(organization: &str) -> String {
    format!("/orgs/{organization}/apiKeys")
}

/// `GET /orgs/{orgId}/apiKeys`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let keys = state
        .store
        .list(&collection_path(&call.organization))
        .iter();
    let keys: Vec<Record> = keys.map(|key| add_link(key, call)).collect();
    generic::list_response(&context, &keys)
}

/// `GET /orgs/{orgId}/apiKeys/{apiUserId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let key = add_link(&find(state, call, call.path("apiUserId"))?, call);
    Ok(generic::responses::build(&context, key.document))
}

/// `POST /orgs/{orgId}/apiKeys`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let roles = org_roles(&body["roles"], &call.organization);
    create_with_roles(state, &context, &body, &roles)
}

/// `PATCH /orgs/{orgId}/apiKeys/{apiUserId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let roles = body.get("roles");
    let roles = roles.map(|roles| org_roles(roles, &call.organization));
    apply_change(state, &context, call.path("apiUserId"), |key| {
        if let Some(description) = body.get("desc") {
            key["desc"] = description.clone();
        }
        if let Some(roles) = &roles {
            let old_roles = key["roles"].as_array().cloned().unwrap_or_default();
            let project_roles = old_roles
                .into_iter()
                .filter(|role| role.get("groupId").is_some());
            key["roles"] = roles.iter().cloned().chain(project_roles).collect();
        }
    })
}

/// `DELETE /orgs/{orgId}/apiKeys/{apiUserId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    find(state, call, call.path("apiUserId"))?;
    let keys = collection_path(&call.organization);
    state.store.remove(&keys, &["id"], call.path("apiUserId"));
    Ok(ApiResponse::no_content())
}

/// `GET /groups/{groupId}/apiKeys`
pub(crate) fn list_in_project(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let keys = keys_in_project(state, call, call.path("groupId"));
    generic::list_response(&context, &keys)
}

/// `POST /groups/{groupId}/apiKeys`
pub(crate) fn create_in_project(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let mut roles = org_roles(&json!([MEMBER_ROLE]), &call.organization);
    roles.extend(project_roles(&body["roles"], call.path("groupId")));
    create_with_roles(state, &context, &body, &roles)
}

/// `POST` and `PATCH /groups/{groupId}/apiKeys/{apiUserId}`
pub(crate) fn assign(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let project = call.path("groupId");
    let entry = body.get(0).unwrap_or(&body);
    let roles = entry.get("roles").filter(|roles| !roles.is_null());
    let roles = roles.map(|roles| project_roles(roles, project));
    apply_change(state, &context, call.path("apiUserId"), |key| {
        if let Some(roles) = &roles {
            replace_roles(key, project, roles);
        }
        if let Some(description) = entry.get("desc") {
            key["desc"] = description.clone();
        }
    })
}

/// `DELETE /groups/{groupId}/apiKeys/{apiUserId}`
pub(crate) fn remove_from_project(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let project = call.path("groupId");
    apply_change(state, &context, call.path("apiUserId"), |key| {
        replace_roles(key, project, &[]);
    })?;
    Ok(ApiResponse::no_content())
}

/// Removes the roles of all keys in a deleted project.
pub(crate) fn remove_project_roles(state: &mut State, project: &str) {
    for key in state.store.all_mut("/apiKeys") {
        replace_roles(&mut key.document, project, &[]);
    }
}

fn find(state: &State, call: &Call, id: &str) -> Result<Record, ApiError> {
    let keys = collection_path(&call.organization);
    let key = state.store.find(&keys, &["id"], id).cloned();
    key.ok_or_else(|| ApiError::named_not_found("API_KEY", id))
}

fn keys_in_project(state: &State, call: &Call, project: &str) -> Vec<Record> {
    let keys = state.store.list(&collection_path(&call.organization));
    let has_role = |key: &&Record| {
        let roles = key.document["roles"].as_array();
        roles.is_some_and(|roles| roles.iter().any(|role| role["groupId"] == project))
    };
    keys.iter().filter(has_role).cloned().collect()
}

/// Creates a key with these roles and returns a response with the private key.
fn create_with_roles(
    state: &mut State,
    context: &Context<'_>,
    body: &Value,
    roles: &[Value],
) -> Result<ApiResponse, ApiError> {
    let Some(description) = body["desc"].as_str() else {
        return Err(ApiError::missing_attribute("desc"));
    };
    let document = store(state, context.call, description, roles);
    Ok(generic::responses::build(context, document))
}

/// Adds the key that the simulator is configured with to the first organization.
pub(crate) fn add_configured(state: &mut State, public: &str, now: Timestamp) {
    let organization = state.oldest_organization().to_owned();
    let id = derived_id(public);
    let document = json!({
        "desc": "simulator",
        "id": id,
        "privateKey": MASKED_KEY,
        "publicKey": public,
        "roles": org_roles(&json!(["ORG_OWNER"]), &organization),
    });
    let key = Record::new(id, document, now);
    state
        .store
        .list_mut(&collection_path(&organization))
        .push(key);
}

/// Returns the document of a key with the link to it. The configured key is stored without a link.
fn add_link(key: &Record, call: &Call) -> Record {
    let mut key = key.clone();
    if key.document["links"].is_null() {
        let path = format!(
            "/api/atlas/v2/orgs/{}/apiKeys/{}",
            call.organization, key.key
        );
        key.document["links"] = json!([render_link(call, &path, "self")]);
    }
    key
}

/// Stores a new key and returns its document with the private key.
fn store(state: &mut State, call: &Call, description: &str, roles: &[Value]) -> Value {
    let organization = &call.organization;
    let id = state.ids().next(call.now);
    let private = unique(&format!("private {id}"));
    let path = format!("/api/atlas/v2/orgs/{organization}/apiKeys/{id}");
    let document = json!({
        "desc": description,
        "id": id,
        "links": [render_link(call, &path, "self")],
        "privateKey": format!("********-****-****-{}", private.rsplit('-').next().unwrap_or_default()),
        "publicKey": public_key(&id),
        "roles": roles,
    });
    let mut response = document.clone();
    response["privateKey"] = json!(private);
    let mut key = Record::new(id, document, call.now);
    key.hidden.insert("privateKey".to_owned(), json!(private));
    state
        .store
        .list_mut(&collection_path(organization))
        .push(key);
    response
}

/// Creates the API key that a request for a new organization contains.
pub(crate) fn create_with_organization(state: &mut State, call: &Call, request: &Value) -> Value {
    let roles = org_roles(&request["roles"], &call.organization);
    let description = request["desc"].as_str().unwrap_or_default();
    store(state, call, description, &roles)
}

fn apply_change(
    state: &mut State,
    context: &Context<'_>,
    id: &str,
    apply: impl FnOnce(&mut Value),
) -> Result<ApiResponse, ApiError> {
    let keys = collection_path(&context.call.organization);
    let key = state
        .store
        .find_mut(&keys, &["id"], id)
        .ok_or_else(|| ApiError::named_not_found("API_KEY", id))?;
    apply(&mut key.document);
    Ok(generic::responses::build(context, key.document.clone()))
}

fn replace_roles(key: &mut Value, project: &str, roles: &[Value]) {
    let old_roles = key["roles"].as_array().cloned().unwrap_or_default();
    let others = old_roles
        .into_iter()
        .filter(|role| role["groupId"] != project);
    key["roles"] = others.chain(roles.iter().cloned()).collect();
}

fn org_roles(names: &Value, organization: &str) -> Vec<Value> {
    let names = names.as_array().into_iter().flatten();
    names
        .filter(|name| !name.is_null())
        .map(|name| json!({ "orgId": organization, "roleName": name }))
        .collect()
}

fn project_roles(names: &Value, project: &str) -> Vec<Value> {
    let names = names.as_array().into_iter().flatten();
    names
        .filter(|name| !name.is_null() && *name != MEMBER_ROLE)
        .map(|name| json!({ "groupId": project, "roleName": name }))
        .collect()
}

/// Returns a public key: eight lower-case letters, derived from the key's id.
fn public_key(id: &str) -> String {
    let digits = derived_id(&format!("public {id}"));
    let letters = digits.bytes().zip((0..8_u8).cycle());
    letters
        .take(8)
        .map(|(digit, shift)| char::from(b'a' + (digit.wrapping_mul(7) + shift) % 26))
        .collect()
}
