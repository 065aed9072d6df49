//! Who belongs to what: invitations, roles in the organization and in projects, people in teams, and
//! service accounts in projects.

use std::time::Duration;

use serde_json::{Value, json};

use super::teams;
use super::users::{OWNER, collection, prepared};
use crate::call::{Call, Reply};
use crate::clock::{after, written};
use crate::error::ApiError;
use crate::generic::{self, Context, requests};
use crate::state::{Record, State};

/// How long an invitation is open.
const OPEN: Duration = Duration::from_hours(30 * 24);

/// `POST /orgs/{orgId}/users`
pub(crate) fn invite(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let username = username(&body)?;
    let path = collection(state);
    if state.store.find(&path, &["username"], username).is_some() {
        return Err(ApiError::already_exists("USER", username));
    }
    let mut user = invited(state, call, username);
    user["roles"]["orgRoles"] = body["roles"]["orgRoles"].clone();
    user["teamIds"] = body.get("teamIds").cloned().unwrap_or_else(|| json!([]));
    let id = user["id"].as_str().unwrap_or_default().to_owned();
    let record = Record::new(id, user.clone(), call.now);
    state.store.list_mut(&path).push(record);
    Ok(generic::answers::reply(&context, user))
}

/// `PATCH /orgs/{orgId}/users/{userId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let user = user(state, call.parameter(1))?;
    for field in ["roles", "teamIds"] {
        if let Some(value) = body.get(field) {
            user.document[field] = value.clone();
        }
    }
    Ok(generic::answers::reply(&context, user.document.clone()))
}

/// `POST /orgs/{orgId}/users/{userId}:addRole` and `:removeRole`
pub(crate) fn change_role(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let user = user(state, call.parameter(1))?;
    let adds = context.operation.id == "addOrgUserRole";
    change(
        &mut user.document["roles"]["orgRoles"],
        &body["orgRole"],
        adds,
    );
    Ok(generic::answers::reply(&context, user.document.clone()))
}

/// `POST /groups/{groupId}/users`
pub(crate) fn add_to_project(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let username = username(&body)?;
    let path = collection(state);
    if state.store.find(&path, &["username"], username).is_none() {
        let mut user = invited(state, call, username);
        user["roles"]["orgRoles"] = json!(["ORG_MEMBER"]);
        let id = user["id"].as_str().unwrap_or_default().to_owned();
        let record = Record::new(id, user, call.now);
        state.store.list_mut(&path).push(record);
    }
    let user = state.store.find_mut(&path, &["username"], username);
    let user = user.ok_or_else(|| ApiError::thing_not_found("USER", username))?;
    let roles = assignment(user, call.parameter(0));
    *roles = body["roles"].clone();
    let shown = in_project(user, call.parameter(0)).unwrap_or_default();
    Ok(generic::answers::reply(&context, shown))
}

/// `POST /groups/{groupId}/users/{userId}:addRole` and `:removeRole`
pub(crate) fn change_project_role(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::of(call)?;
    state.project(call.parameter(0))?;
    let body = requests::body(&context)?.unwrap_or_default();
    let user = user(state, call.parameter(1))?;
    let adds = context.operation.id == "addGroupUserRole";
    change(
        assignment(user, call.parameter(0)),
        &body["groupRole"],
        adds,
    );
    let shown = in_project(user, call.parameter(0)).unwrap_or_default();
    Ok(generic::answers::reply(&context, shown))
}

/// `DELETE /groups/{groupId}/users/{userId}`
pub(crate) fn remove_from_project(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = call.parameter(0);
    state.project(project)?;
    let user = user(state, call.parameter(1))?;
    let assignments = user.document["roles"]["groupRoleAssignments"].as_array_mut();
    if let Some(assignments) = assignments {
        assignments.retain(|assignment| assignment["groupId"] != project);
    }
    Ok(Reply::no_content())
}

/// `POST /orgs/{orgId}/teams/{teamId}:addUser` and `:removeUser`
pub(crate) fn change_team(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let id = body["id"].as_str().unwrap_or_default();
    let shown = user(state, id)?.document.clone();
    let path = teams::path(state);
    let team = state.store.find_mut(&path, &["id"], call.parameter(1));
    let team = team.ok_or_else(|| ApiError::thing_not_found("TEAM", call.parameter(1)))?;
    let members = team.hidden.entry("users").or_insert_with(|| json!([]));
    change(
        members,
        &body["id"],
        context.operation.id == "addOrgTeamUser",
    );
    Ok(generic::answers::reply(&context, shown))
}

/// `GET /orgs/{orgId}/serviceAccounts/{clientId}/groups`
pub(crate) fn projects_of_account(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let client = call.parameter(1);
    let ids: Vec<String> = state.projects().iter().map(|it| it.id.clone()).collect();
    let roles = ids.into_iter().filter_map(|id| {
        let lent = format!("/groups/{id}/serviceAccounts");
        let account = state.store.find(&lent, &["clientId"], client)?;
        let document = json!({ "groupId": id, "roles": account.document["roles"] });
        Some(Record::new(id, document, call.now))
    });
    let records: Vec<Record> = roles.collect();
    generic::listed(&context, &records, &state.organization.id)
}

/// Somebody as a project shows them; nothing if they have no access to it.
pub(super) fn in_project(user: &Record, project: &str) -> Option<Value> {
    let roles = &user.document["roles"];
    let assignments = roles["groupRoleAssignments"].as_array();
    let assigned = assignments.and_then(|all| all.iter().find(|one| one["groupId"] == project));
    let organization = roles["orgRoles"].as_array();
    let owns = organization.is_some_and(|roles| roles.contains(&json!("ORG_OWNER")));
    let roles = match assigned {
        Some(assigned) => assigned["groupRoles"].clone(),
        None if owns => json!(["GROUP_OWNER"]),
        None => return None,
    };
    let mut document = user.document.clone();
    document["roles"] = roles;
    document["mobileNumber"] = Value::Null;
    if let Some(document) = document.as_object_mut() {
        document.remove("teamIds");
    }
    Some(document)
}

pub(super) fn username(body: &Value) -> Result<&str, ApiError> {
    let name = body["username"].as_str();
    name.ok_or_else(|| ApiError::missing_attribute("username"))
}

pub(super) fn user<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Record, ApiError> {
    let path = collection(state);
    let user = state.store.find_mut(&path, &["id"], id);
    user.ok_or_else(|| ApiError::thing_not_found("USER", id))
}

pub(super) fn invited(state: &mut State, call: &Call, username: &str) -> Value {
    json!({
        "id": state.ids().next(call.now),
        "invitationCreatedAt": written(call.now),
        "invitationExpiresAt": written(after(call.now, OPEN)),
        "inviterUsername": OWNER,
        "orgMembershipStatus": "PENDING",
        "roles": { "groupRoleAssignments": [], "orgRoles": [] },
        "teamIds": [],
        "username": username,
    })
}

/// The roles that somebody has in a project by an assignment, which is made if there is none.
pub(super) fn assignment<'a>(user: &'a mut Record, project: &str) -> &'a mut Value {
    let roles = &mut user.document["roles"];
    let mut all = roles["groupRoleAssignments"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let position = all.iter().position(|one| one["groupId"] == project);
    let position = position.unwrap_or_else(|| {
        all.push(json!({ "groupId": project, "groupRoles": [] }));
        all.len() - 1
    });
    roles["groupRoleAssignments"] = json!(all);
    &mut roles["groupRoleAssignments"][position]["groupRoles"]
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
