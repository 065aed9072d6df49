//! Users of a project. A user gets access through directly assigned roles, through the roles of a
//! team, and through organization roles that include a role in all projects.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::roles::roles_in_projects;
use crate::call::{ApiResponse, Call};
use crate::generic::{filters, requests};
use crate::resources::Route;
use crate::resources::organization::cloud_users::memberships::{assignment_mut, project_roles};
use crate::resources::organization::cloud_users::team_members::is_in;
use crate::resources::organization::cloud_users::user_roles::{ORGANIZATION_OWNER, has_role};
use crate::resources::organization::cloud_users::{
    collection_path, convert_response, ensure_defaults, prepare,
};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] =
    &[("listGroupUsers", list), ("getGroupUser", get)];

/// Sources of roles in a project, in addition to directly assigned roles.
struct RoleSources {
    /// Ids of the project's teams, and the roles of each team.
    teams: Vec<(String, Value)>,
    /// `true` if organization roles that include a project role are a source.
    by_organization: bool,
}

impl RoleSources {
    fn of_project(state: &State, project: &str, by_teams: bool, by_organization: bool) -> Self {
        let teams = state.store.list(&format!("/groups/{project}/teams")).iter();
        let teams = teams.map(|team| {
            (
                team.string("teamId").to_owned(),
                team.document["roleNames"].clone(),
            )
        });
        Self {
            teams: teams.filter(|_| by_teams).collect(),
            by_organization,
        }
    }

    /// Returns the roles of a user in the project, or `None` if the user has no access to it.
    fn roles(&self, user: &Record, project: &str) -> Option<Value> {
        let own = project_roles(user, project);
        let teams = self.teams.iter().filter(|(team, _)| is_in(user, team));
        let mut lists: Vec<Value> = own.cloned().into_iter().collect();
        lists.extend(teams.map(|(_, roles)| roles.clone()));
        if self.by_organization {
            let included = roles_in_projects().iter();
            let included = included.filter(|inclusion| has_role(user, &inclusion.role));
            lists.extend(included.map(|inclusion| json!([inclusion.included])));
        }
        if lists.is_empty() {
            return None;
        }
        let mut roles: Vec<Value> = Vec::new();
        for role in lists.iter().filter_map(Value::as_array).flatten() {
            if !roles.contains(role) {
                roles.push(role.clone());
            }
        }
        Some(json!(roles))
    }
}

/// `GET /groups/{groupId}/users`
///
/// Lists users with directly assigned roles, and the users that the query includes.
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let project = call.path("groupId");
    let by_teams = requests::parse_flag(call, "flattenTeams")?;
    let by_organization = requests::parse_flag(call, "includeOrgUsers")?;
    let sources = RoleSources::of_project(state, project, by_teams, by_organization);
    let filters = filters::from_query(&context);
    let users = state
        .store
        .list(&collection_path(&call.organization))
        .iter();
    let project_users =
        users.filter_map(|user| Some(render_document(user, sources.roles(user, project)?)));
    let project_users: Vec<Value> = project_users
        .filter(|user| filters::match_all(&filters, user))
        .collect();
    let reply = page::respond(call, &[], &project_users, Value::clone)?;
    Ok(convert_response(state, call, reply))
}

/// `GET /groups/{groupId}/users/{userId}`
///
/// Returns a user with any kind of access to the project.
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let (project, id) = (call.path("groupId"), call.path("userId"));
    let sources = RoleSources::of_project(state, project, true, true);
    let user = state
        .store
        .find(&collection_path(&call.organization), &["id"], id);
    let project_user =
        user.and_then(|user| Some(render_document(user, sources.roles(user, project)?)));
    project_user
        .map(ApiResponse::ok)
        .ok_or_else(|| ApiError::named_not_found("USER", id))
}

/// Renders a user with directly assigned roles in a project.
pub(crate) fn render_with_own_roles(user: &Record, project: &str) -> Value {
    let roles = project_roles(user, project).cloned();
    render_document(user, roles.unwrap_or_else(|| json!([])))
}

fn render_document(user: &Record, roles: Value) -> Value {
    let mut document = user.document.clone();
    document["roles"] = roles;
    document["mobileNumber"] = Value::Null;
    if let Some(document) = document.as_object_mut() {
        document.remove("teamIds");
    }
    document
}

/// Returns the id of the user in the query parameter `projectOwnerId`.
pub(crate) fn find_requested_owner(
    state: &mut State,
    call: &Call,
) -> Result<Option<String>, ApiError> {
    ensure_defaults(state, call);
    let Some(id) = call.query.get("projectOwnerId") else {
        return Ok(None);
    };
    let user = state
        .store
        .find(&collection_path(&call.organization), &["id"], id);
    let user = user.ok_or_else(|| ApiError::named_not_found("USER", id))?;
    Ok(Some(user.key.clone()))
}

/// Assigns the owner of a new project. Default: the first owner of the organization, since API keys
/// cannot own projects.
pub(crate) fn assign_owner(
    state: &mut State,
    organization: &str,
    project: &str,
    requested: Option<&str>,
) {
    let path = collection_path(organization);
    let mut users = state.store.list_mut(&path).iter_mut();
    let owner = users.find(|user| match requested {
        Some(id) => user.key == id,
        None => has_role(user, ORGANIZATION_OWNER),
    });
    if let Some(owner) = owner {
        *assignment_mut(owner, project) = json!(["GROUP_OWNER"]);
    }
}

/// Removes the roles of all users in a deleted project.
pub(crate) fn remove_project_roles(state: &mut State, project: &str) {
    for user in state.store.all_mut("/users") {
        let assignments = user.document["roles"]["groupRoleAssignments"].as_array_mut();
        if let Some(assignments) = assignments {
            assignments.retain(|assignment| assignment["groupId"] != project);
        }
    }
}
