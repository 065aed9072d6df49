//! The older way of adding users, and of giving them all their roles at once.

use serde_json::json;

use super::members::{assignment, invited, user, username};
use super::users::{collection, old_form, prepared};
use crate::call::{Call, Reply};
use crate::clock::written;
use crate::error::ApiError;
use crate::generic::{self, Context, requests};
use crate::state::{Record, State};

/// `POST /users`: a user of the caller's organization, who has no invitation to accept.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let username = username(&body)?;
    let path = collection(state);
    if state.store.find(&path, &["username"], username).is_some() {
        return Err(ApiError::already_exists("USER", username));
    }
    let roles = json!({ "groupRoleAssignments": [], "orgRoles": ["ORG_MEMBER"] });
    let mut user = invited(state, call, username);
    if let Some(user) = user.as_object_mut() {
        user.retain(|name, _| !name.starts_with("invit"));
        user.insert("createdAt".to_owned(), json!(written(call.now)));
        user.insert("lastAuth".to_owned(), json!(written(call.now)));
        user.insert("orgMembershipStatus".to_owned(), json!("ACTIVE"));
        user.insert("roles".to_owned(), roles);
        for field in ["country", "firstName", "lastName"] {
            user.insert(field.to_owned(), body[field].clone());
        }
    }
    let id = user["id"].as_str().unwrap_or_default().to_owned();
    let record = Record::new(id, user, call.now);
    let shown = old_form(state, &record, call);
    state.store.list_mut(&path).push(record);
    Ok(generic::answers::reply(&context, shown))
}

/// `PUT /groups/{groupId}/users/{userId}/roles`
pub(crate) fn replace_project_roles(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::of(call)?;
    state.project(call.parameter(0))?;
    let body = requests::body(&context)?.unwrap_or_default();
    let user = user(state, call.parameter(1))?;
    let roles = assignment(user, call.parameter(0));
    if let Some(given) = body.get("groupRoles").filter(|it| !it.is_null()) {
        *roles = given.clone();
    }
    let links = json!([{ "href": call.link(&call.path), "rel": "self" }]);
    let shown = json!({ "groupRoles": roles, "links": links });
    Ok(generic::answers::reply(&context, shown))
}

/// `PUT /orgs/{orgId}/users/{userId}/roles`
pub(crate) fn replace_roles(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let user = user(state, call.parameter(1))?;
    if let Some(given) = body.get("orgRoles").filter(|it| !it.is_null()) {
        user.document["roles"]["orgRoles"] = given.clone();
    }
    let links = json!([{ "href": call.link(&call.path), "rel": "self" }]);
    let shown = json!({ "links": links, "orgRoles": user.document["roles"]["orgRoles"] });
    Ok(generic::answers::reply(&context, shown))
}
