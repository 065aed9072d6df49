//! Who is in a team. People know their teams (`teamIds`), and a team's members are those who name it:
//! there is no second list that could say otherwise.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::{aged, collection, prepared};
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("addOrgTeamUser", change),
    ("removeOrgTeamUser", change),
    ("listOrgTeamUsers", people),
    ("addOrgTeamUsers", people),
    ("removeOrgTeamUserFromTeam", people),
];

/// Returns the path of an organization's teams in the store.
pub(crate) fn teams_of(organization: &str) -> String {
    format!("/orgs/{organization}/teams")
}

pub(crate) fn is_in(user: &Record, team: &str) -> bool {
    let teams = user.document["teamIds"].as_array();
    teams.is_some_and(|teams| teams.iter().any(|it| it == team))
}

/// Puts those into a team who are meant.
pub(crate) fn join(
    state: &mut State,
    organization: &str,
    team: &str,
    is_meant: impl Fn(&Record) -> bool,
) {
    let path = collection(organization);
    for user in state.store.list_mut(&path) {
        if is_meant(user) && !is_in(user, team) {
            let mut teams = user.document["teamIds"].take();
            match teams.as_array_mut() {
                Some(teams) => teams.push(json!(team)),
                None => teams = json!([team]),
            }
            user.document["teamIds"] = teams;
        }
    }
}

/// Takes those out of a team who are meant.
pub(crate) fn leave(
    state: &mut State,
    organization: &str,
    team: &str,
    is_meant: impl Fn(&Record) -> bool,
) {
    let path = collection(organization);
    for user in state.store.list_mut(&path) {
        if is_meant(user)
            && let Some(teams) = user.document["teamIds"].as_array_mut()
        {
            teams.retain(|it| it != team);
        }
    }
}

/// Refuses teams in the `teamIds` of a body that the organization does not have.
pub(crate) fn check_teams(state: &State, organization: &str, body: &Value) -> Result<(), ApiError> {
    let path = teams_of(organization);
    let ids = body.get("teamIds").and_then(Value::as_array);
    for id in ids.into_iter().flatten().filter_map(Value::as_str) {
        if state.store.find(&path, &["id"], id).is_none() {
            return Err(ApiError::thing_not_found("TEAM", id));
        }
    }
    Ok(())
}

/// `GET`, `POST` and `DELETE` below `/orgs/{orgId}/teams/{teamId}/users`
pub(crate) fn people(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let team = known(state, call, call.path("teamId"))?;
    if context.operation.method == "DELETE" {
        remove(state, call, &team, call.path("userId"))?;
        return Ok(Reply::no_content());
    }
    let added: Vec<&str> = body
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| it["id"].as_str().unwrap_or_default())
        .collect();
    for id in &added {
        person(state, call, id)?;
    }
    join(state, &call.organization, &team, |user| {
        added.contains(&user.key.as_str())
    });
    let everyone = state.store.list(&collection(&call.organization)).iter();
    let members: Vec<Record> = everyone.filter(|it| is_in(it, &team)).cloned().collect();
    let reply = generic::list_response(&context, &members)?;
    if context.operation.method == "GET" {
        return Ok(aged(state, call, reply));
    }
    Ok(reply)
}

/// `POST /orgs/{orgId}/teams/{teamId}:addUser` and `:removeUser`
pub(crate) fn change(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context: Context<'_> = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let team = known(state, call, call.path("teamId"))?;
    let id = body["id"].as_str().unwrap_or_default();
    person(state, call, id)?;
    if context.operation.id == "addOrgTeamUser" {
        join(state, &call.organization, &team, |user| user.key == id);
    } else {
        remove(state, call, &team, id)?;
    }
    let shown = person(state, call, id)?.document.clone();
    Ok(generic::answers::reply(&context, shown))
}

/// The id of a team that is there.
fn known(state: &State, call: &Call, id: &str) -> Result<String, ApiError> {
    let team = state.store.find(&teams_of(&call.organization), &["id"], id);
    let team = team.ok_or_else(|| ApiError::thing_not_found("TEAM", id))?;
    Ok(team.key.clone())
}

fn person<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Record, ApiError> {
    let user = state
        .store
        .find(&collection(&call.organization), &["id"], id);
    user.ok_or_else(|| ApiError::thing_not_found("USER", id))
}

/// Takes a member out of a team; who is none is not found there.
fn remove(state: &mut State, call: &Call, team: &str, id: &str) -> Result<(), ApiError> {
    if !is_in(person(state, call, id)?, team) {
        return Err(ApiError::thing_not_found("USER", id));
    }
    leave(state, &call.organization, team, |user| user.key == id);
    Ok(())
}
