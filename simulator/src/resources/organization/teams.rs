//! Teams, in their organization and in the projects that they are assigned to.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::shape::strip_root;
use crate::generic::{self, Context, requests};
use crate::resources::organization::cloud_users::team_members::{self, teams_of};
use crate::resources::organization::cloud_users::{collection_path, prepare};
use crate::resources::{Route, render_link};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createOrgTeam", create),
    ("deleteOrgTeam", delete),
    ("getOrgTeam", get_or_rename),
    ("getOrgTeamByName", get_or_rename),
    ("renameOrgTeam", get_or_rename),
    ("addGroupTeams", assign),
];

/// `POST /orgs/{orgId}/teams`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let call = &add_usernames(call)?;
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let name = body["name"]
        .as_str()
        .ok_or_else(|| ApiError::missing_attribute("name"))?;
    if state
        .store
        .find(&teams_of(&call.organization), &["name"], name)
        .is_some()
    {
        return Err(name_not_available(name));
    }
    let names = body["usernames"].as_array().cloned().unwrap_or_default();
    check_usernames(state, &call.organization, &names)?;
    let id = state.ids().next(call.now);
    let document = json!({
        "id": id,
        "links": [render_link(call, &format!("{}/{id}", call.request_path), "self")],
        "name": name,
    });
    let mut response = document.clone();
    response["usernames"] = body["usernames"].clone();
    let location = call.link(&format!("{}/{id}", strip_root(&call.request_path)));
    team_members::add_members(state, &call.organization, &id, |user| {
        names.contains(&user.document["username"])
    });
    let team = Record::new(id, document, call.now);
    state
        .store
        .list_mut(&teams_of(&call.organization))
        .push(team);
    Ok(generic::responses::build(&context, response).with_location(location))
}

/// Adds an empty list of members to a body without one. The OpenAPI document requires the list, but
/// Atlas does not.
fn add_usernames(call: &Call) -> Result<Call, ApiError> {
    let mut body = call.object()?;
    body.entry("usernames").or_insert_with(|| json!([]));
    let body = Value::Object(body).to_string();
    Ok(Call {
        body: body.into(),
        ..call.clone()
    })
}

fn name_not_available(name: &str) -> ApiError {
    let detail = format!("The team name {name} is not available.");
    ApiError::rejected(409, "TEAM_NAME_NOT_AVAILABLE", detail, vec![json!(name)])
}

/// `GET` and `PATCH /orgs/{orgId}/teams/{teamId}`, `GET /orgs/{orgId}/teams/byName/{teamName}`
pub(crate) fn get_or_rename(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let path = teams_of(&call.organization);
    let new_name = body["name"].as_str();
    let holder = new_name.and_then(|name| state.store.find(&path, &["name"], name));
    let holder = holder.map(|team| team.key.clone());
    let by_name = call.find_path("teamName");
    let value = by_name.unwrap_or_else(|| call.path("teamId"));
    let team = state.store.find_mut(&path, &["id", "name"], value);
    let team = team.ok_or_else(|| {
        let noun = if by_name.is_some() {
            "TEAM_NAME"
        } else {
            "TEAM"
        };
        ApiError::named_not_found(noun, value)
    })?;
    if let Some(name) = new_name {
        if holder.is_some_and(|key| key != team.key) {
            return Err(name_not_available(name));
        }
        team.document["name"] = json!(name);
    }
    Ok(generic::responses::build(&context, team.document.clone()))
}

/// `POST /groups/{groupId}/teams`
pub(crate) fn assign(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let entries = body.as_array().into_iter().flatten();
    let entries: Vec<_> = entries
        .map(|entry| (entry["teamId"].as_str().unwrap_or_default(), entry))
        .collect();
    // An unknown team rejects the whole request.
    let teams = state.store.list(&teams_of(&call.organization));
    let unknown = entries
        .iter()
        .find(|(id, _)| teams.iter().all(|team| team.key != *id));
    if let Some((id, _)) = unknown {
        return Err(ApiError::named_not_found("TEAM", id));
    }
    for (id, entry) in entries {
        let document = json!({
            "links": [render_link(call, &format!("{}/{id}", call.request_path), "self")],
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

/// `DELETE /orgs/{orgId}/teams/{teamId}`
///
/// Rejects a team that is assigned to a project.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let id = call.path("teamId");
    let is_assigned = |project: &str| {
        let teams = format!("/groups/{project}/teams");
        state.store.find(&teams, &["teamId"], id).is_some()
    };
    if state
        .projects()
        .iter()
        .any(|project| is_assigned(&project.id))
    {
        return Err(ApiError::rejected(
            404,
            "CANNOT_DELETE_TEAM_ASSIGNED_TO_PROJECT",
            "A team that works in a project has to be taken out of it before it is deleted.",
            Vec::new(),
        ));
    }
    let reply = generic::respond(state, call)?;
    team_members::remove_members(state, &call.organization, id, |_| true);
    Ok(reply)
}

/// Rejects usernames that no user of the organization has.
fn check_usernames(state: &State, organization: &str, names: &[Value]) -> Result<(), ApiError> {
    let users = state.store.list(&collection_path(organization));
    let is_known = |name: &Value| users.iter().any(|user| user.document["username"] == *name);
    match names.iter().find(|name| !is_known(name)) {
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
