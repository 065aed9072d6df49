//! Handlers of the operations of `/api/atlas/v2`, and the steps that all operations share.

pub(crate) mod access;
pub(crate) mod backups;
pub(crate) mod cloud_providers;
pub(crate) mod data;
pub(crate) mod deployments;
pub(crate) mod monitoring;
pub(crate) mod networking;
pub(crate) mod organization;
mod routes;

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::rate_limits;
use crate::call::{ApiResponse, Call};
use crate::schema::document::Operation;
use crate::state::{ApiRejection, State, Tag};

use access::temporary;
use backups::schedules;
use deployments::{deletions, pausing};
use monitoring::{alerts, events, processes};
use organization::invitations;

pub(crate) use access::access_list::Block;
pub(crate) use access::api_keys::collection_path as keys_of;
pub(crate) use access::service_accounts::SECRETS;
pub(crate) use organization::cloud_users::select_organization;
pub(crate) use organization::organizations::visible_organizations;
pub(crate) use organization::projects::{
    check_name, create_owned, delete as delete_project, visible_project_by_name, visible_projects,
};
pub use routes::{Fidelity, ServedOperation};
pub(crate) use routes::{handler_for, served_operations};

/// A handler of operations.
pub(crate) type Handler = fn(&mut State, &Call) -> Result<ApiResponse, ApiError>;

