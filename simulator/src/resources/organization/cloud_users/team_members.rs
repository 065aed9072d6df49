//! Members of teams. Only the `teamIds` of users store the membership.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::{collection_path, convert_response, prepare};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("addOrgTeamUser", change_members),
    ("removeOrgTeamUser", change_members),
    ("listOrgTeamUsers", members),
    ("addOrgTeamUsers", members),
    ("removeOrgTeamUserFromTeam", members),
];

/// Returns the path of an organization's teams in the store.
pub(crate) fn teams_of(organization: &str) -> String {
    format!("/orgs/{organization}/teams")
}

/// Returns `true` if a user is a member of a team.
pub(crate) fn is_in(user: &Record, team: &str) -> bool {
    let teams = user.document["teamIds"].as_array();
    teams.is_some_and(|teams| teams.iter().any(|id| id == team))
}

/// Adds the selected users to a team.
pub(crate) fn add_members(
    state: &mut State,
    organization: &str,
    team: &str,
    is_selected: impl Fn(&Record) -> bool,
) {
    let path = collection_path(organization);
    for user in state.store.list_mut(&path) {
        if is_selected(user) && !is_in(user, team) {
            let mut teams = user.document["teamIds"].take();
            match teams.as_array_mut() {
                Some(teams) => teams.push(json!(team)),
                None => teams = json!([team]),
            }
            user.document["teamIds"] = teams;
        }
    }
}

/// Removes the selected users from a team.
pub(crate) fn remove_members(
    state: &mut State,
    organization: &str,
    team: &str,
    is_selected: impl Fn(&Record) -> bool,
) {
    let path = collection_path(organization);
    for user in state.store.list_mut(&path) {
        if is_selected(user)
            && let Some(teams) = user.document["teamIds"].as_array_mut()
        {
            teams.retain(|id| id != team);
        }
    }
}

/// Rejects unknown teams in the `teamIds` of a body.
pub(crate) fn check_teams(state: &State, organization: &str, body: &Value) -> Result<(), ApiError> {
    let path = teams_of(organization);
    let ids = body.get("teamIds").and_then(Value::as_array);
    for id in ids.into_iter().flatten().filter_map(Value::as_str) {
        if state.store.find(&path, &["id"], id).is_none() {
            return Err(ApiError::named_not_found("TEAM", id));
        }
    }
    Ok(())
}

/// `GET`, `POST` and `DELETE` below `/orgs/{orgId}/teams/{teamId}/users`
pub(crate) fn members(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let team = team_id(state, call, call.path("teamId"))?;
    if context.operation.method == "DELETE" {
        remove(state, call, &team, call.path("userId"))?;
        return Ok(ApiResponse::no_content());
    }
    let added: Vec<&str> = body
        .as_array()
        .into_iter()
        .flatten()
        .map(|user| user["id"].as_str().unwrap_or_default())
        .collect();
    for id in &added {
        user_by_id(state, call, id)?;
    }
    add_members(state, &call.organization, &team, |user| {
        added.contains(&user.key.as_str())
    });
    let users = state
        .store
        .list(&collection_path(&call.organization))
        .iter();
    let members: Vec<Record> = users.filter(|user| is_in(user, &team)).cloned().collect();
    let reply = generic::list_response(&context, &members)?;
    Ok(convert_response(state, call, reply))
}

/// `POST /orgs/{orgId}/teams/{teamId}:addUser` and `:removeUser`
pub(crate) fn change_members(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context: Context<'_> = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let team = team_id(state, call, call.path("teamId"))?;
    let id = body["id"].as_str().unwrap_or_default();
    user_by_id(state, call, id)?;
    if context.operation.id == "addOrgTeamUser" {
        add_members(state, &call.organization, &team, |user| user.key == id);
    } else {
        remove(state, call, &team, id)?;
    }
    let user = user_by_id(state, call, id)?.document.clone();
    Ok(generic::responses::build(&context, user))
}

/// Returns the id of a team, or a 404 if the team does not exist.
fn team_id(state: &State, call: &Call, id: &str) -> Result<String, ApiError> {
    let team = state.store.find(&teams_of(&call.organization), &["id"], id);
    let team = team.ok_or_else(|| ApiError::named_not_found("TEAM", id))?;
    Ok(team.key.clone())
}

fn user_by_id<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Record, ApiError> {
    let user = state
        .store
        .find(&collection_path(&call.organization), &["id"], id);
    user.ok_or_else(|| ApiError::named_not_found("USER", id))
}

/// Removes a user from a team. Returns 404 for a user who is not a member.
fn remove(state: &mut State, call: &Call, team: &str, id: &str) -> Result<(), ApiError> {
    if !is_in(user_by_id(state, call, id)?, team) {
        return Err(ApiError::named_not_found("USER", id));
    }
    remove_members(state, &call.organization, team, |user| user.key == id);
    Ok(())
}
