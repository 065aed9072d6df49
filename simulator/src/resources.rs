//! The modelled operations of `/api/atlas/v2`, by their ids in the API document.

pub(crate) mod access;
pub(crate) mod backups;
pub(crate) mod billing;
pub(crate) mod deployments;
pub(crate) mod monitoring;
pub(crate) mod named;
pub(crate) mod networking;
pub(crate) mod organization;
mod routes;

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::rate_limits;
use crate::call::{Call, Reply};
use crate::schema::document::Operation;
use crate::state::{State, Tag};

use access::temporary;
use backups::schedules;
use deployments::{deletions, pausing};
use monitoring::{alerts, events};
use organization::invitations;

pub(crate) use access::access_list::Block;
pub(crate) use access::api_keys::collection as keys_of;
pub(crate) use access::service_accounts::SECRETS;
pub(crate) use organization::organizations::seen as seen_organizations;
pub(crate) use organization::projects::{check_name, close, enter, open, seen, seen_by_name};
pub use routes::{Fidelity, ServedOperation};
pub(crate) use routes::{handler_for, served_operations};

/// A function that executes an operation.
pub(crate) type Handler = fn(&mut State, &Call) -> Result<Reply, ApiError>;

/// The id of an operation in the API document, and its handler.
pub(crate) type Route = (&'static str, Handler);

/// The Java class of clusters, to which newer versions add their date.
const CLUSTER_CLASS: &str = "ApiAtlasClusterDescriptionResource";

/// The Java class of clusters in version 2023-02-01.
const OLD_CLUSTER_CLASS: &str = "ApiAtlasClusterDescriptionV15Resource";

/// Returns the value of the `X-Java-Method` header; empty if not recorded.
pub(crate) fn java_method(operation: &Operation, version: &str) -> String {
    let recorded = rate_limits::java_method(&operation.id);
    let is_of_clusters =
        recorded.starts_with(CLUSTER_CLASS) || recorded.starts_with(OLD_CLUSTER_CLASS);
    match (recorded.split_once("::"), version) {
        (Some(_), "2023-01-01") if is_of_clusters => String::new(),
        (Some((_, method)), "2023-02-01") if is_of_clusters => {
            format!("{OLD_CLUSTER_CLASS}::{method}")
        }
        (Some((_, method)), version) if is_of_clusters => {
            format!("{CLUSTER_CLASS}{}::{method}", version.replace('-', ""))
        }
        _ => recorded.to_owned(),
    }
}

/// Advances the state to a time: applies due changes and removes expired resources.
pub(crate) fn advance_to(state: &mut State, now: jiff::Timestamp) {
    let events = state.advance_to(now);
    pausing::on_lifecycle_events(state, &events);
    alerts::on_lifecycle_events(state, &events);
    deletions::on_lifecycle_events(state, &events);
    events::on_lifecycle_events(state, events);
    // Snapshots are due at full seconds, so one check per second is enough.
    if state.backed_up_at != Some(now.as_second()) {
        schedules::advance_to(state, now);
        state.backed_up_at = Some(now.as_second());
    }
    let expired = temporary::expire(state, now);
    events::on_expired(state, expired);
    invitations::expire(state, now);
    deletions::expire(state, now);
}

/// Executes a call: advances the state to its time, performs the common checks, calls the handler
/// and records an event.
pub(crate) fn execute(
    state: &mut State,
    handler: Handler,
    operation: Option<&Operation>,
    call: &mut Call,
) -> Result<Reply, ApiError> {
    advance_to(state, call.now);
    call.organization = organization_of(state, call);
    if let Some(operation) = operation {
        pausing::check(state, operation, call)?;
        named::check(state, operation, call)?;
    }
    let reply = handler(state, call);
    if operation.is_none_or(|operation| operation.method != "GET") {
        state.backed_up_at = None;
    }
    let reply = reply?;
    if let Some(operation) = operation {
        events::note(state, call, operation, &reply);
    }
    Ok(reply)
}

/// Returns the id of the organization in the path, of the project in the path, or of the caller.
/// Default: the oldest organization.
pub(crate) fn organization_of(state: &State, call: &Call) -> String {
    let project = call.find_path("groupId");
    let project = project.and_then(|id| state.project(id).ok());
    let of_project = project.map(|project| project.organization.as_str());
    let organization = call.find_path("orgId").or(of_project);
    let organization = organization.or(call.caller.organization.as_deref());
    let existing = organization.filter(|id| state.organization(id).is_ok());
    existing
        .unwrap_or_else(|| state.oldest_organization())
        .to_owned()
}

/// Adds fields to a document without the copies that nested `json!` calls make.
pub(crate) fn with_parts<const N: usize>(mut document: Value, parts: [(&str, Value); N]) -> Value {
    for (name, part) in parts {
        document[name] = part;
    }
    document
}

/// Returns a link of a document.
pub(crate) fn link(call: &Call, path: &str, relation: &str) -> Value {
    json!({ "href": call.link(path), "rel": relation })
}

/// Parses tags or labels of a request body.
pub(crate) fn read_tags(
    attributes: &Attributes<'_>,
    field: &str,
) -> Result<Option<Vec<Tag>>, ApiError> {
    let Some(entries) = attributes.objects(field)? else {
        return Ok(None);
    };
    let mut tags: Vec<Tag> = Vec::new();
    for entry in entries {
        let key = entry.required_text("key")?;
        if tags.iter().any(|tag| tag.key == key) {
            let expected = "another one than those before it";
            return Err(ApiError::invalid_attribute(&entry.name("key"), expected));
        }
        tags.push(Tag {
            key: key.to_owned(),
            value: entry.required_text("value")?.to_owned(),
        });
    }
    Ok(Some(tags))
}

/// Returns tags or labels as a JSON document.
pub(crate) fn tags_document(tags: &[Tag]) -> Value {
    tags.iter()
        .map(|tag| json!({ "key": tag.key, "value": tag.value }))
        .collect()
}

/// Removes an empty list of tags, which responses to creations omit.
pub(crate) fn without_empty_tags(mut document: Value) -> Value {
    let has_no_tags = document["tags"].as_array().is_some_and(Vec::is_empty);
    if has_no_tags && let Some(object) = document.as_object_mut() {
        object.remove("tags");
    }
    document
}
