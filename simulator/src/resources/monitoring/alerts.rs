//! Alerts: opened by alert configurations, acknowledged and closed.
//!
//! A configuration with a metric opens an alert for each process whose value is beyond the
//! threshold, and closes the alert when the value is within the threshold again. A configuration
//! for an event creates a closed alert for each event. `Simulator::open_alert` and the control
//! interface open other alerts.

pub(super) mod alert_configurations;
mod defaults;
mod rules;

use serde_json::{Value, json};

pub(crate) use rules::{close, on_event, on_lifecycle_events, open};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, render_link};
use crate::state::clock::{format_time, parse_time};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupAlerts", list),
    ("getGroupAlertConfigAlerts", list_for_configuration),
    ("getGroupAlert", get),
    ("acknowledgeGroupAlert", acknowledge),
];

/// Fields of an acknowledged alert.
const ACKNOWLEDGEMENT_FIELDS: [&str; 3] = [
    "acknowledgedUntil",
    "acknowledgementComment",
    "acknowledgingUsername",
];

fn collection_path(project: &str) -> String {
    format!("/groups/{project}/alerts")
}

/// Returns the open alerts of a project.
pub(crate) fn find_open<'a>(state: &'a State, project: &str) -> Vec<&'a Record> {
    let alerts = state.store.list(&collection_path(project)).iter();
    alerts
        .filter(|alert| alert.string("status") == "OPEN")
        .collect()
}

/// `GET /groups/{groupId}/alerts`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    rules::apply(state, call.path("groupId"), call.now);
    let status = call.query.get("status");
    respond(state, &context, |alert| {
        status.is_none_or(|status| alert.string("status") == status)
    })
}

/// `GET /groups/{groupId}/alertConfigs/{alertConfigId}/alerts`
///
/// Lists the open alerts of a configuration.
pub(crate) fn list_for_configuration(
    state: &mut State,
    call: &Call,
) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    alert_configurations::find(state, call.path("groupId"), call.path("alertConfigId"))?;
    rules::apply(state, call.path("groupId"), call.now);
    respond(state, &context, |alert| {
        alert.string("alertConfigId") == call.path("alertConfigId")
            && alert.string("status") == "OPEN"
    })
}

fn respond(
    state: &State,
    context: &Context<'_>,
    is_selected: impl Fn(&Record) -> bool,
) -> Result<ApiResponse, ApiError> {
    let call = context.call;
    let alerts = state.store.list(&collection_path(call.path("groupId")));
    let alerts: Vec<_> = alerts.iter().filter(|alert| is_selected(alert)).collect();
    page::respond(call, &[], &alerts, |alert| {
        let mut document = render_document(alert, call);
        document["links"] = json!([document["links"][0]]);
        document
    })
}

/// `GET /groups/{groupId}/alerts/{alertId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    rules::apply(state, call.path("groupId"), call.now);
    let alert = find(state, call.path("groupId"), call.path("alertId"))?;
    Ok(ApiResponse::ok(render_document(alert, call)))
}

/// `PATCH /groups/{groupId}/alerts/{alertId}`
///
/// Acknowledges an alert, or clears its acknowledgement.
pub(crate) fn acknowledge(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    find(state, call.path("groupId"), call.path("alertId"))?;
    let until = body["acknowledgedUntil"].as_str();
    let until = until.and_then(parse_time);
    // A date in the past clears the acknowledgement as well.
    let is_cleared =
        body["unacknowledgeAlert"] == true || until.is_none_or(|until| until <= call.now);
    let path = collection_path(call.path("groupId"));
    let alert = state.store.find_mut(&path, &["id"], call.path("alertId"));
    let alert = alert.ok_or_else(|| alert_not_found(call.path("groupId"), call.path("alertId")))?;
    if let Some(document) = alert.document.as_object_mut() {
        for field in ACKNOWLEDGEMENT_FIELDS {
            document.remove(field);
        }
    }
    if !is_cleared {
        alert.document["acknowledgedUntil"] = body["acknowledgedUntil"].clone();
        alert.document["acknowledgingUsername"] = json!(call.sender());
        if let Some(comment) = body["acknowledgementComment"].as_str() {
            alert.document["acknowledgementComment"] = json!(comment);
        }
    }
    alert.document["updated"] = json!(format_time(call.now));
    let document = render_document(alert, call);
    Ok(generic::responses::build(&context, document))
}

fn find<'a>(state: &'a State, project: &str, id: &str) -> Result<&'a Record, ApiError> {
    let alert = state.store.find(&collection_path(project), &["id"], id);
    alert.ok_or_else(|| alert_not_found(project, id))
}

fn alert_not_found(project: &str, id: &str) -> ApiError {
    let detail = format!("No alert with ID {id} exists in group {project}.");
    ApiError::rejected(
        404,
        "ALERT_NOT_FOUND",
        detail,
        vec![json!(id), json!(project)],
    )
}

/// Renders an alert with its links, and without an expired acknowledgement.
fn render_document(alert: &Record, call: &Call) -> Value {
    let mut document = alert.document.clone();
    let until = alert.string("acknowledgedUntil").parse::<jiff::Timestamp>();
    if until.is_ok_and(|until| until <= call.now)
        && let Some(document) = document.as_object_mut()
    {
        for field in ACKNOWLEDGEMENT_FIELDS {
            document.remove(field);
        }
    }
    let group = format!("/api/atlas/v2/groups/{}", call.path("groupId"));
    let path = format!("{group}/alerts/{}", alert.key);
    let configuration = format!("{group}/alertConfigs/{}", alert.string("alertConfigId"));
    document["links"] = json!([
        render_link(call, &path, "self"),
        render_link(call, &configuration, &call.link("/alertConfig")),
        render_link(
            call,
            &format!("{path}/alertConfigs"),
            &call.link("/alertConfigs")
        ),
    ]);
    document
}
