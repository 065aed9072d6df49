//! Membership: invited users, their roles in the organization and in projects, and the projects of
//! service accounts.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::memberships::{
    assignment_mut, find_user, new_invited_user, parse_username, project_roles, remove_expired,
};
use crate::resources::organization::cloud_users::team_members;
use crate::resources::organization::cloud_users::user_roles::{
    ORGANIZATION_OWNER, OwnerChange, check_owner_remains, roles_in_body,
};
use crate::resources::organization::cloud_users::{self, pending, project_users};
use crate::resources::organization::cloud_users::{collection_path, ensure_defaults, prepare};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("removeOrgUser", remove),
    ("createOrgUser", invite),
    ("updateOrgUser", update),
    ("addOrgUserRole", change_role),
    ("removeOrgUserRole", change_role),
    ("addGroupUsers", add_to_project),
    ("addGroupUserRole", change_project_role),
    ("removeGroupUserRole", change_project_role),
    ("removeGroupUser", remove_from_project),
    ("getOrgServiceAccountGroups", list_account_projects),
];

/// `POST /orgs/{orgId}/users`
pub(crate) fn invite(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let username = parse_username(&body)?;
    let path = collection_path(&call.organization);
    let roles = roles_in_body(state, &call.organization, &body)?;
    team_members::check_teams(state, &call.organization, &body)?;
    remove_expired(state, &call.organization, username);
    if state.store.find(&path, &["username"], username).is_some() {
        return Err(ApiError::already_exists("USER", username));
    }
    let mut user = new_invited_user(state, call, username);
    for (field, value) in roles {
        user["roles"][field] = value;
    }
    user["teamIds"] = body.get("teamIds").cloned().unwrap_or_else(|| json!([]));
    let id = user["id"].as_str().unwrap_or_default().to_owned();
    let record = Record::new(id, user.clone(), call.now);
    state.store.list_mut(&path).push(record);
    pending::add_invitation(state, call, &user);
    Ok(generic::responses::build(&context, user))
}

/// `PATCH /orgs/{orgId}/users/{userId}`
///
/// Updates a user. Fields that the body lacks are unchanged.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let id = call.path("userId");
    find_user(state, call, id)?;
    let roles = roles_in_body(state, &call.organization, &body)?;
    team_members::check_teams(state, &call.organization, &body)?;
    let org_roles = roles.get("orgRoles").and_then(Value::as_array);
    if org_roles.is_some_and(|roles| !roles.contains(&json!(ORGANIZATION_OWNER))) {
        check_owner_remains(state, &call.organization, id, OwnerChange::Demotion)?;
    }
    let user = find_user(state, call, id)?;
    for (field, value) in roles {
        user.document["roles"][field] = value;
    }
    if let Some(teams) = body.get("teamIds") {
        user.document["teamIds"] = teams.clone();
    }
    Ok(generic::responses::build(&context, user.document.clone()))
}

/// `DELETE /orgs/{orgId}/users/{userId}`
///
/// Rejects the removal of the last owner.
pub(crate) fn remove(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    ensure_defaults(state, call);
    let id = call.path("userId");
    check_owner_remains(state, &call.organization, id, OwnerChange::Removal)?;
    let name = find_user(state, call, id).map(|user| user.string("username").to_owned());
    let reply = cloud_users::respond(state, call)?;
    if let Ok(name) = name {
        pending::remove_invitations(state, &call.organization, &name);
    }
    Ok(reply)
}

/// `POST /orgs/{orgId}/users/{userId}:addRole` and `:removeRole`
pub(crate) fn change_role(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let is_added = context.operation.id == "addOrgUserRole";
    if !is_added && body["orgRole"] == ORGANIZATION_OWNER {
        let id = call.path("userId");
        check_owner_remains(state, &call.organization, id, OwnerChange::Demotion)?;
    }
    let user = find_user(state, call, call.path("userId"))?;
    change_list(
        &mut user.document["roles"]["orgRoles"],
        &body["orgRole"],
        is_added,
    );
    Ok(generic::responses::build(&context, user.document.clone()))
}

