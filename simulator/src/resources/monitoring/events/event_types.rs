//! Event types.

use std::collections::BTreeSet;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::Context;
use crate::resources::Route;
use crate::schema::document::Document;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[("listEventTypes", list)];

/// Schemas with the names of events.
const EVENTS: [&str; 2] = ["EventTypeForNdsGroup", "EventTypeForOrg"];
/// Schema and field that name the event of an alert configuration.
const ALERT_EVENT: (&str, &str) = ("GroupAlertsConfig", "eventTypeName");

/// `GET /eventTypes`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let names: BTreeSet<_> = EVENTS
        .iter()
        .flat_map(|schema| context.document.schemas().enum_values(schema))
        .collect();
    let names: Vec<_> = names.into_iter().collect();
    let alertable = alertable_events(context.document);
    page::respond(call, &[], &names, |name| {
        json!({
            "alertable": alertable.contains(name),
            "description": description(name),
            "eventType": name,
        })
    })
}

/// Returns the names of events that can open an alert.
fn alertable_events(document: &Document) -> BTreeSet<&str> {
    let (schema, field) = ALERT_EVENT;
    document
        .schemas()
        .property_values(schema, field)
        .into_iter()
        .collect()
}

/// Returns the description of an event: `Cluster created` for `CLUSTER_CREATED`.
fn description(name: &str) -> String {
    let mut description = name.to_lowercase().replace('_', " ");
    if let Some(first) = description.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    description
}
