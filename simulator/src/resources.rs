//! The operations of `/api/atlas/v2` that are served, by their ids in the API document.

pub(crate) mod clusters;
mod flex_clusters;
mod inventory;
mod organizations;
mod projects;
mod rate_limits;
mod system;

use serde_json::{Value, json};

use crate::attributes::Attributes;
use crate::call::{Call, Reply};
use crate::document::Operation;
use crate::error::ApiError;
use crate::generic;
use crate::limits::{self, EndpointSet};
use crate::state::{State, Tag};

pub(crate) use projects::check_name;

/// What answers an operation.
pub(crate) type Handler = fn(&mut State, &Call) -> Result<Reply, ApiError>;

/// A served operation.
pub(crate) struct Served {
    pub(crate) handler: Handler,
    /// The endpoints it shares a rate limit with.
    pub(crate) set: &'static EndpointSet,
    /// The class and method that answer it at Atlas; the class of clusters depends on the version.
    class: &'static str,
    method: &'static str,
}

impl Served {
    const fn new(
        handler: Handler,
        set: &'static EndpointSet,
        class: &'static str,
        method: &'static str,
    ) -> Self {
        Self {
            handler,
            set,
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

/// What answers an operation: behaviour of its own, or the document's schemas.
pub(crate) fn served(operation: &Operation) -> Served {
    dedicated(&operation.id).unwrap_or_else(|| Served::new(generic::answer, &limits::ROOT, "", ""))
}

fn dedicated(operation: &str) -> Option<Served> {
    let (handler, set, class, method): (Handler, _, _, _) = match operation {
        "getSystemStatus" => (system::status, &limits::ROOT, "", ""),
        "listOrgs" => (
            organizations::list,
            &limits::ORGANIZATIONS,
            ORGANIZATIONS,
            "getAllOrgs",
        ),
        "getOrg" => (
            organizations::get,
            &limits::ORGANIZATION,
            ORGANIZATIONS,
            "getOrg",
        ),
        "getOrgGroups" => (organizations::projects, &limits::ORGANIZATION, "", ""),
        "listGroups" => (projects::list, &limits::PROJECTS, GROUPS, "getAllGroups"),
        "getGroup" => (projects::get, &limits::PROJECTS, GROUPS, "getGroup"),
        "getGroupByName" => (projects::get_by_name, &limits::PROJECTS, "", ""),
        "createGroup" => (projects::create, &limits::PROJECTS, GROUPS, "addGroup"),
        "updateGroup" => (projects::update, &limits::PROJECTS, GROUPS, "patchGroup"),
        "deleteGroup" => (projects::delete, &limits::PROJECTS, GROUPS, "deleteGroup"),
        "listClusterDetails" => (inventory::list, &limits::ROOT, "", ""),
        "listRateLimits" => (rate_limits::list, &limits::ROOT, "", ""),
        "getRateLimit" => (rate_limits::get, &limits::ROOT, "", ""),
        _ => return served_cluster(operation),
    };
    Some(Served::new(handler, set, class, method))
}

fn served_cluster(operation: &str) -> Option<Served> {
    let dedicated = &limits::CLUSTERS;
    let flex = &limits::FLEX_CLUSTERS;
    let (handler, set, class, method): (Handler, _, _, _) = match operation {
        "listGroupClusters" => (clusters::list, dedicated, CLUSTERS, "getAllClusters"),
        "getGroupCluster" => (clusters::get, dedicated, CLUSTERS, "getCluster"),
        "createGroupCluster" => (clusters::create, dedicated, CLUSTERS, "createCluster"),
        "updateGroupCluster" => (clusters::update, dedicated, CLUSTERS, "updateCluster"),
        "deleteGroupCluster" => (clusters::delete, dedicated, CLUSTERS, "deleteCluster"),
        "listGroupFlexClusters" => (flex_clusters::list, flex, FLEX, "getAllFlexClusters"),
        "getGroupFlexCluster" => (flex_clusters::get, flex, FLEX, "getFlexCluster"),
        "createGroupFlexCluster" => (flex_clusters::create, flex, FLEX, "createFlexCluster"),
        "updateGroupFlexCluster" => (flex_clusters::update, flex, "", ""),
        "deleteGroupFlexCluster" => (flex_clusters::delete, flex, FLEX, "deleteFlexCluster"),
        _ => return None,
    };
    Some(Served::new(handler, set, class, method))
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

/// A document as the answer to a creation has it: without tags when there are none.
pub(crate) fn without_empty_tags(mut document: Value) -> Value {
    let has_no_tags = document["tags"].as_array().is_some_and(Vec::is_empty);
    if has_no_tags && let Some(object) = document.as_object_mut() {
        object.remove("tags");
    }
    document
}
