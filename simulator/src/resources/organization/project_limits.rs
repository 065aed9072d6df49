//! Limits of a project, with its current usage.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::{Project, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupLimits", respond),
    ("getGroupLimit", respond),
    ("setGroupLimit", set),
];

static LIMITS: LazyLock<Limits> = LazyLock::new(|| parse(behaviour!("project-limits.toml")));

#[derive(Default, Deserialize)]
struct Limits {
    limit: Vec<Limit>,
}

/// A limit of a project.
#[derive(Deserialize)]
struct Limit {
    name: String,
    default: u64,
    /// Largest value that a request can set.
    maximum: u64,
}

/// Hidden field of a limit that a request has set.
const IS_SET_FIELD: &str = "is-set";

/// `PATCH /groups/{groupId}/limits/{limitName}`
pub(crate) fn set(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    generic::respond(state, call)?;
    let context = Context::new(call)?;
    let limit = state
        .store
        .find_mut(&context.collection, &["name"], call.path("limitName"));
    if let Some(limit) = limit {
        limit.hidden.insert(IS_SET_FIELD.to_owned(), json!(true));
    }
    respond(state, call)
}

/// `GET /groups/{groupId}/limits` and `GET /groups/{groupId}/limits/{limitName}`
pub(crate) fn respond(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut reply = generic::respond(state, call)?;
    let context = Context::new(call)?;
    let stored = state.store.list(&context.collection).iter();
    let set: Vec<_> = stored
        .filter(|limit| limit.hidden.contains_key(IS_SET_FIELD))
        .map(|limit| limit.string("name").to_owned())
        .collect();
    let project = state.project(call.path("groupId"))?;
    let add_usage = |limit: &mut Value| add_limit_usage(state, project, &set, limit);
    match &mut reply.document {
        Some(Value::Array(limits)) => limits.iter_mut().for_each(add_usage),
        Some(limit) => add_usage(limit),
        None => {}
    }
    Ok(reply)
}

/// Adds usage, default and maximum to a limit.
fn add_limit_usage(state: &State, project: &Project, set: &[String], limit: &mut Value) {
    let name = limit["name"].as_str().unwrap_or_default().to_owned();
    let mut limits = LIMITS.limit.iter();
    let Some(Limit {
        default, maximum, ..
    }) = limits.find(|limit| limit.name == name)
    else {
        return;
    };
    limit["currentUsage"] = json!(count_usage(state, project, &name));
    limit["defaultLimit"] = json!(default);
    limit["maximumLimit"] = json!(maximum.max(default));
    if !set.contains(&name) {
        limit["value"] = json!(default);
    }
}

fn count_usage(state: &State, project: &Project, limit: &str) -> usize {
    let count = |collection: &str| {
        let path = format!("/groups/{}/{collection}", project.id);
        state.store.list(&path).len()
    };
    match limit {
        "atlas.project.deployment.clusters" => project.clusters.len() + project.flex_clusters.len(),
        "atlas.project.security.databaseAccess.customRoles" => count("customDBRoles/roles"),
        "atlas.project.security.databaseAccess.users" => count("databaseUsers"),
        "atlas.project.security.networkAccess.entries" => count("accessList"),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_defined_in_the_document() {
        let document_json = include_str!("../../../openapi/atlas-admin-v2.json");
        for limit in &LIMITS.limit {
            assert!(
                document_json.contains(&format!("\"{}\"", limit.name)),
                "{}",
                limit.name
            );
        }
    }
}
