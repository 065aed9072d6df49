//! Events: one for every change and for everything that comes to its end, newest first.

mod names;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::call::{Call, Reply};
use crate::clock::written;
use crate::document::{Document, Operation};
use crate::error::ApiError;
use crate::generic::Context;
use crate::page;
use crate::resources::{alerts, keys_of, link};
use crate::state::{Happening, Passage, Record, State, derived_id};

/// The most events that are kept in each list.
const KEPT: usize = 1000;

/// Notes a change that succeeded.
pub(crate) fn note(state: &mut State, call: &Call, operation: &Operation) {
    if operation.method == "GET" {
        return;
    }
    let body = call.object().unwrap_or_default();
    let parameter = |name: &str| {
        let mut named = operation.path_names().zip(&call.parameters);
        named.find(|(it, _)| *it == name).map(|(_, value)| value)
    };
    let mut details = Map::new();
    let mut tell = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            details.insert(name.to_owned(), json!(value));
        }
    };
    tell("apiKeyId", Some(&derived_id(call.sender())));
    tell("publicKey", Some(call.sender()));
    tell("remoteAddress", Some("127.0.0.1"));
    tell(
        "alertConfigId",
        parameter("alertConfigId").map(String::as_str),
    );
    tell("alertId", parameter("alertId").map(String::as_str));
    let text = |field: &str| body.get(field).and_then(Value::as_str);
    let made = text("name").filter(|_| operation.tag.contains("Clusters"));
    let named = parameter("clusterName").map(String::as_str);
    let of_flex = parameter("name").filter(|_| operation.path.contains("/flexClusters/"));
    tell(
        "clusterName",
        named.or(of_flex.map(String::as_str)).or(made),
    );
    if operation.path.contains("/databaseUsers") {
        let user = parameter("username").map(String::as_str);
        tell("dbUserUsername", user.or_else(|| text("username")));
    }
    let key = parameter("apiUserId").and_then(|id| public_key(state, id));
    tell("targetPublicKey", key.as_deref());
    let Ok(document) = Document::vendored() else {
        return;
    };
    let Some(name) = names::of_operation(operation, document.schemas(), &body) else {
        return;
    };
    // What happened to something that is gone is told where it was.
    let project = parameter("groupId").map(String::as_str);
    let project = project.filter(|id| state.project(id).is_ok());
    if state.organization(&state.organization.id).is_err() {
        return;
    }
    if name == "CLUSTER_TAGS_MODIFIED" {
        let found = project.zip(named).and_then(|(project, name)| {
            let cluster = state.project(project).ok()?.cluster(name).ok()?;
            Some(cluster.id.clone())
        });
        tell("resourceId", found.as_deref());
        tell("resourceType", Some("cluster"));
    }
    record(state, project, &name, call.now, details);
}

fn public_key(state: &State, id: &str) -> Option<String> {
    let keys = keys_of(&state.organization.id);
    let key = state.store.find(&keys, &["id"], id)?;
    Some(key.text("publicKey").to_owned())
}

/// Notes what came to its end by itself.
pub(crate) fn happened(state: &mut State, happenings: Vec<Happening>) {
    for happening in happenings {
        let name = match happening.passage {
            Passage::Created => "CLUSTER_READY",
            Passage::Updated => "CLUSTER_UPDATE_COMPLETED",
            Passage::Paused => "CLUSTER_AUTOMATICALLY_PAUSED",
            Passage::Resumed => "CLUSTER_UPDATE_STARTED",
            Passage::Deleted => "CLUSTER_DELETED",
        };
        let mut details = Map::new();
        details.insert("clusterName".to_owned(), json!(happening.cluster));
        record(state, Some(&happening.project), name, happening.at, details);
    }
}

/// Adds an event to the list of a project, or of the organization where there is none.
pub(crate) fn record(
    state: &mut State,
    project: Option<&str>,
    name: &str,
    at: Timestamp,
    details: Map<String, Value>,
) {
    let organization = state.organization.id.clone();
    let id = state.ids().next(at);
    let mut event = json!({
        "created": written(at),
        "eventTypeName": name,
        "id": id,
        "isGlobalAdmin": false,
    });
    let path = if let Some(project) = project {
        event["groupId"] = json!(project);
        format!("/groups/{project}/events")
    } else {
        event["orgId"] = json!(organization);
        format!("/orgs/{organization}/events")
    };
    if let Some(event) = event.as_object_mut() {
        event.extend(details);
    }
    let event = Record::new(id, event, at);
    if let Some(project) = project {
        alerts::notice(state, project, &event);
    }
    let events = state.store.list_mut(&path);
    // What came to its end is noticed later than it happened.
    let position = events.iter().position(|it| it.created <= at);
    events.insert(position.unwrap_or(events.len()), event);
    events.truncate(KEPT);
}

/// `GET /groups/{groupId}/events` and `GET /orgs/{orgId}/events`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let kinds = call.query.all("eventType");
    let excluded = call.query.all("excludedEventType");
    let clusters = call.query.all("clusterNames");
    let (from, to) = (call.query.get("minDate"), call.query.get("maxDate"));
    let moment = |text: Option<&str>| text.and_then(|it| it.parse::<Timestamp>().ok());
    let (from, to) = (moment(from), moment(to));
    let is_asked_for = |event: &&Record| {
        let kind = event.text("eventTypeName");
        (kinds.is_empty() || kinds.contains(&kind))
            && !excluded.contains(&kind)
            && (clusters.is_empty() || clusters.contains(&event.text("clusterName")))
            && from.is_none_or(|from| event.created >= from)
            && to.is_none_or(|to| event.created <= to)
    };
    let events = state.store.list(&context.collection);
    let events: Vec<&Record> = events.iter().filter(is_asked_for).collect();
    page::answer(call, &[], &events, |event| shown(event, &call.path, call))
}

/// `GET …/events/{eventId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let id = call.parameter(1);
    let event = state.store.find(&context.collection, &["id"], id);
    let event = event.ok_or_else(|| ApiError::thing_not_found("EVENT", id))?;
    let list = call.path.rsplit_once('/').map_or("", |(list, _)| list);
    Ok(Reply::ok(shown(event, list, call)))
}

fn shown(event: &Record, list: &str, call: &Call) -> Value {
    let mut document = event.document.clone();
    document["links"] = json!([link(call, &format!("{list}/{}", event.key), "self")]);
    document
}
