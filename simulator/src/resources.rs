//! The operations of `/api/atlas/v2` that are served, by their ids in the API document.

pub(crate) mod clusters;
mod flex_clusters;
mod inventory;
mod organizations;
mod projects;
mod system;

use serde_json::{Value, json};

use crate::attributes::Attributes;
use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::state::{State, Tag};

pub(crate) use projects::check_name;

/// What answers an operation.
pub(crate) type Handler = fn(&mut State, &Call) -> Result<Reply, ApiError>;

/// A served operation.
pub(crate) struct Served {
    pub(crate) handler: Handler,
    /// The capacity of its rate limit.
    pub(crate) capacity: u32,
    /// The class and method that answer it at Atlas; the class of clusters depends on the version.
    class: &'static str,
    method: &'static str,
}

impl Served {
    const fn new(
        handler: Handler,
        capacity: u32,
        class: &'static str,
        method: &'static str,
    ) -> Self {
        Self {
            handler,
            capacity,
            class,
            method,
        }
    }

    /// The value of the `X-Java-Method` header; empty where it is not known.
    pub(crate) fn java_method(&self, version: &str) -> String {
        let class = match (self.class, version) {
            (CLUSTERS, "2023-01-01") | ("", _) => return String::new(),
            (CLUSTERS, "2023-02-01") => "ApiAtlasClusterDescriptionV15Resource".to_owned(),
            (CLUSTERS, version) => format!("{CLUSTERS}{}", version.replace('-', "")),
            (class, _) => class.to_owned(),
        };
        format!("{class}::{}", self.method)
    }
}

const CLUSTERS: &str = "ApiAtlasClusterDescriptionResource";
const FLEX: &str = "ApiAtlasFlexClusterResource";
const GROUPS: &str = "ApiAtlasGroupsResource";
const ORGANIZATIONS: &str = "ApiOrganizationsResource";

/// What answers the operation of that id, if anything does.
pub(crate) fn served(operation: &str) -> Option<Served> {
    Some(match operation {
        "getSystemStatus" => Served::new(system::status, 1200, "", ""),
        "listOrgs" => Served::new(organizations::list, 300, ORGANIZATIONS, "getAllOrgs"),
        "getOrg" => Served::new(organizations::get, 500, ORGANIZATIONS, "getOrg"),
        "getOrgGroups" => Served::new(organizations::projects, 500, ORGANIZATIONS, "getOrgGroups"),
        "listGroups" => Served::new(projects::list, 1200, GROUPS, "getAllGroups"),
        "getGroup" => Served::new(projects::get, 1200, GROUPS, "getGroup"),
        "getGroupByName" => Served::new(projects::get_by_name, 1200, GROUPS, "getGroupByName"),
        "createGroup" => Served::new(projects::create, 1200, GROUPS, "addGroup"),
        "updateGroup" => Served::new(projects::update, 1200, GROUPS, "patchGroup"),
        "deleteGroup" => Served::new(projects::delete, 1200, GROUPS, "deleteGroup"),
        "listClusterDetails" => Served::new(inventory::list, 1200, "", ""),
        "listGroupClusters" => Served::new(clusters::list, 10_000, CLUSTERS, "getAllClusters"),
        "getGroupCluster" => Served::new(clusters::get, 10_000, CLUSTERS, "getCluster"),
        "createGroupCluster" => Served::new(clusters::create, 10_000, CLUSTERS, "createCluster"),
        "updateGroupCluster" => Served::new(clusters::update, 10_000, CLUSTERS, "updateCluster"),
        "deleteGroupCluster" => Served::new(clusters::delete, 10_000, CLUSTERS, "deleteCluster"),
        "listGroupFlexClusters" => {
            Served::new(flex_clusters::list, 1200, FLEX, "getAllFlexClusters")
        }
        "getGroupFlexCluster" => Served::new(flex_clusters::get, 1200, FLEX, "getFlexCluster"),
        "createGroupFlexCluster" => {
            Served::new(flex_clusters::create, 1200, FLEX, "createFlexCluster")
        }
        "updateGroupFlexCluster" => {
            Served::new(flex_clusters::update, 1200, FLEX, "updateFlexCluster")
        }
        "deleteGroupFlexCluster" => {
            Served::new(flex_clusters::delete, 1200, FLEX, "deleteFlexCluster")
        }
        _ => return None,
    })
}

/// A link of a document.
pub(crate) fn link(call: &Call, path: &str, relation: &str) -> Value {
    json!({ "href": call.link(path), "rel": relation })
}

/// Tags or labels of a request's body.
pub(crate) fn read_tags(
    attributes: &Attributes<'_>,
    field: &str,
) -> Result<Option<Vec<Tag>>, ApiError> {
    let Some(entries) = attributes.objects(field)? else {
        return Ok(None);
    };
    let tags = entries.iter().map(|entry| {
        Ok(Tag {
            key: entry.required_text("key")?.to_owned(),
            value: entry.required_text("value")?.to_owned(),
        })
    });
    tags.collect::<Result<_, _>>().map(Some)
}

/// Tags or labels of an answer.
pub(crate) fn tags_document(tags: &[Tag]) -> Value {
    tags.iter()
        .map(|tag| json!({ "key": tag.key, "value": tag.value }))
        .collect()
}
