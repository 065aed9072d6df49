//! People as their projects show them, by the ways there are into a project: roles of one's own, those
//! of a team, and those that the organization's owners and readers have everywhere.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::roles::roles_in_projects;
use crate::call::{Call, Reply};
use crate::generic::{filters, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::{aged, collection, ensure_defaults, prepared};
use crate::resources::organization::memberships::{assigned, assignment};
use crate::resources::organization::team_members::is_in;
use crate::resources::organization::user_roles::{ORGANIZATION_OWNER, has};
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("listGroupUsers", list), ("getGroupUser", get)];

/// The ways into a project that count beside roles of one's own.
struct Ways {
    /// The ids of teams that work in it, and their roles there.
    teams: Vec<(String, Value)>,
    by_organization: bool,
}

impl Ways {
    fn into(state: &State, project: &str, by_teams: bool, by_organization: bool) -> Self {
        let lent = state.store.list(&format!("/groups/{project}/teams")).iter();
        let teams = lent.map(|it| {
            (
                it.text("teamId").to_owned(),
                it.document["roleNames"].clone(),
            )
        });
        Self {
            teams: teams.filter(|_| by_teams).collect(),
            by_organization,
        }
    }

    /// The roles that somebody has in the project; none without any way into it.
    fn roles(&self, user: &Record, project: &str) -> Option<Value> {
        let own = assigned(user, project);
        let teams = self.teams.iter().filter(|(team, _)| is_in(user, team));
        let mut ways: Vec<Value> = own.cloned().into_iter().collect();
        ways.extend(teams.map(|(_, roles)| roles.clone()));
        if self.by_organization {
            let included = roles_in_projects().iter();
            let included = included.filter(|inclusion| has(user, &inclusion.role));
            ways.extend(included.map(|inclusion| json!([inclusion.included])));
        }
        if ways.is_empty() {
            return None;
        }
        let mut roles: Vec<Value> = Vec::new();
        for role in ways.iter().filter_map(Value::as_array).flatten() {
            if !roles.contains(role) {
                roles.push(role.clone());
            }
        }
        Some(json!(roles))
    }
}

/// `GET /groups/{groupId}/users`: those with roles of their own, and whom else the query asks for
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = prepared(state, call)?;
    let project = call.path("groupId");
    let by_teams = requests::flag(call, "flattenTeams")?;
    let by_organization = requests::flag(call, "includeOrgUsers")?;
    let ways = Ways::into(state, project, by_teams, by_organization);
    let filters = filters::asked(&context);
    let users = state.store.list(&collection(&call.organization)).iter();
    let shown = users.filter_map(|user| Some(document(user, ways.roles(user, project)?)));
    let shown: Vec<Value> = shown.filter(|it| filters::keep(&filters, it)).collect();
    let reply = page::respond(call, &[], &shown, Value::clone)?;
    Ok(aged(state, call, reply))
}

/// `GET /groups/{groupId}/users/{userId}`: of somebody who can see the project, in whatever way
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    prepared(state, call)?;
    let (project, id) = (call.path("groupId"), call.path("userId"));
    let ways = Ways::into(state, project, true, true);
    let user = state
        .store
        .find(&collection(&call.organization), &["id"], id);
    let shown = user.and_then(|user| Some(document(user, ways.roles(user, project)?)));
    shown
        .map(Reply::ok)
        .ok_or_else(|| ApiError::thing_not_found("USER", id))
}

/// Somebody with the roles of their own in a project.
pub(crate) fn own(user: &Record, project: &str) -> Value {
    let roles = assigned(user, project).cloned();
    document(user, roles.unwrap_or_else(|| json!([])))
}

fn document(user: &Record, roles: Value) -> Value {
    let mut document = user.document.clone();
    document["roles"] = roles;
    document["mobileNumber"] = Value::Null;
    if let Some(document) = document.as_object_mut() {
        document.remove("teamIds");
    }
    document
}

/// Who is to own a new project, by the `projectOwnerId` of its creation: somebody of the organization.
pub(crate) fn chosen_owner(state: &mut State, call: &Call) -> Result<Option<String>, ApiError> {
    ensure_defaults(state, call);
    let Some(id) = call.query.get("projectOwnerId") else {
        return Ok(None);
    };
    let user = state
        .store
        .find(&collection(&call.organization), &["id"], id);
    let user = user.ok_or_else(|| ApiError::thing_not_found("USER", id))?;
    Ok(Some(user.key.clone()))
}

/// Makes somebody the owner of a new project. Keys own none, so where nobody was chosen, it is the
/// first of the organization's owners.
pub(crate) fn own_new(state: &mut State, organization: &str, project: &str, chosen: Option<&str>) {
    let path = collection(organization);
    let mut users = state.store.list_mut(&path).iter_mut();
    let owner = users.find(|it| match chosen {
        Some(id) => it.key == id,
        None => has(it, ORGANIZATION_OWNER),
    });
    if let Some(owner) = owner {
        *assignment(owner, project) = json!(["GROUP_OWNER"]);
    }
}

/// Takes everybody's roles in a project that is gone.
pub(crate) fn forget(state: &mut State, project: &str) {
    for user in state.store.all_mut("/users") {
        let assignments = user.document["roles"]["groupRoleAssignments"].as_array_mut();
        if let Some(assignments) = assignments {
            assignments.retain(|it| it["groupId"] != project);
        }
    }
}
