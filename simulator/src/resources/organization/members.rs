//! Who belongs to what: people who are invited, their roles in the organization and in projects, and
//! service accounts in projects.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::{
    collection, ensure_defaults, of_organization, prepared,
};
use crate::resources::organization::memberships::{
    assigned, assignment, forget_expired, invited, user, username,
};
use crate::resources::organization::user_roles::{ORGANIZATION_OWNER, check_owner_remains, given};
use crate::resources::organization::{project_users, team_members};
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("removeOrgUser", remove),
    ("createOrgUser", invite),
    ("updateOrgUser", update),
    ("addOrgUserRole", change_role),
    ("removeOrgUserRole", change_role),
    ("addGroupUsers", add_to_project),
    ("addGroupUserRole", change_project_role),
    ("removeGroupUserRole", change_project_role),
    ("removeGroupUser", remove_from_project),
    ("getOrgServiceAccountGroups", projects_of_account),
];

/// `POST /orgs/{orgId}/users`
pub(crate) fn invite(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let username = username(&body)?;
    let path = collection(&call.organization);
    let roles = given(state, &call.organization, &body)?;
    team_members::check_teams(state, &call.organization, &body)?;
    forget_expired(state, &call.organization, username);
    if state.store.find(&path, &["username"], username).is_some() {
        return Err(ApiError::already_exists("USER", username));
    }
    let mut user = invited(state, call, username);
    for (field, value) in roles {
        user["roles"][field] = value;
    }
    user["teamIds"] = body.get("teamIds").cloned().unwrap_or_else(|| json!([]));
    let id = user["id"].as_str().unwrap_or_default().to_owned();
    let record = Record::new(id, user.clone(), call.now);
    state.store.list_mut(&path).push(record);
    Ok(generic::answers::reply(&context, user))
}

/// `PATCH /orgs/{orgId}/users/{userId}`: what is not said stays as it is
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let id = call.path("userId");
    user(state, call, id)?;
    let roles = given(state, &call.organization, &body)?;
    team_members::check_teams(state, &call.organization, &body)?;
    let of_organization = roles.get("orgRoles").and_then(Value::as_array);
    if of_organization.is_some_and(|it| !it.contains(&json!(ORGANIZATION_OWNER))) {
        check_owner_remains(state, &call.organization, id)?;
    }
    let user = user(state, call, id)?;
    for (field, value) in roles {
        user.document["roles"][field] = value;
    }
    if let Some(teams) = body.get("teamIds") {
        user.document["teamIds"] = teams.clone();
    }
    Ok(generic::answers::reply(&context, user.document.clone()))
}

/// `DELETE /orgs/{orgId}/users/{userId}`: not of the last owner
pub(crate) fn remove(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    ensure_defaults(state, call);
    check_owner_remains(state, &call.organization, call.path("userId"))?;
    of_organization(state, call)
}

/// `POST /orgs/{orgId}/users/{userId}:addRole` and `:removeRole`
pub(crate) fn change_role(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let adds = context.operation.id == "addOrgUserRole";
    if !adds && body["orgRole"] == ORGANIZATION_OWNER {
        check_owner_remains(state, &call.organization, call.path("userId"))?;
    }
    let user = user(state, call, call.path("userId"))?;
    change(
        &mut user.document["roles"]["orgRoles"],
        &body["orgRole"],
        adds,
    );
    Ok(generic::answers::reply(&context, user.document.clone()))
}

/// `POST /groups/{groupId}/users`: of somebody who has no roles in the project yet
pub(crate) fn add_to_project(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let username = username(&body)?;
    let path = collection(&call.organization);
    forget_expired(state, &call.organization, username);
    if state.store.find(&path, &["username"], username).is_none() {
        let mut user = invited(state, call, username);
        user["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let id = user["id"].as_str().unwrap_or_default().to_owned();
        let record = Record::new(id, user, call.now);
        state.store.list_mut(&path).push(record);
    }
    let user = state.store.find_mut(&path, &["username"], username);
    let user = user.ok_or_else(|| ApiError::thing_not_found("USER", username))?;
    if assigned(user, call.path("groupId")).is_some() {
        // The code is the service's; that it comes with this status is plausible only.
        let detail = format!("{username} has roles in this project already.");
        let parameters = vec![json!(username), json!(call.path("groupId"))];
        let code = "USER_ALREADY_IN_GROUP";
        return Err(ApiError::rejected(409, code, detail, parameters));
    }
    let roles = assignment(user, call.path("groupId"));
    *roles = body["roles"].clone();
    let shown = project_users::own(user, call.path("groupId"));
    Ok(generic::answers::reply(&context, shown))
}

/// `POST /groups/{groupId}/users/{userId}:addRole` and `:removeRole`
pub(crate) fn change_project_role(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::of(call)?;
    state.project(call.path("groupId"))?;
    let body = requests::body(&context)?.unwrap_or_default();
    ensure_defaults(state, call);
    let adds = context.operation.id == "addGroupUserRole";
    let user = user(state, call, call.path("userId"))?;
    if !adds && assigned(user, call.path("groupId")).is_none() {
        return Err(ApiError::thing_not_found("USER", call.path("userId")));
    }
    change(
        assignment(user, call.path("groupId")),
        &body["groupRole"],
        adds,
    );
    let shown = project_users::own(user, call.path("groupId"));
    Ok(generic::answers::reply(&context, shown))
}

/// `DELETE /groups/{groupId}/users/{userId}`: of somebody with roles of their own in the project
pub(crate) fn remove_from_project(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = call.path("groupId");
    state.project(project)?;
    ensure_defaults(state, call);
    let user = user(state, call, call.path("userId"))?;
    if assigned(user, project).is_none() {
        return Err(ApiError::thing_not_found("USER", call.path("userId")));
    }
    let assignments = user.document["roles"]["groupRoleAssignments"].as_array_mut();
    if let Some(assignments) = assignments {
        assignments.retain(|assignment| assignment["groupId"] != project);
    }
    Ok(Reply::no_content())
}

/// `GET /orgs/{orgId}/serviceAccounts/{clientId}/groups`
pub(crate) fn projects_of_account(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let client = call.path("clientId");
    let ids: Vec<String> = state.projects().iter().map(|it| it.id.clone()).collect();
    let roles = ids.into_iter().filter_map(|id| {
        let lent = format!("/groups/{id}/serviceAccounts");
        let account = state.store.find(&lent, &["clientId"], client)?;
        let document = json!({ "groupId": id, "roles": account.document["roles"] });
        Some(Record::new(id, document, call.now))
    });
    let records: Vec<Record> = roles.collect();
    generic::list_response(&context, &records)
}

/// Puts a value into a list or takes it out.
fn change(list: &mut Value, value: &Value, adds: bool) {
    let mut values = list.as_array().cloned().unwrap_or_default();
    values.retain(|one| one != value);
    if adds {
        values.push(value.clone());
    }
    *list = json!(values);
}
