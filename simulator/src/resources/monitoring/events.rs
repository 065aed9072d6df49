//! Events of projects and organizations, newest first: one for each change and lifecycle event.

mod details;
pub(super) mod event_types;
mod names;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::Context;
use crate::resources::access::temporary::Expired;
use crate::resources::monitoring::alerts;
use crate::resources::{Route, render_link};
use crate::schema::document::{Document, Operation};
use crate::state::clock::{format_time, parse_time};
use crate::state::{LifecycleEvent, ProjectEvent, Record, State};

use details::Change;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupEvents", list),
    ("listOrgEvents", list),
    ("getGroupEvent", get),
    ("getOrgEvent", get),
];

/// Maximum number of events that a project or an organization keeps.
const MAX_EVENTS: usize = 1000;

/// Records the event of a successful request.
pub(crate) fn on_request(
    state: &mut State,
    call: &Call,
    operation: &Operation,
    reply: &ApiResponse,
) {
    if operation.method == "GET" || !reply.status.is_success() {
        return;
    }
    let Ok(document) = Document::vendored() else {
        return;
    };
    let body = call.object().unwrap_or_default();
    let Some(name) = names::event_name(operation, document.schemas(), &body) else {
        return;
    };
    let organization = reply.organization.as_ref().unwrap_or(&call.organization);
    if state.organization(organization).is_err() {
        return;
    }
    let change = Change {
        call,
        organization,
        operation,
        body: &body,
        response: reply.document.as_ref().unwrap_or(&Value::Null),
    };
    // The deletion of a project is an event of its organization.
    let project = change.parameter("groupId");
    let project = project.filter(|id| state.project(id).is_ok());
    let details = change.details(state, &name);
    let owner = project.map_or(Owner::Organization(organization), Owner::Project);
    record(state, owner, &name, call.now, details);
}

/// Records lifecycle events of clusters.
pub(crate) fn on_lifecycle_events(state: &mut State, events: Vec<ProjectEvent>) {
    for event in events {
        let name = match event.event {
            LifecycleEvent::Created => "CLUSTER_READY",
            LifecycleEvent::Updated => "CLUSTER_UPDATE_COMPLETED",
            // Only an automatic pause of an unused free cluster is a `Paused` event.
            LifecycleEvent::Paused => "CLUSTER_AUTOMATICALLY_PAUSED",
            LifecycleEvent::Resumed => "CLUSTER_UPDATE_STARTED",
            LifecycleEvent::Deleted => "CLUSTER_DELETED",
        };
        let mut details = Map::new();
        details.insert("clusterName".to_owned(), json!(event.cluster));
        let owner = Owner::Project(&event.project);
        record(state, owner, name, event.at, details);
    }
}

/// The project or organization that an event belongs to, by its id.
#[derive(Clone, Copy)]
enum Owner<'a> {
    Project(&'a str),
    Organization(&'a str),
}

/// Records the removal of expired resources.
pub(crate) fn on_expired(state: &mut State, expired: Vec<Expired>) {
    for entry in expired {
        let mut segments = entry.collection.trim_start_matches('/').split('/');
        let owner = match (segments.next(), segments.next().unwrap_or_default()) {
            (Some("groups"), id) => Owner::Project(id),
            (_, id) => Owner::Organization(id),
        };
        record(state, owner, entry.event, entry.at, entry.details);
    }
}

/// Adds an event to the list of a project or an organization.
fn record(
    state: &mut State,
    owner: Owner<'_>,
    name: &str,
    at: Timestamp,
    details: Map<String, Value>,
) {
    let id = state.ids().next(at);
    let mut event = json!({
        "created": format_time(at),
        "eventTypeName": name,
        "id": id,
        "isGlobalAdmin": false,
    });
    let path = match owner {
        Owner::Project(id) => {
            event["groupId"] = json!(id);
            format!("/groups/{id}/events")
        }
        Owner::Organization(id) => {
            event["orgId"] = json!(id);
            format!("/orgs/{id}/events")
        }
    };
    if let Some(event) = event.as_object_mut() {
        event.extend(details);
    }
    let event = Record::new(id, event, at);
    if let Owner::Project(project) = owner {
        alerts::on_event(state, project, &event);
    }
    let events = state.store.list_mut(&path);
    // Lifecycle events are recorded on the next request, so they can be older than events already in the list.
    let position = events.iter().position(|event| event.created <= at);
    events.insert(position.unwrap_or(events.len()), event);
    events.truncate(MAX_EVENTS);
}

/// `GET /groups/{groupId}/events` and `GET /orgs/{orgId}/events`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let included = call.query.all("eventType");
    let excluded = call.query.all("excludedEventType");
    let clusters = call.query.all("clusterNames");
    let (from, to) = (call.query.get("minDate"), call.query.get("maxDate"));
    let (from, to) = (from.and_then(parse_time), to.and_then(parse_time));
    let is_selected = |event: &&Record| {
        let name = event.string("eventTypeName");
        (included.is_empty() || included.contains(&name))
            && !excluded.contains(&name)
            && (clusters.is_empty() || clusters.contains(&event.string("clusterName")))
            && from.is_none_or(|from| event.created >= from)
            && to.is_none_or(|to| event.created <= to)
    };
    let events = state.store.list(&context.collection);
    let events: Vec<&Record> = events.iter().filter(is_selected).collect();
    page::respond(call, &[], &events, |event| {
        add_links(event, &call.request_path, call)
    })
}

/// `GET …/events/{eventId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let id = call.path("eventId");
    let event = state.store.find(&context.collection, &["id"], id);
    let event = event.ok_or_else(|| ApiError::named_not_found("EVENT", id))?;
    let list = call
        .request_path
        .rsplit_once('/')
        .map_or("", |(list, _)| list);
    Ok(ApiResponse::ok(add_links(event, list, call)))
}

fn add_links(event: &Record, list: &str, call: &Call) -> Value {
    let mut document = event.document.clone();
    document["links"] = json!([render_link(call, &format!("{list}/{}", event.key), "self")]);
    document
}
