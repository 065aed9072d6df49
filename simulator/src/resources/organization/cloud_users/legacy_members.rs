//! Deprecated operations that create users and replace all roles of a user.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::memberships::{
    assignment_mut, find_user, new_invited_user, parse_username, project_roles, remove_expired,
};
use crate::resources::organization::cloud_users::user_roles;
use crate::resources::organization::cloud_users::{
    collection_path, ensure_defaults, prepare, render_2023_01, select_organization,
};
use crate::state::clock::format_time;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("createUser", create),
    ("updateGroupUserRoles", replace_project_roles),
    ("updateOrgUserRoles", replace_roles),
];

/// `POST /users`
///
/// Creates an active user without an invitation.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let username = parse_username(&body)?;
    let call = &select_single_organization(state, call, &body["roles"])?;
    let roles = user_roles::parse_single_list(state, &call.organization, &body["roles"])?;
    ensure_defaults(state, call);
    remove_expired(state, &call.organization, username);
    let path = collection_path(&call.organization);
    if state.store.find(&path, &["username"], username).is_some() {
        return Err(ApiError::already_exists("USER", username));
    }
    let mut user = new_invited_user(state, call, username);
    if let Some(user) = user.as_object_mut() {
        user.retain(|name, _| !name.starts_with("invit"));
        user.insert("createdAt".to_owned(), json!(format_time(call.now)));
        user.insert("lastAuth".to_owned(), json!(format_time(call.now)));
        user.insert("orgMembershipStatus".to_owned(), json!("ACTIVE"));
        user.insert("roles".to_owned(), roles);
        for field in ["country", "firstName", "lastName"] {
            user.insert(field.to_owned(), body[field].clone());
        }
    }
    let id = user["id"].as_str().unwrap_or_default().to_owned();
    let record = Record::new(id, user, call.now);
    let document = render_2023_01(&record, call);
    state.store.list_mut(&path).push(record);
    Ok(generic::responses::build(&context, document).with_organization(&call.organization))
}

/// Returns the call for the organization of the roles. A role contains `orgId`, or the `groupId` of
/// a project.
///
/// Users are stored by organization, so roles in several organizations are rejected.
fn select_single_organization(state: &State, call: &Call, roles: &Value) -> Result<Call, ApiError> {
    let mut organizations = Vec::new();
    for role in roles.as_array().into_iter().flatten() {
        if let Some(id) = role["orgId"].as_str() {
            organizations.push(id.to_owned());
        } else if let Some(id) = role["groupId"].as_str() {
            organizations.push(state.project(id)?.organization.clone());
        }
    }
    organizations.dedup();
    match organizations.as_slice() {
        [] => Ok(call.clone()),
        [organization] => select_organization(state, call, organization),
        _ => Err(ApiError::invalid_attribute(
            "roles",
            "roles in one organization",
        )),
    }
}

/// `PUT /groups/{groupId}/users/{userId}/roles`
pub(crate) fn replace_project_roles(
    state: &mut State,
    call: &Call,
) -> Result<ApiResponse, ApiError> {
    let context = Context::new(call)?;
    state.project(call.path("groupId"))?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    ensure_defaults(state, call);
    let user = find_user(state, call, call.path("userId"))?;
    if let Some(group_roles) = body.get("groupRoles").filter(|roles| !roles.is_null()) {
        *assignment_mut(user, call.path("groupId")) = group_roles.clone();
    }
    let links = json!([{ "href": call.link(&call.request_path), "rel": "self" }]);
    let roles = project_roles(user, call.path("groupId")).unwrap_or(&Value::Null);
    let document =
        json!({ "groupRoles": roles.as_array().map_or(&[][..], Vec::as_slice), "links": links });
    Ok(generic::responses::build(&context, document))
}

/// `PUT /orgs/{orgId}/users/{userId}/roles`
pub(crate) fn replace_roles(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let org_roles = body.get("orgRoles").and_then(Value::as_array);
    if org_roles.is_some_and(|roles| !roles.contains(&json!(user_roles::ORGANIZATION_OWNER))) {
        let id = call.path("userId");
        let change = user_roles::OwnerChange::Demotion;
        user_roles::check_owner_remains(state, &call.organization, id, change)?;
    }
    let user = find_user(state, call, call.path("userId"))?;
    if let Some(org_roles) = org_roles {
        user.document["roles"]["orgRoles"] = json!(org_roles);
    }
    let links = json!([{ "href": call.link(&call.request_path), "rel": "self" }]);
    let document = json!({ "links": links, "orgRoles": user.document["roles"]["orgRoles"] });
    Ok(generic::responses::build(&context, document))
}
