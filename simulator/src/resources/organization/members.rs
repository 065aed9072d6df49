//! Who belongs to what: people who are invited, their roles in the organization and in projects, and
//! service accounts in projects.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::{
    OWNER, collection, ensure_defaults, of_organization, prepared,
};
use crate::resources::organization::invitations::LIFETIME;
use crate::resources::organization::user_roles::{ORGANIZATION_OWNER, check_owner_remains, given};
use crate::resources::organization::{project_users, team_members};
use crate::state::clock::{after, written};
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

/// What the document calls somebody who did not accept an invitation in time.
pub(crate) const EXPIRED: &str = "INVITATION_EXPIRED";

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
        return Err(ApiError::refused(409, code, detail, parameters));
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
    generic::listed(&context, &records)
}

/// The address that a body names somebody by. What the service takes for one is not known; anything
/// with an `@` in it will do.
pub(crate) fn username(body: &Value) -> Result<&str, ApiError> {
    let name = body["username"].as_str();
    let name = name.ok_or_else(|| ApiError::missing_attribute("username"))?;
    let parts = name.rsplit_once('@');
    let has_parts = parts.is_some_and(|(who, host)| !who.is_empty() && !host.is_empty());
    if !has_parts || name.contains(char::is_whitespace) {
        return Err(ApiError::invalid_attribute("username", "an email address"));
    }
    Ok(name)
}

/// Forgets somebody whose invitation is over, who can be invited again.
pub(crate) fn forget_expired(state: &mut State, organization: &str, username: &str) {
    let path = collection(organization);
    let users = state.store.list_mut(&path);
    users.retain(|it| it.text("username") != username || it.text("orgMembershipStatus") != EXPIRED);
}

pub(crate) fn user<'a>(
    state: &'a mut State,
    call: &Call,
    id: &str,
) -> Result<&'a mut Record, ApiError> {
    let path = collection(&call.organization);
    let user = state.store.find_mut(&path, &["id"], id);
    user.ok_or_else(|| ApiError::thing_not_found("USER", id))
}

pub(crate) fn invited(state: &mut State, call: &Call, username: &str) -> Value {
    json!({
        "id": state.ids().next(call.now),
        "invitationCreatedAt": written(call.now),
        "invitationExpiresAt": written(after(call.now, LIFETIME)),
        "inviterUsername": OWNER,
        "orgMembershipStatus": "PENDING",
        "roles": { "groupRoleAssignments": [], "orgRoles": [] },
        "teamIds": [],
        "username": username,
    })
}

/// The roles that somebody has in a project by an assignment.
pub(crate) fn assigned<'a>(user: &'a Record, project: &str) -> Option<&'a Value> {
    let mut all = user.document["roles"]["groupRoleAssignments"]
        .as_array()?
        .iter();
    let found = all.find(|one| one["groupId"] == project)?;
    found.get("groupRoles")
}

/// The roles that somebody has in a project by an assignment, which is made if there is none.
pub(crate) fn assignment<'a>(user: &'a mut Record, project: &str) -> &'a mut Value {
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
