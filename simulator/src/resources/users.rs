//! Cloud users and the teams they are in.

mod old;

use serde_json::json;

use crate::call::{Call, Reply};
use crate::clock::written;
use crate::error::ApiError;
use crate::generic::shape::below_root;
use crate::generic::{self, Context, filters, requests};
use crate::resources::{link, members, teams as team_rules};
use crate::state::{Record, State, derived_id};

use old::aged;
pub(super) use old::old_form;

/// The one user every organization here has.
pub(super) const OWNER: &str = "simulator@example.com";

pub(super) fn collection(state: &State) -> String {
    format!("/orgs/{}/users", state.organization.id)
}

/// Puts the owner in, unless somebody is there.
fn settle(state: &mut State, call: &Call) {
    let path = collection(state);
    if state.store.existing(&path).is_some() {
        return;
    }
    let id = derived_id("user owner");
    let document = json!({
        "country": "IE",
        "createdAt": written(crate::clock::before(call.now, std::time::Duration::from_hours(9600))),
        "firstName": "Olive",
        "id": id,
        "lastAuth": written(call.now),
        "lastName": "Owner",
        "orgMembershipStatus": "ACTIVE",
        "roles": { "groupRoleAssignments": [], "orgRoles": ["ORG_OWNER"] },
        "teamIds": [],
        "username": OWNER,
    });
    state
        .store
        .list_mut(&path)
        .push(Record::new(id, document, call.now));
}

/// Any operation of an organization's users that has no rules of its own.
pub(crate) fn of_organization(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    settle(state, call);
    let reply = generic::answer(state, call)?;
    Ok(aged(state, call, reply))
}

pub(super) fn prepared<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    settle(state, call);
    Context::prepared(state, call)
}

/// `GET /groups/{groupId}/users` and one of them
pub(crate) fn of_project(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let project = call.parameter(0);
    let users = state.store.list(&collection(state)).iter();
    let users: Vec<Record> = users
        .filter(|user| members::in_project(user, project).is_some())
        .cloned()
        .collect();
    let render = |user: &Record| members::in_project(user, project).unwrap_or_default();
    if context.plan.keys == 0 {
        let filters = filters::asked(&context);
        let users: Vec<_> = users
            .iter()
            .filter(|user| filters::keep(&filters, &render(user)))
            .collect();
        let render = |user: &&Record| render(user);
        let reply = crate::page::answer(call, &[], &users, render)?;
        return Ok(aged(state, call, reply));
    }
    let id = call.parameter(1);
    let user = users.iter().find(|it| it.key == id);
    let user = user.ok_or_else(|| ApiError::thing_not_found("USER", id))?;
    Ok(Reply::ok(render(user)))
}

/// `GET /users/{userId}` and `GET /users/byName/{userName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    prepared(state, call)?;
    let value = call.parameter(0);
    let user = state
        .store
        .find(&collection(state), &["id", "username"], value);
    let user = user.ok_or_else(|| ApiError::username_not_found(value))?;
    Ok(Reply::ok(old_form(state, user, call)))
}

pub(super) fn teams(state: &State) -> String {
    format!("/orgs/{}/teams", state.organization.id)
}

/// `POST /orgs/{orgId}/teams`
pub(crate) fn create_team(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let name = body["name"]
        .as_str()
        .ok_or_else(|| ApiError::missing_attribute("name"))?;
    if state.store.find(&teams(state), &["name"], name).is_some() {
        return Err(ApiError::already_exists("TEAM", name));
    }
    let names = body["usernames"].as_array().cloned().unwrap_or_default();
    team_rules::check_names(state, &names)?;
    let id = state.ids().next(call.now);
    let document = json!({
        "id": id,
        "links": [link(call, &format!("{}/{id}", call.path), "self")],
        "name": name,
    });
    let mut shown = document.clone();
    shown["usernames"] = body["usernames"].clone();
    let mut team = Record::new(id, document, call.now);
    let users = state.store.list(&collection(state));
    let ids = users
        .iter()
        .filter(|user| names.contains(&user.document["username"]));
    team.hidden.insert(
        "users".to_owned(),
        ids.map(|user| json!(user.key)).collect(),
    );
    let location = call.link(&format!("{}/{}", below_root(&call.path), team.key));
    state.store.list_mut(&teams(state)).push(team);
    Ok(generic::answers::reply(&context, shown).with_location(location))
}

/// `GET /orgs/{orgId}/teams/{teamId}` and by its name, and renaming it
pub(crate) fn team(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let path = teams(state);
    let team = state
        .store
        .find_mut(&path, &["id", "name"], call.parameter(1));
    let team = team.ok_or_else(|| ApiError::thing_not_found("TEAM", call.parameter(1)))?;
    if let Some(name) = body.get("name") {
        team.document["name"] = name.clone();
    }
    Ok(generic::answers::reply(&context, team.document.clone()))
}

/// `GET`, `POST` and `DELETE` below `/orgs/{orgId}/teams/{teamId}/users`
pub(crate) fn team_users(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let (path, users) = (teams(state), collection(state));
    let everyone = state.store.list(&users).to_vec();
    let team = state.store.find_mut(&path, &["id"], call.parameter(1));
    let team = team.ok_or_else(|| ApiError::thing_not_found("TEAM", call.parameter(1)))?;
    let members = team.hidden.entry("users").or_insert_with(|| json!([]));
    let mut ids = members.as_array().cloned().unwrap_or_default();
    for entry in body.as_array().into_iter().flatten() {
        if everyone.iter().all(|user| entry["id"] != user.key.as_str()) {
            let id = entry["id"].as_str().unwrap_or_default();
            return Err(ApiError::thing_not_found("USER", id));
        }
        if !ids.contains(&entry["id"]) {
            ids.push(entry["id"].clone());
        }
    }
    if context.operation.method == "DELETE" {
        ids.retain(|id| *id != call.parameter(2));
        *members = json!(ids);
        return Ok(Reply::no_content());
    }
    *members = json!(ids);
    let found: Vec<Record> = everyone
        .into_iter()
        .filter(|user| ids.contains(&json!(user.key)))
        .collect();
    let reply = generic::listed(&context, &found, &state.organization.id)?;
    if context.operation.method == "GET" {
        return Ok(aged(state, call, reply));
    }
    Ok(reply)
}

/// `POST /groups/{groupId}/teams`
pub(crate) fn lend_team(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    for entry in body.as_array().into_iter().flatten() {
        let id = entry["teamId"].as_str().unwrap_or_default().to_owned();
        if state.store.find(&teams(state), &["id"], &id).is_none() {
            return Err(ApiError::thing_not_found("TEAM", &id));
        }
        let document = json!({
            "links": [link(call, &format!("{}/{id}", call.path), "self")],
            "roleNames": entry["roleNames"],
            "teamId": id,
        });
        state.store.remove(&context.collection, &["teamId"], &id);
        state
            .store
            .list_mut(&context.collection)
            .push(Record::new(id, document, call.now));
    }
    let records = state.store.list(&context.collection).to_vec();
    generic::listed(&context, &records, &state.organization.id)
}