/// The id of an operation in the OpenAPI document, and its handler.
pub(crate) type Route = (&'static str, Handler);

/// Java class of the cluster operations. Its name ends with the version.
const CLUSTERS: &str = "ApiAtlasClusterDescriptionResource";

/// Returns the value of the `X-Java-Method` header, or an empty string if it is unknown.
pub(crate) fn java_method(operation: &Operation, version: &str) -> String {
    let recorded_name = rate_limits::java_method(&operation.id);
    let is_cluster_class =
        recorded_name.starts_with(CLUSTERS) || recorded_name.starts_with(CLUSTERS_2023_02);
    match (recorded_name.split_once("::"), version) {
        (Some(_), "2023-01-01") if is_cluster_class => String::new(),
        (Some((_, method)), "2023-02-01") if is_cluster_class => {
            format!("{CLUSTERS_2023_02}::{method}")
        }
        (Some((_, method)), version) if is_cluster_class => {
            format!("{CLUSTERS}{}::{method}", version.replace('-', ""))
        }
        _ => recorded_name.to_owned(),
    }
}

/// Java class of the cluster operations in version 2023-02-01.
const CLUSTERS_2023_02: &str = "ApiAtlasClusterDescriptionV15Resource";

/// Advances the state to `now`: applies due changes and removes expired resources.
pub(crate) fn advance_to(state: &mut State, now: jiff::Timestamp) {
    let events = state.advance_to(now);
    pausing::on_lifecycle_events(state, &events);
    alerts::on_lifecycle_events(state, &events);
    deletions::on_lifecycle_events(state, &events);
    events::on_lifecycle_events(state, events);
    // Snapshots are due at whole seconds, so one check of all schedules for each second is enough.
    if state.backed_up_at != Some(now.as_second()) {
        schedules::advance_to(state, now);
        state.backed_up_at = Some(now.as_second());
    }
    let expired = temporary::expire(state, now);
    events::on_expired(state, expired);
    invitations::expire(state, now);
    deletions::expire(state, now);
}

/// Executes a call: advances the state to the time of the call, runs the common checks, calls the
/// handler and records an event.
pub(crate) fn execute(
    state: &mut State,
    handler: Handler,
    operation: Option<&Operation>,
    call: &mut Call,
) -> Result<ApiResponse, ApiError> {
    advance_to(state, call.now);
    call.organization = find_organization(state, call);
    if let Some(operation) = operation {
        pausing::check(state, operation, call)?;
        check_path(state, operation, call)?;
    }
    let reply = handler(state, call);
    if operation.is_none_or(|operation| operation.method != "GET") {
        state.backed_up_at = None;
    }
    let reply = reply?;
    if let Some(operation) = operation {
        events::on_request(state, call, operation, &reply);
    }
    Ok(reply)
}

/// Returns the id of the organization in the path, of the organization of the project in the path,
/// or of the caller's organization. Default: the oldest organization.
pub(crate) fn find_organization(state: &State, call: &Call) -> String {
    let project = call.find_path("groupId");
    let project = project.and_then(|id| state.project(id).ok());
    let from_project = project.map(|project| project.organization.as_str());
    let organization = call.find_path("orgId").or(from_project);
    let organization = organization.or(call.caller.organization.as_deref());
    let existing = organization.filter(|id| state.organization(id).is_ok());
    existing
        .unwrap_or_else(|| state.oldest_organization())
        .to_owned()
}

/// Sets fields of a document. Nested `json!` calls would copy the values at each level.
pub(crate) fn set_fields<const N: usize>(mut document: Value, parts: [(&str, Value); N]) -> Value {
    for (name, part) in parts {
        document[name] = part;
    }
    document
}

/// Returns an entry of a document's `links`.
pub(crate) fn render_link(call: &Call, path: &str, relation: &str) -> Value {
    json!({ "href": call.link(path), "rel": relation })
}

/// Reads tags or labels from a request body.
pub(crate) fn read_tags(
    attributes: &Attributes<'_>,
    field: &str,
) -> Result<Option<Vec<Tag>>, ApiError> {
    let Some(entries) = attributes.objects(field)? else {
        return Ok(None);
    };
    let mut tags: Vec<Tag> = Vec::new();
    for entry in entries {
        let key = entry.required_string("key")?;
        if tags.iter().any(|tag| tag.key == key) {
            let expected = "a key that no other entry has";
            return Err(ApiError::invalid_attribute(&entry.name("key"), expected));
        }
        let value = entry.required_string("value")?;
        for (name, text) in [("key", key), ("value", value)] {
            if text.is_empty() {
                let expected = "at least one character";
                return Err(ApiError::invalid_attribute(&entry.name(name), expected));
            }
        }
        check_tag(key)?;
        check_tag(value)?;
        tags.push(Tag {
            key: key.to_owned(),
            value: value.to_owned(),
        });
    }
    Ok(Some(tags))
}

/// Maximum length of the key and the value of a tag, in characters.
const MAX_TAG_LENGTH: usize = 255;

/// Rejects an invalid key or value of a tag with Atlas's messages. Atlas's error code is not known.
fn check_tag(text: &str) -> Result<(), ApiError> {
    let is_allowed =
        |character: char| character.is_alphanumeric() || " ;@_-.+:".contains(character);
    let problem = if text.chars().count() > MAX_TAG_LENGTH {
        format!("exceeded the maximum allowed length of {MAX_TAG_LENGTH} characters.")
    } else if !text.chars().all(is_allowed) {
        "contains invalid characters. Allowable characters include a-z, A-Z, 0-9, spaces and ;@_-.+:"
            .to_owned()
    } else {
        return Ok(());
    };
    let detail = format!("The tag {text} {problem}");
    Err(ApiError::rejected(
        400,
        "INVALID_TAG",
        detail,
        vec![json!(text)],
    ))
}

/// Renders tags or labels.
pub(crate) fn render_tags(tags: &[Tag]) -> Value {
    tags.iter()
        .map(|tag| json!({ "key": tag.key, "value": tag.value }))
        .collect()
}

/// Removes an empty list of tags, which Atlas omits in the response to a creation.
pub(crate) fn remove_empty_tags(mut document: Value) -> Value {
    let has_no_tags = document["tags"].as_array().is_some_and(Vec::is_empty);
    if has_no_tags && let Some(object) = document.as_object_mut() {
        object.remove("tags");
    }
    document
}

/// Rejects a request whose path names an unknown process, database user or cluster.
fn check_path(state: &State, operation: &Operation, call: &Call) -> Result<(), ApiError> {
    let mut values = call.parameters.iter();
    let mut previous = "";
    for segment in operation.path.split('/') {
        if segment.starts_with('{') {
            let value = values.next().map_or("", |(_, value)| value);
            let is_last = operation.path.ends_with(segment);
            match (previous, segment) {
                ("processes" | "hosts", "{processId}") | ("clusters", "{hostName}") => {
                    processes::cluster_of(state, call.path("groupId"), value)?;
                }
                ("databaseUsers", "{username}") if !is_last => {
                    check_database_user(state, call, value)?;
                }
                ("sampleDatasetLoad", "{name}") => check_running_cluster(state, call, value)?,
                _ => {}
            }
        }
        previous = segment;
    }
    Ok(())
}

/// Rejects a name that no database user of the project has.
fn check_database_user(state: &State, call: &Call, name: &str) -> Result<(), ApiError> {
    let project = &state.project(call.path("groupId"))?.id;
    let users = format!("/groups/{project}/databaseUsers");
    match state.store.find(&users, &["username"], name) {
        Some(_) => Ok(()),
        None => Err(ApiError::username_not_found(name)),
    }
}

/// Rejects an unknown or paused cluster.
fn check_running_cluster(state: &State, call: &Call, name: &str) -> Result<(), ApiError> {
    let project = state.project(call.path("groupId"))?;
    if project.flex_cluster(name).is_ok() {
        return Ok(());
    }
    if project.cluster(name)?.lifecycle.is_paused() {
        let name = name.to_owned();
        return Err(ApiRejection::CannotUpdatePaused { name }.into());
    }
    Ok(())
}
