//! Alerts: opened by a rule of the project or from outside, acknowledged, and closed.
//!
//! A rule is an alert configuration. One that watches a metric opens an alert for each process
//! beyond its threshold, and closes it when the process is back; one that watches for an event
//! leaves an alert that is closed at once. Anything else happens when the owner of the simulator
//! says so, since nothing goes wrong here by itself.

pub(super) mod alert_configurations;
mod defaults;
mod rules;

use serde_json::{Value, json};

pub(crate) use rules::{close, notice, on_lifecycle_events, open};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, link};
use crate::state::clock::written;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupAlerts", list),
    ("getGroupAlertConfigAlerts", of_configuration),
    ("getGroupAlert", get),
    ("acknowledgeGroupAlert", acknowledge),
];

/// What an acknowledgement leaves on an alert.
const ACKNOWLEDGEMENT: [&str; 3] = [
    "acknowledgedUntil",
    "acknowledgementComment",
    "acknowledgingUsername",
];

fn collection(project: &str) -> String {
    format!("/groups/{project}/alerts")
}

/// The alerts of a project that nobody closed.
pub(crate) fn open_in<'a>(state: &'a State, project: &str) -> Vec<&'a Record> {
    let alerts = state.store.list(&collection(project)).iter();
    alerts.filter(|it| it.text("status") == "OPEN").collect()
}

/// `GET /groups/{groupId}/alerts`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    rules::apply(state, call.path("groupId"), call.now);
    let status = call.query.get("status");
    listed(state, &context, |alert| {
        status.is_none_or(|status| alert.text("status") == status)
    })
}

/// `GET /groups/{groupId}/alertConfigs/{alertConfigId}/alerts`: those that are open
pub(crate) fn of_configuration(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    alert_configurations::find(state, call.path("groupId"), call.path("alertConfigId"))?;
    rules::apply(state, call.path("groupId"), call.now);
    listed(state, &context, |alert| {
        alert.text("alertConfigId") == call.path("alertConfigId") && alert.text("status") == "OPEN"
    })
}

fn listed(
    state: &State,
    context: &Context<'_>,
    is_asked_for: impl Fn(&Record) -> bool,
) -> Result<Reply, ApiError> {
    let call = context.call;
    let alerts = state.store.list(&collection(call.path("groupId")));
    let alerts: Vec<_> = alerts.iter().filter(|it| is_asked_for(it)).collect();
    page::respond(call, &[], &alerts, |alert| {
        let mut document = present(alert, call);
        document["links"] = json!([document["links"][0]]);
        document
    })
}

/// `GET /groups/{groupId}/alerts/{alertId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    rules::apply(state, call.path("groupId"), call.now);
    let alert = find(state, call.path("groupId"), call.path("alertId"))?;
    Ok(Reply::ok(present(alert, call)))
}

/// `PATCH /groups/{groupId}/alerts/{alertId}`: acknowledges, or takes that back
pub(crate) fn acknowledge(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    find(state, call.path("groupId"), call.path("alertId"))?;
    let until = body["acknowledgedUntil"].as_str();
    let until = until.and_then(|it| it.parse::<jiff::Timestamp>().ok());
    // A date that is over takes an acknowledgement back as well.
    let is_taken_back =
        body["unacknowledgeAlert"] == true || until.is_none_or(|until| until <= call.now);
    let path = collection(call.path("groupId"));
    let alert = state.store.find_mut(&path, &["id"], call.path("alertId"));
    let alert = alert.ok_or_else(|| missing(call.path("groupId"), call.path("alertId")))?;
    if let Some(document) = alert.document.as_object_mut() {
        for field in ACKNOWLEDGEMENT {
            document.remove(field);
        }
    }
    if !is_taken_back {
        alert.document["acknowledgedUntil"] = body["acknowledgedUntil"].clone();
        alert.document["acknowledgingUsername"] = json!(call.sender());
        if let Some(comment) = body["acknowledgementComment"].as_str() {
            alert.document["acknowledgementComment"] = json!(comment);
        }
    }
    alert.document["updated"] = json!(written(call.now));
    let document = present(alert, call);
    Ok(generic::answers::reply(&context, document))
}

fn find<'a>(state: &'a State, project: &str, id: &str) -> Result<&'a Record, ApiError> {
    let found = state.store.find(&collection(project), &["id"], id);
    found.ok_or_else(|| missing(project, id))
}

fn missing(project: &str, id: &str) -> ApiError {
    let detail = format!("No alert with ID {id} exists in group {project}.");
    ApiError::rejected(
        404,
        "ALERT_NOT_FOUND",
        detail,
        vec![json!(id), json!(project)],
    )
}

/// An alert with its links; an acknowledgement that ran out is not shown.
fn present(alert: &Record, call: &Call) -> Value {
    let mut document = alert.document.clone();
    let until = alert.text("acknowledgedUntil").parse::<jiff::Timestamp>();
    if until.is_ok_and(|until| until <= call.now)
        && let Some(document) = document.as_object_mut()
    {
        for field in ACKNOWLEDGEMENT {
            document.remove(field);
        }
    }
    let group = format!("/api/atlas/v2/groups/{}", call.path("groupId"));
    let path = format!("{group}/alerts/{}", alert.key);
    let configuration = format!("{group}/alertConfigs/{}", alert.text("alertConfigId"));
    document["links"] = json!([
        link(call, &path, "self"),
        link(call, &configuration, &call.link("/alertConfig")),
        link(
            call,
            &format!("{path}/alertConfigs"),
            &call.link("/alertConfigs")
        ),
    ]);
    document
}
