//! Teams of cloud users, in their organization and in the projects they are lent to.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::shape::below_root;
use crate::generic::{self, Context, requests};
use crate::resources::organization::cloud_users::{collection, prepared};
use crate::resources::organization::team_members::{self, teams_of};
use crate::resources::{Route, link};
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createOrgTeam", create),
    ("deleteOrgTeam", delete),
    ("getOrgTeam", one),
    ("getOrgTeamByName", one),
    ("renameOrgTeam", one),
    ("addGroupTeams", lend),
];

/// `POST /orgs/{orgId}/teams`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let name = body["name"]
        .as_str()
        .ok_or_else(|| ApiError::missing_attribute("name"))?;
    if state
        .store
        .find(&teams_of(&call.organization), &["name"], name)
        .is_some()
    {
        return Err(ApiError::already_exists("TEAM", name));
    }
    let names = body["usernames"].as_array().cloned().unwrap_or_default();
    check_names(state, &call.organization, &names)?;
    let id = state.ids().next(call.now);
    let document = json!({
        "id": id,
        "links": [link(call, &format!("{}/{id}", call.request_path), "self")],
        "name": name,
    });
    let mut shown = document.clone();
    shown["usernames"] = body["usernames"].clone();
    let location = call.link(&format!("{}/{id}", below_root(&call.request_path)));
    team_members::join(state, &call.organization, &id, |user| {
        names.contains(&user.document["username"])
    });
    let team = Record::new(id, document, call.now);
    state
        .store
        .list_mut(&teams_of(&call.organization))
        .push(team);
    Ok(generic::answers::reply(&context, shown).with_location(location))
}

/// `GET /orgs/{orgId}/teams/{teamId}` and by its name, and renaming it
pub(crate) fn one(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let path = teams_of(&call.organization);
    let named = body["name"].as_str();
    let holder = named.and_then(|name| state.store.find(&path, &["name"], name));
    let holder = holder.map(|it| it.key.clone());
    let by_name = call.find_path("teamName");
    let value = by_name.unwrap_or_else(|| call.path("teamId"));
    let team = state.store.find_mut(&path, &["id", "name"], value);
    let team = team.ok_or_else(|| ApiError::thing_not_found("TEAM", value))?;
    if let Some(name) = body["name"].as_str() {
        if holder.is_some_and(|it| it != team.key) {
            return Err(ApiError::already_exists("TEAM", name));
        }
        team.document["name"] = json!(name);
    }
    Ok(generic::answers::reply(&context, team.document.clone()))
}

/// `POST /groups/{groupId}/teams`
pub(crate) fn lend(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let lent = body.as_array().into_iter().flatten();
    let lent: Vec<_> = lent
        .map(|entry| (entry["teamId"].as_str().unwrap_or_default(), entry))
        .collect();
    // All of them are there before the first is lent.
    let teams = state.store.list(&teams_of(&call.organization));
    let unknown = lent
        .iter()
        .find(|(id, _)| teams.iter().all(|it| it.key != *id));
    if let Some((id, _)) = unknown {
        return Err(ApiError::thing_not_found("TEAM", id));
    }
    for (id, entry) in lent {
        let document = json!({
            "links": [link(call, &format!("{}/{id}", call.request_path), "self")],
            "roleNames": entry["roleNames"],
            "teamId": id,
        });
        state.store.remove(&context.collection, &["teamId"], id);
        let record = Record::new(id, document, call.now);
        state.store.list_mut(&context.collection).push(record);
    }
    let records = state.store.list(&context.collection).to_vec();
    generic::list_response(&context, &records)
}

/// `DELETE /orgs/{orgId}/teams/{teamId}`: of one that works in no project
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    let id = call.path("teamId");
    let lent = |project: &str| {
        let teams = format!("/groups/{project}/teams");
        state.store.find(&teams, &["teamId"], id).is_some()
    };
    if state.projects().iter().any(|it| lent(&it.id)) {
        return Err(ApiError::rejected(
            404,
            "CANNOT_DELETE_TEAM_ASSIGNED_TO_PROJECT",
            "A team that works in a project has to be taken out of it before it is deleted.",
            Vec::new(),
        ));
    }
    let reply = generic::respond(state, call)?;
    team_members::leave(state, &call.organization, id, |_| true);
    Ok(reply)
}

/// Refuses names of a body that nobody in the organization has.
fn check_names(state: &State, organization: &str, names: &[Value]) -> Result<(), ApiError> {
    let users = state.store.list(&collection(organization));
    let is_known = |name: &Value| users.iter().any(|it| it.document["username"] == *name);
    match names.iter().find(|it| !is_known(it)) {
        Some(unknown) => {
            let name = unknown.as_str().unwrap_or_default();
            let detail = format!("There is no user {name} in this organization.");
            let parameters = vec![unknown.clone()];
            Err(ApiError::rejected(
                400,
                "BAD_USERNAME_REF",
                detail,
                parameters,
            ))
        }
        None => Ok(()),
    }
}
