//! `/api/atlas/v1.0`: the unversioned API of older tools, with the same state.
//!
//! Responses are plain `application/json`.

mod organizations;
mod projects;

use std::sync::LazyLock;

use crate::resources::Handler;
use crate::resources::deployments::clusters;
use crate::schema::template::{PathParameters, Template};

/// The path prefix of the API.
pub(crate) const ROOT: &str = "/api/atlas/v1.0";

/// An operation: method, path below the root, handler, and id in the API document.
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

/// A matched operation: handler, path parameters, and id in the API document.
pub(crate) type Found = (Handler, PathParameters<'static>, &'static str);

/// Finds the operation of a request.
pub(crate) fn find(method: &str, path: &str) -> Option<Found> {
    let path = path.strip_prefix(ROOT)?;
    // A literal segment such as `byName` takes precedence over a parameter.
    let mut found: Vec<Found> = OPERATIONS
        .iter()
        .zip(TEMPLATES.iter())
        .filter(|(Operation(operation_method, ..), _)| *operation_method == method)
        .filter_map(|(Operation(_, _, handler, id), template)| {
            Some((*handler, template.matches(path)?, *id))
        })
        .collect();
    found.sort_by_key(|(_, parameters, _)| parameters.len());
    found.into_iter().next()
}
