//! `/api/atlas/v1.0`: the unversioned API older tools call, over the same state.
//!
//! Answers are plain `application/json`, and a `next` link always comes last.

mod organizations;
mod projects;

use crate::resources::{Handler, clusters};
use crate::route::Template;

/// Where the API begins.
pub(crate) const ROOT: &str = "/api/atlas/v1.0";

/// A served operation: method, path below the root, what answers it.
struct Operation(&'static str, &'static str, Handler);

const OPERATIONS: [Operation; 13] = [
    Operation("GET", "/orgs", organizations::list),
    Operation("GET", "/orgs/{orgId}", organizations::get),
    Operation("GET", "/orgs/{orgId}/groups", organizations::projects),
    Operation("GET", "/groups", projects::list),
    Operation("POST", "/groups", projects::create),
    Operation("GET", "/groups/{groupId}", projects::get),
    Operation("DELETE", "/groups/{groupId}", projects::delete),
    Operation("GET", "/groups/byName/{groupName}", projects::get_by_name),
    Operation("GET", "/groups/{groupId}/clusters", clusters::list),
    Operation("POST", "/groups/{groupId}/clusters", clusters::create),
    Operation(
        "GET",
        "/groups/{groupId}/clusters/{clusterName}",
        clusters::get,
    ),
    Operation(
        "PATCH",
        "/groups/{groupId}/clusters/{clusterName}",
        clusters::update,
    ),
    Operation(
        "DELETE",
        "/groups/{groupId}/clusters/{clusterName}",
        clusters::delete,
    ),
];

/// What answers a request, and the values of its path parameters.
pub(crate) fn find(method: &str, path: &str) -> Option<(Handler, Vec<String>)> {
    let path = path.strip_prefix(ROOT)?;
    // A literal segment goes before a parameter, as in `byName`.
    let mut found: Vec<_> = OPERATIONS
        .iter()
        .filter(|Operation(served, ..)| *served == method)
        .filter_map(|Operation(_, template, handler)| {
            Some((*handler, Template::parse(template).matches(path)?))
        })
        .collect();
    found.sort_by_key(|(_, parameters)| parameters.len());
    found.into_iter().next()
}
