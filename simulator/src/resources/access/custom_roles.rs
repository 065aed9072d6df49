//! Custom database roles of a project.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::database_users::is_built_in_role;
use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::State;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupCustomDbRoleRole", create),
    ("updateGroupCustomDbRoleRole", update),
    ("deleteGroupCustomDbRoleRole", delete),
];

/// Start of reserved names.
const RESERVED: &str = "xgen-";

static KNOWN_ACTIONS: LazyLock<Actions> = LazyLock::new(|| parse(behaviour!("custom-roles.toml")));

#[derive(Default, Deserialize)]
struct Actions {
    cluster_actions: Vec<ClusterActions>,
}

/// Actions that apply to the cluster instead of a database or collection.
#[derive(Deserialize)]
struct ClusterActions {
    names: Vec<String>,
}

/// `POST /groups/{groupId}/customDBRoles/roles`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let name = body["roleName"].as_str().unwrap_or_default();
    let is_valid = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
    if name.starts_with(RESERVED) {
        let detail = format!("The name {name} of a custom role cannot start with {RESERVED}.");
        return Err(build_role_error(
            "ATLAS_RESERVED_CUSTOM_ROLE_RESTRICTED",
            &detail,
            name,
        ));
    }
    if is_built_in_role(name) {
        let detail = format!("{name} is the name of a built-in role.");
        return Err(build_role_error(
            "ATLAS_INVALID_CUSTOM_ROLE_RESTRICTED",
            &detail,
            name,
        ));
    }
    if name.is_empty() || !name.chars().all(is_valid) {
        let detail = format!("The name {name} of a custom role is invalid.");
        return Err(build_role_error(
            "ATLAS_CUSTOM_ROLE_INVALID_NAME",
            &detail,
            name,
        ));
    }
    check_actions(&body)?;
    check_inheritance(state, call, &body)?;
    generic::respond(state, call)
}

/// `PATCH /groups/{groupId}/customDBRoles/roles/{roleName}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    check_actions(&body)?;
    check_inheritance(state, call, &body)?;
    generic::respond(state, call)
}

/// `DELETE /groups/{groupId}/customDBRoles/roles/{roleName}`
///
/// Deletes a role and removes it from database users.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let name = call.path("roleName");
    let users = format!("/groups/{}/databaseUsers", call.path("groupId"));
    let is_role = |role: &Value| role["roleName"] == name && role["databaseName"] == "admin";
    let has_only = |roles: &[Value]| !roles.is_empty() && roles.iter().all(is_role);
    let users_without_role: Vec<String> = state
        .store
        .list(&users)
        .iter()
        .filter(|user| {
            user.document["roles"]
                .as_array()
                .is_some_and(|roles| has_only(roles))
        })
        .map(|user| user.string("username").to_owned())
        .collect();
    if !users_without_role.is_empty() {
        let names = users_without_role.join(", ");
        let detail = format!(
            "Deleting specified custom role would leave the following users without a role: {names}."
        );
        let code = "ATLAS_CUSTOM_ROLE_IN_USE_BY_USERS";
        return Err(ApiError::rejected(409, code, detail, vec![json!(names)]));
    }
    let reply = generic::respond(state, call)?;
    for user in state.store.list_mut(&users) {
        if let Some(roles) = user.document["roles"].as_array_mut() {
            roles.retain(|role| !is_role(role));
        }
    }
    Ok(reply)
}

/// Rejects a duplicate resource of an action, and a collection for an action that applies to the
/// cluster.
fn check_actions(body: &Value) -> Result<(), ApiError> {
    for action in body["actions"].as_array().into_iter().flatten() {
        let name = action["action"].as_str().unwrap_or_default();
        let resources = action["resources"].as_array();
        let resources = resources.map(Vec::as_slice).unwrap_or_default();
        for (index, resource) in resources.iter().enumerate() {
            if resources
                .iter()
                .skip(index + 1)
                .any(|other| other == resource)
            {
                let detail = format!("The action {name} has a duplicate resource.");
                return Err(build_role_error(
                    "ATLAS_DUPLICATE_CUSTOM_ROLE_RESOURCE",
                    &detail,
                    name,
                ));
            }
            let has_namespace = ["db", "collection"].iter().any(|field| {
                let part = resource[*field].as_str();
                part.is_some_and(|part| !part.is_empty())
            });
            let mut cluster_actions = KNOWN_ACTIONS.cluster_actions.iter();
            let is_cluster_action =
                cluster_actions.any(|actions| actions.names.iter().any(|known| known == name));
            if is_cluster_action && has_namespace {
                let detail = format!("The action {name} requires the cluster resource.");
                return Err(build_role_error("ATLAS_INVALID_RESOURCE", &detail, name));
            }
        }
    }
    Ok(())
}

/// Rejects inherited roles that are neither built in nor custom roles of the project.
fn check_inheritance(state: &State, call: &Call, body: &Value) -> Result<(), ApiError> {
    let roles = format!("/groups/{}/customDBRoles/roles", call.path("groupId"));
    for inherited in body["inheritedRoles"].as_array().into_iter().flatten() {
        let name = inherited["role"].as_str().unwrap_or_default();
        let is_custom = state.store.find(&roles, &["roleName"], name).is_some();
        if !is_custom && !is_built_in_role(name) {
            let detail = format!("The inherited role {name} does not exist.");
            return Err(build_role_error(
                "ATLAS_INVALID_CUSTOM_ROLE_INHERITANCE",
                &detail,
                name,
            ));
        }
    }
    Ok(())
}

fn build_role_error(code: &'static str, detail: &str, value: &str) -> ApiError {
    ApiError::rejected(400, code, detail, vec![json!(value)])
}
