//! Database users, identified by authentication database and name, and their X.509 certificates.

pub(super) mod certificates;
mod rules;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::state::State;

pub(crate) use rules::is_built_in as is_built_in_role;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupDatabaseUser", create),
    ("updateGroupDatabaseUser", update),
];

/// `POST /groups/{groupId}/databaseUsers`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    rules::check_roles(state, call.path("groupId"), &body)?;
    let database = body["databaseName"].as_str().unwrap_or("admin").to_owned();
    let name = body["username"].as_str().unwrap_or_default().to_owned();
    rules::check_authentication(&body, &database, &name)?;
    let users = state.store.list(&context.collection);
    if users
        .iter()
        .any(|user| user.string("databaseName") == database && user.string("username") == name)
    {
        let detail = format!("The specified user {name} already exists.");
        return Err(ApiError::rejected(
            409,
            "USER_ALREADY_EXISTS",
            detail,
            vec![json!(name)],
        ));
    }
    body["databaseName"] = json!(database);
    let mut user = writes::insert(state, &context, &body)?;
    let path = format!("{}/{database}/{name}", call.request_path);
    for field in ["labels", "scopes"] {
        if user.document.get(field).is_none() {
            user.document[field] = json!([]);
        }
    }
    user.document["groupId"] = json!(call.path("groupId"));
    user.document["links"] = json!([{ "href": call.link(&path), "rel": "self" }]);
    if let Some(stored) = state.store.list_mut(&context.collection).last_mut() {
        *stored = user.clone();
    }
    Ok(generic::responses::build(&context, user.document))
}

/// `PATCH /groups/{groupId}/databaseUsers/{databaseName}/{username}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    rules::check_roles(state, call.path("groupId"), &body)?;
    rules::check_password(&body)?;
    generic::respond(state, call)
}
