//! The unversioned APIs `/api/atlas/v1.0` and `/api/atlas/v1.5`: aliases of old versions of the
//! versioned API, with the same state.
//!
//! Responses are plain `application/json`. Organizations and projects have separate handlers, since
//! their documents differ from those of every version.

mod organizations;
mod projects;

use super::Route;
use crate::resources::deployments::clusters;
use crate::resources::{Handler, handler_for};
use crate::schema::document::{Document, Operation};

/// The path prefix of the API v1.0, for links.
pub(super) const V1_ROOT: &str = "/api/atlas/v1.0";

/// The path prefixes, with the date of the aliased versions.
const API_ROOTS: [(&str, &str); 2] = [(V1_ROOT, "2023-01-01"), ("/api/atlas/v1.5", "2023-02-01")];

/// Paths that the versioned API has renamed. A segment in braces matches any segment.
const RENAMED_PATHS: [(&str, &str); 5] = [
    (
        "/groups/{groupId}/whitelist",
        "/groups/{groupId}/accessList",
    ),
    (
        "/orgs/{orgId}/apiKeys/{apiUserId}/whitelist",
        "/orgs/{orgId}/apiKeys/{apiUserId}/accessList",
    ),
    (
        "/groups/{groupId}/dataLakes",
        "/groups/{groupId}/dataFederation",
    ),
    (
        "/groups/{groupId}/alertConfigs/matchers",
        "/alertConfigs/matchers",
    ),
    ("/groups/{groupId}/eventTypes", "/eventTypes"),
];

/// Operations of v1.0 with separate handlers or without a version, by their id in the OpenAPI document.
const HANDLERS: [(&str, Handler); 13] = [
    ("listOrgs", organizations::list),
    ("getOrg", organizations::get),
    ("getOrgGroups", organizations::list_projects),
    ("listGroups", projects::list),
    ("createGroup", projects::create),
    ("getGroup", projects::get),
    ("deleteGroup", projects::delete),
    ("getGroupByName", projects::get_by_name),
    ("listGroupClusters", clusters::list),
    ("createGroupCluster", clusters::create),
    ("getGroupCluster", clusters::get),
    ("updateGroupCluster", clusters::update),
    ("deleteGroupCluster", clusters::delete),
];

/// The version of an operation in an unversioned API.
pub(crate) struct Legacy {
    /// The date of the version; empty for the handlers of v1.0.
    pub(crate) version: String,
    /// The suffix of the media type of the version.
    pub(crate) suffix: String,
}

/// Finds the operation of a request.
pub(super) fn find(document: &'static Document, method: &str, path: &str) -> Option<Route> {
    let mut roots = API_ROOTS.iter();
    let (path, (root, date)) = roots.find_map(|root| Some((path.strip_prefix(root.0)?, root)))?;
    if !path.is_empty() && !path.starts_with('/') {
        return None;
    }
    let path = format!("{}{}", super::API_ROOT, rename(path));
    let (operation, parameters) = document.find(method, &path)?;
    let mut handlers = HANDLERS.iter().filter(|_| *root == V1_ROOT);
    let own = handlers.find(|(id, _)| *id == operation.id);
    let suffixes = &operation.success.suffixes;
    Some(Route {
        operation,
        handler: own.map_or_else(|| handler_for(operation), |(_, handler)| *handler),
        parameters,
        legacy: Some(Legacy {
            version: own.map_or_else(|| version_at(operation, date), |_| String::new()),
            suffix: suffixes.first().cloned().unwrap_or_default(),
        }),
    })
}

/// Returns the newest version that is not after a date, or the oldest version.
fn version_at(operation: &Operation, date: &str) -> String {
    let versions = operation.versions.iter().map(|version| &version.version);
    let version = versions.clone().rfind(|version| version.as_str() <= date);
    let oldest = versions.clone().next();
    version.or(oldest).cloned().unwrap_or_default()
}

/// Replaces the start of a path that the versioned API has renamed.
fn rename(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').collect();
    let matches = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        template.len() <= segments.len()
            && template
                .iter()
                .zip(&segments)
                .all(|(name, segment)| name.starts_with('{') || name == segment)
    };
    let mut renamed = RENAMED_PATHS.iter();
    let Some((old, new)) = renamed.find(|(old, _)| matches(old)) else {
        return path.to_owned();
    };
    let old: Vec<&str> = old.split('/').collect();
    let value = |name: &str| {
        let index = old.iter().position(|old| *old == name);
        index.and_then(|index| segments.get(index)).copied()
    };
    let start = new.split('/').map(|name| value(name).unwrap_or(name));
    let end = segments.iter().skip(old.len()).copied();
    start.chain(end).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_the_start_of_old_paths() {
        assert_eq!(rename("/groups/a/whitelist"), "/groups/a/accessList");
        assert_eq!(
            rename("/groups/a/whitelist/10.0.0.1%2F32"),
            "/groups/a/accessList/10.0.0.1%2F32"
        );
        assert_eq!(
            rename("/groups/a/alertConfigs/matchers/fieldNames"),
            "/alertConfigs/matchers/fieldNames"
        );
        assert_eq!(rename("/groups/a/clusters"), "/groups/a/clusters");
        assert_eq!(rename(""), "");
    }

    #[test]
    fn handlers_are_of_operations_of_the_document() {
        let operations = Document::vendored().unwrap().operations();

        for (id, _) in HANDLERS {
            assert!(
                operations.iter().any(|operation| operation.id == id),
                "{id}"
            );
        }
    }

    #[test]
    fn version_depends_on_the_api() {
        let document = Document::vendored().unwrap();
        let version = |path: &str| {
            let route = find(document, "GET", path).unwrap();
            route.legacy.unwrap().version
        };

        assert_eq!(version("/api/atlas/v1.0/groups/a/clusters"), "");
        assert_eq!(version("/api/atlas/v1.5/groups/a/clusters"), "2023-02-01");
        assert_eq!(version("/api/atlas/v1.0/groups/a/whitelist"), "2023-01-01");
        assert!(find(document, "GET", "/api/atlas/v1.0x/orgs").is_none());
    }
}
