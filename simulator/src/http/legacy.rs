//! `/api/atlas/v1.0`: the unversioned API older tools call, over the same state.
//!
//! Answers are plain `application/json`, and a `next` link always comes last.

mod organizations;
mod projects;

use std::sync::LazyLock;

use crate::resources::Handler;
use crate::resources::deployments::clusters;
use crate::schema::template::{PathParameters, Template};

/// Where the API begins.
pub(crate) const ROOT: &str = "/api/atlas/v1.0";

/// A served operation: method, path below the root, what answers it, and its id in the document.
struct Operation(&'static str, &'static str, Handler, &'static str);

const OPERATIONS: [Operation; 13] = [
    Operation("GET", "/orgs", organizations::list, "listOrgs"),
    Operation("GET", "/orgs/{orgId}", organizations::get, "getOrg"),
    Operation(
        "GET",
        "/orgs/{orgId}/groups",
        organizations::projects,
        "getOrgGroups",
    ),
    Operation("GET", "/groups", projects::list, "listGroups"),
    Operation("POST", "/groups", projects::create, "createGroup"),
    Operation("GET", "/groups/{groupId}", projects::get, "getGroup"),
    Operation(
        "DELETE",
        "/groups/{groupId}",
        projects::delete,
        "deleteGroup",
    ),
    Operation(
        "GET",
        "/groups/byName/{groupName}",
        projects::get_by_name,
        "getGroupByName",
    ),
    Operation(
        "GET",
        "/groups/{groupId}/clusters",
        clusters::list,
        "listGroupClusters",
    ),
    Operation(
        "POST",
        "/groups/{groupId}/clusters",
        clusters::create,
        "createGroupCluster",
    ),
    Operation(
        "GET",
        "/groups/{groupId}/clusters/{clusterName}",
        clusters::get,
        "getGroupCluster",
    ),
    Operation(
        "PATCH",
        "/groups/{groupId}/clusters/{clusterName}",
        clusters::update,
        "updateGroupCluster",
    ),
    Operation(
        "DELETE",
        "/groups/{groupId}/clusters/{clusterName}",
        clusters::delete,
        "deleteGroupCluster",
    ),
];

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let paths = OPERATIONS.iter().map(|Operation(_, path, ..)| path);
    paths.map(|path| Template::parse(path)).collect()
});

/// A matched operation: its handler, the path parameters, and its id in the document.
pub(crate) type Found = (Handler, PathParameters<'static>, &'static str);

/// Finds the operation of a request.
pub(crate) fn find(method: &str, path: &str) -> Option<Found> {
    let path = path.strip_prefix(ROOT)?;
    // A literal segment goes before a parameter, as in `byName`.
    let mut found: Vec<Found> = OPERATIONS
        .iter()
        .zip(TEMPLATES.iter())
        .filter(|(Operation(served, ..), _)| *served == method)
        .filter_map(|(Operation(_, _, handler, id), template)| {
            Some((*handler, template.matches(path)?, *id))
        })
        .collect();
    found.sort_by_key(|(_, parameters, _)| parameters.len());
    found.into_iter().next()
}