/// `POST /groups/{groupId}/users`
///
/// Rejects a user who already has roles in the project.
pub(crate) fn add_to_project(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let username = parse_username(&body)?;
    let path = collection_path(&call.organization);
    remove_expired(state, &call.organization, username);
    if state.store.find(&path, &["username"], username).is_none() {
        let mut user = new_invited_user(state, call, username);
        user["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let id = user["id"].as_str().unwrap_or_default().to_owned();
        pending::add_invitation(state, call, &user);
        let record = Record::new(id, user, call.now);
        state.store.list_mut(&path).push(record);
    }
    let user = state.store.find_mut(&path, &["username"], username);
    let user = user.ok_or_else(|| ApiError::named_not_found("USER", username))?;
    if project_roles(user, call.path("groupId")).is_some() {
        // Atlas uses this error code; the status that Atlas returns is not known.
        let detail = format!("{username} has roles in this project already.");
        let parameters = vec![json!(username), json!(call.path("groupId"))];
        let code = "USER_ALREADY_IN_GROUP";
        return Err(ApiError::rejected(409, code, detail, parameters));
    }
    let roles = assignment_mut(user, call.path("groupId"));
    *roles = body["roles"].clone();
    let response = project_users::render_with_own_roles(user, call.path("groupId"));
    Ok(generic::responses::build(&context, response))
}

/// `POST /groups/{groupId}/users/{userId}:addRole` and `:removeRole`
pub(crate) fn change_project_role(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::new(call)?;
    state.project(call.path("groupId"))?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    ensure_defaults(state, call);
    let is_added = context.operation.id == "addGroupUserRole";
    let user = find_user(state, call, call.path("userId"))?;
    if !is_added && project_roles(user, call.path("groupId")).is_none() {
        return Err(ApiError::named_not_found("USER", call.path("userId")));
    }
    change_list(
        assignment_mut(user, call.path("groupId")),
        &body["groupRole"],
        is_added,
    );
    let response = project_users::render_with_own_roles(user, call.path("groupId"));
    Ok(generic::responses::build(&context, response))
}

/// `DELETE /groups/{groupId}/users/{userId}`
///
/// Rejects a user who has no directly assigned roles in the project.
pub(crate) fn remove_from_project(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = call.path("groupId");
    state.project(project)?;
    ensure_defaults(state, call);
    let user = find_user(state, call, call.path("userId"))?;
    if project_roles(user, project).is_none() {
        return Err(ApiError::named_not_found("USER", call.path("userId")));
    }
    let assignments = user.document["roles"]["groupRoleAssignments"].as_array_mut();
    if let Some(assignments) = assignments {
        assignments.retain(|assignment| assignment["groupId"] != project);
    }
    Ok(ApiResponse::no_content())
}

/// `GET /orgs/{orgId}/serviceAccounts/{clientId}/groups`
pub(crate) fn list_account_projects(
    state: &mut State,
    call: &Call,
) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let client = call.path("clientId");
    let ids: Vec<String> = state
        .projects()
        .iter()
        .map(|project| project.id.clone())
        .collect();
    let roles = ids.into_iter().filter_map(|id| {
        let in_project = format!("/groups/{id}/serviceAccounts");
        let account = state.store.find(&in_project, &["clientId"], client)?;
        let document = json!({ "groupId": id, "roles": account.document["roles"] });
        Some(Record::new(id, document, call.now))
    });
    let records: Vec<Record> = roles.collect();
    generic::list_response(&context, &records)
}

/// Adds a value to a list or removes it.
fn change_list(list: &mut Value, value: &Value, is_added: bool) {
    let mut values = list.as_array().cloned().unwrap_or_default();
    values.retain(|existing| existing != value);
    if is_added {
        values.push(value.clone());
    }
    *list = json!(values);
}
